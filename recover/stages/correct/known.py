"""What the document itself shows: how it sets its marks, which words it writes."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from statistics import median

import msgspec

from recover.glossary.matcher import Trie
from recover.lexicon.characters import is_han
from recover.model.page import PageReading
from recover.stages.correct.candidates.marks import HALF, widths
from recover.stages.correct.features.ink import ink, spaces_of
from recover.stages.correct.features.labels import cell, character
from recover.stages.correct.features.neighbours import neighbours
from recover.stages.correct.features.reader import reader
from recover.stages.correct.features.shape import Drawn, drawn
from recover.stages.correct.place import Place, places
from recover.stages.correct.weights import Model, probability

# A character this sure may witness.
SURE = 0.95
# Of heavily worn print a reader doubts 2 to 10 % of the characters so much, of other print 0.7 to 6 %. Of those with
# 3.5 % or more 12 of 17 worn documents and none of 12 others have 0.8 % of the Chinese ones: what is set is hard there.
DOUBTED, WORN, WORN_HAN = 0.9, 0.035, 0.008
# Of two marks one is the usual that stands so many times for each time of the other.
MOSTLY = 8
# Three characters in a row make most names and say enough of longer words.
GRAM, LONGEST = 3, 20
WORD = re.compile(r"[A-Za-z0-9]+")
# Marks that a house sets in one width; what one place says of it is worth no more than this.
FAMILIES, MOST = (",;:?!.", "()"), 4.0


class Terms(msgspec.Struct, frozen=True, eq=False):
    """A glossary's forms as they are compared (squashed)."""

    trie: Trie

    def longest(self, text: str, at: int) -> int:
        """The length of the longest term, squashed, that covers the character at ``at`` of a squashed text."""
        best = 0
        for start in range(max(0, at - LONGEST), at + 1):
            node = Trie.ROOT
            for end in range(start, len(text)):
                after = self.trie.step(node, text[end])
                if after is None:
                    break
                node = after
                if end >= at and self.trie.is_complete(node):
                    best = max(best, len(node))
        return best


NO_TERMS = Terms(Trie(()))


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a document shows and a glossary knows.

    ``chances``: by line and offset how likely a mark is printed in a whole cell. ``kin``: for marks of one family the
    log odds of that, summed, and places, and the same for each mark between characters of two kinds. ``shapes``: how it
    draws each mark and letter. ``marks``: how often each stands surely behind Chinese. ``space``: the usual width of a
    space in cells; ``spaced``: how often one stands, and how often none, between characters of two kinds. ``words`` and
    ``grams``: how often each foreign word (small) and each run of three Chinese characters is written without
    a doubt. ``doubt``: the share of the characters that the reader doubted, ``doubt_of_han`` of the Chinese ones.
    """

    chances: Mapping[tuple[int, int], float] = {}
    kin: Mapping[str, tuple[float, int]] = {}
    marks: Mapping[str, int] = {}
    space: float = 0.25
    spaced: Mapping[str, tuple[int, int]] = {}
    shapes: Mapping[str, Drawn] = {}
    words: Mapping[str, int] = {}
    grams: Mapping[str, int] = {}
    terms: Terms = NO_TERMS
    doubt: float = 0.0
    doubt_of_han: float = 0.0

    @property
    def is_worn(self) -> bool:
        return self.doubt >= WORN and self.doubt_of_han >= WORN_HAN

    @property
    def stops(self) -> str:
        """What the document's sentences end with: rings, dots, or either."""
        rings, dots = self.marks.get("。", 0), self.marks.get(".", 0) + self.marks.get("．", 0)
        return "rings" if rings >= MOSTLY * max(1, dots) else "dots" if dots >= MOSTLY * max(1, rings) else "both"


