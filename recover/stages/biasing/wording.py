"""Doubtful Chinese characters settled by the words around them: 剂量, and not 制量, where the image allows both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recover.model.page import PageReading
from recover.stages.biasing.lattice import Cell
from recover.stages.biasing.settle import REACH, Choice, settle
from recover.text.scripts import is_han
from recover.text.wording import is_in_word, log_likelihood

# The reader knows something of the language itself: its word for it counts half.
WEIGHT = 0.5
# Another character must be this much likelier in all (e^1.5 = 4.5 times), and not much less so by the image.
MARGIN, MOST_LOSS = 1.5, 3.0


def settle_words(page: PageReading) -> PageReading:
    """``page`` with the characters that its wording settled."""
    return settle(page, choices, "the words around it")


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
            language = log_likelihood(wording) - as_read
            evidence = f"the wording is e^{language:.1f} times as likely"
            yield Choice(at, option, WEIGHT * language - option.loss, evidence)
