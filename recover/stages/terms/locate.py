"""Which of all matches in a text are terms: whole words, the longest first, one concept each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from recover.glossary.matcher import Form, Hit, Matcher
from recover.glossary.squash import is_han
from recover.stages.terms.passages import Passage
from recover.stages.terms.words import Segmenter

# Below this length a Chinese term may be part of a common word or lie across two; above, chance doesn't make it.
SURE_LENGTH = 4


class Located(msgspec.Struct, frozen=True):
    """A hit in a passage."""

    passage: Passage
    start: int
    end: int
    forms: tuple[Form, ...]

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


def locate(passages: Iterable[Passage], matchers: Sequence[Matcher], words: Segmenter) -> tuple[Located, ...]:
    """The terms in ``passages``; a term inside a longer one is not counted."""
    return tuple(place for passage in passages for place in _in_passage(passage, matchers, words))


def _in_passage(passage: Passage, matchers: Sequence[Matcher], words: Segmenter) -> list[Located]:
    hits = [hit for matcher in matchers for hit in matcher.find(passage.text)]
    hits.sort(key=lambda hit: (hit.start - hit.end, hit.start))
    taken: dict[tuple[int, int], Located] = {}
    for hit in hits:
        if (hit.start, hit.end) in taken:
            known = taken[hit.start, hit.end]
            taken[hit.start, hit.end] = msgspec.structs.replace(known, forms=(*known.forms, *hit.forms))
        elif not _overlaps(hit, taken) and _is_whole_word(passage.text, hit, words):
            taken[hit.start, hit.end] = Located(passage, hit.start, hit.end, hit.forms)
    return [taken[place] for place in sorted(taken)]


def _overlaps(hit: Hit, taken: Iterable[tuple[int, int]]) -> bool:
    return any(hit.start < end and start < hit.end for start, end in taken)


def _is_whole_word(text: str, hit: Hit, words: Segmenter) -> bool:
    length = hit.end - hit.start
    if length >= SURE_LENGTH or not all(map(is_han, text[hit.start : hit.end])):
        return True
    return words.is_word_bound(text, hit.start, hit.end)
