"""Finding an action's place again, in this reading or in a later one of the same page."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from recover.model.document import PageLine
from recover.model.geometry import Box, overlap
from recover.review.from_document import box_of
from recover.review.log import Misfit, Place
from recover.review.working_copy import Block, WorkingCopy, char_box

# A block is the same when this much of its beginning is; a corrected word must not lose it.
SAME_BLOCK = 75.0
CONTEXT = 40
# Two readings of one print differ by less than this share of the line's height.
NEAR = 0.75


def find_line(sheet: WorkingCopy, where: Place, was: str) -> tuple[str, int]:
    """The line and the offset in it where ``was`` stands now; raises Misfit."""
    line = sheet.lines.get(where.line)
    if line is not None and line.text == where.context:
        return line.id, where.at
    candidates = sorted(_candidates(sheet, where, was))
    if not candidates:
        raise Misfit("the place is read otherwise now")
    return candidates[0][1:]


def _candidates(sheet: WorkingCopy, where: Place, was: str) -> Iterator[tuple[float, str, int]]:
    """Distance, line and offset of every place that may be meant."""
    box = where.box
    if box is None:
        return
    neighbours = (where.context[where.at - 1 : where.at], where.context[where.at + len(was) :][:1])
    for key in sheet.on_page.get(where.page, ()):
        line = sheet.lines[key]
        if overlap(line.quad[1], line.quad[7], box.y0, box.y1) <= 0:
            continue
        for at in _occurrences(line, was):
            around = (line.text[at - 1 : at], line.text[at + len(was) :][:1])
            distance = _distance(char_box(line, at, at + len(was)), box)
            if distance < NEAR * max(1.0, box.height) and (was or around == neighbours):
                yield distance, key, at


def _occurrences(line: PageLine, was: str) -> Iterator[int]:
    at = line.text.find(was)
    while at >= 0 and at <= len(line.text):
        yield at
        at = line.text.find(was, at + 1) if was else (at + 1 if at < len(line.text) else -1)


def _distance(a: Box, b: Box) -> float:
    (ax, ay), (bx, by) = a.center, b.center
    return abs(ax - bx) + abs(ay - by)


def find_block(sheet: WorkingCopy, where: Place) -> Block:
    """The block that an action is about; raises Misfit."""
    live = set(sheet.order)
    named = sheet.blocks.get(where.block)
    if named is not None and named.id in live and _alike(named, where.context):
        return named
    near = [
        block
        for key in sheet.order
        if (block := sheet.blocks[key]).page == where.page and _overlaps(block, where) and _alike(block, where.context)
    ]
    if not near:
        raise Misfit("the block is not there any more")
    return max(near, key=lambda block: fuzz.ratio(block.text[:CONTEXT], where.context))


def _alike(block: Block, context: str) -> bool:
    return not context or fuzz.ratio(block.text[: len(context)], context) >= SAME_BLOCK


def _overlaps(block: Block, where: Place) -> bool:
    box = box_of(block)
    if box is None or where.box is None:
        return box is None
    return Box(*box).intersection(where.box) > 0


def block_place(block: Block, at: int = 0) -> Place:
    """How an action names a block."""
    box = box_of(block)
    place = Box(*box).rounded() if box else None
    return Place(page=block.page, box=place, block=block.id, at=at, context=block.text[:CONTEXT])


def line_place(sheet: WorkingCopy, line: PageLine, start: int, end: int, block: str = "") -> Place:
    """How an action names characters of a line."""
    return Place(
        page=sheet.page_of[line.id],
        box=char_box(line, start, end),
        line=line.id,
        block=block,
        at=start,
        context=line.text,
    )
