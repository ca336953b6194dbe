"""The texts of a document that can be found, by section and sentence, each with its place."""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import msgspec

from recover.lexicon.characters import language
from recover.model.csl import CslItem
from recover.model.document import CAPTION, Document, Figure, Paragraph, Section, Span, Table
from recover.model.geometry import Box
from recover.model.records import PageLine

# An English stop ends a sentence only before a space and a capital or a Chinese character.
_END = re.compile(r"[。！？；!?]+[”’」』）)]*|\.(?=\s+[A-Z\u4e00-\u9fff])|\n")
# Longer sentences are cut around the place, so many characters on each side.
LONGEST, AROUND = 240, 90


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around ``start:end``; of a very long one, the part around the place."""
    first, last = 0, len(text)
    for hit in _END.finditer(text):
        if hit.end() <= start:
            first = hit.end()
        elif hit.start() >= end - 1:
            last = hit.end()
            break
    while first < min(start, last) and text[first].isspace():
        first += 1
    if last - first > LONGEST:
        first, last = max(first, start - AROUND), min(last, end + AROUND)
    return first, last


# What part of a paper a section is (methods, results …), by its heading or by the heading it stands under.


def kinds_of(sections: Sequence[Section]) -> tuple[str, ...]:
    """The kind of every section, "" where neither it nor a section above it says one."""
    kinds: list[str] = []
    above: list[tuple[int, str]] = []
    for section in sections:
        while above and above[-1][0] >= section.level:
            above.pop()
        kind = _kind(section.title) or _kind(section.title_en) or (above[-1][1] if above else "")
        above.append((section.level, kind))
        kinds.append(kind)
    return tuple(kinds)


def section_kinds() -> tuple[str, ...]:
    """The names that a search can be narrowed to."""
    return ("abstract", *dict.fromkeys(_kinds().values()))


def _kind(title: str) -> str:
    return _kinds().get(re.sub(r"\s+", " " if title.isascii() else "", title).strip().casefold(), "")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """Headings and their kind; the table beside this file can be extended."""
    text = files(__package__).joinpath("data/section_kinds.csv").read_text(encoding="utf-8")
    return {word: row["kind"] for row in csv.DictReader(text.splitlines()) for word in row["words"].split("|")}


Kind = Literal[
    "title", "abstract", "keywords", "front", "heading", "text", "table", "figure", "formula", "note", "reference"
]


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where ``text[start:end]`` of a passage stands: page, and the recorded line it was read from or else a box."""

    start: int
    end: int
    page: int
    box: Box | None = None
    line: str = ""
    at: int = 0


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """A text that can be found.

    ``section`` is the heading it stands under, as printed; ``section_id`` and ``paragraph`` are its address in
    ``document.json`` (-1 for the heading itself, and a number in its own list outside of sections).
    """

    kind: Kind
    section_kind: str
    section: str
    section_id: str
    paragraph: int
    lang: str
    text: str
    confidence: float | None
    places: tuple[Place, ...]


def passages(document: Document) -> tuple[Passage, ...]:
    """Everything a document says, in the order of the document; blank texts are left out."""
    parts = (_front(document), _sections(document), _floats(document), _apart(document), _references(document))
    return tuple(passage for part in parts for passage in part if passage.text.strip())


def _front(document: Document) -> Iterator[Passage]:
    for number, block in enumerate(document.front):
        if block.role == CAPTION:
            continue
        kind = _front_kind(block.role)
        section_kind = "abstract" if kind == "abstract" else ""
        heading = block.role if kind == "front" else ""
        yield _of_paragraph(kind, section_kind, heading, block.role, number, block.paragraph)
    if not document.front:  # a text dump tells no places
        for role, text in (("title-zh", document.title.zh), ("title-en", document.title.en)):
            yield _plain("title", role, 0, text)
        for lang, texts in (("zh", document.abstracts.zh), ("en", document.abstracts.en)):
            yield from (_plain("abstract", f"abstract-{lang}", at, text) for at, text in enumerate(texts))


