"""Words: those a text writes itself, and lists that a person can extend."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from recover.lexicon.characters import is_han

HYPHENS = "-\u2010\u00ad"
_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
# What recognition makes of Greek letters; beta and kappa are told from nothing but their word.
_LATIN = str.maketrans("αβγκμν", "aBykuv")
_LONGEST_RUN = 4
_SHORTEST_GREEK = 3
# So many characters say which place is meant, and enough of a longer word.
_ROW = 3
# Of heavily worn print at 200 dpi readers doubt 4 to 10 % of the characters so much, of other print 0.5 to 3 %.
_DOUBTED = 0.9


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """``counts``: of words in small letters, and of the runs of a hyphenated word's parts.

    ``greek``: words with Greek letters, by their look in Latin ones. ``names`` and ``journals``: those of its
    authors and of the entries of its reference list. ``has_marks``: these entries have document type marks.
    ``doubted``: three characters in a row and which of them its reader doubted. ``written``: by three Chinese
    characters, one of them left out (``_``), what stands there and how often.
    """

    counts: dict[str, int] = {}
    greek: dict[str, str] = {}
    names: frozenset[str] = frozenset()
    journals: frozenset[str] = frozenset()
    has_marks: bool = False
    doubted: frozenset[tuple[str, int]] = frozenset()
    written: dict[str, dict[str, int]] = {}

    def doubts(self, text: str, at: int) -> bool:
        """Whether the reader of the document doubted the character at ``at`` of a text made of its lines."""
        return any(
            (text[at - before : at - before + _ROW], before) in self.doubted for before in range(min(at, _ROW - 1) + 1)
        )

    def settles(self, left: str, right: str) -> bool | None:
        """Whether the hyphen between two parts only breaks a word; None where the text writes neither, or both."""
        soft = hard = False
        for head in _ends(left.lower()):
            for tail in _begins(right.lower()):
                soft = soft or head + tail in self.counts
                hard = hard or f"{head}-{tail}" in self.counts
        return None if soft == hard else soft


NO_WORDS = Vocabulary()


def vocabulary(lines: Iterable[str]) -> Vocabulary:
    """The words inside ``lines``; those that a hyphen at a line's end may have broken are no witnesses."""
    counts: Counter[str] = Counter()
    greek: dict[str, str] = {}
    for word in _whole_words(lines):
        counts.update(_runs(word.lower()))
        latin = word.translate(_LATIN)
        if latin != word and len(word) >= _SHORTEST_GREEK:
            greek[latin] = word
    return Vocabulary(counts=dict(counts), greek=greek)


def with_doubts(words: Vocabulary, lines: Iterable[tuple[str, Sequence[float]]]) -> Vocabulary:
    """``words`` with what the reader of ``lines``, each with its characters' confidences, doubted, and wrote surely."""
    doubted: set[tuple[str, int]] = set()
    written: dict[str, dict[str, int]] = {}
    for line, confidences in lines:
        for at in range(len(line) - _ROW + 1):
            row = line[at : at + _ROW]
            unsure = [before for before in range(_ROW) if 0 <= confidences[at + before] < _DOUBTED]
            doubted.update((row, before) for before in unsure)
            if not unsure and all(map(is_han, row)):
                for place, char in enumerate(row):
                    seen = written.setdefault(f"{row[:place]}_{row[place + 1 :]}", {})
                    seen[char] = seen.get(char, 0) + 1
    return msgspec.structs.replace(words, doubted=frozenset(doubted), written=written)


def _whole_words(lines: Iterable[str]) -> Iterator[str]:
    broken = False
    for line in lines:
        words = _WORD.findall(line)
        begin, broken = int(broken), line.rstrip()[-1:] in HYPHENS and bool(line.strip())
        yield from words[begin : len(words) - broken]


def _runs(word: str) -> Iterator[str]:
    """The word and, of a hyphenated one, every run of its parts."""
    parts = re.split(r"[-\u2010]", word)
    if len(parts) > _LONGEST_RUN:
        yield from parts
        return
    for begin in range(len(parts)):
        for end in range(begin + 1, len(parts) + 1):
            yield "-".join(parts[begin:end])


def _ends(word: str) -> tuple[str, ...]:
    return (word, word.rsplit("-", 1)[-1]) if "-" in word else (word,)


def _begins(word: str) -> tuple[str, ...]:
    return (word, word.split("-", 1)[0]) if "-" in word else (word,)


# Lists of words that a person can extend: one entry a line in ``words/NAME.txt``, ``#`` begins a comment.


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of the list ``name`` in order."""
    text = (files("recover.text") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


@cache
def pairs(name: str) -> tuple[tuple[str, str], ...]:
    """The entries of a list whose lines are ``KEY = VALUE``, in order."""
    split = (entry.partition("=") for entry in words(name))
    return tuple((key.strip(), value.strip()) for key, _, value in split)
