"""A region's characters in a row, each with the other readings it may have; line ends are no obstacle."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import msgspec

from recover.glossary.squash import fold, is_han
from recover.model.page import Alternative, Doubt, Line, Region

# Fainter than one in five hundred an alternative is what the network always has left, not what it saw.
FAINTEST = 0.002
# A mark is a speck where "no character" was at least a third as likely.
MOST_OVER_NOTHING = 3.0
# Tesseract names few of its rivals, and none for a character it doesn't know: the unnamed have this much of what the
# one it read leaves over.
NAMES_FEW, UNNAMED = "s", 0.2
# Lines of these stand apart from each other: no term runs on from one to the next.
LOOSE = frozenset({"figure", "table", "margin", "header", "footer", "equation"})


class Option(msgspec.Struct, frozen=True):
    """Another reading of a character: as printed, as compared, and how much less likely than the one read (log)."""

    text: str
    folded: str
    loss: float
    posterior: float


class Cell(msgspec.Struct, frozen=True):
    """The character at ``at`` of line ``line``; ``folded`` is empty where it doesn't count in a comparison.

    ``nothing`` is the posterior of no character at all, ``unnamed`` that of any other Chinese character, where the
    reader leaves room for one it doesn't name.
    A line's end is a cell without a character.
    """

    line: int
    at: int
    text: str
    folded: str
    confidence: float = 1.0
    options: tuple[Option, ...] = ()
    unnamed: float = 0.0
    nothing: float = 0.0


def lattices(region: Region) -> Iterator[tuple[Cell, ...]]:
    """The rows of a region in which terms are looked for; only those with a doubt."""
    groups = [[n] for n in range(len(region.lines))] if region.kind in LOOSE else [range(len(region.lines))]
    for group in groups:
        if any(region.lines[number].doubts for number in group):
            yield tuple(_cells(region.lines, group))


def row(region: Region) -> tuple[Cell, ...]:
    """All characters of a region, in doubt or not."""
    return tuple(_cells(region.lines, range(len(region.lines))))


def _cells(lines: Sequence[Line], numbers: Sequence[int]) -> Iterator[Cell]:
    for number in numbers:
        line = lines[number]
        doubts = {doubt.at: doubt for doubt in line.doubts}
        for at, char in enumerate(line.text):
            doubt = doubts.get(at)
            if doubt is None:
                yield Cell(number, at, char, fold(char), line.confidences[at])
            else:
                yield _doubted(line, number, doubt)
        yield Cell(number, len(line.text), "", "")


def _doubted(line: Line, number: int, doubt: Doubt) -> Cell:
    char = line.text[doubt.at]
    nothing = max((other.confidence for other in doubt.alternatives if not other.text), default=0.0)
    return Cell(
        line=number,
        at=doubt.at,
        text=char,
        folded=fold(char),
        confidence=line.confidences[doubt.at],
        options=tuple(_options(line, doubt)),
        unnamed=_unnamed(line, doubt.at),
        nothing=nothing,
    )


def _unnamed(line: Line, at: int) -> float:
    is_such = line.readers[at] == NAMES_FEW and is_han(line.text[at])
    return UNNAMED * (1 - line.confidences[at]) if is_such and line.confidences[at] > 0 else 0.0


def _options(line: Line, doubt: Doubt) -> Iterator[Option]:
    at, own = doubt.at, line.confidences[doubt.at]
    if own <= 0:
        return
    for other in doubt.alternatives:
        # Another reader's posterior can't be held against this one's.
        if other.reader == line.readers[at] and _may_be(other, line.text[at], own):
            folded = fold(other.text) if other.text else ""
            if folded != fold(line.text[at]):
                yield Option(other.text, folded, math.log(own / other.confidence), other.confidence)


def _may_be(other: Alternative, char: str, own: float) -> bool:
    """Whether the image leaves room for ``other`` in the place of ``char``, which has the posterior ``own``."""
    if not other.text:
        # A full stop may well part two words of a term: 分离细胞.纯化后.
        return own <= MOST_OVER_NOTHING * other.confidence
    # A bracket is told from a 1 by what it encloses, not by the term before it.
    is_bracket = other.text.isdigit() and not char.isalnum()
    return other.confidence >= FAINTEST and not is_bracket
