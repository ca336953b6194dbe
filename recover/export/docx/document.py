"""The Word document: front matter, headings as headings, citations that link to a list Word numbers."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from recover.export.content import Run, body, listed, main_language, notes, runs, title
from recover.export.docx.floats import add_float, add_formula
from recover.export.docx.styles import (
    BODY_SIZE,
    add_link,
    add_numbering,
    add_stretch,
    add_styled,
    add_text,
    bookmark,
    set_fonts,
    set_number,
)
from recover.export.formats import AbstractsChoice
from recover.export.markup import legal
from recover.export.references import entry_keys, list_title
from recover.export.styled import Styled, abstract_texts, heading_text, paragraph_text, reference_text, title_text
from recover.model.document import Document, Formula, Paragraph, Section

LABELS = {"zh": ("摘要", "关键词：", "；"), "en": ("Abstract", "Key words: ", "; ")}


def add_front(word: Word, document: Document, abstracts: AbstractsChoice) -> None:
    """Titles, authors, abstracts, keywords, notes."""
    _centred(word, title_text(document, "zh" if document.title.zh else "en"), "Title")
    if document.title.zh:
        _centred(word, title_text(document, "en"), "Subtitle")
    _centred(word, Styled("，".join(author.name for author in document.authors)), "Normal")
    _centred(word, Styled(", ".join(author.name_en for author in document.authors if author.name_en)), "Normal")
    if abstracts == "table" and document.abstracts.zh and document.abstracts.en:
        _two_columns(word, document)
    else:
        _one_column(word, document)
    for block in notes(document):
        for run in add_styled(word.add_paragraph(), paragraph_text(block.paragraph)):
            run.italic = block.lang == "en"


def _centred(word: Word, text: Styled, style: str) -> None:
    if text.text:
        paragraph = word.add_paragraph(style=style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_styled(paragraph, text)


def _two_columns(word: Word, document: Document) -> None:
    """A row a paragraph where both abstracts have as many, so that a translator reads across."""
    chinese, english = abstract_texts(document, "zh"), abstract_texts(document, "en")
    table = word.add_table(0, 2)
    table.style = "Table Grid"
    _labels(table.add_row().cells)
    if len(chinese) == len(english):
        for pair in zip_longest(chinese, english):
            for cell, text in zip(table.add_row().cells, pair, strict=True):
                _write(cell, (text,))
    else:
        for cell, texts in zip(table.add_row().cells, (chinese, english), strict=True):
            _write(cell, texts)
    for cell, lang in zip(table.add_row().cells, ("zh", "en"), strict=True):
        _write(cell, (Styled(_keywords(document, lang)),))
    word.add_paragraph()


def _labels(cells: tuple[_Cell, ...]) -> None:
    for cell, lang in zip(cells, ("zh", "en"), strict=True):
        add_text(cell.paragraphs[0], LABELS[lang][0]).bold = True


def _write(cell: _Cell, texts: tuple[Styled, ...]) -> None:
    paragraphs = [cell.paragraphs[0], *(cell.add_paragraph() for _ in texts[1:])]
    for paragraph, text in zip(paragraphs, texts, strict=False):
        add_styled(paragraph, text)


def _keywords(document: Document, lang: str) -> str:
    words = document.keywords.zh if lang == "zh" else document.keywords.en
    _, label, comma = LABELS[lang]
    return label + comma.join(words) if words else ""


def _one_column(word: Word, document: Document) -> None:
    for lang in ("zh", "en"):
        texts = abstract_texts(document, lang)
        if texts:
            add_text(word.add_paragraph(), LABELS[lang][0]).bold = True
        for text in texts:
            add_styled(word.add_paragraph(), text)
        if keywords := _keywords(document, lang):
            add_text(word.add_paragraph(), keywords)


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
