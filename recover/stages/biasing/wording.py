"""Doubtful Chinese characters settled by the words around them: 剂量, and not 制量, where the image allows both."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import msgspec

from recover.model.document import Correction
from recover.model.page import PageReading, Region
from recover.stages.biasing.lattice import Cell, Option, lattices
from recover.stages.biasing.rewrite import Change, rewrite
from recover.text.scripts import is_han
from recover.text.wording import is_in_word, log_likelihood

# Words are looked for so many characters to either side.
REACH = 5
# The reader knows something of the language itself: its word for it counts half.
WEIGHT = 0.5
# Another character must be this much likelier in all (e^1.5 = 4.5 times), and not much less so by the image.
MARGIN, MOST_LOSS = 1.5, 3.0


class Choice(msgspec.Struct, frozen=True):
    """The cell at ``at`` of a row becomes ``option``; ``language`` is how much likelier the words are then (log)."""

    at: int
    option: Option
    language: float

    @property
    def gain(self) -> float:
        return WEIGHT * self.language - self.option.loss


def settle_words(page: PageReading) -> PageReading:
    """``page`` with the characters that its wording settled; each is among its corrections, with both scores."""
    regions, corrections = [], []
    for region in page.regions:
        settled, found = _settle_region(region, page)
        regions.append(settled)
        corrections += found
    if not corrections:
        return page
    return msgspec.structs.replace(page, regions=tuple(regions), corrections=(*page.corrections, *corrections))


def _settle_region(region: Region, page: PageReading) -> tuple[Region, list[Correction]]:
    changes: dict[int, list[Change]] = {}
    corrections = []
    for row in lattices(region):
        cells = [cell for cell in row if cell.text]
        for choice in choices(cells):
            cell = cells[choice.at]
            confidence = round(1 / (1 + math.exp(-choice.gain)), 4)
            changes.setdefault(cell.line, []).append(Change(cell.at, choice.option.text, confidence))
            corrections.append(_correction(choice, cells, region, page))
    if not changes:
        return region, []
    lines = tuple(rewrite(line, changes.get(number, ())) for number, line in enumerate(region.lines))
    return msgspec.structs.replace(region, lines=lines), corrections


def choices(cells: Sequence[Cell]) -> Iterator[Choice]:
    """What to change, from left to right; a change counts for the doubts after it."""
    texts = [cell.text for cell in cells]
    for at, cell in enumerate(cells):
        if is_han(cell.text) and cell.options:
            found = max(_rivals(texts, at, cell), key=lambda choice: choice.gain, default=None)
            if found and found.gain >= MARGIN:
                texts[at] = found.option.text
                yield found


def _rivals(texts: Sequence[str], at: int, cell: Cell) -> Iterator[Choice]:
    before, after = texts[max(0, at - REACH) : at], texts[at + 1 : at + 1 + REACH]
    as_read = log_likelihood([*before, cell.text, *after])
    for option in cell.options:
        if len(option.text) != 1 or not is_han(option.text) or option.loss > MOST_LOSS:
            continue
        wording = [*before, option.text, *after]
        # 的 and 了 are likelier than any name, wherever they stand.
        if is_in_word(wording, len(before)):
            yield Choice(at, option, round(log_likelihood(wording) - as_read, 2))


def _correction(choice: Choice, cells: Sequence[Cell], region: Region, page: PageReading) -> Correction:
    cell = cells[choice.at]
    around = "".join(one.text for one in cells[max(0, choice.at - REACH) : choice.at + 1 + REACH])
    box = region.lines[cell.line].char_box(cell.at, cell.at + 1)
    return Correction(
        page=page.index,
        box=page.to_page.box(box).rounded(),
        was=cell.text,
        now=choice.option.text,
        why="the words around it",
        evidence=f"in {around}; posteriors {choice.option.text} {choice.option.posterior:.3f} for {cell.text} "
        f"{cell.confidence:.3f}; the wording is e^{choice.language:.1f} times as likely",
    )
