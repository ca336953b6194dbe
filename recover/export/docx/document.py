"""The Word document: front matter, headings as headings, citations that link to a list Word numbers."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from recover.export.content import (
    Float,
    Run,
    body,
    described,
    head_rows,
    listed,
    main_language,
    notes,
    printed_rows,
    runs,
    title,
    words_inside,
)
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
from recover.export.mathml import word_mathematics
from recover.export.styled import (
    Styled,
    abstract_texts,
    caption_text,
    cell_text,
    english_caption,
    entry_keys,
    heading_text,
    list_title,
    paragraph_text,
    reference_text,
    title_text,
)
from recover.model.document import Cell, Document, Formula, Paragraph, Section, Table

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
            run.italic = block.lang not in INDENTED


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


# Whose paragraphs begin two characters in; what has no letters stands in Chinese text.
INDENTED = ("zh", "ja", "und")


def _add_paragraph(word: Word, paragraph: Paragraph, known: Sequence[str]) -> None:
    element = word.add_paragraph()
    if paragraph.lang in INDENTED:
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


# Figures and tables of the Word document, with their captions and the widths of their columns.

# The text's width on an A4 page with the margins of this document.
TEXT_WIDTH = Mm(160)
# Points: a capital of Times at the size of the body, and a cell's margins.
_LETTER, _MARGINS = 7.6, 11.0
_WORD = re.compile(r"[!-~]+")


def set_widths(table: WordTable, item: Table, cells: Sequence[Cell]) -> None:
    """Share the text's width out among the columns as on the page; evenly, as they are, where that isn't known."""
    shares = _shares(item, cells, len(table.columns))
    if not shares:
        return
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Length(int(TEXT_WIDTH * share))
    for row in table.rows:
        for cell in row.cells:
            if cell.grid_span == 1:
                cell.width = table.columns[cell._tc.grid_offset].width  # noqa: SLF001 the only way to the column


def _shares(item: Table, cells: Sequence[Cell], columns: int) -> list[float]:
    """Each column's share of the table's width; empty where a column's place isn't known."""
    starts = [
        min((cell.box.x0 for cell in cells if cell.column == column and cell.box), default=float("nan"))
        for column in range(columns)
    ]
    printed = [right - left for left, right in pairwise([*starts, item.box.x1])]
    least = [_least(cells, column) for column in range(columns)]
    if not all(width > 0 for width in printed) or sum(least) >= 1:
        return []
    free = [max(0.0, width / sum(printed) - low) for width, low in zip(printed, least, strict=True)]
    left = (1 - sum(least)) / (sum(free) or 1.0)
    return [low + left * more for low, more in zip(least, free, strict=True)]


def _least(cells: Sequence[Cell], column: int) -> float:
    """The share that the column's longest word takes."""
    texts = " ".join(cell.text for cell in cells if cell.column == column and cell.column_span == 1)
    longest = max(map(len, _WORD.findall(texts)), default=1)
    return float((longest * _LETTER + _MARGINS) / TEXT_WIDTH.pt)


_PIXELS_A_INCH = 200


def add_float(word: Word, item: Float, folder: Path) -> None:
    """A table under its caption, or a figure above it."""
    if isinstance(item, Table) and item.rows:
        _add_caption(word, item, keep_with_next=True)
        _add_table(word, item)
        return
    if item.image and (folder / item.image).is_file():
        _add_picture(word, folder / item.image, described(item))
    elif words_inside(item):
        add_text(word.add_paragraph(), words_inside(item))
    _add_caption(word, item, keep_with_next=False)


def add_formula(word: Word, formula: Formula, folder: Path) -> None:
    """A formula as mathematics, its picture, or what was read of it, with its number behind it."""
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    path, mathematics = folder / formula.image, word_mathematics(formula.latex)
    if mathematics is not None:
        paragraph._p.append(mathematics)  # noqa: SLF001 python-docx knows no mathematics
    elif not (formula.image and path.is_file() and _show_picture(paragraph, path)):
        add_styled(paragraph, Styled(formula.text, formula.marks))
    if formula.label:
        add_text(paragraph, f"\t{formula.label}")


def _add_picture(word: Word, path: Path, shown: str) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    _show_picture(paragraph, path)
    for properties in paragraph._p.iter(qn("wp:docPr")):  # noqa: SLF001 python-docx sets no such text
        properties.set("descr", legal(shown))


def _show_picture(paragraph: WordParagraph, path: Path) -> bool:
    """Put the picture into the paragraph; False where the file holds none."""
    try:
        picture = paragraph.add_run().add_picture(str(path))
    except (UnrecognizedImageError, OSError, ZeroDivisionError):
        return False
    # Crops carry no resolution: they are shown as large as they were printed, as far as the page is wide.
    scale = 72 / _PIXELS_A_INCH
    width, height = int(picture.width * scale), int(picture.height * scale)
    shrink = min(1.0, TEXT_WIDTH / max(1, width))
    picture.width, picture.height = int(width * shrink), int(height * shrink)
    return True


def _add_caption(word: Word, item: Float, *, keep_with_next: bool) -> None:
    for text in (caption_text(item), english_caption(item)):
        if text.text:
            paragraph = word.add_paragraph(style="Caption")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.keep_with_next = keep_with_next
            add_styled(paragraph, text)


def _add_table(word: Word, item: Table) -> None:
    cells = _cells(item)
    rows, columns = len(item.rows), max(map(len, item.rows))
    table = word.add_table(rows, columns)
    table.style = "Table Grid"
    for cell in cells:
        _fill(table, cell)
    _keep_rows(table, max(1, head_rows(item)))
    set_widths(table, item, cells)
    word.add_paragraph()


def _keep_rows(table: WordTable, heads: int) -> None:
    """No row is cut by the end of a page, and the headings stand again on the next."""
    for index, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 python-docx has no call for it
        properties.append(OxmlElement("w:cantSplit"))
        if index < heads:
            properties.append(OxmlElement("w:tblHeader"))


def _cells(item: Table) -> list[Cell]:
    """Every cell that is shown, with its place on the page where it is known."""
    return [
        Cell(
            row=row,
            column=cell.column,
            text=cell.text,
            row_span=cell.rowspan,
            column_span=cell.colspan,
            box=cell.source.box if cell.source else None,
            marks=cell.source.marks if cell.source else (),
        )
        for row, cells in enumerate(printed_rows(item))
        for cell in cells
    ]


def _fill(table: WordTable, cell: Cell) -> None:
    first = table.cell(cell.row, cell.column)
    if cell.row_span > 1 or cell.column_span > 1:
        first = first.merge(table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1))
    add_styled(first.paragraphs[0], cell_text(cell))
