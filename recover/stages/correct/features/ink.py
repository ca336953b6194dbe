"""White and ink at a place: gaps, cells, and how high, wide and low the ink of a character is."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from recover.lexicon.characters import is_han, is_wide
from recover.model.page import Line
from recover.stages.correct.features.labels import cell, character, passed, step
from recover.stages.correct.features.reader import Feature
from recover.stages.correct.place import Candidate, Place

# In cells.
ROOM = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5)
WHITE = (0.0, 0.08, 0.16, 0.24, 0.32, 0.4, 0.5, 0.6, 0.75, 1.0)
# In line heights.
GAP = (0.03, 0.06, 0.09, 0.12, 0.15, 0.18, 0.22, 0.27, 0.35, 0.5)
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
# Distance of the centres beside a mark, in cells; ink of marks in line heights or cells.
PITCH = (1.15, 1.25, 1.35, 1.45, 1.55, 1.65, 1.75, 1.85, 1.95, 2.1)
FINE = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
# A character before a lost mark, and the way from it to the next one, in cells.
HOST = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5)
SPAN = (0.5, 0.7, 0.9, 1.05, 1.15, 1.25, 1.35, 1.45, 1.6, 1.75, 1.9, 2.1)
TIMES = (0.7, 1.2, 1.8, 2.5, 3.5, 5.0, 8.0)
# A gap in cells, and against the spaces of its line, which justified lines have all of one width.
EM = (0.04, 0.07, 0.1, 0.13, 0.16, 0.19, 0.22, 0.26, 0.31, 0.4, 0.6)
PARTS = (0.2, 0.35, 0.5, 0.65, 0.8, 1.25, 2.0)
# Of 186 gaps between figures, 0.24 cells wide or more, that were no spaces 183 were beside a 1.
THIN = frozenset("1Iijl")
# The part of the line that a mark takes, in cells; letters and figures bear so much white on either side.
ADVANCE, BEARING = (0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1.1, 1.3), 0.05
# Marks that fill their cells alike.
FAMILIES = (",;:?!.", "([<", ")]>")


def ink(candidate: Candidate, place: Place) -> Iterator[Feature]:
    """White beside the place; for a mark also its ink."""
    if candidate.kind == "space":
        yield from _gap(candidate, place)
        return
    line, start, end = place.line, candidate.start, candidate.end
    before, after = (cell(place.text[at : at + 1] if at >= 0 else "") for at in place.beside(start, end))
    beside = before + after
    room, left, right = _white(place, start, end)
    yield "ink.room", f"{beside} {step(room, ROOM)}"
    if beside == "ww":
        yield "ink.pitch", f"{_mark(candidate)} {step(_pitch(place, start, end), PITCH)}"
    if candidate.was:
        yield "ink.before", f"{before} {step(left, WHITE)}"
        yield "ink.after", f"{after} {step(right, WHITE)}"
        yield "ink.width", f"{_mark(candidate)} {step((line.rights[end - 1] - line.lefts[start]) / place.cell, WHITE)}"
    elif start:
        yield from _host(place, start)
    if candidate.kind in ("width", "first-width") and line.tops:
        name = _mark(candidate) + place.latin
        yield "ink.height", f"{name} {step(line.bottoms[start] - line.tops[start], FINE)}"
        yield "ink.bottom", f"{name} {step(line.bottoms[start], FINE)}"
        yield "ink.wide", f"{name} {step((line.rights[start] - line.lefts[start]) / place.cell, FINE)}"
        yield from _advance(name, place, start, end)
    if candidate.kind in ("mark", "speck") and line.tops:
        name = f"{candidate.was}>{candidate.now}" if candidate.kind == "mark" else candidate.was
        yield "ink.height", f"{name} {step(line.bottoms[start] - line.tops[start], SHARES)}"
        yield "ink.bottom", f"{name} {step(line.bottoms[start], SHARES)}"
        yield "ink.weight", "none" if not line.weights[start] else "some"


def _host(place: Place, at: int) -> Iterator[Feature]:
    """What a lost mark's ink was given to: the width of the character before, and the way from it to the next one."""
    line, host = place.line, character(place.text[at - 1])
    yield "ink.host", f"{host} {step((line.rights[at - 1] - line.lefts[at - 1]) / place.cell, HOST)}"
    wide = "wide" if is_wide(place.text[at - 1]) else "narrow"
    yield from passed("ink.host-over", wide, (line.rights[at - 1] - line.lefts[at - 1]) / place.cell, HOST)
    if at < len(line.text):
        yield from passed("ink.span-over", wide, (line.lefts[at] - line.lefts[at - 1]) / place.cell, SPAN)
        after = cell(place.text[at])
        yield "ink.span", f"{host} {after} {step((line.lefts[at] - line.lefts[at - 1]) / place.cell, SPAN)}"


