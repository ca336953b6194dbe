"""What a doubtful character may have been: the reader's other readings, as small windows of text to search in too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from recover.model.document import Document, PageLine
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