def _front_kind(role: str) -> Kind:
    head = role.partition("-")[0]
    return head if head in ("title", "abstract", "keywords") else "front"  # type: ignore[return-value]


def _sections(document: Document) -> Iterator[Passage]:
    kinds = kinds_of(document.sections)
    for section, kind in zip(document.sections, kinds, strict=True):
        heading = _heading(section)
        lang = language(heading)
        places = _places(section.title_spans) or _at(section.page, section.box, section.title)
        yield Passage("heading", kind, heading, section.id, -1, lang, section.title, None, places)
        if section.title_en:
            en_places = _places(section.title_en_spans) or places
            yield Passage("heading", kind, heading, section.id, -1, "en", section.title_en, None, en_places)
        for number, paragraph in enumerate(section.paragraphs):
            yield _of_paragraph("text", kind, heading, section.id, number, paragraph)


def _heading(section: Section) -> str:
    return f"{section.number} {section.title}".strip()


def _floats(document: Document) -> Iterator[Passage]:
    for number, table in enumerate(document.tables):
        yield from _captions("table", number, table)
        for cell in table.cells:
            places = _places(cell.spans) or _at(table.page, cell.box or table.box, cell.text)
            yield _plain("table", table.label, number, cell.text, places)
    for number, figure in enumerate(document.figures):
        yield from _captions("figure", number, figure)
        for text in figure.text:
            places = _line_named(text, figure.page, document) or _at(figure.page, figure.box, text)
            yield _plain("figure", figure.label, number, text, places)


def _captions(kind: Kind, number: int, item: Table | Figure) -> Iterator[Passage]:
    for text, spans in ((item.caption, item.caption_spans), (item.caption_en, item.caption_en_spans)):
        yield _plain(kind, item.label, number, text, _places(spans) or _at(item.page, item.box, text))


def _line_named(text: str, page: int, document: Document) -> tuple[Place, ...]:
    """The line of a page that reads ``text``, for the words inside of a figure."""
    regions = (region for record in document.pages if record.number == page for region in record.regions)
    lines = (line for region in regions for line in region.lines if line.text == text)
    found = next(lines, None)
    return (Place(0, len(text), page, None, found.id, 0),) if found else ()


def _apart(document: Document) -> Iterator[Passage]:
    for number, formula in enumerate(document.formulas):
        places = _places(formula.spans) or _at(formula.page, formula.box, formula.text)
        yield _plain("formula", formula.label, number, formula.text, places)
    for number, note in enumerate(document.notes):
        yield _plain("note", note.mark, number, note.text, _places(note.spans) or _at(note.page, note.box, note.text))


def _references(document: Document) -> Iterator[Passage]:
    for number, entry in enumerate(document.references):
        places = _places(entry.spans) or _at(entry.page, entry.box, entry.raw)
        lang = language(entry.raw)
        label = f"[{entry.number}]"
        known = entry.confidence
        yield Passage("reference", "references", label, "references", number, lang, entry.raw, known, places)


def _of_paragraph(
    kind: Kind, section_kind: str, section: str, section_id: str, number: int, paragraph: Paragraph
) -> Passage:
    return Passage(
        kind,
        section_kind,
        section,
        section_id,
        number,
        paragraph.lang,
        paragraph.text,
        paragraph.confidence,
        _places(paragraph.spans),
    )


def _plain(kind: Kind, section: str, number: int, text: str, places: tuple[Place, ...] = ()) -> Passage:
    return Passage(kind, "", section, kind, number, language(text), text, None, places)


def _places(spans: Sequence[Span]) -> tuple[Place, ...]:
    return tuple(_place(span) for span in spans)


def _place(span: Span) -> Place:
    """The line's own outline says where it stands; a box is kept only where there is no line."""
    return Place(span.start, span.end, span.page, None if span.line else span.box, span.line, span.at)


def _at(page: int, box: Box | None, text: str) -> tuple[Place, ...]:
    return (Place(0, len(text), page, box),) if box is not None else ()


