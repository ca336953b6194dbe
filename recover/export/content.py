"""The document in the order in which it is read: what every exporter of running text walks through."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cmp_to_key

import msgspec

from recover.export.styled import Styled, body_sections, cell_text, entry_keys, joined, stretches
from recover.lexicon.characters import language
from recover.model.document import (
    CAPTION,
    TABLE_NOTE,
    Cell,
    Citation,
    Document,
    Figure,
    Formula,
    FrontBlock,
    MarkKind,
    MergedCell,
    Note,
    Paragraph,
    Section,
    Table,
)
from recover.model.geometry import Box, overlap
from recover.model.styles import cut_marks


class PrintedCell(msgspec.Struct, frozen=True):
    """A cell as it is shown: its column, its text, the rows and columns it covers, and the cell as read where known."""

    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    source: Cell | None = None

    @property
    def styled(self) -> Styled:
        """The text with what is raised, lowered or otherwise set in it."""
        return cell_text(self.source) if self.source and self.source.text == self.text else Styled(self.text)


def printed_rows(table: Table) -> list[list[PrintedCell]]:
    """The cells of every row from the left, empty ones too; what a merged cell covers is left out."""
    merged = {(span.row, span.col): span for span in table.spans}
    merged |= {
        (cell.row, cell.column): MergedCell(
            row=cell.row, col=cell.column, rowspan=cell.row_span, colspan=cell.column_span
        )
        for cell in table.cells
        if cell.row_span > 1 or cell.column_span > 1
    }
    sources = {(cell.row, cell.column): cell for cell in table.cells}
    covered: set[tuple[int, int]] = set()
    rows: list[list[PrintedCell]] = []
    for r, texts in enumerate(table.rows):
        row = []
        for c, text in enumerate(texts):
            if (r, c) in covered:
                continue
            span = merged.get((r, c), MergedCell(row=r, col=c))
            down, across = min(span.rowspan, len(table.rows) - r), min(span.colspan, len(texts) - c)
            covered.update((y, x) for y in range(r, r + down) for x in range(c, c + across))
            row.append(PrintedCell(c, text, down, across, sources.get((r, c))))
        rows.append(row)
    return rows


def head_rows(table: Table) -> int:
    """How many rows of headings a table has: two where a heading of the first stands over several columns."""
    if len(table.rows) < 2:
        return 0
    tops = [cell for row in printed_rows(table)[:1] for cell in row]
    has_parts = any(cell.colspan > 1 for cell in tops) and len(tops) > 1
    return min(len(table.rows) - 1, max(1 + has_parts, *(cell.rowspan for cell in tops)))


# Where the paper itself appeared, as far as its own front matter says it: journal, year, volume, pages, DOI.

# "... 论文题目[J].期刊，2024，28(11)：1741-1746": how journals ask to be cited.
_JOURNAL = re.compile(
    r"\[J(?:/OL)?\]\s*[.．。]\s*(?P<journal>[^,，.．。]{2,60}?)\s*[,，.．。]\s*(?P<year>(?:19|20)\d\d)\s*"
    r"(?:[,，;；]\s*(?P<volume>\d{1,4})?\s*(?:[(（](?P<issue>[\w\s-]{1,12})[)）])?\s*(?:[:：]\s*(?P<pages>[A-Za-z]?\d+(?:\s*[-–—~]\s*[A-Za-z]?\d+)?))?)?"
)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s，。；、（）]+[^\s，。；、（）.,;)])")


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """What is known; empty where the paper doesn't say it."""

    journal: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""

    @property
    def first_page(self) -> str:
        return re.split(r"\s*[-–—~]\s*", self.pages)[0]

    @property
    def last_page(self) -> str:
        return re.split(r"\s*[-–—~]\s*", self.pages)[-1]


def publication(document: Document) -> Publication:
    """What the front matter's own citation says."""
    texts = [block.paragraph.text for block in document.front]
    found = next(filter(None, (_JOURNAL.search(text) for text in texts)), None)
    doi = next(filter(None, (_DOI.search(text) for text in texts)), None)
    named = {name: value.strip() for name, value in found.groupdict().items() if value} if found else {}
    return Publication(doi=doi.group(1) if doi else "", **named)


# Front matter that has a place of its own in every format; the rest is printed as notes.
_TOLD_APART = ("title", "authors", "abstract", "keywords", CAPTION)

Float = Figure | Table
Placed = Figure | Table | Formula


class Run(msgspec.Struct, frozen=True):
    """A piece of a paragraph set in one way, or a citation mark with those of its numbers that the list holds."""

    text: str
    citation: Citation | None = None
    targets: tuple[str, ...] = ()
    kinds: tuple[MarkKind, ...] = ()


def body(document: Document) -> Iterator[Section | Paragraph | Placed]:
    """Headings, paragraphs, and every float and formula where it is printed, a table with its notes."""
    under = [(_table_over(block, document.tables), block.paragraph) for block in _table_notes(document)]
    for item in _in_order(
        body_sections(document), in_printed_order([*document.figures, *document.tables, *document.formulas])
    ):
        yield item
        if isinstance(item, Table):
            yield from (paragraph for table, paragraph in under if table is item)


