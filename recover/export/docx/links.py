"""Bookmarks and the links to them, which python-docx leaves to the XML."""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from recover.export.markup import legal
from recover.export.styled import Styled, stretches
from recover.model.document import MarkKind


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