def know(pages: Sequence[PageReading], first_width: Model | None = None, terms: Terms = NO_TERMS) -> Known:
    """What a document's pages show; how wide its marks are only with ``first_width``, which tells of each by itself."""
    found = [place for page in pages for _, _, place in places(page)]
    chances, kin = _widths(found, first_width) if first_width else ({}, {})
    return Known(
        chances=chances,
        kin=kin,
        marks=Counter(mark for place in found for mark in _marks(place)),
        words=Counter(word.lower() for place in found for word in _words(place)),
        grams=Counter(gram for place in found for gram in _grams(place)),
        terms=terms,
        doubt=_doubt(found, bool),
        doubt_of_han=_doubt(found, is_han),
        shapes=drawn(found),
        space=median([*(width for place in found for width in spaces_of(place).values()), 0.25]),
        spaced=_spaced(found),
    )


def _spaced(found: Sequence[Place]) -> dict[str, tuple[int, int]]:
    """By the kinds of two characters how often they have a space between them, and how often none."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for place in found:
        for at, char in enumerate(place.text[1:], 1):
            if char == " ":
                counts[pair_of(place, at, at + 1)][0] += 1
            elif place.text[at - 1] != " ":
                counts[pair_of(place, at, at)][1] += 1
    return {kinds: (with_space, without) for kinds, (with_space, without) in counts.items()}


def pair_of(place: Place, start: int, end: int) -> str:
    """The kinds of the characters before and behind a space."""
    return f"{character(place.char(start - 1))} {character(place.char(end))}"


def _doubt(found: Sequence[Place], is_meant: Callable[[str], bool]) -> float:
    """The share that the reader doubted of the characters meant; all, where there are none."""
    read = (pair for place in found for pair in zip(place.text, place.line.confidences, strict=True))
    measured = [value for char, value in read if value >= 0 and is_meant(char)]
    return sum(value < DOUBTED for value in measured) / len(measured) if measured else 1.0


def _words(place: Place) -> Iterator[str]:
    for hit in WORD.finditer(place.text):
        if min(place.line.confidences[hit.start() : hit.end()]) >= SURE:
            yield hit[0]


def _grams(place: Place) -> Iterator[str]:
    text, confidences = place.text, place.line.confidences
    for at in range(len(text) - GRAM + 1):
        gram = text[at : at + GRAM]
        if min(confidences[at : at + GRAM]) >= SURE and all(map(is_han, gram)):
            yield gram


def kin_key(mark: str, place: Place, at: int) -> str:
    """All marks that a house sets in one width behind such a character have the same; lists have their own."""
    half, before = HALF.get(mark, mark), place.text[at - 1 : at]
    family = next((family for family in FAMILIES if half in family), half)
    return f"{family} {cell(before)}{' list' * place.in_list}"


def pair_key(mark: str, place: Place, at: int) -> str:
    """A mark in either width, and the cells of what stands beside it."""
    sides = (place.text[one : one + 1] if one >= 0 else "" for one in place.beside(at, at + 1))
    return " ".join((HALF.get(mark, mark), *map(cell, sides))) + " list" * place.in_list


def odds_of(chance: float) -> float:
    """A chance as log odds; no place says more than ``MOST``."""
    return max(-MOST, min(MOST, math.log(max(chance, 1e-3) / max(1 - chance, 1e-3))))


def _widths(found: Iterable[Place], model: Model) -> tuple[dict[tuple[int, int], float], dict[str, tuple[float, int]]]:
    chances: dict[tuple[int, int], float] = {}
    sums: defaultdict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for place in found:
        for one in widths(place):
            first = msgspec.structs.replace(one, kind="first-width")
            features = [*reader(first), *ink(first, place), *neighbours(first, place)]
            chance = chances[place.order, one.start] = round(probability(model.score(features)), 3)
            for name in (kin_key(one.was, place, one.start), pair_key(one.was, place, one.start)):
                total, count = sums[name]
                sums[name] = total + odds_of(chance), count + 1
    return chances, dict(sums)


def _marks(place: Place) -> Iterable[str]:
    for at, char in enumerate(place.text[1:], 1):
        if char in "，。、,.．" and is_han(place.text[at - 1]) and place.line.confidences[at] >= SURE:
            yield char
