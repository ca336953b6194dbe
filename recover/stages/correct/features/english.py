"""What the words of English say: whether the word around is one, with the change and without."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from recover.lexicon.english import UNKNOWN, frequency, parting
from recover.stages.correct.features.labels import step
from recover.stages.correct.features.reader import Feature
from recover.stages.correct.known import Known
from recover.stages.correct.place import Candidate, Place

LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f]+")
TOKEN = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+")
RANKS = (2.0, 6.0, 9.0)
TIMES = (1, 2, 4)
GAINS = (-2.0, -1.0, 0.0, 0.7, 1.5, 2.5, 4.0, 6.0)
SHORT = 4
# Words parted against words that reach over the place, by their log likelihoods; letters looked at on either side.
PARTINGS, REACH = (-12.0, -6.0, -2.0, 0.0, 2.0, 6.0, 12.0), 24


def english(candidate: Candidate, place: Place, known: Known) -> Iterator[Feature]:
    """How usual the word is with the change and without, in English and in the document."""
    if candidate.kind in ("letter", "word"):
        was, now = (_token(place, candidate, text) for text in (candidate.was, candidate.now))
        size = "short" if len(now) < SHORT else "long"
        if candidate.kind == "word":
            yield "english.gain", step(candidate.gain, GAINS)
            yield "english.ahead", step(candidate.ahead, GAINS)
        yield "english.word", f"{size} {_rank(was)} {_rank(now)}"
        yield "english.set", _set(now)
        yield "document.word", f"{_times(known, was, own=True)} {_times(known, now, own=False)}"
    elif candidate.kind in ("space", "speck") and candidate.now in ("", " "):
        left, right = _beside(place, candidate)
        if left and right:
            joined = left + right
            if not candidate.was:
                yield "english.parting", step(parting(left[-REACH:].lower(), right[:REACH].lower()), PARTINGS)
            yield "english.parts", f"{candidate.kind} {_rank(left)} {_rank(right)} {_rank(joined)}"
            is_own = candidate.kind == "space" and not candidate.was
            yield "document.joined", f"{candidate.kind} {_times(known, joined, own=is_own)}"


def _token(place: Place, candidate: Candidate, text: str) -> str:
    """The word, or letters and figures, around the place with ``text`` in it."""
    before, after = place.text[: candidate.start], place.text[candidate.end :]
    whole = before + text + after
    hit = next((one for one in TOKEN.finditer(whole) if one.start() <= candidate.start < one.end()), None)
    return hit[0] if hit else text


def _beside(place: Place, candidate: Candidate) -> tuple[str, str]:
    left = re.search(r"[A-Za-z]+$", place.text[: candidate.start])
    right = re.match(r"\s?([A-Za-z]+)", place.text[candidate.end :])
    return (left[0] if left else "", right[1] if right else "")


def _rank(word: str) -> str:
    """How usual a word is; m where figures and letters are mixed, d for figures alone."""
    if word.isdecimal():
        return "d"
    if not LETTERS.fullmatch(word):
        return "m"
    return step(math.log(frequency(word, ()) / UNKNOWN), RANKS)


def _set(word: str) -> str:
    """How a word is set: small, Capital, ALL, mIxed."""
    return "small" if word.islower() else "all" if word.isupper() else "capital" if word.istitle() else "mixed"


def _times(known: Known, word: str, *, own: bool) -> str:
    """How often the document has a word elsewhere."""
    return step(known.words.get(word.lower(), 0) - own, TIMES)