# What the index keeps of a document: its results, its references, and what doubtful characters may have been.

# An alternative below this share, per mille, is what every reader gives for every character.
LIKELY = 20
# More of them at one place only dilute the index.
MOST = 3
# Characters around a doubtful one that a phrase may need: the longest glossary terms are about so long.
AROUND_MARK = 8


class Variant(msgspec.Struct, frozen=True, array_like=True):
    """The character at ``at`` of a passage may be ``char``."""

    at: int
    char: str


def lines_by_id(document: Document) -> dict[str, PageLine]:
    """The recorded lines of all pages by their names."""
    return {line.id: line for page in document.pages for region in page.regions for line in region.lines}


def variants(passage: Passage, lines: Mapping[str, PageLine]) -> tuple[Variant, ...]:
    """Other readings of the passage's characters, where its text still reads as the line does."""
    return tuple(_variants(passage, lines))


def _variants(passage: Passage, lines: Mapping[str, PageLine]) -> Iterator[Variant]:
    for place in passage.places:
        line = lines.get(place.line)
        if line is None:
            continue
        for at, others in line.doubts:
            offset = place.start + at - place.at
            if place.start <= offset < place.end and line.text[at : at + 1] == passage.text[offset : offset + 1]:
                likely = [char for char, share in others if share >= LIKELY and len(char) == 1 and char.isalnum()]
                yield from (Variant(offset, char) for char in likely[:MOST])


def replaced(text: str, variant: Variant) -> str:
    """``text`` with the variant's character."""
    return text[: variant.at] + variant.char + text[variant.at + 1 :]


def window(text: str, variant: Variant) -> str:
    """The surroundings of a variant's place, as they would read with it."""
    start = max(0, variant.at - AROUND_MARK)
    return replaced(text, variant)[start : variant.at + AROUND_MARK + 1]


# Parts the texts of passages; print has no such character.
_PARTING = "\0"


class Cited(msgspec.Struct, frozen=True, array_like=True):
    """An entry of a document's reference list, and the places of its citation marks: (passage, start, end)."""

    number: int
    raw: str
    csl: CslItem
    confidence: float | None
    marks: tuple[tuple[int, int, int], ...]


class Named(msgspec.Struct, frozen=True, array_like=True):
    """A term of a document; ``sentences`` are the first that hold it: (text, page)."""

    zh: str
    en: str
    abbreviation: str
    count: int
    aligned: bool
    sentences: tuple[tuple[str, int], ...]


class Content(msgspec.Struct, frozen=True, array_like=True):
    """A document's passages, with the other readings of each, its references and its terms."""

    passages: tuple[Passage, ...]
    variants: tuple[tuple[Variant, ...], ...]
    references: tuple[Cited, ...]
    terms: tuple[Named, ...]


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """A content whose passages' texts stand apart: Chinese takes a third less room in GB 18030 than in UTF-8."""

    rest: Content
    texts: bytes


def pack(content: Content) -> bytes:
    """The content as bytes, about half as many as its text has."""
    texts = _PARTING.join(passage.text.replace(_PARTING, " ") for passage in content.passages)
    bare = tuple(msgspec.structs.replace(passage, text="") for passage in content.passages)
    packed = _Packed(msgspec.structs.replace(content, passages=bare), texts.encode("gb18030", "replace"))
    return zlib.compress(msgspec.msgpack.encode(packed), 9)


def unpack(packed: bytes) -> Content:
    """The content again; raises ValueError for damaged bytes."""
    try:
        parts = msgspec.msgpack.decode(zlib.decompress(packed), type=_Packed)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    texts = parts.texts.decode("gb18030").split(_PARTING) if parts.rest.passages else []
    passages = zip(parts.rest.passages, texts, strict=True)
    whole = tuple(msgspec.structs.replace(passage, text=text) for passage, text in passages)
    return msgspec.structs.replace(parts.rest, passages=whole)
