"""Figures and tables: the blocks that stand apart from the text, unless they hold its columns."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from recover.model.geometry import Box, enclose, overlap
from recover.model.page import Block, RegionKind
from recover.model.raster import Pixels

# A page's columns have more lines than any cell; a line this wide, in line heights, is one of a column's.
MIN_LINES, WIDE = 12, 8.0
# Justified lines begin and end together, this near, and fill this share of what they are said to be a table of.
EDGE, JUSTIFIED = 0.5, 0.45
# An indent, of a paragraph or of an entry's further lines, is up to so many times that.
INDENT = 5.0
# Prose in a supposed figure: so many lines as wide as this, in heights, with this share of all that is written there;
# this share of them begins where another one does, but for an indent.
FEWEST, FULL, MOST, TOGETHER, BEGIN = 3, 14.0, 0.6, 0.8, 2.5
# One column's lines follow each other at one distance: so many of its steps are whole multiples of it, this nearly,
# and no longer than this.
EVEN, STEADY, LONGEST = 0.25, 0.6, 4.5


def is_prose(lines: Sequence[Box]) -> bool:
    """Whether the lines of a supposed table are justified columns of text."""
    if len(lines) < MIN_LINES:
        return False
    height = statistics.median(line.height for line in lines)
    wide = [line for line in lines if line.width > WIDE * height]
    columns = [column for column in _columns(wide, EDGE * height) if len(column) >= MIN_LINES // 2 and _is_even(column)]
    filled = sum(line.width for column in columns for line in column)
    return filled > JUSTIFIED * sum(line.width for line in lines)


def holds_prose(lines: Sequence[Box]) -> bool:
    """Whether most of what is written in a supposed figure is full lines of text that begin together.

    A watermark, a photographed desk or a sparse page make a figure of text; labels and flow charts have shorter lines.
    """
    size = statistics.median(line.height for line in lines) if lines else 0.0
    full = [line for line in lines if line.width > FULL * size]
    if len(full) < FEWEST or sum(line.width for line in full) < MOST * sum(line.width for line in lines):
        return False
    together = [
        line for line in full if any(other is not line and abs(other.x0 - line.x0) < BEGIN * size for other in full)
    ]
    return len(together) >= TOGETHER * len(full)


def has_flush_lines(lines: Sequence[Box]) -> bool:
    """Whether three wide lines or more begin and end together, as those of a justified column do and cells don't."""
    height = statistics.median(line.height for line in lines) if lines else 0.0
    wide = [line for line in lines if line.width > WIDE * height]
    return any(len(column) > 2 for column in _columns(wide, EDGE * height))


def _columns(lines: Sequence[Box], near: float) -> list[list[Box]]:
    """Lines that begin and end together."""
    columns: list[list[Box]] = []
    for line in sorted(lines, key=lambda box: box.y0):
        home = next((column for column in columns if _are_flush(column[-1], line, near)), None)
        if home is None:
            columns.append([line])
        else:
            home.append(line)
    return columns


def _are_flush(line: Box, other: Box, near: float) -> bool:
    """Whether two lines end together and begin together but for an indent."""
    return abs(line.x0 - other.x0) < INDENT * near and abs(line.x1 - other.x1) < near


