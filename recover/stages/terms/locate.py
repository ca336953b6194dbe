"""Which of all matches in a text are terms: whole words, the longest first, one concept each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial

import msgspec

from recover.glossary.matcher import Form, Hit, Matcher
from recover.glossary.squash import is_han, squash
from recover.stages.terms.passages import Passage
from recover.stages.terms.words import Segmenter

# Below this length a Chinese term may be part of a common word or lie across two; above, chance doesn't make it.
SURE_LENGTH = 4


class Located(msgspec.Struct, frozen=True):
    """A hit in a passage; ``is_nested`` inside a longer term."""

    passage: Passage
    start: int
    end: int
    forms: tuple[Form, ...]
    is_nested: bool = False

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


def locate(passages: Iterable[Passage], matchers: Sequence[Matcher], words: Segmenter) -> tuple[Located, ...]:
    """The terms in ``passages``: the longest where they overlap, and marked as nested those inside a longer one."""
    return tuple(place for passage in passages for place in _in_passage(passage, matchers, words))


def _in_passage(passage: Passage, matchers: Sequence[Matcher], words: Segmenter) -> list[Located]:
    letters = squash(passage.text)
    hits = [hit for matcher in matchers for hit in matcher.find(passage.text, letters)]
    hits.sort(key=lambda hit: (hit.start - hit.end, hit.start))
    places: dict[tuple[int, int], Located] = {}
    # Which places hold each character: to ask all of them for every hit takes minutes on a line of a megabyte.
    holding: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for hit in hits:
        span, reach = (hit.start, hit.end), range(hit.start, hit.end)
        outer = [places[known] for known in dict.fromkeys(known for at in reach for known in holding.get(at, ()))]
        if span in places:
            places[span] = msgspec.structs.replace(places[span], forms=(*places[span].forms, *hit.forms))
            continue
        stands = all(map(partial(_is_part, hit), outer)) if outer else _is_whole_word(passage.text, hit, words)
        if stands:
            places[span] = Located(passage, hit.start, hit.end, hit.forms, is_nested=bool(outer))
            for at in reach:
                holding[at].append(span)
    return [places[span] for span in sorted(places)]


def _is_part(hit: Hit, outer: Located) -> bool:
    """Whether a hit is a word inside a longer term: 星形胶质细胞 in 星形胶质细胞活化, but not 神经 in 神经元."""
    if hit.start < outer.start or hit.end > outer.end:
        return False
    length = hit.end - hit.start
    if not is_han(outer.passage.text[hit.start]):
        return True
    at_edge = hit.start == outer.start or hit.end == outer.end
    return length >= SURE_LENGTH or (length == SURE_LENGTH - 1 and at_edge)


def _is_whole_word(text: str, hit: Hit, words: Segmenter) -> bool:
    length = hit.end - hit.start
    if length >= SURE_LENGTH or not all(map(is_han, text[hit.start : hit.end])):
        return True
    return words.is_word_bound(text, hit.start, hit.end)