def _in_order(sections: Sequence[Section], floats: Sequence[Placed]) -> Iterator[Section | Paragraph | Placed]:
    """A float stands in its section behind its paragraph; one in no section before all, one in another behind all."""
    last = {section.id: len(section.paragraphs) - 1 for section in sections}
    behind: defaultdict[tuple[str, int], list[Placed]] = defaultdict(list)
    for item in floats:
        behind[item.section, min(item.after, last.get(item.section, -1))].append(item)
    yield from behind["", -1]
    for section in sections:
        yield section
        yield from behind[section.id, -1]
        for number, paragraph in enumerate(section.paragraphs):
            yield paragraph
            yield from behind[section.id, number]
    yield from (item for item in floats if item.section and item.section not in last)


def in_printed_order(floats: Iterable[Placed]) -> list[Placed]:
    """Page by page; what lies above another in its column comes before it, and a column before the next."""
    return sorted(floats, key=cmp_to_key(_compare_places))


def _compare_places(one: Placed, other: Placed) -> int:
    first, second = one.box, other.box
    is_stacked = overlap(first.x0, first.x1, second.x0, second.x1) > 0
    keys = [(item.page, item.box.y0 if is_stacked else item.box.x0) for item in (one, other)]
    return (keys[0] > keys[1]) - (keys[0] < keys[1])


def _table_notes(document: Document) -> list[FrontBlock]:
    return [block for block in document.front if block.role == TABLE_NOTE]


def _table_over(block: FrontBlock, tables: Sequence[Table]) -> Table | None:
    """The table right above a note, which may have begun pages before."""
    span = next(iter(block.paragraph.spans), None)
    if span is None or span.box is None:
        return None
    box = span.box
    above = [(item, place) for item in tables for place in _boxes_on(item, span.page) if place.y0 < box.y0]
    near = [(abs(box.y0 - place.y1), at) for at, (_, place) in enumerate(above) if _is_over(place, box)]
    return above[min(near)[1]][0] if near else None


def _boxes_on(table: Table, page: int) -> list[Box]:
    """Where the table stands on a page: its box, or its cells where it goes on there."""
    if table.page == page:
        return [table.box]
    return [span.box for cell in table.cells for span in cell.spans if span.page == page]


def _is_over(place: Box, box: Box) -> bool:
    return overlap(place.x0, place.x1, box.x0, box.x1) > 0


def notes_under(table: Table, document: Document) -> list[Paragraph]:
    """The notes that stand under a table."""
    return [block.paragraph for block in _table_notes(document) if _table_over(block, document.tables) is table]


def heading(section: Section) -> str:
    """Number and title in both languages, as they stand in the paper."""
    return " ".join(part for part in (section.number, section.title, section.title_en) if part)


def caption(item: Float) -> str:
    """Label and caption of a figure or table."""
    return " ".join(part for part in (item.label, item.caption) if part)


def words_inside(item: Float) -> str:
    """The words inside a figure's drawing; none for a table."""
    return " ".join(item.text) if isinstance(item, Figure) else ""


def described(item: Float) -> str:
    """What a picture shows, for those who don't see it: its caption and the words inside."""
    return " ".join(part for part in (caption(item), words_inside(item)) if part)


def notes(document: Document) -> tuple[FrontBlock, ...]:
    """Affiliations, funding, dates, footnotes: front matter without a field in the document, or without its table."""
    front = (
        block
        for block in document.front
        if not block.role.startswith(_TOLD_APART)
        and (block.role != TABLE_NOTE or _table_over(block, document.tables) is None)
    )
    return (*front, *map(_footnote, document.notes))


def _footnote(note: Note) -> FrontBlock:
    """A note behind its mark, as a block."""
    styled = joined((Styled(note.mark), Styled(note.text, note.marks)))
    lang = language(styled.text)
    return FrontBlock(role="footnote", lang=lang, paragraph=Paragraph(text=styled.text, lang=lang, marks=styled.marks))


def listed(document: Document) -> tuple[str, ...]:
    """The keys of the references there are, in order; a mark may name one that was not found."""
    return entry_keys(document.references)


def runs(paragraph: Paragraph, known: Sequence[str]) -> Iterator[Run]:
    """The paragraph's text cut at its citation marks and where its setting changes; put together it is the text."""
    at = 0
    for citation in sorted(paragraph.citations, key=lambda item: item.start):
        if citation.start < at or not (citation.numbers or citation.references):
            continue
        if citation.start > at:
            yield from _plain_runs(paragraph, at, citation.start)
        yield Run(paragraph.text[citation.start : citation.end], citation, _targets(citation, known))
        at = citation.end
    yield from _plain_runs(paragraph, at, len(paragraph.text))


def _plain_runs(paragraph: Paragraph, start: int, end: int) -> Iterator[Run]:
    styled = Styled(paragraph.text[start:end], cut_marks(paragraph.marks, start, end))
    return (Run(stretch.text, kinds=stretch.kinds) for stretch in stretches(styled))


def _targets(citation: Citation, known: Sequence[str]) -> tuple[str, ...]:
    """The keys of the entries that a mark names: by their places, else by their numbers."""
    placed = tuple(known[at] for at in citation.references if at < len(known))
    return placed or tuple(str(number) for number in citation.numbers if str(number) in known)


def title(document: Document) -> str:
    """A title to show where only one fits."""
    return document.title.zh or document.title.en or document.source.name


def main_language(document: Document) -> str:
    """The language most paragraphs are in, as a language tag."""
    langs = Counter(item.lang for section in document.sections for item in section.paragraphs if item.lang != "und")
    most = max(langs, key=lambda lang: langs[lang], default="zh")
    return "zh-CN" if most == "zh" else most
