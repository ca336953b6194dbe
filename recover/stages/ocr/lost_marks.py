"""Marks that worn print all but lost, found again in the white they left and in what the reader nearly saw there.

On the heavily worn scans of our samples, the five places where white stood between Han and the reader's share for a
mark was 0.12 or more had lost one; the next had a share of 0.02 and had lost none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recover.model.page import Line
from recover.stages.ocr.edits import Edit
from recover.stages.ocr.widths import cell_width
from recover.text.scripts import is_han

# White between characters that could be a mark's cell, and what a line's end leaves before the column's edge, in cells.
ROOM = 0.45
# The reader's share for the mark: between characters or behind Han at a line's end, and behind a closing bracket there.
SHARE, SHARE_AFTER_BRACKET = 0.08, 0.03
BRACKETS = ")）]］】〕"
MARKS = "，。、；：.,"
CHINESE = {".": "。", ",": "，"}

Shares = Sequence[tuple[str, float]]


def find_lost_marks(line: Line, shares: Shares, right_edge: float | None = None) -> tuple[Edit, ...]:
    """The marks to put back.

    ``shares`` holds the likeliest mark and its chance before each character and behind the last, or nothing;
    ``right_edge`` is where the column's lines end, in points.
    """
    cell = cell_width(line)
    if not cell or len(shares) != len(line.text) + 1:
        return ()
    return tuple(_found(line, shares, cell, right_edge))


def _found(line: Line, shares: Shares, cell: float, right_edge: float | None) -> Iterator[Edit]:
    text = line.text
    for at, (mark, share) in enumerate(shares):
        before, after = text[at - 1 : at] if at else "", text[at : at + 1]
        if mark not in MARKS or not mark or not (is_han(before) or before in BRACKETS) or not before:
            continue
        if after and not (is_han(after) or after in "(（[［【《“"):
            continue
        least = SHARE_AFTER_BRACKET if not after and before in BRACKETS else SHARE
        white = _white(line, at, right_edge) / cell
        if share >= least and white >= ROOM:
            yield Edit(
                start=at,
                was="",
                now=CHINESE.get(mark, mark),
                why="a mark that was all but lost",
                evidence=f"{white:.2f} of a cell white; the reader's share for {mark} {share:.2f}",
                confidence=round(share, 4),
            )


def _white(line: Line, at: int, right_edge: float | None) -> float:
    """The white before the character at ``at``; behind the last one, up to the column's edge and a cell at most."""
    if at < len(line.text):
        return line.lefts[at] - line.rights[at - 1]
    room = line.height if right_edge is None else right_edge - line.rights[-1]
    return min(room, line.height)
