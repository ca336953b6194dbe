"""The Word document: front matter, headings as headings, citations that link to a list Word numbers itself."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from recover.export.content import Run, body, listed, main_language, runs, title
from recover.export.docx.floats import add_float, add_formula
from recover.export.docx.fonts import BODY_SIZE, set_fonts
from recover.export.docx.front import add_front
from recover.export.docx.links import add_link, add_stretch, add_styled, add_text, bookmark
from recover.export.docx.numbering import add_numbering, set_number
from recover.export.formats import AbstractsChoice
from recover.export.markup import legal
from recover.export.references import entry_keys, list_title
from recover.export.styled import heading_text, reference_text
from recover.model.document import Document, Formula, Paragraph, Section

# Word keeps two Chinese characters free before a paragraph.
_INDENT = Pt(2 * BODY_SIZE)
_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def render(document: Document, folder: Path, abstracts: AbstractsChoice = "table") -> bytes:
    """The file's bytes; figures come from ``folder``."""
    word = docx.Document()
    _set_up(word, document)
    add_front(word, document, abstracts)
    _add_body(word, document, folder)
    _add_references(word, document)
    buffer = io.BytesIO()
    word.save(buffer)
    return _undated(buffer)


def _undated(archive: io.BytesIO) -> bytes:
    """The same files in the same order, without the time at which they were written."""
    out = io.BytesIO()
    with zipfile.ZipFile(archive) as dated, zipfile.ZipFile(out, "w") as undated:
        for entry in dated.infolist():
            undated.writestr(zipfile.ZipInfo(entry.filename), dated.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _set_up(word: Word, document: Document) -> None:
    """A4, fonts, the properties that file managers show, and the language that spelling is checked in."""
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(25)
    set_fonts(word)
    properties = word.core_properties
    # Word refuses longer ones.
    properties.title, properties.author = legal(title(document))[:255], ""
    properties.author = legal("，".join(author.name for author in document.authors))[:255]
    properties.keywords = legal("; ".join((*document.keywords.zh, *document.keywords.en)))[:255]
    properties.comments, properties.language = "", main_language(document)
    properties.created = properties.modified = _DATE
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    run = word.styles["Normal"].element.get_or_add_rPr()
    run.append(language)


def _add_body(word: Word, document: Document, folder: Path) -> None:
    known = listed(document)
    for item in body(document):
        if isinstance(item, Section):
            if (text := heading_text(item)).text:
                add_styled(word.add_heading(level=min(6, max(1, item.level))), text)
        elif isinstance(item, Paragraph):
            _add_paragraph(word, item, known)
        elif isinstance(item, Formula):
            add_formula(word, item, folder)
        else:
            add_float(word, item, folder)


def _add_paragraph(word: Word, paragraph: Paragraph, known: Sequence[str]) -> None:
    element = word.add_paragraph()
    if paragraph.lang != "en":
        element.paragraph_format.first_line_indent = _INDENT
    for run in runs(paragraph, known):
        if run.targets:
            add_link(element, run.text, f"ref_{run.targets[0]}", is_raised=_is_mark(run))
        else:
            add_stretch(element, run.text, ("sup",) if _is_mark(run) else run.kinds)


def _is_mark(run: Run) -> bool:
    """Whether a run is a mark of numbers, which is raised; names and years stand on the line."""
    return run.citation is not None and bool(run.citation.numbers)


def _add_references(word: Word, document: Document) -> None:
    if not document.references:
        return
    word.add_heading(legal(list_title(document)), level=1)
    numbers = [reference.number for reference in document.references]
    counts_up = numbers[0] > 0 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    keys = entry_keys(document.references)
    entries = add_numbering(word, numbers[0]) if counts_up else None
    for index, reference in enumerate(document.references, 1):
        paragraph = word.add_paragraph()
        if entries is not None:
            set_number(paragraph, entries)
        elif reference.number:  # a list with a gap keeps its printed numbers, or every citation after it would be wrong
            add_text(paragraph, f"[{reference.number}] ")
        add_styled(paragraph, reference_text(reference))
        bookmark(paragraph, f"ref_{keys[index - 1]}", index)
