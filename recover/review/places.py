"""Finding places: an action's, in this reading or a later one of the same page, and those that read alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from rapidfuzz import fuzz

from recover.model.geometry import Box, overlap
from recover.model.records import PageLine
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


def place_of(block: Block, at: int) -> tuple[str, int]:
    """The line and offset of a block's character; an empty line where none holds it."""
    span = next((span for span in block.spans if span.start <= at < span.end and span.line), None)
    return (span.line, span.at + at - span.start) if span else ("", 0)


def at_in_block(block: Block, line: str, at: int) -> int | None:
    """The block's offset of a line's character; None where the block doesn't show it."""
    for span in block.spans:
        if span.line == line and span.at <= at < span.at + span.end - span.start:
            return span.start + at - span.at
    return None


# Places that read alike: where a text stands, and where a correction would be right as well.

AROUND = 12
# So many characters beside the corrected one, taken together, must be the same: a word's neighbours, not a sentence's.
BESIDE = 2


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """``text[start:end]`` of a block, with what stands around it and the line and offset it was read at."""

    block: str
    page: int
    start: int
    end: int
    was: str
    before: str
    after: str
    line: str = ""
    at: int = 0
    confidence: float | None = None


class Target(msgspec.Struct, frozen=True):
    """A place to be changed: ``was`` stands at ``start`` of the block."""

    block: str
    start: int
    was: str


def find_text(sheet: WorkingCopy, wanted: str, *, is_cased: bool = True) -> Iterator[Spot]:
    """Every place where ``wanted`` stands, in the order of the document."""
    asked = wanted if is_cased else wanted.lower()
    for key in sheet.order if asked else ():
        block = sheet.blocks[key]
        text = block.text if is_cased or len(block.text.lower()) != len(block.text) else block.text.lower()
        start = text.find(asked)
        while start >= 0:
            yield spot_at(sheet, block, start, start + len(asked))
            start = text.find(asked, start + len(asked))


def alike(sheet: WorkingCopy, block: Block, start: int, now: str, was: str) -> Iterator[Spot]:
    """Other places that read ``was`` between the same neighbours as ``now`` stands between at ``start`` of ``block``.

    Places that a person looked at are left out.
    """
    end = start + len(now)
    windows = _windows(block.text, start, end, was)
    seen: set[tuple[str, int]] = {(block.id, start)}
    for window, lead in windows:
        for spot in find_text(sheet, window):
            place = (spot.block, spot.start + lead)
            if place in seen:
                continue
            seen.add(place)
            found = spot_at(sheet, sheet.blocks[spot.block], place[1], place[1] + len(was))
            if not _is_checked(sheet, found):
                yield found


def _windows(text: str, start: int, end: int, was: str) -> list[tuple[str, int]]:
    """``was`` with so many characters beside it, divided in every way between left and right, and where it begins."""
    found = []
    for left in range(BESIDE, -1, -1):
        right = BESIDE - left
        before, after = text[max(0, start - left) : start], text[end : end + right]
        if len(before) == left and len(after) == right and (before + after).isalnum():
            found.append((before + was + after, left))
    return found


def spot_at(sheet: WorkingCopy, block: Block, start: int, end: int) -> Spot:
    """The place ``start:end`` of a block."""
    line, at = place_of(block, start)
    known = sheet.lines.get(line)
    measured = [value for value in known.confidences[at : at + end - start] if value >= 0] if known else []
    return Spot(
        block=block.id,
        page=block.page,
        start=start,
        end=end,
        was=block.text[start:end],
        before=block.text[max(0, start - AROUND) : start],
        after=block.text[end : end + AROUND],
        line=line,
        at=at,
        confidence=min(measured) / 1000 if measured else None,
    )


def _is_checked(sheet: WorkingCopy, spot: Spot) -> bool:
    ranges = sheet.checked.get(spot.line, ()) if spot.line else ()
    return any(first <= spot.at and spot.at + spot.end - spot.start <= last for first, last in ranges)


def later_first(targets: Sequence[Target]) -> list[Target]:
    """Targets in an order in which changing one moves none of the others; doubles are left out."""
    return sorted(dict.fromkeys(targets), key=lambda target: (target.block, -target.start))
