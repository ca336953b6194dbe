"""Places of a document that read alike: where a text stands, and where a correction would be right as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from recover.review.text_edits import place_of
from recover.review.working_copy import Block, WorkingCopy

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