def _is_even(column: Sequence[Box]) -> bool:
    """Whether the lines follow each other at one distance, or at a few times it where short ones stand between."""
    steps = sorted(below.y0 - above.y0 for above, below in pairwise(column))
    unit = max(1e-6, steps[len(steps) // 4])
    ratios = [step / unit for step in steps]
    return sum(abs(ratio - round(ratio)) < EVEN and ratio < LONGEST for ratio in ratios) >= STEADY * len(ratios)


# A float claims the lines that lie in it with this share of their area.
CLAIM = 0.6
# A figure or table is believed from this score on; fainter ones were text as often as not.
BELIEVED = 0.5
# Blocks that share this much of the smaller one are one float seen twice.
SAME = 0.5
# A figure of this many lines, as wide as it (in two columns: as half of it), that fill so much of its height, is text.
MIN_TEXT_LINES, FLOATS_WIDE, TEXT_FILL = 5, 0.75, 0.5
# Of a figure's ink so much at least is drawn and not written; lines' boxes are this much too low for all they hold, in
# their heights. A table without rules that was taken for a figure has cells: narrow lines, side by side.
DRAWN, SLACK, NARROW_CELL = 0.2, 0.15, 0.35
# A frame around text lies at the figure's edge, within so many heights of its lines.
FRAME = 0.6
# A line that runs out of a table has so much of its width on either side of the border.
RUN_OUT = 0.2
# A column that continues a table stands beside so many of its rows at least.
MIN_ROWS = 2
# A box taller than this, in the page's lines, is no line of text: a face or a building, say.
TALL = 2.5
# A figure through which so many long lines of text run, over this share of its width and beyond it, is a stamp or text.
THROUGH, CROSSED = 2, 0.5
# A figure lower than this many lines of the text in it is a heading on a tint or in a frame.
LOW = 4.0


class Float(msgspec.Struct, frozen=True, kw_only=True):
    """A figure or table: its box and the indexes of the lines inside it.

    One that is printed sideways is read apart, when it was turned by ``turn`` degrees clockwise.
    """

    kind: RegionKind
    box: Box
    lines: tuple[int, ...] = ()
    turn: int = 0


def find_floats(blocks: Sequence[Block], lines: Sequence[Box], ink: Pixels | None = None) -> tuple[Float, ...]:
    """Floats with the lines they hold; every line in one float at most. ``ink`` is the page's, 1 where it is dark."""
    taken: set[int] = set()
    floats = []
    captions = [block.box for block in blocks if block.kind == "figure-caption"]
    size = statistics.median(line.height for line in lines) if lines else 0.0
    for block in _merged([block for block in blocks if block.kind in ("figure", "table") and block.score >= BELIEVED]):
        inside = [i for i, line in enumerate(lines) if i not in taken and _holds(block.box, line)]
        if block.kind == "figure" and ink is not None:
            block = _without_prose(block, [lines[i] for i in inside], captions, ink)  # noqa: PLW2901 the same, cut
            inside = [i for i in inside if _holds(block.box, lines[i])]
        if block.kind == "figure" and _is_crossed(block.box, lines):
            continue
        if block.kind == "figure" and not _is_figure(
            block.box, [lines[i] for i in inside if lines[i].height < TALL * size], captions, ink
        ):
            continue
        if is_prose([lines[i] for i in inside]):
            continue
        free = [i for i in range(len(lines)) if i not in taken and i not in inside]
        if block.kind == "table":
            cut = _cut_rows(block.box, inside, free, lines)
            # The network draws some tables too narrow: then a line of a cell runs over their border.
            grown = enclose([block.box, *(lines[i] for i in cut)])
            inside += [i for i in free if i in cut or (cut and _holds(grown, lines[i]))]
        # Coarse scans make a figure of a borderless table: then more rows must agree.
        rows = MIN_ROWS if block.kind == "table" else 2 * MIN_ROWS
        inside += _beside_rows(block.box, inside, [i for i in free if i not in inside], lines, rows)
        taken.update(inside)
        box = enclose([block.box, *(lines[i] for i in inside)])
        floats.append(Float(kind=block.kind, box=box, lines=tuple(inside)))
    return tuple(floats)


def without_area(floats: Sequence[Float], area: Box) -> tuple[Float, ...]:
    """The floats but those that are the area's, or lie in it."""
    return tuple(item for item in floats if item.box.intersection(area) <= SAME * min(item.box.area, area.area))


def line_kinds(blocks: Sequence[Block], lines: Sequence[Box]) -> tuple[RegionKind, ...]:
    """What block each line belongs to, by the largest share of its area; "text" where none claims it."""
    return tuple(_kind(line, blocks) for line in lines)


def _kind(line: Box, blocks: Sequence[Block]) -> RegionKind:
    shares = [(line.intersection(block.box) / max(1e-6, line.area) * block.score, block.kind) for block in blocks]
    share, kind = max(shares, default=(0.0, "text"))
    return kind if share > 0.3 and kind not in ("figure", "table") else "text"


def _holds(box: Box, line: Box) -> bool:
    return line.intersection(box) >= CLAIM * line.area


def _is_figure(box: Box, lines: Sequence[Box], captions: Sequence[Box], ink: Pixels | None) -> bool:
    """Whether it is one, and no text that looks like one; ``lines`` are those of text in it."""
    if _is_text(box, lines):
        return False
    # Text in a frame with a caption is a figure all the same.
    if _has_caption(box, captions):
        return True
    return not holds_prose(lines) and (ink is None or not _is_written(box, lines, ink))


def _is_crossed(box: Box, lines: Sequence[Box]) -> bool:
    """Whether long lines run through it that don't end in it."""
    through = [
        line
        for line in lines
        if line.width > FULL * line.height
        and box.y0 < line.center[1] < box.y1
        and CROSSED * box.width < overlap(line.x0, line.x1, box.x0, box.x1) < CLAIM * line.width
    ]
    return len(through) >= THROUGH


def _has_caption(box: Box, captions: Sequence[Box]) -> bool:
    return any(_is_under(caption, box) for caption in captions)


def _without_prose(block: Block, lines: Sequence[Box], captions: Sequence[Box], ink: Pixels) -> Block:
    """A figure with lines of prose cut down to what is drawn above or below them, where anything is."""
    if not holds_prose(lines) or _has_caption(block.box, captions):
        return block
    box, prose = block.box, enclose(lines)
    whole = _ink_in(box, ink)
    low = LOW * statistics.median(line.height for line in lines)
    for part in (Box(box.x0, box.y0, box.x1, prose.y0), Box(box.x0, prose.y1, box.x1, box.y1)):
        if part.height > low and _ink_in(part, ink) > DRAWN * whole:
            return msgspec.structs.replace(block, box=part)
    return block


def _ink_in(box: Box, ink: Pixels) -> int:
    return int(ink[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1].sum())


def _is_under(caption: Box, box: Box) -> bool:
    """Whether a caption stands right below a figure."""
    return abs(caption.y0 - box.y1) < LOW * caption.height and box.x0 < caption.center[0] < box.x1


def _is_text(box: Box, lines: Sequence[Box]) -> bool:
    """Whether a supposed figure is filled with lines of text, as a noisy or boxed paragraph is."""
    if lines and box.height < LOW * max(line.height for line in lines):
        return sum(line.height for line in lines) > TEXT_FILL * box.height
    wide = [line for line in lines if line.width > FLOATS_WIDE * box.width]
    stacked = sum(line.height for line in wide)
    side_by_side = sum(line.height for line in lines if line.width > FLOATS_WIDE / 2 * box.width) / 2
    return len(lines) >= MIN_TEXT_LINES and max(stacked, side_by_side) > TEXT_FILL * box.height


def _is_written(box: Box, lines: Sequence[Box], ink: Pixels) -> bool:
    """Whether a supposed figure is nothing but lines of text, which are no cells of a table."""
    if not lines or _are_cells(box, lines):
        return False
    top, left = max(0, int(box.y0)), max(0, int(box.x0))
    drawn = ink[top : int(box.y1) + 1, left : int(box.x1) + 1].copy()
    frame = int(FRAME * statistics.median(line.height for line in lines))
    drawn[:frame] = drawn[-frame - 1 :] = drawn[:, :frame] = drawn[:, -frame - 1 :] = 0
    whole = int(drawn.sum())
    for line in lines:
        slack = SLACK * line.height
        rows = slice(max(0, int(line.y0 - slack) - top), max(0, int(line.y1 + slack) + 1 - top))
        drawn[rows, max(0, int(line.x0 - slack) - left) : max(0, int(line.x1 + slack) + 1 - left)] = 0
    return whole > 0 and int(drawn.sum()) < DRAWN * whole


def _are_cells(box: Box, lines: Sequence[Box]) -> bool:
    shared = [line for line in lines if any(other is not line and _are_beside(line, other) for other in lines)]
    is_narrow = statistics.median(line.width for line in lines) < NARROW_CELL * box.width
    return is_narrow and 2 * len(shared) > len(lines)


def _are_beside(line: Box, other: Box) -> bool:
    return abs(line.center[1] - other.center[1]) < 0.25 * line.height


def _beside_rows(box: Box, inside: Sequence[int], free: Sequence[int], lines: Sequence[Box], least: int) -> list[int]:
    """Lines left or right of a table that continue its rows: a borderless table's column the network missed."""
    found: list[int] = []
    for side in (True, False):
        beside = [
            i
            for i in free
            if i not in inside
            and (lines[i].x1 <= box.x0 + 2 if side else lines[i].x0 >= box.x1 - 2)
            and box.y0 <= lines[i].center[1] <= box.y1
        ]
        found_rows = [_row_of(lines[i], inside, lines) for i in beside]
        rows = {row for row in found_rows if row is not None}
        aligned = sum(row is not None for row in found_rows)
        narrow = all(lines[i].width < 0.4 * max(box.width, 1.0) for i in beside)
        is_column = has_flush_lines([lines[i] for i in beside])
        if beside and narrow and aligned == len(beside) and len(rows) >= least and not is_column:
            found += beside
    return found


def _cut_rows(box: Box, inside: Sequence[int], free: Sequence[int], lines: Sequence[Box]) -> list[int]:
    """Lines that the table's border cuts through while others of their row lie inside."""
    cut = [
        i
        for i in free
        if lines[i].x1 > box.x0
        and lines[i].x0 < box.x1
        and lines[i].y1 > box.y0 - lines[i].height
        and lines[i].y0 < box.y1 + lines[i].height
        and (_row_of(lines[i], inside, lines) is not None or _runs_out(lines[i], box))
    ]
    return [] if has_flush_lines([lines[i] for i in cut]) else cut


def _runs_out(line: Box, box: Box) -> bool:
    """Whether a line begins well inside a table, at the height of its rows, and ends well outside."""
    inside = overlap(line.x0, line.x1, box.x0, box.x1)
    return box.y0 < line.center[1] < box.y1 and RUN_OUT * line.width < inside < (1 - RUN_OUT) * line.width


def _row_of(line: Box, inside: Sequence[int], lines: Sequence[Box]) -> int | None:
    """The line inside the table that stands in the same row."""
    return next((i for i in inside if _are_beside(line, lines[i])), None)


def _merged(blocks: Sequence[Block]) -> list[Block]:
    """Overlapping blocks as one, of the surest one's kind."""
    merged: list[Block] = []
    for block in blocks:
        for index, other in enumerate(merged):
            if block.box.intersection(other.box) > SAME * min(block.box.area, other.box.area):
                merged[index] = Block(kind=other.kind, box=enclose((other.box, block.box)), score=other.score)
                break
        else:
            merged.append(block)
    return merged
