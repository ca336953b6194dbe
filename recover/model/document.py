"""The recovered document as it is written to ``document.json``: the contract users' programs rely on.

Pages count from 0. Boxes are points on the original page, origin top left. Offsets count code points. A
confidence of None means that nobody measured it.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from recover.model.csl import CslItem
from recover.model.geometry import Box
from recover.model.records import Account, Correction, Furniture, Origin, PageRecord, Problem, Record

SCHEMA = "recover/document/1"

MarkKind = Literal["sup", "sub", "italic", "bold"]


class Source(Record, frozen=True, kw_only=True):
    """The file that was recovered."""

    name: str
    sha256: str
    pages: int
    kind: Literal["scan", "digital", "mixed", "text"]


class Bilingual(Record, frozen=True, kw_only=True):
    """One text in both languages of the paper; empty where the paper has none."""

    zh: str = ""
    en: str = ""


class BilingualList(Record, frozen=True, kw_only=True):
    """Paragraphs or keywords in both languages."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Author(Record, frozen=True, kw_only=True):
    """An author's name as printed; ``affiliations`` are the marks printed behind it (``1``, ``*``)."""

    name: str
    name_en: str = ""
    affiliations: tuple[str, ...] = ()


class Affiliation(Record, frozen=True, kw_only=True):
    """Where authors work, as printed without its mark; ``mark`` is what stands behind their names."""

    mark: str
    text: str
    lang: str = "zh"


class DatedEvent(Record, frozen=True, kw_only=True):
    """A date that the paper prints of itself: the label as printed (收稿日期, Received), the date as printed."""

    label: str
    text: str


class Particulars(Record, frozen=True, kw_only=True):
    """What a paper prints of itself beside its title, authors and abstracts; empty where it prints nothing.

    ``biographies`` are 作者简介, ``correspondence`` 通信作者, ``cite`` how to cite the paper, as often as printed.
    """

    affiliations: tuple[Affiliation, ...] = ()
    biographies: tuple[str, ...] = ()
    correspondence: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    dates: tuple[DatedEvent, ...] = ()
    doi: str = ""
    clc: str = ""
    document_code: str = ""
    article_number: str = ""
    cite: tuple[str, ...] = ()


class Citation(Record, frozen=True, kw_only=True):
    """A citation mark inside a paragraph and the reference numbers it resolves to.

    ``references`` are the entries' places in the document's list (from 0), which lists without numbers need.
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    references: tuple[int, ...] = ()


class Span(Record, frozen=True, kw_only=True):
    """Where ``text[start:end]`` of a paragraph was read, and by what.

    ``line`` and ``at`` name the page's line and the offset in it where the span begins: the i-th character
    of the span is the (at + i)-th of that line.
    """

    start: int
    end: int
    page: int
    box: Box
    origin: Origin
    confidence: float | None = None
    line: str = ""
    at: int = 0


class Mark(Record, frozen=True, kw_only=True):
    """How ``text[start:end]`` is set: raised, lowered, italic or bold. The text itself stays plain."""

    start: int
    end: int
    kind: MarkKind


class Paragraph(Record, frozen=True, kw_only=True):
    """A paragraph's text, its citation marks, how its characters are set, and the place of every one."""

    text: str
    lang: str
    confidence: float | None = None
    citations: tuple[Citation, ...] = ()
    marks: tuple[Mark, ...] = ()
    spans: tuple[Span, ...] = ()


class Section(Record, frozen=True, kw_only=True):
    """A heading and the paragraphs under it, up to the next heading."""

    id: str
    number: str
    level: int
    title: str
    title_en: str = ""
    page: int = 0
    paragraphs: tuple[Paragraph, ...] = ()
    box: Box | None = None
    title_spans: tuple[Span, ...] = ()
    title_en_spans: tuple[Span, ...] = ()
    title_marks: tuple[Mark, ...] = ()


# The role of a note that stands under a table.
TABLE_NOTE = "table-note"
# The role of a caption's English, which its figure or table tells too.
CAPTION = "caption-en"


class FrontBlock(Record, frozen=True, kw_only=True):
    """A piece of front matter with its place: a title, an abstract's paragraph, keywords, an affiliation …"""

    role: str
    lang: str
    paragraph: Paragraph


