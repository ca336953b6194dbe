"""What the index keeps of a document: its results, its references, and what doubtful characters may have been."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

import msgspec

from recover.model.csl import CslItem
from recover.model.document import Document
from recover.model.records import PageLine
from recover.search.passages import Passage

# An alternative below this share, per mille, is what every reader gives for every character.
LIKELY = 20
# More of them at one place only dilute the index.
MOST = 3
# Characters around a doubtful one that a phrase may need: the longest glossary terms are about so long.
AROUND = 8


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
    start = max(0, variant.at - AROUND)
    return replaced(text, variant)[start : variant.at + AROUND + 1]


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
