"""Two Chinese characters that their reader wavers between, settled for all places at once: 东岭 or 东龄.

Beside the same neighbour most doubts of one pair are of one word. What the reader saw of either is summed over all of
them; what is fewer and lost gives way, where the wording is none the worse for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import msgspec

from recover.model.page import PageReading
from recover.stages.biasing.lattice import Cell, Option, lattices
from recover.stages.biasing.settle import REACH, Choice, settle
from recover.text.scripts import is_han
from recover.text.wording import log_likelihood

# A place tells of a pair where the other of the two was seen so clearly; so many places are wanted, and so much more
# evidence (log odds) for one than for the other.
SEEN, LEAST, AHEAD = 0.03, 3, 2.5
# So much the wording may lose.
NO_WORSE = 0.1

# A neighbour, marked by its side, and the two characters in order.
Key = tuple[str, str, str]


class Verdict(msgspec.Struct, frozen=True):
    """The character that the document's places speak for, how many there are, and by how much."""

    text: str
    places: int
    gain: float


def settle_together(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the doubts of each pair settled as all of them together say."""
    verdicts = _verdicts(pages)
    return [settle(page, partial(choices, verdicts=verdicts), "the document's doubts of this pair") for page in pages]


def _verdicts(pages: Sequence[PageReading]) -> dict[Key, Verdict]:
    evidence: defaultdict[Key, list[float]] = defaultdict(list)
    for page in pages:
        for region in page.regions:
            for row in lattices(region):
                for key, _, log_odds in _places([cell for cell in row if cell.text]):
                    evidence[key].append(log_odds)
    found = {}
    for (beside, first, second), odds in evidence.items():
        total = sum(odds)
        if len(odds) >= LEAST and abs(total) >= AHEAD:
            found[beside, first, second] = Verdict(first if total > 0 else second, len(odds), abs(total))
    return found


def _places(cells: Sequence[Cell]) -> Iterator[tuple[Key, int, float]]:
    """Where a pair is in doubt: its key, the cell and the log odds of the first of the two."""
    for at, cell in enumerate(cells):
        if not is_han(cell.text):
            continue
        for option in cell.options:
            if len(option.text) == 1 and is_han(option.text) and option.posterior >= SEEN:
                first, second = sorted((cell.text, option.text))
                odds = option.loss if first == cell.text else -option.loss
                yield from (((beside, first, second), at, odds) for beside in _beside(cells, at))


def _beside(cells: Sequence[Cell], at: int) -> Iterator[str]:
    """The Chinese characters on either side, each with a mark of its side."""
    if at and is_han(cells[at - 1].text):
        yield f"{cells[at - 1].text}_"
    if at + 1 < len(cells) and is_han(cells[at + 1].text):
        yield f"_{cells[at + 1].text}"


def choices(cells: Sequence[Cell], verdicts: Mapping[Key, Verdict]) -> Iterator[Choice]:
    """What to change, from left to right."""
    settled: set[int] = set()
    for key, at, _ in _places(cells):
        verdict = verdicts.get(key)
        if verdict is None or verdict.text == cells[at].text or at in settled:
            continue
        option = next(option for option in cells[at].options if option.text == verdict.text)
        if _is_no_worse(cells, at, option):
            settled.add(at)
            yield Choice(at, option, verdict.gain, f"{verdict.places} places together are e^{verdict.gain:.1f} for it")


def _is_no_worse(cells: Sequence[Cell], at: int, option: Option) -> bool:
    before = [cell.text for cell in cells[max(0, at - REACH) : at]]
    after = [cell.text for cell in cells[at + 1 : at + 1 + REACH]]
    changed, as_read = ([*before, text, *after] for text in (option.text, cells[at].text))
    return log_likelihood(changed) - log_likelihood(as_read) >= -NO_WORSE
