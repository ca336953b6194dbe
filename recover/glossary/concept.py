"""A concept of a glossary and the glossary itself, as values."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, get_args

import msgspec

from recover.lexicon.characters import is_han

Status = Literal["preferred", "admitted", "forbidden"]
STATUSES: tuple[str, ...] = get_args(Status)


class Concept(msgspec.Struct, frozen=True, array_like=True):
    """One row: the preferred wording in both languages, and what else is said for it.

    ``forbidden`` marks a pair that must not be used: it is recognised in a text, and never offered.
    """

    zh: str
    en: str
    abbreviation: str = ""
    zh_variants: tuple[str, ...] = ()
    en_variants: tuple[str, ...] = ()
    domain: str = ""
    status: Status = "preferred"
    note: str = ""
    source: str = ""

    @property
    def zh_forms(self) -> tuple[str, ...]:
        return (self.zh, *self.zh_variants)

    @property
    def en_forms(self) -> tuple[str, ...]:
        return (self.en, *self.en_variants)


class Glossary(msgspec.Struct, frozen=True, eq=False):
    """Concepts under a name; two glossaries of the same content are equal, whatever they are called."""

    name: str
    concepts: tuple[Concept, ...]
    digest: str = ""

    def __post_init__(self) -> None:
        if not self.digest:
            content = msgspec.msgpack.encode(self.concepts)
            msgspec.structs.force_setattr(self, "digest", hashlib.sha256(content).hexdigest())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Glossary) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __len__(self) -> int:
        return len(self.concepts)


def stack(name: str, layers: Sequence[Sequence[Concept]]) -> Glossary:
    """One glossary of several: where layers hold the same Chinese term, the last layer's rows alone count."""
    owner = {concept.zh: number for number, layer in enumerate(layers) for concept in layer}
    kept = (c for number, layer in enumerate(layers) for c in layer if owner[c.zh] == number)
    return Glossary(name, tuple(kept))


# Text as terms are compared: width, case, spaces, hyphens and apostrophes don't count.

# Hyphens and dashes of every sort, apostrophes, the middle dot of transcribed names, the soft hyphen.
DROPPED = frozenset("-‐‑‒–—―−﹣－'’‘ʼ＇·•・\u00ad\u200b\ufeff")


class Squashed(msgspec.Struct, frozen=True):
    """``text`` with, for each of its characters, the offset in the original it came from."""

    text: str
    offsets: tuple[int, ...]


@lru_cache(maxsize=20_000)
def fold(char: str) -> str:
    """One character folded; empty where it doesn't count. Never longer than one character."""
    if char.isspace() or char in DROPPED:
        return ""
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if len(folded) == 1 else char


def squash(text: str) -> Squashed:
    """Fold every character and drop what does not count, remembering where the rest stood."""
    kept = [(char, offset) for offset, char in enumerate(map(fold, text)) if char]
    return Squashed("".join([char for char, _ in kept]), tuple([offset for _, offset in kept]))


def squashed(text: str) -> str:
    """Only the text of ``squash``."""
    return "".join(map(fold, text))


def in_latin_word(char: str) -> bool:
    """Whether a character belongs to a word in letters: Latin or Greek letters and digits."""
    return char.isalnum() and not is_han(char)
