"""A born-digital text layer with one garbled font among good ones, as subset fonts with a broken map give."""

from __future__ import annotations

import re

import pikepdf

_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")


def garble_main_font(pdf: pikepdf.Pdf) -> None:
    """Shift the Unicode map of the font that most characters are set in; the page looks as before."""
    fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
    main = max(fonts.values(), key=lambda font: len(_PAIR.findall(font.ToUnicode.read_bytes())))
    main.ToUnicode.write(shift_map(main.ToUnicode.read_bytes()))


def shift_map(cmap: bytes) -> bytes:
    """Every glyph gets the text of the one a third of the map further on."""
    texts = [match[2] for match in _PAIR.finditer(cmap)]
    third = len(texts) // 3
    shifted = iter(texts[third:] + texts[:third])
    return _PAIR.sub(lambda match: b"<%s> <%s>" % (match[1], next(shifted)), cmap)
