"""Type for both scripts: a Latin and an East Asian font on every style, so that Chinese never falls to a fallback."""

from __future__ import annotations

from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

LATIN, SONG, HEI = "Times New Roman", "宋体", "黑体"
# Points of body text and of headings by level, as Chinese theses and manuscripts set them.
BODY_SIZE = 10.5
HEADING_SIZES = {1: 15, 2: 13, 3: 12, 4: 11, 5: 10.5, 6: 10.5}


def set_fonts(word: Word) -> None:
    """Give the body Song and the headings Hei, all in black."""
    _set(_style(word, "Normal"), SONG, BODY_SIZE)
    _set(_style(word, "Title"), HEI, 20)
    _set(_style(word, "Subtitle"), HEI, 13)
    _set(_style(word, "Caption"), HEI, 9.5)
    _plain(_style(word, "Title"))
    _plain(_style(word, "Subtitle"))
    _style(word, "Normal").paragraph_format.space_after = Pt(3)
    for level, size in HEADING_SIZES.items():
        _set(_style(word, f"Heading {level}"), HEI, size)


def _style(word: Word, name: str) -> ParagraphStyle:
    style = word.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    return style


def _plain(style: ParagraphStyle) -> None:
    """Without the template's rule under the title, its slant and its wide letters."""
    style.font.italic = False
    properties = style.element.get_or_add_pPr()
    for element in properties.findall(qn("w:pBdr")):
        properties.remove(element)
    for element in style.element.get_or_add_rPr().findall(qn("w:spacing")):
        style.element.get_or_add_rPr().remove(element)


def _set(style: ParagraphStyle, east_asian: str, size: float) -> None:
    style.font.name = LATIN
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east_asian)
