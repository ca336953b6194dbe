"""Marks that restoring a worn page all but wiped out: a second reading of a line as scanned may still see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from recover.model.page import Insertion, Line
from recover.model.type_cells import cell_width, column_edge
from recover.text.scripts import is_han

# White behind Chinese, or a bracket in it, that could be a mark's cell, in cells.
ROOM = 0.45
BRACKETS, OPENERS, MARKS = ")）]］】〕", "(（[［【《“", "，。、；：.,"
NOTHING = ("", 0.0)


def right_edges(columns: Sequence[Sequence[int]], read: Mapping[int, Line]) -> dict[int, float]:
    """For every line that was read, where most of its column's long lines end, in points."""
    edges: dict[int, float] = {}
    for column in columns:
        indexes = [index for index in column if index in read and read[index].text]
        edge = column_edge([read[index] for index in indexes])
        edges |= dict.fromkeys(indexes, edge) if edge is not None else {}
    return edges


def places_with_room(line: Line, right_edge: float | None) -> tuple[int, ...]:
    """The offsets behind Chinese, or a bracket in it, where white could hold a mark."""
    cell = cell_width(line)
    return tuple(
        at
        for at in range(1, len(line.text) + 1)
        if cell and _may_stand(line.text, at) and _white(line, at, right_edge) >= ROOM * cell
    )


def _may_stand(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at : at + 1]
    return (is_han(before) or before in BRACKETS) and (not after or is_han(after) or after in OPENERS)


def _white(line: Line, at: int, right_edge: float | None) -> float:
    """The white before the character at ``at``; behind the last one, up to the column's edge and a cell at most."""
    if at < len(line.text):
        return line.lefts[at] - line.rights[at - 1]
    room = line.height if right_edge is None else right_edge - line.rights[-1]
    return min(room, line.height)


def with_second_look(line: Line, second: Line, right_edge: float | None) -> Line:
    """``line`` with what a second reading of it saw where there is room for a mark, if it is surer there."""
    seen = {one.at: (one.text, one.confidence) for one in line.insertions if one.text != " "}
    for at in places_with_room(line, right_edge):
        start = (line.lefts[at - 1] + line.rights[at - 1]) / 2
        end = line.lefts[at] if at < len(line.text) else line.rights[at - 1] + line.height
        found = max(_between(second, start, end), key=lambda one: one[1], default=NOTHING)
        seen[at] = max(seen.get(at, NOTHING), found, key=lambda one: one[1])
    spaces = (one for one in line.insertions if one.text == " ")
    marks = (Insertion(at, mark, share) for at, (mark, share) in seen.items() if mark)
    return msgspec.structs.replace(line, insertions=tuple(sorted((*spaces, *marks), key=lambda one: one.at)))


def _between(second: Line, start: float, end: float) -> Iterator[tuple[str, float]]:
    """The marks in a reading between two places (points): those it read, and those it nearly saw."""
    centers = [(left + right) / 2 for left, right in zip(second.lefts, second.rights, strict=True)]
    inside = {at for at, center in enumerate(centers) if start <= center <= end}
    behind = sum(center < (start + end) / 2 for center in centers)
    yield from ((second.text[at], second.confidences[at]) for at in inside if second.text[at] in MARKS)
    for doubt in second.doubts:
        yield from (
            (one.text, one.confidence) for one in doubt.alternatives if doubt.at in inside and one.text in MARKS
        )
    yield from ((one.text, one.confidence) for one in second.insertions if one.at == behind and one.text in MARKS)
