"""Type for both scripts, numbered lists, bookmarks and links, as Word wants them."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as Word
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from recover.export.markup import legal
from recover.export.styled import Styled, stretches
from recover.model.document import MarkKind

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


# A numbered list [1], [2] ... made by Word itself, so that the bibliography stays numbered when it is edited.

_ABSTRACT_ID = 90


def add_numbering(word: Word, start: int) -> int:
    """A list definition whose entries read [start], [start + 1] ...; its number."""
    numbering = word.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_ABSTRACT_ID}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="decimal"/><w:lvlText w:val="[%1]"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl></w:abstractNum>'
    )
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(abstract)
    else:
        first.addprevious(abstract)
    return int(numbering.add_num(_ABSTRACT_ID).numId)


def set_number(paragraph: Paragraph, list_number: int) -> None:
    """Make the paragraph an entry of the list."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 python-docx has no call for it
    number = properties.get_or_add_numPr()
    level = OxmlElement("w:ilvl")
    level.set(qn("w:val"), "0")
    item = OxmlElement("w:numId")
    item.set(qn("w:val"), str(list_number))
    number.append(level)
    number.append(item)


# Bookmarks and the links to them, which python-docx leaves to the XML.


def add_text(paragraph: Paragraph, text: str) -> Run:
    """A run of text; what XML cannot hold is replaced."""
    return paragraph.add_run(legal(text))


def add_styled(paragraph: Paragraph, styled: Styled) -> list[Run]:
    """The text as runs, one for each way it is set."""
    return [add_stretch(paragraph, stretch.text, stretch.kinds) for stretch in stretches(styled)]


def add_stretch(paragraph: Paragraph, text: str, kinds: Sequence[MarkKind]) -> Run:
    """A run set raised, lowered, italic or bold; what it isn't is left to its paragraph's style."""
    run = add_text(paragraph, text)
    font = run.font
    if "sup" in kinds:
        font.superscript = True
    if "sub" in kinds:
        font.subscript = True
    if "italic" in kinds:
        font.italic = True
    if "bold" in kinds:
        font.bold = True
    return run


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make the whole paragraph a place that links lead to; ``number`` is unique in the document."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    properties = paragraph._p.pPr  # noqa: SLF001 the only way to the element
    paragraph._p.insert(0 if properties is None else 1, start)  # noqa: SLF001
    paragraph._p.append(end)  # noqa: SLF001


def add_link(paragraph: Paragraph, text: str, anchor: str, *, is_raised: bool = False) -> None:
    """A link to a bookmark of the document."""
    run = add_text(paragraph, text)
    run.font.superscript = True if is_raised else None
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.set(qn("w:history"), "1")
    paragraph._p.append(link)  # noqa: SLF001
    link.append(run._r)  # noqa: SLF001
