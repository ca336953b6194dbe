"""What a person typed into a block, told as corrections of the lines it was read from."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from rapidfuzz.distance import Levenshtein

from recover.review.actions import Action, Place
from recover.review.anchor import block_place, line_place
from recover.review.sheet import Block, Sheet


class Change(msgspec.Struct, frozen=True):
    """``text[start:end]`` of a block becomes ``now``."""

    start: int
    end: int
    now: str


def changes(was: str, now: str) -> tuple[Change, ...]:
    """The smallest edits from one text to the other, neighbours joined, the last first.

    The last comes first so that applying one leaves the offsets of the others as they are.
    """
    found: list[Change] = []
    for code in Levenshtein.opcodes(was, now):
        if code.tag == "equal":
            continue
        part = now[code.dest_start : code.dest_end]
        if found and found[-1].end == code.src_start:
            found[-1] = Change(found[-1].start, code.src_end, found[-1].now + part)
        else:
            found.append(Change(code.src_start, code.src_end, part))
    return tuple(reversed(found))


def actions_for(sheet: Sheet, block: Block, change: Change, stamp: Action) -> Iterator[Action]:
    """The actions that make ``change``, from the last to the first; ``stamp`` carries when and in which group.

    What crosses from one line to the next is cut there: the first part takes the new text, the others go.
    """
    pieces = list(_pieces(block, change))
    for index in reversed(range(len(pieces))):
        start, end, line_id, at = pieces[index]
        was = block.text[start:end]
        now = change.now if index == 0 else ""
        if not was and not now:
            continue
        if line_id:
            line = sheet.lines[line_id]
            place = line_place(sheet, line, at, at + len(was), block.id)
            worst = min((value for value in line.confidences[at : at + len(was)] if value >= 0), default=-1)
            yield msgspec.structs.replace(stamp, kind="text", where=place, was=was, now=now, confidence=worst)
        else:
            yield msgspec.structs.replace(stamp, kind="seam", where=block_place(block, start), was=was, now=now)


def _pieces(block: Block, change: Change) -> Iterator[tuple[int, int, str, int]]:
    """The parts of the changed range that stand on one line each, or on none: start, end, line, offset in it."""
    if change.start == change.end:
        line, at = _insertion(block, change.start)
        yield change.start, change.end, line, at
        return
    start = change.start
    while start < change.end:
        span = next((span for span in block.spans if span.start <= start < span.end and span.line), None)
        if span is not None:
            end = min(change.end, span.end)
            yield start, end, span.line, span.at + start - span.start
        else:
            later = [span.start for span in block.spans if span.start > start and span.line]
            end = min([change.end, *later])
            yield start, end, "", 0
        start = end


def _insertion(block: Block, at: int) -> tuple[str, int]:
    """The line and offset of a gap: behind the character before it, else before the one after it."""
    for span in block.spans:
        if span.line and span.start < at <= span.end:
            return span.line, span.at + at - span.start
    for span in block.spans:
        if span.line and span.start == at:
            return span.line, span.at
    return "", 0


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


def whole_place(block: Block) -> Place:
    """A place that names the block as a whole."""
    return block_place(block)
