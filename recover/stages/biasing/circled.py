"""Circled numbers that were misread, settled by the count: ① ② ① ④ are ① ② ③ ④ where the reader saw a ③ there.

The numbers of a document are taken in their order; each may be what was read or what else its reader held possible. The
likeliest sequence wins, in which most numbers follow the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from recover.model.page import PageReading, Region
from recover.stages.biasing.lattice import Cell, Option, row
from recover.stages.biasing.settle import Choice, settle
from recover.text.scripts import is_han

FIRST, LAST = "①", "⑳"
# Items of one list are no farther from each other than this, in characters.
REACH = 600
# What it gains a number to follow the one before, and costs it to neither follow nor begin a list (log odds).
FOLLOWS, BREAKS = 4.0, 2.0
MOST_LOSS = 4.0
# Signs that stand for a circled number a reader doesn't know; which one, the count alone tells, and of a single none.
RINGS, RING_LOSS, LONGEST = "@®©◎", 1.5, 9

# What is chosen at a line and an offset of a region.
Places = dict[tuple[int, int], Choice]


class Item(msgspec.Struct, frozen=True):
    """A circled number: its page, region, line and offset, the characters before it, what it may be."""

    page: int
    region: str
    line: int
    at: int
    distance: int
    options: tuple[tuple[int, Option | None], ...]

    @property
    def value(self) -> int:
        """As it was read."""
        return self.options[0][0]


def settle_circled(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the circled numbers that the count of their lists settled."""
    items = list(_items(pages))
    found: dict[tuple[int, str], Places] = {}
    for number, (item, chosen) in enumerate(zip(items, _likeliest(items), strict=True)):
        option = item.options[chosen][1]
        if option is not None:
            near = " ".join(str(other.value) for other in items[max(0, number - 2) : number + 3])
            choice = Choice(0, option, FOLLOWS - option.loss, f"read among {near}")
            found.setdefault((item.page, item.region), {})[item.line, item.at] = choice
    settled = list(pages)
    for (page, region), places in found.items():
        chooser, concerns = partial(_placed, places=places), partial(_is_named, name=region)
        settled[page] = settle(settled[page], chooser, "the count of the list's items", concerns)
    return settled


def _is_named(region: Region, name: str) -> bool:
    return region.id == name


def _placed(cells: Sequence[Cell], places: Places) -> Iterator[Choice]:
    """The choices at their places in the row."""
    for number, cell in enumerate(cells):
        choice = places.get((cell.line, cell.at))
        if choice is not None:
            yield msgspec.structs.replace(choice, at=number)


def _items(pages: Sequence[PageReading]) -> Iterator[Item]:
    distance = REACH + 1
    for number, page in enumerate(pages):
        for region in page.regions:
            if region.kind in ("figure", "table", "margin", "header", "footer"):
                continue
            cells = row(region)
            for at, cell in enumerate(cells):
                if cell.text and _is_number(cells, at):
                    yield Item(number, region.id, cell.line, cell.at, distance, _values(cell))
                    distance = 0
                distance += 1


def _is_number(row: Sequence[Cell], at: int) -> bool:
    """Whether a character is a circled number, or what one is read as, set as print sets them: before Chinese."""
    char, after = row[at].text, row[at + 1].text if at + 1 < len(row) else ""
    return FIRST <= char <= LAST if char not in RINGS else bool(after) and is_han(after)


def _values(cell: Cell) -> tuple[tuple[int, Option | None], ...]:
    if cell.text in RINGS:
        numbers = ((value, chr(ord(FIRST) + value - 1)) for value in range(1, LONGEST + 1))
        return ((0, None), *((value, Option(text, text, RING_LOSS, 0.0)) for value, text in numbers))
    others = (option for option in cell.options if option.text and FIRST <= option.text <= LAST)
    return (
        (_value(cell.text), None),
        *((_value(option.text), option) for option in others if option.loss <= MOST_LOSS),
    )


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
            for which in range(len(item.options))
        ]
    return max(paths, key=lambda one: one[0])[1]


def _step(item: Item, which: int, before: Item | None, path: Sequence[int]) -> float:
    value, option = item.options[which]
    loss = option.loss if option else 0.0
    previous = before.options[path[-1]][0] if before and item.distance <= REACH else 0
    if not value:
        return 0.0
    if value == previous + 1 and previous:
        return FOLLOWS - loss
    return -loss if value == 1 or not previous else -BREAKS - loss
