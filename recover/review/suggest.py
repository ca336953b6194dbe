"""What a doubtful character may be: other readings, and terms that would fit, by how usual the text would be."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec
from rapidfuzz import fuzz, process

from recover.glossary import places
from recover.glossary.concept import Glossary
from recover.lexicon.characters import is_han
from recover.review.working_copy import Block, WorkingCopy

LONGEST_WORD = 4
# Rarer words are as often an error's chance product as words; leaving them out keeps the lexicon small.
RAREST = 5
# What a Chinese character costs that the dictionary has no word for, and what any other character does.
UNKNOWN = 16.0
OTHER = 7.0


class Lexicon(msgspec.Struct, frozen=True):
    """Words and the negative logarithms of their shares."""

    costs: Mapping[str, float]

    def join(self, left: str, right: str) -> float:
        """What two pieces save by standing together; little where a mark between them belongs there."""
        return self.cost(left) + self.cost(right) - self.cost(left + right)

    def cost(self, text: str) -> float:
        """The cost of the cheapest way to cut ``text`` into words."""
        best = [0.0]
        for end in range(1, len(text) + 1):
            starts = range(max(0, end - LONGEST_WORD), end)
            best.append(min(best[start] + self._cost(text[start:end]) for start in starts))
        return best[-1]

    def _cost(self, word: str) -> float:
        found = self.costs.get(word)
        if found is not None:
            return found
        # A run that is no word is never cheaper than its characters one by one.
        return sum(UNKNOWN if is_han(char) else OTHER for char in word)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, made once for a machine and read in a moment afterwards."""
    key = f"review-lexicon-{RAREST}-{LONGEST_WORD}"
    known = places.recall(key, dict[str, float])
    if known is None:
        known = _read()
        places.keep(key, known)
    return Lexicon(known)


def _read() -> dict[str, float]:
    """The dictionary's file is read as it is: importing jieba takes a second and far more memory."""
    found = importlib.util.find_spec("jieba")
    places = list(found.submodule_search_locations or ()) if found else []
    if not places:
        return {}
    rows = [row.split() for row in (Path(places[0]) / "dict.txt").read_text(encoding="utf-8").splitlines()]
    counts = {row[0]: int(row[1]) for row in rows if len(row) >= 2 and len(row[0]) <= LONGEST_WORD}
    total = math.log(sum(counts.values()) or 1)
    return {word: round(total - math.log(count), 2) for word, count in counts.items() if count >= RAREST}


LONGEST_TERM = 14
ENGLISH_LIKENESS = 82
MOST = 6


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """``now`` for ``text[start:end]`` of a block; ``why`` is ``reader`` or the term, ``score`` from 0 to 1."""

    start: int
    end: int
    now: str
    score: float
    why: str


class Gaps:
    """Chinese terms with one character left open, by what is around it."""

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        self.terms = dict(terms)
        self.open: dict[str, list[str]] = {}
        for term in self.terms:
            if 3 <= len(term) <= LONGEST_TERM and any(map(is_han, term)):
                for at in range(len(term)):
                    self.open.setdefault(f"{term[:at]}\0{term[at + 1 :]}", []).append(term)
        self.words = sorted({word for term in self.terms for word in term.split() if len(word) > 4 and word.isascii()})

    def fitting(self, text: str, at: int) -> Iterator[tuple[int, str]]:
        """Terms that would stand over ``text[at]`` if only that character were another, and where they begin."""
        for length in range(3, LONGEST_TERM + 1):
            for start in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
                window = f"{text[start:at]}\0{text[at + 1 : start + length]}"
                for term in self.open.get(window, ()):
                    if term[at - start] != text[at]:
                        yield start, term


@lru_cache(maxsize=4)
def gaps_of(glossary: Glossary) -> Gaps:
    """The open forms of a glossary, made once."""
    pairs = [(form, concept.en) for concept in glossary.concepts for form in concept.zh_forms]
    pairs += [(form, concept.zh) for concept in glossary.concepts for form in concept.en_forms]
    return Gaps(pairs)


def offers(sheet: WorkingCopy, block: Block, start: int, end: int, line: str, at: int, gaps: Gaps) -> list[Offer]:  # noqa: PLR0917
    """Everything to choose from at ``text[start:end]``, the likeliest first."""
    found = [*_terms(block, start, end, gaps), *_english(block, start, gaps), *_readers(sheet, start, end, line, at)]
    best: dict[str, Offer] = {}
    for offer in sorted(found, key=lambda offer: -offer.score):
        best.setdefault(_becomes(block, offer), offer)
    best.pop(block.text, None)
    return list(best.values())[:MOST]


def _becomes(block: Block, offer: Offer) -> str:
    """The block's text with an offer taken: two offers that lead to one text are one."""
    return block.text[: offer.start] + offer.now + block.text[offer.end :]


def _readers(sheet: WorkingCopy, start: int, end: int, line: str, at: int) -> Iterator[Offer]:
    for place, others in sheet.lines[line].doubts if line in sheet.lines else ():
        if at <= place < at + end - start:
            where = start + place - at
            for text, confidence in others:
                yield Offer(start=where, end=where + 1, now=text, score=max(0, confidence) / 1000, why="reader")


def _terms(block: Block, start: int, end: int, gaps: Gaps) -> Iterator[Offer]:
    # A mark is taken for another mark or for dirt, never for a character of a term.
    for place in (place for place in range(start, end) if block.text[place].isalnum()):
        for begin, term in gaps.fitting(block.text, place):
            # The longer the term around one open character, the less likely it stands there by chance.
            score = 1 - 0.5 ** (len(term) - 1)
            why = f"{term} {gaps.terms[term]}".strip()
            yield Offer(start=place, end=place + 1, now=term[place - begin], score=round(score, 3), why=why)


def _english(block: Block, start: int, gaps: Gaps) -> Iterator[Offer]:
    left = right = start
    while left > 0 and _is_letter(block.text[left - 1]):
        left -= 1
    while right < len(block.text) and _is_letter(block.text[right]):
        right += 1
    word = block.text[left:right]
    if len(word) < 5:
        return
    for other, score, _ in process.extract(word, gaps.words, scorer=fuzz.ratio, limit=2, score_cutoff=ENGLISH_LIKENESS):
        if other.lower() != word.lower():
            yield Offer(start=left, end=right, now=other, score=round(score / 100 - 0.05, 3), why="term")


def _is_letter(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in "|!")
