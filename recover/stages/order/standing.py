"""Vertical print on a page of horizontal text: titles that run down beside it, and blocks of columns."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.geometry import Box, overlap

# A box so much higher than wide, and so many type sizes high, is a line that runs down.
HIGHER, LONG = 2.2, 2.2
# Narrower ones than this, in type sizes, are brackets and rules.
NARROW = 0.5
# A title is set in larger type than the text.
LARGE = 1.2
# Half of a block's columns are no wider than this, so many of them so long, and their middles no farther apart; they
# begin at one height, but for an indent. All in type sizes: labels of a chart's axis are shorter, titles wider.
WIDEST, FEWEST, LONGEST_LABEL, PITCH, INDENT = 1.5, 2, 8.0, 2.6, 2.6
# What shares so much of the narrower one's width is a piece of the same column.
SHARED = 0.5


def runs_down(box: Box, em: float) -> bool:
    """Whether a line's box holds a line of print that runs down; ``em`` is the page's usual line height."""
    return box.height > HIGHER * box.width and box.height > LONG * em and box.width > NARROW * em


def standing_titles(boxes: Sequence[Box], em: float) -> list[int]:
    """Indexes of the lines that run down in large type, from the right: they are read before the text beside them."""
    in_blocks = {index for block in standing_blocks(boxes, em) for index in block}
    found = [
        index
        for index, box in enumerate(boxes)
        if index not in in_blocks and runs_down(box, em) and box.width > LARGE * em
    ]
    return sorted(found, key=lambda index: -boxes[index].x0)


def standing_blocks(boxes: Sequence[Box], em: float) -> list[tuple[int, ...]]:
    """Blocks of vertical text, their lines as they are read: columns from the right, pieces of one downwards."""
    long = [
        index
        for index, box in enumerate(boxes)
        if runs_down(box, em) and box.height > LONGEST_LABEL * em and box.width < PITCH * em
    ]
    blocks: list[list[int]] = []
    for index in sorted(long, key=lambda one: -boxes[one].x0):
        if blocks and _goes_on(boxes[blocks[-1][-1]], boxes[index], em):
            blocks[-1].append(index)
        else:
            blocks.append([index])
    return [_with_pieces(block, boxes, em) for block in blocks if _is_text(block, boxes, em)]


def _is_text(block: Sequence[int], boxes: Sequence[Box], em: float) -> bool:
    """Whether a block has several columns in the text's type; one may be boxed together with its frame."""
    narrow = sum(boxes[index].width < WIDEST * em for index in block)
    return len(block) >= FEWEST and 2 * narrow >= len(block)


def _goes_on(right: Box, left: Box, em: float) -> bool:
    return right.center[0] - left.center[0] < PITCH * em and abs(right.y0 - left.y0) < INDENT * em


def _with_pieces(block: Sequence[int], boxes: Sequence[Box], em: float) -> tuple[int, ...]:
    """The block with the shorter columns and torn characters that stand in it or right beside it."""
    left, right = min(boxes[at].x0 for at in block) - PITCH * em, max(boxes[at].x1 for at in block) + PITCH * em
    top, bottom = min(boxes[at].y0 for at in block) - em, max(boxes[at].y1 for at in block) + em
    members = [
        at
        for at, box in enumerate(boxes)
        if (left < box.x0 and box.x1 < right and top < box.y0 and box.y1 < bottom and box.width < PITCH * em)
    ]
    columns: list[list[int]] = []
    for at in sorted(members, key=lambda one: -boxes[one].center[0]):
        if columns and any(_shares(boxes[at], boxes[other]) for other in columns[-1]):
            columns[-1].append(at)
        else:
            columns.append([at])
    return tuple(at for column in columns for at in sorted(column, key=lambda one: boxes[one].y0))


def _shares(box: Box, other: Box) -> bool:
    return overlap(box.x0, box.x1, other.x0, other.x1) > SHARED * min(box.width, other.width)
