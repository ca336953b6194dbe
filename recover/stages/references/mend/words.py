"""Words of a title that recognition misread by a letter, mended by the words that the document writes elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from recover.lexicon.english import zipf
from recover.model.document import Repair
from recover.stages.references.journals import is_journal_word
from recover.text.scripts import unaccented
from recover.text.vocabulary import Vocabulary

_WORD = re.compile(r"(?<![\w/.@])[^\W\d_]{4,}(?![\w/@])")
_GREEK = re.compile(r"(?<![\w/])[^\W_]+(?:[-\u2010][^\W_]+)*")
_CAPITAL_Y = re.compile(r"(?<=-)Y$")
_IN_CAPITALS = re.compile(r"^\W{0,3}[A-ZÀ-Þ\-'’]{2,}\s[A-Z]{1,4}[,.]")
_STRAY_STOP = re.compile(r"(?<![\w-])([a-z]{2,})\.(\s)(?=([a-z]{3,})\b)")
_WITHIN_A_PHRASE = re.compile(r"(?<=\s)(of|the|and|for|with|from|into)\.(\s)(?=[A-Za-z])")
# Letters that worn print makes of one another.
_ALIKE = {
    "l": "tiIj", "t": "lfr", "i": "ljt", "j": "i", "I": "l", "c": "eo", "e": "co", "h": "b", "b": "h", "n": "ur",
    "u": "n", "g": "q", "q": "g", "f": "t", "r": "t", "o": "ce", "a": "o", "ß": "f",
}  # fmt: skip
_RUN_TOGETHER = (
    ("m", "rn"), ("rn", "m"), ("ii", "n"), ("cl", "d"), ("d", "cl"), ("in", "m"), ("tn", "m"), ("un", "m"), ("nn", "m"),
)  # fmt: skip
_UNKNOWN = 1.0
_KNOWN = 2.0
_COMMON = 3.0
_VERY_COMMON = 3.5
# A misreading may recur, and take a word this rare, where the letters are those that worn print makes of others.
_CERTAIN, _RARE = 4.0, 2.5
_OFTEN = 3
_LONG = 6


def mend_words(text: str, words: Vocabulary) -> tuple[str, tuple[Repair, ...]]:
    """The text with its misread words mended; nothing is done without a document's words to witness."""
    if not words.counts:
        return text, ()
    repairs: list[Repair] = []

    def mend(hit: re.Match[str]) -> str:
        now = _mended(hit[0], words, is_name=hit[0][0].isupper() and not capitals)
        if now != hit[0]:
            why = "no word, but one that the document or the language writes, misread by a letter"
            repairs.append(Repair(field="", was=hit[0], now=now, why=why))
        return now

    def respell(hit: re.Match[str]) -> str:
        now = words.greek.get(hit[0]) or words.greek.get(_CAPITAL_Y.sub("y", hit[0]), hit[0])
        if now != hit[0]:
            why = "the document writes this word with a Greek letter elsewhere"
            repairs.append(Repair(field="", was=hit[0], now=now, why=why))
        return now

    capitals = bool(_IN_CAPITALS.match(text))
    text = _WORD.sub(mend, text)
    if words.greek:
        text = _GREEK.sub(respell, text)
    return _without_stray_stops(text, repairs), tuple(repairs)


def _mended(word: str, words: Vocabulary, *, is_name: bool) -> str:
    """The likeliest reading; names are no words and stay as printed."""
    if is_name or not word[1:].islower():
        return word
    plain = unaccented(word)
    known = _zipf(word.lower())
    if plain != word and known == 0 and _zipf(plain.lower()) > _UNKNOWN:
        return plain
    better = [
        candidate
        for candidate in (plain, *_candidates(plain))
        if candidate != word and _outweighs(candidate.lower(), word.lower(), known, words)
    ]
    if better:
        return max(better, key=lambda candidate: (words.counts.get(candidate.lower(), 0), _zipf(candidate.lower())))
    return _near(word, words) if known <= _UNKNOWN and words.counts.get(word.lower(), 0) <= 1 else word


def _near(word: str, words: Vocabulary) -> str:
    """The common word of the document one edit from a long unknown one; an ending may be another form of the word."""
    if len(word) < _LONG:
        return word
    small = word.lower()
    rated = process.extract(small, words.counts.keys(), scorer=Levenshtein.distance, score_cutoff=1)
    near = [other for other, distance, _ in rated if distance and other[0] == small[0] and other[-2:] == small[-2:]]
    best = max(near, key=_zipf, default="") or max(_edits(small), key=_zipf)
    least = _COMMON if near else _VERY_COMMON
    return word[0] + best[1:] if _zipf(best) >= least else word


def _edits(word: str) -> Iterator[str]:
    """The words one edit away, ending and first letter kept."""
    for at in range(1, len(word) - 2):
        yield word[:at] + word[at + 1 :]
        for letter in ascii_lowercase:
            yield f"{word[:at]}{letter}{word[at + 1 :]}"
            yield f"{word[:at]}{letter}{word[at:]}"


def _outweighs(candidate: str, word: str, known: float, words: Vocabulary) -> bool:
    """A word no language has yields to one it has; a rare word to one that the document often writes."""
    better = _zipf(candidate)
    if known == 0 and better >= (_RARE if words.counts.get(word, 0) <= 1 else _CERTAIN):
        return True
    if known <= _UNKNOWN and words.counts.get(word, 0) <= 1:
        return better >= _COMMON or words.counts.get(candidate, 0) >= (1 if better >= _KNOWN else 2)
    often = words.counts.get(candidate, 0) >= _OFTEN * words.counts.get(word, 1)
    return often and better - known >= _KNOWN


def _candidates(word: str) -> Iterator[str]:
    for worn, printed in _RUN_TOGETHER:
        if worn in word:
            yield word.replace(worn, printed, 1)
    for at, char in enumerate(word):
        for other in _ALIKE.get(char, ""):
            yield f"{word[:at]}{other}{word[at + 1 :]}"


def _without_stray_stops(text: str, repairs: list[Repair]) -> str:
    """A stop between two plain words in small letters ends nothing."""

    def mend(hit: re.Match[str]) -> str:
        if is_journal_word(hit[1]) or min(_zipf(hit[1]), _zipf(hit[3])) < _COMMON:
            return hit[0]
        why = "a stop before a small letter is a speck"
        repairs.append(Repair(field="title", was=f"{hit[1]}. {hit[3]}", now=f"{hit[1]} {hit[3]}", why=why))
        return hit[1] + hit[2]

    def rejoin(hit: re.Match[str]) -> str:
        why = "no phrase ends with such a word: the stop is a speck"
        repairs.append(Repair(field="", was=f"{hit[1]}.", now=hit[1], why=why))
        return hit[1] + hit[2]

    return _WITHIN_A_PHRASE.sub(rejoin, _STRAY_STOP.sub(mend, text))


@lru_cache(maxsize=1 << 16)
def _zipf(word: str) -> float:
    return zipf(word)
