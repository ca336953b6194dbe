"""Doubtful letters of English words settled by spelling: Neuroscience, not Nenroscience, where the image allows both.

A word that no list and no other place of the document knows is spelled anew from the letters its reader saw possible.
Names are left alone: capitals throughout, and what initials follow or precede.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import msgspec

from recover.model.page import PageReading
from recover.stages.biasing.latin_words import is_letter, is_name, words_in
from recover.stages.biasing.lattice import Cell, Option
from recover.stages.biasing.nearest import find_nearest
from recover.stages.biasing.settle import Choice, settle
from recover.text.frequency import UNKNOWN, frequency

SHORTEST = 4
# A word the reader was this sure of, letter by letter, may witness; so often makes it known.
SURE, LEAST = 0.9, 2
# The reader knows something of the language itself: its word for it counts half.
WEIGHT = 0.5
# The change must be this much likelier in all than no change, and than any other.
MARGIN, AHEAD = 1.0, 0.7
# No more letters change than this, none that is so much less likely by the image; spellings followed at a time.
MOST_CHANGES, MOST_LOSS, BEAM = 3, 4.0, 200

Known = Mapping[str, int]


class Spelling(msgspec.Struct, frozen=True):
    """A word spelled so far, what the image speaks against it (log), and the options taken by offset."""

    text: str
    loss: float = 0.0
    taken: tuple[tuple[int, Option], ...] = ()


def settle_spelling(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the English words respelled that no one knows as they were read."""
    counts = Counter(word.lower() for page in pages for word in _sure_words(page))
    choose = partial(choices, known={word: count for word, count in counts.items() if count >= LEAST})
    return [settle(page, choose, "the word's spelling") for page in pages]


def _sure_words(page: PageReading) -> Iterator[str]:
    for region in page.regions:
        for line in region.lines:
            for start, end in words_in(line.text, [0] * len(line.text), SHORTEST):
                if min(line.confidences[start:end]) >= SURE:
                    yield line.text[start:end]


def choices(cells: Sequence[Cell], known: Known) -> Iterator[Choice]:
    """The letters to change; ``known`` counts words that the document itself writes."""
    text = "".join(cell.text for cell in cells)
    if len(text) != len(cells):
        return
    for start, end in words_in(text, [cell.line for cell in cells], SHORTEST):
        if any(cell.options for cell in cells[start:end]) and not is_name(text, start, end):
            yield from _respelled(cells[start:end], start, known)


def _respelled(cells: Sequence[Cell], start: int, known: Known) -> Iterator[Choice]:
    was = "".join(cell.text for cell in cells)
    if frequency(was, known) > UNKNOWN:
        return
    found = _likeliest(cells, known)
    if found is not None:
        gain, now, taken = found[0], found[1].text, found[1].taken
    elif (nearest := find_nearest(cells, known)) is not None:
        gain, now, taken = nearest.gain, nearest.word, nearest.path.steps
    else:
        return
    for at, option in taken:
        yield Choice(start + at, option, gain, f"{now} is a word, {was} is on no list")


def _likeliest(cells: Sequence[Cell], known: Known) -> tuple[float, Spelling] | None:
    """The spelling of a known word that gains most, by letters the reader held possible, where it stands out."""
    found = {spelling.text: spelling for spelling in sorted(_spellings(cells), key=lambda one: -one.loss)}
    scored = sorted(((_gain(spelling, known), spelling) for spelling in found.values()), key=lambda one: one[0])
    if not scored or scored[-1][0] < MARGIN or (len(scored) > 1 and scored[-1][0] - scored[-2][0] < AHEAD):
        return None
    return scored[-1]


def _gain(spelling: Spelling, known: Known) -> float:
    share = frequency(spelling.text, known)
    if share <= UNKNOWN or not spelling.taken:
        return -math.inf
    return WEIGHT * math.log(share / UNKNOWN) - spelling.loss


def _spellings(cells: Sequence[Cell]) -> list[Spelling]:
    """What the word may be by its picture, the likeliest of its spellings."""
    beam = [Spelling("")]
    for at, cell in enumerate(cells):
        grown = []
        for spelling in beam:
            grown.append(Spelling(spelling.text + cell.text, spelling.loss, spelling.taken))
            if len(spelling.taken) < MOST_CHANGES:
                grown += [
                    Spelling(spelling.text + option.text, spelling.loss + option.loss, (*spelling.taken, (at, option)))
                    for option in cell.options
                    if option.loss <= MOST_LOSS and (not option.text or is_letter(option.text))
                ]
        beam = sorted(grown, key=lambda one: one.loss)[:BEAM]
    return [spelling for spelling in beam if len(spelling.text) >= SHORTEST]
