"""Letters, figures and Chinese characters that may be others: what a reader named, and what is printed alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recover.lexicon.characters import is_han, is_latin
from recover.stages.correct.place import Candidate, Place, doubts

# Printed alike, so that a reader may not name the right one. Those that it was sure of stay: on clean print 4 of 38,978
# such places could be told to be wrong.
ALIKE = ("1lI|", "0Oo", "xχ×", "uμ", "Bβß", "yγ", "aα", "8δ")
OTHERS = {char: [other for other in group if other != char] for group in ALIKE for char in group}
# A reader's alternative less likely than this, against what it read, is what a network always has left.
LEAST_RATIO = 0.004
# A word in capitals, but for some whose small forms look like them; strokes by themselves, which may be a Roman number.
CAPITALS = re.compile(r"(?<![A-Za-z])(?=[A-Za-z]*[A-Z]{2})(?=[A-Za-z]*[cosuvwxz])[A-Zcosuvwxz]{4,}(?![A-Za-z])")
STROKES = re.compile(r"(?<![A-Za-z0-9])(?=[I1]*l)[Il1]{2,3}(?![A-Za-z0-9])")
# Figures inside a word of letters (I11ich, Gal1imard), and the letters they are printed like.
FIGURES = re.compile(
    r"(?<![\w./-])(?=[a-zA-Z10|]*[a-z])(?=[a-zA-Z]*[10|]+[a-z]|[a-zA-Z]*[a-z][10|])[A-Za-z10|]{4,}(?![\w/-])"
)
# Chlorine and aluminium in a formula (HCl, CDCl3, NaCl, Al2O3); 95%CI, MCI and AI are none.
CHLORINE = re.compile(r"(?:(?<![A-Za-z])(?:[HK]|CD)C|[A-Z][a-z]C|C(?=l[2-6])|A(?=l[2-9]|lCl))l(?![a-z])")
LETTERS = str.maketrans("10|", "lol")
TOGETHER = ((CAPITALS, str.upper), (STROKES, lambda was: "I" * len(was)), (FIGURES, lambda was: was.translate(LETTERS)))


def letters(place: Place) -> Iterator[Candidate]:
    """Each doubted letter or figure as those that its reader named and those that look like it."""
    named = doubts(place)
    elements = {hit.end() - 1 for hit in CHLORINE.finditer(place.text)}
    for at, others in named.items():
        char, own = place.text[at], place.line.confidences[at]
        if at in elements or not (_is_letter(char) or char == "|"):
            continue
        seen = {text: share for text, share in others if _is_letter(text) and share >= LEAST_RATIO * own}
        alike = dict.fromkeys(() if _is_inside_word(place, at) else OTHERS.get(char, ()), 0.0)
        for now, share in {**alike, **seen}.items():
            yield Candidate(kind="letter", start=at, was=char, now=now, share=share, own=own)
    yield from _together(place)


def _together(place: Place) -> Iterator[Candidate]:
    """Several letters as one change, however sure their reader was: a word all in capitals, a Roman number, figures."""
    for pattern, change in TOGETHER:
        for hit in pattern.finditer(place.text):
            own = max(0.01, *place.line.confidences[hit.start() : hit.end()])
            yield Candidate(kind="letter", start=hit.start(), was=hit[0], now=change(hit[0]), own=own)


def characters(place: Place) -> Iterator[Candidate]:
    """Each doubted Chinese character as those that its reader named."""
    for at, others in doubts(place).items():
        char, own = place.text[at], place.line.confidences[at]
        if is_han(char):
            for now, share in others:
                if now and is_han(now) and share >= LEAST_RATIO * own:
                    yield Candidate(kind="character", start=at, was=char, now=now, share=share, own=own)


def _is_inside_word(place: Place, at: int) -> bool:
    """Whether small letters stand on both sides: there readers know the word."""
    return place.char(at - 1).islower() and place.char(at + 1).islower()


def _is_letter(char: str) -> bool:
    return char != "" and (is_latin(char) or char.isdecimal())
