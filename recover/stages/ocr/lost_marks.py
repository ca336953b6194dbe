"""Marks that worn print all but lost, found again in the white they left and in what the reader nearly saw there.

On heavily worn scans of six articles, of 1,900 places with a third of a cell of white or more, the reader's share for
a mark was 0.015 or more at 29; 26 of them had lost one. Where it was less, 7 had.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from recover.model.page import Line
from recover.stages.ocr.edits import Edit
from recover.stages.ocr.widths import cell_width
from recover.text.heading_numbers import looks_like_heading
from recover.text.scripts import is_han

# White between characters that could be a mark's cell, and what a line's end leaves before the column's edge, in cells.
ROOM, ROOM_BETWEEN = 0.45, 0.34
# The reader's share for the mark: between Han, beside figures and letters, behind Han at a line's end, behind a closing
# bracket there, and for a dot behind Han there.
SHARE_BETWEEN, SHARE_BESIDE, SHARE, SHARE_AFTER_BRACKET, SHARE_OF_DOT = 0.015, 0.04, 0.08, 0.03, 0.3
# Of 28 marks put back on the worn samples 26 were right, whatever the share.
RIGHT = 0.9
# A bracket's width, raised ones being smaller, in cells.
BRACKET = 0.4
BRACKETS, OPENERS = ")）]］】〕", "(（[［【《“"
UNITS = "%％‰℃"
MARKS = "，。、；：.,"
# No colon follows a citation.
CITES = "]］】〕"
CHINESE = {".": "。", ",": "，"}

Shares = Sequence[tuple[str, float]]


def find_lost_marks(line: Line, shares: Shares, right_edge: float | None = None) -> tuple[Edit, ...]:
    """The marks to put back.

    ``shares`` holds the likeliest mark and its chance before each character and behind the last, or nothing;
    ``right_edge`` is where the column's lines end, in points.
    """
    if len(shares) != len(line.text) + 1:
        return ()
    return tuple(_found(line, shares, right_edge))


def _found(line: Line, shares: Shares, right_edge: float | None) -> Iterator[Edit]:
    for at, white in _all_places(line, right_edge):
        mark, share = shares[at]
        if mark and mark in MARKS and share >= _least(line.text, at, mark):
            yield Edit(
                start=at,
                was="",
                now=CHINESE.get(mark, mark),
                why="a mark that was all but lost",
                evidence=f"{white:.2f} of a cell white; a reader's share for {mark} {share:.2f}",
                confidence=round(max(share, RIGHT), 4),
            )


def _least(text: str, at: int, mark: str) -> float:
    """The share that is wanted: more at a line's end, where a dot may be dust, and behind headings none is enough."""
    if at < len(text):
        return SHARE_BETWEEN if is_han(text[at - 1]) and is_han(text[at]) else SHARE_BESIDE
    if text[at - 1] in BRACKETS:
        return SHARE_AFTER_BRACKET
    if looks_like_heading(text):
        return math.inf
    return SHARE_OF_DOT if mark in ".," else SHARE if is_han(text[at - 1]) else SHARE_BESIDE


def _all_places(line: Line, right_edge: float | None) -> tuple[tuple[int, float], ...]:
    """As ``places_with_room``, and beside the figures, units and letters that stand in Chinese."""
    return _places(line, right_edge, _might_stand, ROOM_BETWEEN)


def places_with_room(line: Line, right_edge: float | None = None) -> tuple[tuple[int, float], ...]:
    """The offsets behind Chinese, or a bracket in it, where white could hold a mark, and the white in cells."""
    return _places(line, right_edge, _may_stand, ROOM)


def _places(
    line: Line, right_edge: float | None, may_stand: Callable[[Line, int], bool], least: float
) -> tuple[tuple[int, float], ...]:
    cell = cell_width(line)
    if not cell:
        return ()
    places = ((at, _room(line, at, cell, right_edge)) for at in range(1, len(line.text) + 1) if may_stand(line, at))
    return tuple((at, room) for at, room in places if room >= (least if at < len(line.text) else ROOM))


def _room(line: Line, at: int, cell: float, right_edge: float | None) -> float:
    """The white, in cells, or what the next character begins later than it would behind this one, if that is more.

    What is left of a mark passes for ink of the character before it.
    """
    white = _white(line, at, right_edge) / cell
    if at < len(line.text):
        usual = 1.0 if is_han(line.text[at - 1]) else BRACKET
        return max(white, (line.lefts[at] - line.lefts[at - 1]) / cell - usual)
    return white


def _may_stand(line: Line, at: int) -> bool:
    before, after = line.text[at - 1], line.text[at : at + 1]
    return (is_han(before) or before in BRACKETS) and (not after or is_han(after) or after in OPENERS)


def _might_stand(line: Line, at: int) -> bool:
    before, after = line.text[at - 1], line.text[at : at + 1]
    behind_figure = (before.isdecimal() or before in UNITS) and (not after or is_han(after))
    before_letter = (is_han(before) or before in BRACKETS) and after.isalnum()
    return _may_stand(line, at) or behind_figure or before_letter


def seen_again(line: Line, shares: Shares, second: Line, second_shares: Shares, right_edge: float | None) -> Shares:
    """``shares`` with what a second reading of the line saw where there is room for a mark, if it is surer there."""
    better = list(shares)
    for at, _ in places_with_room(line, right_edge):
        start = (line.lefts[at - 1] + line.rights[at - 1]) / 2
        end = line.lefts[at] if at < len(line.text) else line.rights[at - 1] + line.height
        marks = MARKS.replace("：", "") if line.text[at - 1] in CITES else MARKS
        better[at] = max(shares[at], _between(second, second_shares, (start, end), marks), key=lambda one: one[1])
    return better


def _between(second: Line, shares: Shares, place: tuple[float, float], marks: str) -> tuple[str, float]:
    """The likeliest of ``marks`` in a reading between two places (points): one it read, or nearly saw."""
    start, end = place
    centers = [(left + right) / 2 for left, right in zip(second.lefts, second.rights, strict=True)]
    doubts = {doubt.at: doubt.alternatives for doubt in second.doubts}
    found = [("", 0.0)]
    for at, center in enumerate(centers):
        if start <= center <= end:
            found.append((second.text[at], second.confidences[at]))
            found += [(other.text, other.confidence) for other in doubts.get(at, ())]
    at = sum(center < (start + end) / 2 for center in centers)
    found.append(shares[at])
    return max((one for one in found if one[0] in marks), key=lambda one: one[1])


def _white(line: Line, at: int, right_edge: float | None) -> float:
    """The white before the character at ``at``; behind the last one, up to the column's edge and a cell at most."""
    if at < len(line.text):
        return line.lefts[at] - line.rights[at - 1]
    room = line.height if right_edge is None else right_edge - line.rights[-1]
    return min(room, line.height)