class Cell(Record, frozen=True, kw_only=True):
    """A table cell; ``row`` and ``column`` of its top left corner."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()


class MergedCell(Record, frozen=True, kw_only=True):
    """A table cell that covers several rows or columns; ``row`` and ``col`` of its top left corner, from 0."""

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1


class Table(Record, frozen=True, kw_only=True):
    """A table: ``rows`` hold a merged cell's text in its first place only, ``spans`` say which cells are merged.

    ``after`` is the index of the section's paragraph behind which it is printed, -1 before the first.
    """

    label: str
    caption: str
    page: int
    box: Box
    rows: tuple[tuple[str, ...], ...]
    caption_en: str = ""
    caption_marks: tuple[Mark, ...] = ()
    caption_en_marks: tuple[Mark, ...] = ()
    caption_spans: tuple[Span, ...] = ()
    caption_en_spans: tuple[Span, ...] = ()
    spans: tuple[MergedCell, ...] = ()
    cells: tuple[Cell, ...] = ()
    image: str = ""
    section: str = ""
    after: int = -1


class Figure(Record, frozen=True, kw_only=True):
    """A figure: ``image`` is a path inside the recovered folder, ``text`` what stands inside the drawing.

    ``lines`` are the ids of the lines that ``text`` holds.
    ``after`` is the index of the section's paragraph behind which it is printed, -1 before the first.
    """

    label: str
    caption: str
    page: int
    box: Box
    image: str
    caption_en: str = ""
    caption_marks: tuple[Mark, ...] = ()
    caption_en_marks: tuple[Mark, ...] = ()
    caption_spans: tuple[Span, ...] = ()
    caption_en_spans: tuple[Span, ...] = ()
    text: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    section: str = ""
    after: int = -1


class Formula(Record, frozen=True, kw_only=True):
    """A display formula: ``label`` is its printed number, ``latex`` None where nobody knows it for sure.

    ``image`` is a path inside the recovered folder; ``after`` as a table's.
    """

    label: str
    text: str
    latex: str | None
    page: int
    box: Box
    image: str
    section: str = ""
    after: int = -1
    marks: tuple[Mark, ...] = ()
    spans: tuple[Span, ...] = ()


class NoteAnchor(Record, frozen=True, kw_only=True):
    """Where the mark of a note stands: section id, paragraph index in it, offset in its text."""

    section: str
    paragraph: int
    at: int


class Note(Record, frozen=True, kw_only=True):
    """A footnote or endnote, out of the running text; ``anchor`` is None where its mark was not found.

    ``references`` are the places in the document's list (from 0) of what a note cites, where notes are the list.
    """

    mark: str
    text: str
    page: int
    box: Box
    anchor: NoteAnchor | None = None
    references: tuple[int, ...] = ()
    confidence: float | None = None
    marks: tuple[Mark, ...] = ()
    spans: tuple[Span, ...] = ()
    mark_spans: tuple[Span, ...] = ()


class TocEntry(Record, frozen=True, kw_only=True):
    """A line of a printed contents page; ``label`` is the page number printed in it, ``page`` where it stands."""

    number: str
    title: str
    label: str
    level: int
    page: int
    box: Box
    spans: tuple[Span, ...] = ()


class Repair(Record, frozen=True, kw_only=True):
    """A reference's field that was mended: what stood there, what stands there now, and the evidence."""

    field: str
    was: str
    now: str
    why: str


class Reference(Record, frozen=True, kw_only=True):
    """An entry of the reference list: ``raw`` as the page has it, ``text`` with the repairs applied.

    ``text`` has no number before it and is empty where nothing was repaired; ``marks`` are offsets into ``raw``.
    In a list without numbers ``number`` is the entry's place. ``sure`` says how sure each field of ``csl`` is.
    """

    number: int
    raw: str
    csl: CslItem
    text: str = ""
    marks: tuple[Mark, ...] = ()
    confidence: float | None = None
    sure: dict[str, float] = msgspec.field(default_factory=dict)
    page: int = 0
    box: Box | None = None
    repairs: tuple[Repair, ...] = ()
    spans: tuple[Span, ...] = ()


class Mention(Record, frozen=True, kw_only=True):
    """A term's or sentence's place: section id, paragraph index in that section, offsets in its text."""

    section: str
    paragraph: int
    start: int
    end: int


class Term(Record, frozen=True, kw_only=True):
    """A concept seen in the document; ``aligned`` when both languages were seen."""

    zh: str
    en: str
    abbreviation: str
    count: int
    mentions: tuple[Mention, ...]
    aligned: bool
    source: str = "glossary"


class AbstractPair(Record, frozen=True, kw_only=True):
    """Sentences of both abstracts that say the same; one side is empty where the other language leaves it out.

    ``terms`` (places in the document's list) and ``numbers`` are what both show. ``score`` compares pairs of one
    paper, a poor one being below 0; None where a side is empty.
    """

    zh: tuple[Mention, ...]
    en: tuple[Mention, ...]
    terms: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    score: float | None = None


class Wording(Record, frozen=True, kw_only=True):
    """What a text calls a term, and where."""

    text: str
    mentions: tuple[Mention, ...]


class TermDoubt(Record, frozen=True, kw_only=True):
    """What a translator should look at: ``term`` is a place in the document's list of terms.

    ``untranslated``: one abstract has it, the other doesn't. ``inconsistent``: it has several wordings in one
    language. ``forbidden``: a wording that the glossary says not to use.
    """

    kind: Literal["untranslated", "inconsistent", "forbidden"]
    term: int
    wordings: tuple[Wording, ...]


class Document(Record, frozen=True, kw_only=True):
    """Everything recovered from one file."""

    schema: str = SCHEMA
    source: Source
    title: Bilingual = Bilingual()
    authors: tuple[Author, ...] = ()
    particulars: Particulars = Particulars()
    abstracts: BilingualList = BilingualList()
    keywords: BilingualList = BilingualList()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    formulas: tuple[Formula, ...] = ()
    notes: tuple[Note, ...] = ()
    toc: tuple[TocEntry, ...] = ()
    references: tuple[Reference, ...] = ()
    terms: tuple[Term, ...] = ()
    abstract_pairs: tuple[AbstractPair, ...] = ()
    term_doubts: tuple[TermDoubt, ...] = ()
    corrections: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()
    front: tuple[FrontBlock, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    account: Account = Account()
    pages: tuple[PageRecord, ...] = ()
