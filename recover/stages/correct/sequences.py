"""Characters that follow from their neighbours: circled numbers in their order, and dashes between years.

The numbers of a document are taken in their order; each may be what was read or what else its reader held possible. The
likeliest sequence wins, in which most numbers follow the one before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

import msgspec

from recover.lexicon.characters import is_han, is_latin
from recover.model.page import Line, PageReading
from recover.model.records import Correction
from recover.model.replace import replace_text
from recover.stages.correct.correct import with_lines
from recover.stages.correct.place import LOOSE, Place, doubts, places
from recover.stages.correct.weights import probability
from recover.text.numbering import ring

FIRST, LAST = "①", "⑳"
# Items of one list are no farther from each other than this, in characters.
REACH = 600
# What it gains a number to follow the one before, and costs it to neither follow nor begin a list (log odds).
FOLLOWS, BREAKS, MOST_LOSS = 4.0, 2.0, 4.0
# Signs that stand for a circled number a reader doesn't know; which one, the count alone tells, and of a single none.
RINGS, RING_LOSS, LONGEST = "@®©◎", 1.5, 9
# What heads lines of its own: © 2019 The Authors.
COPYRIGHT = "©"
WHY = "the count of the list's items"


class Item(msgspec.Struct, frozen=True):
    """A circled number: where it stands, the characters before it, and the values it may have with their losses."""

    page: int
    region: int
    line: int
    at: int
    distance: int
    values: tuple[tuple[int, float], ...]


def settle_circled(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the circled numbers that the count of their lists settled."""
    items = list(_items(pages))
    settled = list(pages)
    for item, which in zip(items, _likeliest(items), strict=True):
        value, loss = item.values[which]
        if which and value:
            where = (item.region, item.line, item.at)
            settled[item.page] = _rewritten(settled[item.page], where, value, FOLLOWS - loss)
    return [_with_heads(page) for page in settled]


def _with_heads(page: PageReading) -> PageReading:
    """The page with the rings at the heads of notes, before whatever text, that its other notes' rings tell."""
    heads = [(region, row, place.char(0)) for region, row, place in places(page) if place.kind not in LOOSE]
    heads = [head for head in heads if FIRST <= head[2] <= LAST or (head[2] in RINGS and head[2] != COPYRIGHT)]
    for at, (region, row, char) in enumerate(heads):
        around = ((heads[at - 1][2], 1) if at else ("", 0), (heads[at + 1][2], -1) if at + 1 < len(heads) else ("", 0))
        values = {_value(one) + step for one, step in around if one and FIRST <= one <= LAST}
        if char in RINGS and len(values) == 1 and 0 < min(values) <= LONGEST:
            page = _rewritten(page, (region, row, 0), values.pop(), FOLLOWS - RING_LOSS)
    return page


def _rewritten(page: PageReading, where: tuple[int, int, int], value: int, gain: float) -> PageReading:
    """The page with the ring of ``value`` at a region's line's character."""
    region, row, at = where
    line = page.regions[region].lines[row]
    box = page.to_page.box(line.char_box(at, at + 1)).rounded()
    evidence = f"in {line.text[max(0, at - 6) : at + 6]}: form {gain:+.1f}"
    done = Correction(page=page.index, box=box, was=line.text[at], now=ring(value), why=WHY, evidence=evidence)
    changed = replace_text(line, at, at + 1, ring(value), round(probability(gain), 4))
    return with_lines(page, {(region, row): changed}, (done,))


def _items(pages: Sequence[PageReading]) -> Iterator[Item]:
    distance = REACH + 1
    for number, page in enumerate(pages):
        for region, row, place in places(page):
            if place.kind in LOOSE:
                continue
            for at in range(len(place.text)):
                if _is_number(place, at):
                    yield Item(number, region, row, at, distance, _values(place, at))
                    distance = 0
                distance += 1


def _is_number(place: Place, at: int) -> bool:
    """Whether a character is a circled number, or what one is read as: before Chinese, and behind no trade name."""
    before, char, after = place.char(at - 1), place.char(at), place.char(at + 1)
    if char not in RINGS:
        return FIRST <= char <= LAST
    return bool(after) and is_han(after) and not is_latin(before)


def _values(place: Place, at: int) -> tuple[tuple[int, float], ...]:
    line: Line = place.line
    if line.text[at] in RINGS:
        return ((0, 0.0), *((value, RING_LOSS) for value in range(1, LONGEST + 1)))
    seen = [(text, math.log(line.confidences[at] / share)) for text, share in doubts(place).get(at, ()) if share > 0]
    others = [(_value(text), loss) for text, loss in seen if text and FIRST <= text <= LAST and loss <= MOST_LOSS]
    return ((_value(line.text[at]), 0.0), *others)


def _value(char: str) -> int:
    return ord(char) - ord(FIRST) + 1


def _likeliest(items: Sequence[Item]) -> list[int]:
    """For each item which of its values it has, in the sequence that gains most; what was read wins a tie."""
    paths: list[tuple[float, list[int]]] = [(0.0, [])]
    for number, item in enumerate(items):
        before = items[number - 1] if number else None
        paths = [
            max(
                ((gain + _step(item, which, before, path), [*path, which]) for gain, path in paths),
                key=lambda one: one[0],
            )
            for which in range(len(item.values))
        ]
    return max(paths, key=lambda one: one[0])[1]


def _step(item: Item, which: int, before: Item | None, path: Sequence[int]) -> float:
    value, loss = item.values[which]
    previous = before.values[path[-1]][0] if before and item.distance <= REACH else 0
    if not value:
        return 0.0
    if value == previous + 1 and previous:
        return FOLLOWS - loss
    return -loss if value == 1 or not previous else -BREAKS - loss


# Dashes between two dates, or behind a birth, that were read as the Chinese one: 1979一1984, (1979一) too.

_BETWEEN_YEARS = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)年?(?:\d\d?[月日])*(一)(?:((?:1[5-9]|20)\d\d)(?!\d)|[)）])")
DASH = "—"
# Nobody measured these readings; no number is written so.
CONFIDENCE = 0.99
WHY_DASH = "a dash between two years"


def with_year_dashes(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the dashes between years that their readers took for 一."""
    return [_mended(page) for page in pages]


def _mended(page: PageReading) -> PageReading:
    for region, row, at in list(_misread(page)):
        line = page.regions[region].lines[row]
        box = page.to_page.box(line.char_box(at, at + 1)).rounded()
        evidence = "no number is written in figures of both kinds, and the later year stands behind"
        done = Correction(page=page.index, box=box, was="一", now=DASH, why=WHY_DASH, evidence=evidence)
        page = with_lines(page, {(region, row): replace_text(line, at, at + 1, DASH, CONFIDENCE)}, (done,))
    return page


def _misread(page: PageReading) -> Iterator[tuple[int, int, int]]:
    """Region, line and offset of every 一 between two years; those of a text layer stay as they are."""
    text = ""
    owners: list[tuple[int, int, int]] = []
    for region, row, place in places(page):
        kept = [at for at, char in enumerate(place.line.text) if not char.isspace()]
        text += "".join(place.line.text[at] for at in kept)
        owners += [(region, row, at) for at in kept]
    for found in _BETWEEN_YEARS.finditer(text):
        region, row, at = owners[found.start(2)]
        was_read = page.regions[region].lines[row].readers[at] != "t"
        if was_read and int(found[1]) <= int(found[3] or found[1]):
            yield region, row, at
