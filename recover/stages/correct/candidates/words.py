"""English words that no one knows as they were read, as words that they may be."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from recover.lexicon.english import UNKNOWN, frequency, near_words
from recover.stages.correct.place import Candidate, Place, doubts

WORD = re.compile(r"(?<![\w@/.])[A-Za-z\u00c0-\u024f]{4,}(?![\w@/])")
# A word without a letter below this confidence stands; a letter its reader didn't name is this likely.
SURE, UNNAMED = 0.995, 0.0005
# Of a word that only lacks letters none is sure.
LEAST = 0.01
# What a letter costs (minus its log likelihood) that is printed and wasn't read: one like its neighbour, any other.
LIKE_NEIGHBOUR, LOST = 2.5, 5.0
MOST_COST = 9.0
# How usual a word is counts so much against the picture.
WEIGHT = 0.75


def words(place: Place) -> Iterator[Candidate]:
    """Each unknown word with a doubt as the word that it most likely is."""
    named = doubts(place)
    for hit in WORD.finditer(place.text):
        start, end = hit.span()
        is_broken = place.text[end : end + 1] == "-" or place.text[start - 1 : start] == "-"
        if min(place.line.confidences[start:end]) >= SURE or is_broken or frequency(hit[0], ()) > UNKNOWN:
            continue
        costs = ((cost(place, start, end, word, named), word) for word in near_words(hit[0].lower()))
        ranked = sorted(
            ((WEIGHT * math.log(frequency(word, ()) / UNKNOWN) - loss, loss, word) for loss, word in costs),
            reverse=True,
        )
        if ranked and ranked[0][1] <= MOST_COST:
            gain, loss, word = ranked[0]
            ahead = gain - ranked[1][0] if len(ranked) > 1 else MOST_COST
            now = _cased(word, hit[0])
            own = _sureness(hit[0], now, place.line.confidences[start:end])
            yield Candidate(
                kind="word", start=start, was=hit[0], now=now, share=math.exp(-loss), own=own, gain=gain, ahead=ahead
            )


def _sureness(was: str, now: str, confidences: Sequence[float]) -> float:
    """How sure the reader was of what is changed."""
    changed = [
        confidences[at]
        for edit in Levenshtein.opcodes(was, now)
        if edit.tag != "equal"
        for at in range(edit.src_start, edit.src_end)
    ]
    return max([LEAST, *changed])


def _cased(word: str, like: str) -> str:
    if like.isupper():
        return word.upper()
    return word.capitalize() if like[0].isupper() else word


def cost(place: Place, start: int, end: int, word: str, named: dict[int, tuple[tuple[str, float], ...]]) -> float:
    """What the picture says against ``word`` in the place of what was read (minus its log likelihood)."""
    read = place.text[start:end].lower()
    above = [0.0]
    for at, letter in enumerate(word):
        above.append(above[-1] + _lost(read, 0, letter if at else ""))
    for number in range(1, len(read) + 1):
        at = start + number - 1
        options = {text.lower(): share for text, share in named.get(at, ())}
        own = max(place.line.confidences[at], UNNAMED)
        row = [above[0] + _loss(own, options, "")]
        for spot, letter in enumerate(word, 1):
            through = above[spot - 1] + (0.0 if read[number - 1] == letter else _loss(own, options, letter))
            row.append(min(through, above[spot] + _loss(own, options, ""), row[-1] + _lost(read, number, letter)))
        above = row
    return above[-1]


def _loss(own: float, options: dict[str, float], letter: str) -> float:
    return max(0.0, math.log(own / max(UNNAMED, options.get(letter, 0.0))))


def _lost(read: Sequence[str], number: int, letter: str) -> float:
    return LIKE_NEIGHBOUR if letter and letter in read[max(0, number - 1) : number + 1] else LOST
