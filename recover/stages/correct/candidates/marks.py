"""Marks that may be others or dirt or of the other width; marks, and spaces between foreign words, that were lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recover.lexicon.characters import is_latin, is_wide
from recover.stages.correct.place import Candidate, Place, doubts

# A raised + stands lower than one in a cell of its own, which hardly any house prints, nor a full-width =. Some faces
# draw %, < and > as wide as others their full-width forms: 12 of 25 changes were wrong; of square brackets 4 of 22.
FULL = {half: chr(ord(half) + 0xFEE0) for half in ",;:?!()~."}
HALF = {full: half for half, full in FULL.items()}
MARKS = frozenset("，。、；：？！,.;:?!·•'`’‘\"-_~^*|°")
INSERTED = frozenset("，。、；：.,;:")
# A mark this faintly seen may be the document's stop as well.
FAINT = 0.05
# Readers tear an ellipsis into dots, commas and shorter ones.
CLAUSE_ENDS = frozenset("，,、。；;:：")
STOP = {"rings": "。", "dots": "."}
_LABEL = re.compile(r"^(?:[表图圖]|Tab(?:le|\.)|Fig(?:ure|\.))\s?\d{1,2}$", re.IGNORECASE)


def widths(place: Place) -> Iterator[Candidate]:
    """Each mark that has a form of the other width."""
    named = doubts(place)
    # Lines that run down have no ink that could tell.
    for at, char in enumerate(place.text if place.line.weights else ""):
        now = FULL.get(char) or HALF.get(char)
        if now is not None and not _is_in_dots(place, at) and (now in FULL or _may_fill_a_cell(place, at)):
            share = dict(named.get(at, ())).get(now, 0.0)
            sign = 1 if char in FULL else -1
            own = place.line.confidences[at]
            yield Candidate(kind="width", start=at, was=char, now=now, share=share, own=own, sign=sign)


def _may_fill_a_cell(place: Place, at: int) -> bool:
    """Whether there is no space where a full-width mark has its own white; a dot has Chinese beside it, too."""
    before, after = place.char(at - 1), place.char(at + 1)
    is_stop = place.text[at] != "." or any(map(is_wide, (before, after)))
    return is_stop and (before if place.text[at] == "(" else after) != " "


def marks(place: Place) -> Iterator[Candidate]:
    """A mark that its reader doubted, as each other mark that it saw there, or as none."""
    for at, others in doubts(place).items():
        char, own = place.text[at], place.line.confidences[at]
        if char not in MARKS:
            continue
        seen = {text: share for text, share in others if text in MARKS or not text}
        # Of colons before pages or in a ratio, taken for dirt, 6 were none and none was some.
        is_kept = _is_in_dots(place, at) or (char in ":：" and place.text[at + 1 :].lstrip()[:1].isdecimal())
        for now, share in {"": 0.0, **seen}.items():
            is_other = now not in (FULL.get(char), HALF.get(char))
            if is_other and (now or not is_kept):
                yield Candidate(kind="mark" if now else "speck", start=at, was=char, now=now, share=share, own=own)


def _is_in_dots(place: Place, at: int) -> bool:
    """Whether a mark is one of an ellipsis (......, 其二，……。) or a point between letters (kN·m): no dirt."""
    beside = {place.char(at - 1), place.char(at + 1)}
    is_in_row = place.text[at] in ".…,，" and (not beside.isdisjoint("….") or beside <= CLAUSE_ENDS)
    return is_in_row or (place.text[at] in "·・" and all(map(is_latin, beside)))


def lost_marks(place: Place, stops: str) -> Iterator[Candidate]:
    """A mark that its reader nearly saw between two characters, and at a paragraph's end its ``stops``."""
    # Cells and labels end without a stop.
    if place.kind in ("figure", "table"):
        return
    end = len(place.text)
    if stops in STOP and _may_end(place) and all(one.at < end for one in place.line.insertions):
        yield Candidate(kind="lost", start=end, was="", now=STOP[stops])
    for one in place.line.insertions:
        if one.text not in INSERTED or not 0 < one.at <= end or _parts_a_label(place.text, one.at):
            continue
        is_behind_cell = is_wide(place.text[one.at - 1])
        now = FULL.get(one.text, one.text) if one.text == "," and is_behind_cell else one.text
        if now == "." and one.at == end and is_behind_cell and stops != "dots":
            now = "。"
        yield Candidate(kind="lost", start=one.at, was="", now=now, share=one.confidence, own=one.confidence, seen=now)
        stop = STOP.get(stops, now)
        if one.confidence >= FAINT and stop != now:
            yield Candidate(kind="lost", start=one.at, was="", now=stop, own=one.confidence, seen=now)


def _parts_a_label(text: str, at: int) -> bool:
    """Whether a table's number ends there and a figure follows: dirt in the white between makes no 表 3.126."""
    return text[at : at + 1].isdecimal() and _LABEL.search(text[:at]) is not None


def _may_end(place: Place) -> bool:
    """Whether a paragraph of several lines may end with the line, which has no mark there."""
    last, ends = place.text[-1:], place.ends.split()
    return place.kind == "text" and ("last" in ends or "indent" in ends) and (last.isalnum() or last in ")）]］%％”")


# Fainter shares of a space, over narrower gaps (in line heights), are never one.
SHARE, GAP = 0.01, 0.15


def spaces(place: Place) -> Iterator[Candidate]:
    """Between two characters that stand in no Chinese cell: a space that was read, nearly seen, or that the ink has."""
    line = place.line
    shares = {one.at: one.confidence for one in line.insertions if one.text == " "}
    for at in range(1, len(line.text)):
        left, right = line.text[at - 1], line.text[at]
        if right == " " and at + 1 < len(line.text):
            if not _stands_in_cells(left, line.text[at + 1]):
                yield Candidate(kind="space", start=at, was=" ", now="", own=line.confidences[at], sign=-1)
        elif not _stands_in_cells(left, right):
            share = shares.get(at, 0.0)
            if share >= SHARE or line.lefts[at] - line.rights[at - 1] >= GAP * line.height:
                yield Candidate(kind="space", start=at, was="", now=" ", share=share)


def _stands_in_cells(left: str, right: str) -> bool:
    return left == " " or right == " " or is_wide(left) or is_wide(right)
