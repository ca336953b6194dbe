"""Marks that may be other marks or dirt, marks that were lost, and marks of the other width."""

from __future__ import annotations

from collections.abc import Iterator

from recover.lexicon.characters import is_wide
from recover.stages.correct.candidates.doubts import doubts
from recover.stages.correct.place import Candidate, Place

# A raised + stands lower than one in a cell of its own, which hardly any house prints; nor a full-width =.
FULL = {half: chr(ord(half) + 0xFEE0) for half in ",;:?!()%~<>."}
HALF = {full: half for half, full in FULL.items()}
MARKS = frozenset("，。、；：？！,.;:?!·•'`’‘\"-_~^*|°")
INSERTED = frozenset("，。、；：.,")


def widths(place: Place) -> Iterator[Candidate]:
    """Each mark that has a form of the other width."""
    named = doubts(place)
    # Lines that run down have no ink that could tell.
    for at, char in enumerate(place.text if place.line.weights else ""):
        now = FULL.get(char) or HALF.get(char)
        # A mark in a cell of its own brings its white with it: no house sets a space behind it.
        if now is not None and not (now in HALF and place.text[at + 1 : at + 2] == " "):
            share = dict(named.get(at, ())).get(now, 0.0)
            sign = 1 if char in FULL else -1
            own = place.line.confidences[at]
            yield Candidate(kind="width", start=at, was=char, now=now, share=share, own=own, sign=sign)


def marks(place: Place) -> Iterator[Candidate]:
    """A mark that its reader doubted, as each other mark that it saw there, or as none."""
    # Lists of references set dots where prose has other marks: what is in doubt there, their parser tells better.
    for at, others in () if place.in_list else doubts(place).items():
        char, own = place.text[at], place.line.confidences[at]
        if char not in MARKS:
            continue
        seen = {text: share for text, share in others if text in MARKS or not text}
        for now, share in {"": 0.0, **seen}.items():
            if FULL.get(char) != now and HALF.get(char) != now:
                kind = "mark" if now else "speck"
                yield Candidate(kind=kind, start=at, was=char, now=now, share=share, own=own)


def lost_marks(place: Place) -> Iterator[Candidate]:
    """A mark that its reader nearly saw between two characters."""
    # Cells and labels end without a stop.
    for one in () if place.kind in ("figure", "table") else place.line.insertions:
        if one.text in INSERTED and 0 < one.at <= len(place.text):
            wide = FULL.get(one.text, one.text) if one.text == "," and is_wide(place.text[one.at - 1]) else one.text
            now = "。" if wide == "." and one.at == len(place.text) and is_wide(place.text[-1]) else wide
            yield Candidate(kind="lost", start=one.at, was="", now=now, share=one.confidence)
