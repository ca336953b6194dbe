"""White of a type cell between two Chinese characters is a space: behind a label, a number, a title that runs in.

Readers leave it out, though it is all that parts 关键词 from the words and a heading from its paragraph. On seven
worn articles such white was 0.6 to 0.95 of the line's height beyond the usual distance, and nothing else over 0.35.
"""

from __future__ import annotations

import statistics

import msgspec

from recover.model.document import Correction
from recover.model.page import Line, PageReading, Region, merge_lines, slice_line
from recover.text.scripts import is_han

# In line heights, beyond what justification put between the line's characters.
WHITE = 0.5
# Behind a Chinese numeral that begins a line, where a heading's number stands, less says enough.
NUMERALS, BEHIND_NUMERAL = frozenset("一二三四五六七八九十"), 0.25
# With fewer pairs of Han in a line nothing can be said of its usual distance; in a short one, a name, this is it.
MIN_PAIRS, USUAL, SHORT = 3, 0.12, 8
SPACE = "\u3000"
WHY = "white as wide as a character"
# Shorter lines in a float, in their heights, are its own; longer ones may be text that was drawn into it.
CELL = 10.0


def with_gaps(page: PageReading) -> PageReading:
    """The page with a space wherever a line of its text shows one."""
    corrections: list[Correction] = []
    regions = tuple(_in_region(region, page, corrections) for region in page.regions)
    return msgspec.structs.replace(page, regions=regions, corrections=(*page.corrections, *corrections))


def _in_region(region: Region, page: PageReading, corrections: list[Correction]) -> Region:
    is_float = region.kind in ("figure", "table")
    lines = [
        line if is_float and line.box.width < CELL * line.height else _in_line(line, page, corrections)
        for line in region.lines
    ]
    return msgspec.structs.replace(region, lines=tuple(lines))


def _in_line(line: Line, page: PageReading, corrections: list[Correction]) -> Line:
    """From the end, so that what stands before keeps its place."""
    for at in reversed(_gaps(line)):
        box = page.to_page.box(line.char_box(at - 1, at + 1)).rounded()
        white = (line.lefts[at] - line.rights[at - 1]) / max(1e-6, line.height)
        evidence = f"in {line.text[max(0, at - 6) : at + 6]}: {white:.2f} of the line's height white"
        corrections.append(Correction(page=page.index, box=box, was="", now=SPACE, why=WHY, evidence=evidence))
        left, right = slice_line(line, 0, at), slice_line(line, at, len(line.text))
        line = msgspec.structs.replace(merge_lines(left, right, SPACE), box=line.box)
    return line


def _gaps(line: Line) -> list[int]:
    pairs = [at for at in range(1, len(line.text)) if is_han(line.text[at]) and is_han(line.text[at - 1])]
    whites = [(line.lefts[at] - line.rights[at - 1]) / max(1e-6, line.height) for at in pairs]
    if len(whites) < MIN_PAIRS and len(line.text) > SHORT:
        return []
    usual = statistics.median(whites) if len(whites) >= MIN_PAIRS else USUAL
    return [at for at, white in zip(pairs, whites, strict=True) if white > usual + _least(line.text, at)]


def _least(text: str, at: int) -> float:
    return BEHIND_NUMERAL if NUMERALS.issuperset(text[:at]) else WHITE
