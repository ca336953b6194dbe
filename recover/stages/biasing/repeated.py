"""Doubtful Chinese characters settled by the document's own words: a name misread once and read well five times."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from recover.model.page import PageReading
from recover.stages.biasing.lattice import Cell
from recover.stages.biasing.settle import Choice, best_han, settle
from recover.text.scripts import is_han

# Three characters in a row make most names and say enough of longer words.
SIZE = 3
# Characters at least this sure may witness, and so often the document must have what it is to vouch for.
SURE, LEAST = 0.95, 2
# Seen never weighs as if seen a twentieth of a time.
UNSEEN = 0.05
# The change must be this much likelier in all (e^1 = 2.7 times), and not much less so by the image.
MARGIN, MOST_LOSS = 1.0, 3.2

Counts = Counter[str]


def settle_repeated(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the characters settled that the document writes otherwise in the same place of the same word."""
    counts: Counts = Counter(gram for page in pages for gram in _sure_grams(page))
    choose = partial(choices, counts=counts)
    return [settle(page, choose, "the document's own words") for page in pages]


def _sure_grams(page: PageReading) -> Iterator[str]:
    for region in page.regions:
        for line in region.lines:
            for at in range(len(line.text) - SIZE + 1):
                gram = line.text[at : at + SIZE]
                if all(map(is_han, gram)) and min(line.confidences[at : at + SIZE]) >= SURE:
                    yield gram


def choices(cells: Sequence[Cell], counts: Counts) -> Iterator[Choice]:
    """What to change, from left to right."""
    return best_han(cells, partial(_rivals, counts=counts), MARGIN)


def _rivals(texts: Sequence[str], at: int, cell: Cell, counts: Counts) -> Iterator[Choice]:
    as_read = _seen([*texts[:at], cell.text, *texts[at + 1 :]], at, counts)
    for option in cell.options:
        if len(option.text) != 1 or not is_han(option.text) or option.loss > MOST_LOSS:
            continue
        seen = _seen([*texts[:at], option.text, *texts[at + 1 :]], at, counts)
        if max(seen, default=0) >= LEAST:
            gain = sum(math.log((one + UNSEEN) / (other + UNSEEN)) for one, other in zip(seen, as_read, strict=True))
            evidence = f"written so {max(seen)} times elsewhere, as read {max(as_read)} times"
            yield Choice(at, option, gain - option.loss, evidence)


def _seen(texts: Sequence[str], at: int, counts: Counts) -> list[int]:
    """How often the document has each of the words that the character at ``at`` is part of."""
    starts = range(max(0, at - SIZE + 1), min(at, len(texts) - SIZE) + 1)
    return [counts["".join(texts[start : start + SIZE])] for start in starts]
