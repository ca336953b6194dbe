"""The works that the papers of a folder cite: entries of the same work together, and what they agree on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from rapidfuzz import fuzz

from recover.lexicon.characters import unaccented
from recover.model.csl import CslItem
from recover.search.query import simplified

# Fields of which the copies' majority is taken; the others come with the best copy.
FIELDS = ("title", "author", "container_title", "issued", "volume", "issue", "page", "DOI", "publisher")
# A copy whose confidence nobody measured counts like a fairly sure one.
UNMEASURED = 0.8


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """A field of one copy that its better copies read differently."""

    copy: str
    field: str
    was: str
    now: str


def agreed(copies: Sequence[tuple[str, CslItem, float | None]]) -> tuple[CslItem, tuple[Mended, ...]]:
    """The item that named ``copies`` agree on, and where each of them reads otherwise."""
    items = [(item, UNMEASURED if confidence is None else confidence) for _, item, confidence in copies]
    best = max(items, key=lambda one: (_filled(one[0]), one[1]))[0]
    chosen = {field: _favourite(field, items) for field in FIELDS}
    item = msgspec.structs.replace(best, **{field: value for field, value in chosen.items() if value})
    mended = tuple(
        Mended(copy=name, field=field.replace("_", "-"), was=shown(getattr(copy, field)), now=shown(chosen[field]))
        for name, copy, _ in copies
        for field in FIELDS
        if len(copies) > 1 and chosen[field] and getattr(copy, field) != chosen[field]
    )
    return item, mended


def _filled(item: CslItem) -> int:
    return sum(bool(getattr(item, field)) for field in FIELDS)


def _favourite(field: str, items: Sequence[tuple[CslItem, float]]) -> object:
    """The value with most confidence behind it; among equals the longest, and then the first in order."""
    votes: dict[bytes, float] = defaultdict(float)
    values: dict[bytes, object] = {}
    for item, confidence in items:
        value = getattr(item, field)
        if value:
            key = msgspec.json.encode(value)
            votes[key] += confidence
            values[key] = value
    if not votes:
        return None
    return values[max(sorted(votes), key=lambda key: (round(votes[key], 6), len(key)))]


def shown(value: object) -> str:
    """A field's value for people."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "; ".join(f"{name.family} {name.given}".strip() or name.literal for name in value)
    parts = getattr(value, "date_parts", ())
    return "-".join(str(part) for part in parts[0]) if parts else ""


# Titles this alike (percent) are one; where year, volume and first page agree as well, less is enough.
SAME_TITLE, SAME_PLACE = 88.0, 60.0
# Two of first author, year, volume and first page must agree as well: print is seldom misread in three of four.
ENOUGH = 2
# A title this long is enough where nothing else can be compared; shorter ones are no keys to look others up by.
LONG_TITLE, SHORTEST_TITLE = 24, 12
SAME_NAME = 60.0


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of one paper's list; ``sentences`` are those that cite it, each with its page."""

    paper: str
    number: int
    raw: str
    csl: CslItem
    confidence: float | None = None
    sentences: tuple[tuple[str, int | None], ...] = ()


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """A cited work: what its copies agree on, the copies, and what was mended in which of them."""

    csl: CslItem
    copies: tuple[Copy, ...]
    mended: tuple[Mended, ...] = ()

    @property
    def papers(self) -> int:
        """How many papers cite it."""
        return len({copy.paper for copy in self.copies})


def merge(copies: Sequence[Copy]) -> tuple[Work, ...]:
    """The works of all ``copies``, the most cited first."""
    keys = [_Key(copy.csl) for copy in copies]
    groups = _Groups(len(copies))
    for block in _blocks(keys):
        for place, one in enumerate(block):
            for other in block[place + 1 :]:
                if groups.root(one) != groups.root(other) and _are_same(keys[one], keys[other]):
                    groups.join(one, other)
    works = [_work([copies[index] for index in members]) for members in groups.members()]
    return tuple(sorted(works, key=lambda work: (-work.papers, -len(work.copies), work.csl.title, work.csl.id)))


def _work(copies: Sequence[Copy]) -> Work:
    csl, mended = agreed([(f"{copy.paper} [{copy.number}]", copy.csl, copy.confidence) for copy in copies])
    return Work(csl=csl, copies=tuple(copies), mended=mended)


class _Key:
    """What entries are compared by."""

    __slots__ = ("doi", "family", "page", "title", "volume", "year")

    def __init__(self, csl: CslItem) -> None:
        self.doi = csl.DOI.casefold().strip(" .")
        self.title = letters(csl.title)
        names = csl.author or csl.editor
        self.family = letters((names[0].family or names[0].literal) if names else "")
        self.year = csl.issued.date_parts[0][0] if csl.issued and csl.issued.date_parts else 0
        self.volume = csl.volume.strip()
        self.page = re.split(r"\D", csl.page.strip(), maxsplit=1)[0]


def letters(text: str) -> str:
    """A text as it is compared: letters, figures and Han alone, small, simplified, without accents."""
    return "".join(filter(str.isalnum, unaccented(simplified(text)).casefold()))


def _blocks(keys: Sequence[_Key]) -> Iterator[list[int]]:
    """Entries worth comparing: those that share a DOI, a place, a title's beginning or end, or author and year."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        for block in _block_names(key):
            blocks[block].append(index)
    return (members for members in blocks.values() if len(members) > 1)


def _block_names(key: _Key) -> Iterator[tuple[object, ...]]:
    if key.doi:
        yield "doi", key.doi
    if key.year and key.volume and key.page:
        yield "place", key.year, key.volume, key.page
    if key.family and key.year:
        yield "name", key.family[:3], key.year
    if len(key.title) >= SHORTEST_TITLE:
        yield "head", key.title[:6]
        yield "tail", key.title[-6:]
        middle = len(key.title) // 2
        yield "middle", key.title[middle - 3 : middle + 3]


def _are_same(one: _Key, other: _Key) -> bool:
    if one.doi and one.doi == other.doi:
        return True
    likeness = fuzz.ratio(one.title, other.title)
    same_place = bool(one.page) and (one.volume, one.page) == (other.volume, other.page)
    if same_place and one.year == other.year:
        return likeness >= SAME_PLACE
    if likeness < SAME_TITLE or _are_apart(one, other):
        return False
    compared = list(_agreements(one, other))
    return sum(compared) >= min(ENOUGH, len(compared)) and (bool(compared) or len(one.title) >= LONG_TITLE)


def _are_apart(one: _Key, other: _Key) -> bool:
    """Whether two alike titles are parts of a series: the figures in them differ."""
    return re.findall(r"\d+", one.title) != re.findall(r"\d+", other.title)


def _agreements(one: _Key, other: _Key) -> Iterator[bool]:
    """For everything that both entries give beside their titles, whether it is the same."""
    if one.family and other.family:
        yield fuzz.ratio(one.family, other.family) >= SAME_NAME
    for mine, theirs in ((one.year, other.year), (one.volume, other.volume), (one.page, other.page)):
        if mine and theirs:
            yield mine == theirs


class _Groups:
    """Entries that are one work (union and find)."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def root(self, index: int) -> int:
        while self._parents[index] != index:
            self._parents[index] = self._parents[self._parents[index]]
            index = self._parents[index]
        return index

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first

    def members(self) -> Iterable[list[int]]:
        groups: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._parents)):
            groups[self.root(index)].append(index)
        return groups.values()
