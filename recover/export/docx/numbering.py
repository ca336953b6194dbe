"""A numbered list [1], [2] ... made by Word itself, so that the bibliography stays numbered when it is edited."""

from __future__ import annotations

from docx.document import Document as Word
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

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
