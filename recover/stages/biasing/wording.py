"""Doubtful Chinese characters settled by the words around them: 剂量, and not 制量, where the image allows both."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from recover.model.page import PageReading
from recover.stages.biasing.lattice import Cell
from recover.stages.biasing.settle import REACH, Choice, best_han, settle
from recover.text.scripts import is_han
from recover.text.wording import is_in_word, log_likelihood

# The reader knows something of the language itself: its word for it counts half.
WEIGHT = 0.5
# Another character must be this much likelier in all (e^1.3 = 3.7 times), and not much less so by the image.
MARGIN, MOST_LOSS = 1.3, 3.0
UNDECIDED = 0.4
LONGEST_TERM = 10


def settle_words(page: PageReading, terms: Collection[str] = ()) -> PageReading:
    """``page`` with the characters that its wording settled; one that makes one of ``terms`` as it was read stays."""
    return settle(page, partial(choices, terms=terms), "the words around it")


def choices(cells: Sequence[Cell], terms: Collection[str] = ()) -> Iterator[Choice]:
    """What to change, from left to right."""
    return best_han(cells, partial(_rivals, terms=terms), MARGIN)


def _is_in_term(texts: Sequence[str], at: int, terms: Collection[str]) -> bool:
    """Whether the character is part of a term as it was read: a rare word, which common ones would outweigh."""
    if not terms:
        return False
    text = "".join(texts[max(0, at - LONGEST_TERM + 1) : at + LONGEST_TERM])
    place = min(at, LONGEST_TERM - 1)
    return any(
        text[start:end] in terms
        for start in range(place + 1)
        for end in range(max(place + 1, start + 2), min(len(text), start + LONGEST_TERM) + 1)
    )


def _rivals(texts: Sequence[str], at: int, cell: Cell, terms: Collection[str]) -> Iterator[Choice]:
    if _is_in_term(texts, at, terms):
        return
    before, after = texts[max(0, at - REACH) : at], texts[at + 1 : at + 1 + REACH]
    as_read = log_likelihood([*before, cell.text, *after])
    for option in cell.options:
        if len(option.text) != 1 or not is_han(option.text) or option.loss > MOST_LOSS:
            continue
        wording = [*before, option.text, *after]
        # 的 and 了 are likelier than any name, wherever they stand: alone they need the image to be all but undecided.
        if is_in_word(wording, len(before)) or option.loss <= UNDECIDED:
            language = log_likelihood(wording) - as_read
            evidence = f"the wording is e^{language:.1f} times as likely"
            yield Choice(at, option, WEIGHT * language - option.loss, evidence)
