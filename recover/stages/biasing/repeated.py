"""Doubtful Chinese characters settled by the document's own words: a name misread once and read well five times."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import msgspec

from recover.model.page import PageReading
from recover.stages.biasing.lattice import Cell, Option
from recover.stages.biasing.settle import Choice, best_han, settle
from recover.text.scripts import is_han

# Three characters in a row make most names and say enough of longer words.
SIZE = 3
# Characters at least this sure may witness, each sequence for as much as the least sure of them. The document vouches
# for what it has twice without a doubt, or so often in all and once without.
SEEN, SURE, TWICE, OFTEN = 0.6, 0.95, 2, 3.0
# Where the image all but allows it, the document vouches for what it has so often, once without a doubt.
ALMOST, SOMETIMES = 1.2, 1.6
# Seen never weighs as if seen a twentieth of a time.
UNSEEN = 0.05
# The change must be this much likelier in all (e^1 = 2.7 times), and not much less so by the image.
MARGIN, MOST_LOSS = 1.0, 3.2
# A reader less sure than this may have seen none of what it named: any other character then has this part of what
# it left over, where the document often has it in that place.
UNSURE, UNNAMED, MOST_LOSS_UNNAMED = 0.7, 0.1, 5.0
GAP = "\0"


class Grams(msgspec.Struct, frozen=True):
    """How often the document has each sequence of characters.

    Those ``vouching`` do so for any doubt, ``almost`` where the image all but allows them; ``fillers`` are the
    characters of the most frequent, by the sequence with a gap.
    """

    counts: Mapping[str, float]
    vouching: frozenset[str]
    almost: frozenset[str]
    fillers: Mapping[str, frozenset[str]]


def settle_repeated(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the characters settled that the document writes otherwise in the same place of the same word."""
    grams = _count(pages)
    return [settle(page, partial(choices, grams=grams), "the document's own words") for page in pages]


def _count(pages: Sequence[PageReading]) -> Grams:
    counts: defaultdict[str, float] = defaultdict(float)
    without_doubt: defaultdict[str, int] = defaultdict(int)
    for gram, least in (found for page in pages for found in _read(page)):
        counts[gram] += least
        without_doubt[gram] += least >= SURE
    often = {gram for gram, count in counts.items() if count >= OFTEN and without_doubt[gram]}
    twice = {gram for gram, count in without_doubt.items() if count >= TWICE}
    fillers: defaultdict[str, set[str]] = defaultdict(set)
    for gram in often:
        for place in range(SIZE):
            fillers[gram[:place] + GAP + gram[place + 1 :]].add(gram[place])
    sometimes = {gram for gram, count in counts.items() if count >= SOMETIMES and without_doubt[gram]}
    return Grams(
        counts=counts,
        vouching=frozenset(often | twice),
        almost=frozenset(often | twice | sometimes),
        fillers={key: frozenset(chars) for key, chars in fillers.items()},
    )


def _read(page: PageReading) -> Iterator[tuple[str, float]]:
    """Sequences of Chinese and how sure the reader was of the least of them."""
    for region in page.regions:
        for line in region.lines:
            for at in range(len(line.text) - SIZE + 1):
                gram, least = line.text[at : at + SIZE], min(line.confidences[at : at + SIZE])
                if least >= SEEN and all(map(is_han, gram)):
                    yield gram, least


def choices(cells: Sequence[Cell], grams: Grams) -> Iterator[Choice]:
    """What to change, from left to right."""
    return best_han(cells, partial(_rivals, grams=grams), MARGIN)


def _rivals(texts: Sequence[str], at: int, cell: Cell, grams: Grams) -> Iterator[Choice]:
    as_read = _seen([*texts[:at], cell.text, *texts[at + 1 :]], at, grams.counts)
    # What was read here stands among what was seen.
    own = cell.confidence if cell.confidence >= SEEN else 0.0
    named = [option for option in cell.options if option.loss <= MOST_LOSS]
    for option in (*named, *_unnamed(texts, at, cell, grams)):
        if len(option.text) != 1 or not is_han(option.text):
            continue
        there = [*texts[:at], option.text, *texts[at + 1 :]]
        seen = _seen(there, at, grams.counts)
        vouching = grams.almost if option.loss <= ALMOST else grams.vouching
        if any(gram in vouching for gram in _grams(there, at)):
            gain = sum(
                math.log((one + UNSEEN) / (max(0.0, other - own) + UNSEEN))
                for one, other in zip(seen, as_read, strict=True)
            )
            evidence = f"written so {max(seen):.0f} times elsewhere, as read {max(0.0, max(as_read) - own):.0f} times"
            yield Choice(at, option, gain - option.loss, evidence)


def _unnamed(texts: Sequence[str], at: int, cell: Cell, grams: Grams) -> Iterator[Option]:
    """What the document has in the place of a character that its reader hardly saw."""
    left_over = 1 - cell.confidence - sum(option.posterior for option in cell.options)
    if cell.confidence >= UNSURE or left_over <= 0:
        return
    posterior = UNNAMED * left_over
    loss = math.log(cell.confidence / posterior)
    around = [*texts[:at], GAP, *texts[at + 1 :]]
    places = [grams.fillers.get(gram, frozenset()) for gram in _grams(around, at) if all(map(_may_be_han, gram))]
    found = frozenset.intersection(*places) if places else frozenset()
    # Where two fit, nothing tells which it is.
    fitting = found - {cell.text, *(option.text for option in cell.options)}
    if len(fitting) == 1 and loss <= MOST_LOSS_UNNAMED:
        (char,) = fitting
        yield Option(char, char, loss, posterior)


def _may_be_han(char: str) -> bool:
    return char == GAP or is_han(char)


def _grams(texts: Sequence[str], at: int) -> Iterator[str]:
    """The sequences that the character at ``at`` is part of."""
    starts = range(max(0, at - SIZE + 1), min(at, len(texts) - SIZE) + 1)
    return ("".join(texts[start : start + SIZE]) for start in starts)


def _seen(texts: Sequence[str], at: int, counts: Mapping[str, float]) -> list[float]:
    """How often the document has each of them."""
    return [counts.get(gram, 0.0) for gram in _grams(texts, at)]
