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
            for start, end in _words(line.text, [0] * len(line.text)):
                if min(line.confidences[start:end]) >= SURE:
                    yield line.text[start:end]


def choices(cells: Sequence[Cell], known: Known) -> Iterator[Choice]:
    """The letters to change; ``known`` counts words that the document itself writes."""
    text = "".join(cell.text for cell in cells)
    if len(text) != len(cells):
        return
    for start, end in _words(text, [cell.line for cell in cells]):
        if any(cell.options for cell in cells[start:end]) and not _is_name(text, start, end):
            yield from _respelled(cells[start:end], start, known)


def _words(text: str, lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches of Latin letters that stand as whole words on one line."""
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and _is_letter(text[end]) and lines[end] == lines[start]:
            end += 1
        if end - start >= SHORTEST and not _is_part(text, start, end, lines):
            yield start, end
        start = max(end, start + 1)


def _is_letter(char: str) -> bool:
    return char.isalpha() and ord(char) < 0x250


def _is_part(text: str, start: int, end: int, lines: Sequence[int]) -> bool:
    """Whether more of the word stands beside it: figures, or the other half at a line's end."""
    before, after = text[start - 1 : start], text[end : end + 1]
    is_broken = after == "-" and (end + 1 >= len(text) or lines[end + 1] != lines[end])
    is_rest = before == "-" and lines[start - 1] != lines[start]
    same_line = after and lines[end] == lines[start]
    return before.isdigit() or (bool(same_line) and after.isdigit()) or is_broken or is_rest


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether it is set as names are: all capitals, or with initials beside it."""
    word = text[start:end]
    if word.isupper():
        return True
    after, before = text[end : end + 4], text[max(0, start - 3) : start]
    initials = after[:1] == " " and after[1:2].isupper() and not after[2:3].islower()
    return word[0].isupper() and (initials or (before[:1].isupper() and before[1:] == ". "))


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
                    if option.loss <= MOST_LOSS and (not option.text or _is_letter(option.text))
                ]
        beam = sorted(grown, key=lambda one: one.loss)[:BEAM]
    return [spelling for spelling in beam if len(spelling.text) >= SHORTEST]
