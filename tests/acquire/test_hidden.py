"""Text that a page doesn't show is none of it."""

from pathlib import Path

import pikepdf

from recover.model.page import LayerChar
from recover.stages.acquire.layer import without_hidden
from recover.stages.acquire.source import open_source

CONTENT = b"""BT /F1 20 Tf 100 700 Td (SHOWN) Tj ET
/OC /Off BDC BT /F1 20 Tf 100 600 Td (SECRET) Tj ET EMC
/OC /On BDC BT /F1 20 Tf 100 500 Td (LAYER) Tj ET EMC
BT /F1 20 Tf 100 400 Td (AFTER) Tj ET"""


def layered(path: Path, *, rotate: int = 0) -> Path:
    """A page with a layer that is off, and one that is on."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    off, on = (
        pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=name)) for name in ("draft notes", "text")
    )
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[off, on], D=pikepdf.Dictionary(OFF=[off], Order=[]))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font), Properties=pikepdf.Dictionary(Off=off, On=on))
    page.Contents = pdf.make_stream(CONTENT)
    page.Rotate = rotate
    pdf.save(path)
    return path


def text_of(chars: tuple[LayerChar, ...]) -> str:
    return "".join(char.text for char in chars).replace(" ", "")


def test_layers_that_are_off_are_left_out(tmp_path: Path) -> None:
    for rotate in (0, 90):
        source = open_source(layered(tmp_path / "a.pdf", rotate=rotate))
        chars = source.characters(0)
        hidden = source.hidden(0)
        assert len(hidden) == 1
        assert "".join(sorted(text_of(without_hidden(chars, hidden)))) == "".join(
            sorted(text_of(chars).replace("SECRET", ""))
        )