def _gap(candidate: Candidate, place: Place) -> Iterator[Feature]:
    """The white between two characters: against the line's height, its usual gap, and the spaces that were read."""
    line, left, right = place.line, candidate.start - 1, candidate.end
    gap = line.lefts[right] - line.rights[left]
    yield "ink.gap", step(gap / max(1e-6, line.height), GAP)
    yield "ink.stands-out", step(gap / max(1e-6, line.height) / max(0.02, usual_gap(line)), TIMES)
    kinds = " ".join(_side(place.text[one]) for one in (left, right))
    yield "ink.gap-beside", f"{kinds} {step(gap / place.cell, EM)}"
    yield from passed("ink.gap-over", kinds, gap / place.cell, EM)
    others = [width for at, width in spaces_of(place).items() if at != candidate.start]
    yield "ink.of-space", step(gap / place.cell / max(0.1, median(others)), PARTS) if others else "none"


def spaces_of(place: Place) -> dict[int, float]:
    """The widths of a line's spaces, in cells, by their offsets."""
    line = place.line
    return {
        at: (line.lefts[at + 1] - line.rights[at - 1]) / place.cell
        for at, char in enumerate(line.text[:-1])
        if at and char == " " and not is_wide(line.text[at - 1]) and not is_wide(line.text[at + 1])
    }


def _side(char: str) -> str:
    if char in THIN:
        return "thin"
    return "letter" if char.isalpha() else "digit" if char.isdecimal() else "mark"


def _advance(name: str, place: Place, start: int, end: int) -> Iterator[Feature]:
    """How much of the line the mark takes: from where the cell before it ends to where the next begins."""
    before, behind = place.beside(start, end)
    if before < 0 or behind >= len(place.text):
        return
    line = place.line
    ends = []
    for at, sign, edge in ((before, 1, line.rights[before]), (behind, -1, line.lefts[behind])):
        middle = (line.lefts[at] + line.rights[at]) / 2
        is_cell = is_han(place.text[at])
        ends.append(middle + sign * place.cell / 2 if is_cell else edge + sign * BEARING * place.cell)
    width = (ends[1] - ends[0]) / place.cell
    mark = name.removesuffix(place.latin)
    family = next((family for family in FAMILIES if mark in family), mark) + place.latin
    yield "ink.advance", f"{family} {step(width, ADVANCE)}"
    yield from passed("ink.advance-over", family, width, ADVANCE)


def _white(place: Place, start: int, end: int) -> tuple[float, float, float]:
    """White between the characters beside, before the candidate and behind it, in cells; a column's edge ends it."""
    line = place.line
    before, behind = place.beside(start, end)
    last = line.rights[before] if before >= 0 else line.lefts[0]
    edge = place.edge if place.edge is not None else line.rights[-1]
    following = line.lefts[behind] if behind < len(line.text) else max(edge, line.rights[-1])
    left = (line.lefts[start] - last) / place.cell if start < len(line.text) else 0.0
    right = (following - line.rights[end - 1]) / place.cell if end else 0.0
    return (following - last) / place.cell, left, right


def _pitch(place: Place, start: int, end: int) -> float:
    line = place.line
    centers = [(line.lefts[at] + line.rights[at]) / 2 for at in place.beside(start, end)]
    return (centers[1] - centers[0]) / place.cell


def _mark(candidate: Candidate) -> str:
    """The mark's half-width form for its width; else the change."""
    if candidate.kind in ("width", "first-width"):
        return candidate.was if candidate.sign > 0 else candidate.now
    return f"{candidate.was}>{candidate.now}"


def usual_gap(line: Line) -> float:
    """The usual gap between two letters or figures of one word, in line heights."""
    gaps = [
        (line.lefts[at] - line.rights[at - 1]) / max(1e-6, line.height)
        for at in range(1, len(line.text))
        if line.text[at].isascii() and line.text[at - 1].isascii() and (line.text[at - 1] + line.text[at]).isalnum()
    ]
    return median(gaps) if gaps else 0.06
