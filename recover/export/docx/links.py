"""Bookmarks and the links to them, which python-docx leaves to the XML."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from recover.export.markup import legal


def add_text(paragraph: Paragraph, text: str) -> Run:
    """A run of text; what XML cannot hold is replaced."""
    return paragraph.add_run(legal(text))


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
