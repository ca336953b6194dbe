"""The order in which a page is read: a permutation of its lines and floats, column by column."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Iterator, Sequence

from recover.model.geometry import Box, overlap

# Vertical print on a page of horizontal text: titles that run down beside it, and blocks of columns.

# A box so much higher than wide, and so many type sizes high, is a line that runs down.
HIGHER, LONG = 2.2, 2.2
# Narrower ones than this, in type sizes, are brackets and rules.
NARROW = 0.5
# A title is set in larger type than the text.
LARGE = 1.2
# Half of a block's columns are no wider than this, so many of them so long, and their middles no farther apart; they
# begin at one height, but for an indent. All in type sizes: labels of a chart's axis are shorter, titles wider.
WIDEST, FEWEST, LONGEST_LABEL, PITCH, INDENT = 1.5, 2, 8.0, 2.6, 2.6
# What shares so much of the narrower one's width is a piece of the same column.
SHARED = 0.5


def runs_down(box: Box, em: float) -> bool:
    """Whether a line's box holds a line of print that runs down; ``em`` is the page's usual line height."""
    return box.height > HIGHER * box.width and box.height > LONG * em and box.width > NARROW * em


def standing_titles(boxes: Sequence[Box], em: float) -> list[int]:
    """Indexes of the lines that run down in large type, from the right: they are read before the text beside them."""
    in_blocks = {index for block in standing_blocks(boxes, em) for index in block}
    found = [
        index
        for index, box in enumerate(boxes)
        if index not in in_blocks and runs_down(box, em) and box.width > LARGE * em
    ]
    return sorted(found, key=lambda index: -boxes[index].x0)


def standing_blocks(boxes: Sequence[Box], em: float) -> list[tuple[int, ...]]:
    """Blocks of vertical text, their lines as they are read: columns from the right, pieces of one downwards."""
    long = [
        index
        for index, box in enumerate(boxes)
        if runs_down(box, em) and box.height > LONGEST_LABEL * em and box.width < PITCH * em
    ]
    blocks: list[list[int]] = []
    for index in sorted(long, key=lambda one: -boxes[one].x0):
        if blocks and _goes_on(boxes[blocks[-1][-1]], boxes[index], em):
            blocks[-1].append(index)
        else:
            blocks.append([index])
    return [_with_pieces(block, boxes, em) for block in blocks if _is_text(block, boxes, em)]


def _is_text(block: Sequence[int], boxes: Sequence[Box], em: float) -> bool:
    """Whether a block has several columns in the text's type; one may be boxed together with its frame."""
    narrow = sum(boxes[index].width < WIDEST * em for index in block)
    return len(block) >= FEWEST and 2 * narrow >= len(block)


def _goes_on(right: Box, left: Box, em: float) -> bool:
    return right.center[0] - left.center[0] < PITCH * em and abs(right.y0 - left.y0) < INDENT * em


def _with_pieces(block: Sequence[int], boxes: Sequence[Box], em: float) -> tuple[int, ...]:
    """The block with the shorter columns and torn characters that stand in it or right beside it."""
    left, right = min(boxes[at].x0 for at in block) - PITCH * em, max(boxes[at].x1 for at in block) + PITCH * em
    top, bottom = min(boxes[at].y0 for at in block) - em, max(boxes[at].y1 for at in block) + em
    members = [
        at
        for at, box in enumerate(boxes)
        if (left < box.x0 and box.x1 < right and top < box.y0 and box.y1 < bottom and box.width < PITCH * em)
    ]
    columns: list[list[int]] = []
    for at in sorted(members, key=lambda one: -boxes[one].center[0]):
        if columns and any(_shares(boxes[at], boxes[other]) for other in columns[-1]):
            columns[-1].append(at)
        else:
            columns.append([at])
    return tuple(at for column in columns for at in sorted(column, key=lambda one: boxes[one].y0))


def _shares(box: Box, other: Box) -> bool:
    return overlap(box.x0, box.x1, other.x0, other.x1) > SHARED * min(box.width, other.width)


# Marks in the margin (page references, line numbers) that stand beside the text without being part of it.

# A page has few of them; many narrow boxes in a column are hanging numbers.
MAX_MARKS = 3
MIN_TEXT_LINES = 8


def margin_marks(boxes: Sequence[Box], em: float) -> frozenset[int]:
    """Indexes of narrow boxes that stand alone outside of the text's left or right edge."""
    wide = [box for box in boxes if box.width > 2 * MIN_COLUMN_EM * em]
    if len(wide) < MIN_TEXT_LINES:
        return frozenset()
    left, right = min(box.x0 for box in wide), max(box.x1 for box in wide)
    marks = [
        index
        for index, box in enumerate(boxes)
        if box.width < MIN_COLUMN_EM * em
        and (box.x1 < left or box.x0 > right)
        and any(overlap(box.y0, box.y1, one.y0, one.y1) > 0 for one in wide)
    ]
    return frozenset(marks) if len(marks) <= MAX_MARKS else frozenset()


# Reading order by gutters: where print stands side by side, the left side is read before the right.

Column = tuple[int, ...]

MIN_GUTTER_EM = 0.5
# A box may reach this far over a gutter: detectors draw their boxes wider than the ink.
SLACK_EM = 0.2
# Lines of one column begin nearer than this to each other, indents and all; another column begins farther off.
AWAY_EM = 3.0
# Boxes higher than any line are floats; this share of their width, up to so much, may hang over a gutter.
FLOAT_HEIGHT_EM, OVERHANG, RIM_EM = 3.5, 0.07, 1.5
# Narrower columns are hanging numbers or bullets beside their text.
MIN_COLUMN_EM = 5.0
# White that parts a paragraph above the columns from them, in type sizes: more than stands between lines.
WHITE_EM = 0.7
# A side with fewer lines is a column only beside a long one, and when as wide as it.
MIN_LINES, MIN_LONG_SIDE, MIN_WIDTH_SHARE = 3, 4, 0.6
# White across both columns, this high, ends a zone: below it the columns start anew.
BREAK_EM = 2.2
# White wider than this from the top of the page to its foot parts two pages of a spread; gutters have up to 3.
SPREAD_EM = 3.8
# Boxes of one row may lap over each other by so much of their height: a detector cuts a number's bracket in two.
LAPPING = 0.7
# Pieces of a line that a detector tore at a comma stand no farther apart.
TORN_EM = 1.3
# Fields of one row (keywords, codes) stand nearer than that, and begin farther from those of the next than columns do.
FIELDS_EM, UNEVEN_EM = 3.2, 0.5
# So many of them may make two sides that are none; columns meet in more lines, over so much of their height.
TEARS, MEETING = 2, 0.3
# A figure 1 is .25 wide; a stroke torn off a character was .1.
SPECK_EM = 0.15
MAX_DEPTH = 8


def order_columns(boxes: Sequence[Box], em: float) -> tuple[Column, ...]:
    """Indexes of ``boxes`` in reading order, in one tuple for each column or full-width stretch."""
    boxes = [_without_overhang(box, em) for box in boxes]
    downwards = sorted(range(len(boxes)), key=lambda index: (boxes[index].center[1], boxes[index].x0))
    return tuple(column for column in _order(downwards, boxes, em, MAX_DEPTH) if column)


def _without_overhang(box: Box, em: float) -> Box:
    """A float's box without its rim: layout networks draw it into the gutter, where no line of text reaches."""
    rim = min(OVERHANG * box.width, RIM_EM * em) if box.height > FLOAT_HEIGHT_EM * em else 0.0
    return Box(box.x0 + rim, box.y0, box.x1 - rim, box.y1)


def _order(items: Sequence[int], boxes: Sequence[Box], em: float, depth: int) -> list[Column]:
    gutter = _best_gutter(items, boxes, em) if depth else None
    if gutter is None:
        return [tuple(in_rows(items, boxes))]
    ordered: list[Column] = []
    for stretch, is_zone in _stretches(items, boxes, em, gutter):
        sides = _sides(stretch, boxes, gutter) if is_zone else (stretch,)
        for side in sides:
            ordered.extend(_order(side, boxes, em, depth - 1))
    return ordered


def in_rows(items: Sequence[int], boxes: Sequence[Box]) -> list[int]:
    """Boxes of one column: rows from the top, and inside a row from the left."""
    rows: list[list[int]] = []
    for item in sorted(items, key=lambda index: (boxes[index].center[1], boxes[index].x0)):
        if rows and any(_same_row(boxes[item], boxes[other]) for other in rows[-1]):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [item for row in rows for item in sorted(row, key=lambda index: boxes[index].x0)]


def _same_row(box: Box, other: Box) -> bool:
    # Asked for every two lines of a page: the plain comparison comes first.
    if box.y1 <= other.y0 or other.y1 <= box.y0:
        return False
    shared = min(box.y1, other.y1) - max(box.y0, other.y0)
    low, high = sorted((box.height, other.height))
    if shared <= 0.55 * low or shared <= 0.35 * high:
        return False
    lapping = max(0.3 * min(box.width, other.width), LAPPING * low)
    return overlap(box.x0, box.x1, other.x0, other.x1) < lapping


def _best_gutter(items: Sequence[int], boxes: Sequence[Box], em: float) -> float | None:
    """The x that leaves most boxes in zones; None where there are no columns."""
    scores = {
        x: sum(len(stretch) for stretch, is_zone in _stretches(items, boxes, em, x) if is_zone)
        for x in _candidates(items, boxes, em)
    }
    return max((x for x in scores if scores[x]), key=scores.__getitem__, default=None)


def _candidates(items: Sequence[int], boxes: Sequence[Box], em: float) -> list[float]:
    """Places just left of a box's left edge, each quarter em only once."""
    places = sorted({math.floor((boxes[index].x0 - MIN_GUTTER_EM * em / 2) * 4 / em) for index in items})
    return [place * em / 4 for place in places][1:]


def _stretches(items: Sequence[int], boxes: Sequence[Box], em: float, x: float) -> list[tuple[list[int], bool]]:
    """``items`` cut, top down, into zones (True) and the rest; ``items`` come sorted by height."""
    stretches: list[tuple[list[int], bool]] = []
    for piece, crosses in _pieces(items, boxes, em, x):
        is_zone = not crosses and _is_zone(piece, boxes, em, x)
        if stretches and not is_zone and not stretches[-1][1]:
            stretches[-1][0].extend(piece)
        else:
            stretches.append((piece, is_zone))
    for (above, above_is_zone), (below, below_is_zone) in itertools.pairwise(stretches):
        if above_is_zone:
            _hand_over(above, below, boxes, em, x)
        elif below_is_zone:
            _hand_over(below, above, boxes, em, x)
    return stretches


def _hand_over(zone: list[int], neighbour: list[int], boxes: Sequence[Box], em: float, x: float) -> None:
    """Give a zone's outermost lines on one side to the stretch next to it where they belong to a column of that.

    They do where something that crosses the gutter stands beside them and they stand apart from their own side.
    """
    beside = [boxes[index] for index in neighbour if _crosses(boxes[index], em, x)]
    is_below = bool(neighbour) and boxes[neighbour[0]].center[1] > boxes[zone[0]].center[1]
    if beside and not is_below:
        _give_ends(zone, neighbour, boxes, em, x)
    for side in _sides(zone, boxes, x):
        outer = _apart(list(reversed(side)) if is_below else side, boxes, em)
        top, bottom = min((boxes[i].y0 for i in outer), default=0.0), max((boxes[i].y1 for i in outer), default=0.0)
        if 2 <= len(outer) < len(side) and any(box.y0 < bottom and box.y1 > top for box in beside):
            zone[:] = [index for index in zone if index not in outer]
            neighbour[:] = sorted([*neighbour, *outer], key=lambda index: (boxes[index].center[1], boxes[index].x0))


def _give_ends(zone: list[int], above: list[int], boxes: Sequence[Box], em: float, x: float) -> None:
    """Give short lines at a zone's top back to the text above it that spans both columns: its paragraphs' ends.

    They stand on the left, over everything on the right, begin as that text does, and white parts them from the
    column below them.
    """
    left, right = _sides(zone, boxes, x)
    top = min((boxes[index].y0 for index in right), default=0.0)
    over = list(itertools.takewhile(lambda index: boxes[index].y1 < top + SLACK_EM * em, left))
    edges = [boxes[index].x0 for index in above if _crosses(boxes[index], em, x)]
    gaps = [(number, boxes[below].y0 - boxes[here].y1) for number, (here, below) in enumerate(itertools.pairwise(left))]
    count = next((number + 1 for number, gap in gaps if gap > WHITE_EM * em and number < len(over)), 0)
    if count and all(min(abs(boxes[index].x0 - edge) for edge in edges) < AWAY_EM * em for index in over[:count]):
        above.extend(over[:count])
        zone[:] = [index for index in zone if index not in over[:count]]


def _apart(side: Sequence[int], boxes: Sequence[Box], em: float) -> list[int]:
    """The first boxes of ``side`` that begin far from where most of it does."""
    usual = statistics.median(boxes[index].x0 for index in side) if side else 0.0
    return list(itertools.takewhile(lambda index: abs(boxes[index].x0 - usual) > AWAY_EM * em, side))


def _pieces(items: Sequence[int], boxes: Sequence[Box], em: float, x: float) -> Iterator[tuple[list[int], bool]]:
    """Runs of boxes that cross the gutter (True), and of boxes that don't, these parted where columns start anew."""
    if _are_two_pages(items, boxes, em, x):
        yield list(items), False
        return
    for crosses, run in itertools.groupby(items, lambda index: _crosses(boxes[index], em, x)):
        rest = list(run)
        at = 0 if crosses else _new_start(rest, boxes, em, x)
        while at:
            yield rest[:at], False
            rest = rest[at:]
            at = _new_start(rest, boxes, em, x)
        yield rest, crosses


def _are_two_pages(items: Sequence[int], boxes: Sequence[Box], em: float, x: float) -> bool:
    """Whether the white from top to bottom is too wide for a gutter: a book's two pages, each read to its end."""
    left, right = _sides(items, boxes, x)
    gap = min((boxes[at].x0 for at in right), default=0.0) - max((boxes[at].x1 for at in left), default=math.inf)
    return gap > SPREAD_EM * em


def _crosses(box: Box, em: float, x: float) -> bool:
    return box.x0 < x - SLACK_EM * em and box.x1 > x + SLACK_EM * em


def _new_start(items: Sequence[int], boxes: Sequence[Box], em: float, x: float) -> int:
    """How many of ``items`` stand above the first band of white below which the columns start anew; 0 for none."""
    bottom = boxes[items[0]].y1
    for at, item in enumerate(items):
        if boxes[item].y0 - bottom > BREAK_EM * em and _starts_anew(items[:at], items[at:], boxes, em, x):
            return at
        bottom = max(bottom, boxes[item].y1)
    return 0


def _starts_anew(above: Sequence[int], below: Sequence[int], boxes: Sequence[Box], em: float, x: float) -> bool:
    """Whether white ends both columns; where one ended before, it may be a gap in the other that just goes on."""
    ended = [_extent(side, boxes, horizontal=False)[1] for side in _sides(above, boxes, x) if side]
    return all(_sides(below, boxes, x)) or max(ended) - min(ended) <= BREAK_EM * em


def _is_zone(items: Sequence[int], boxes: Sequence[Box], em: float, x: float) -> bool:
    # Boxes hardly wider than none are no lines: specks, strokes torn off, words of a watermark that was taken off.
    left, right = _sides([index for index in items if boxes[index].width > SPECK_EM * em], boxes, x)
    if not left or not right:
        return False
    gap = min(boxes[index].x0 for index in right) - max(boxes[index].x1 for index in left)
    return gap >= (MIN_GUTTER_EM - 2 * SLACK_EM) * em and _stand_side_by_side(left, right, boxes, em)


def _stand_side_by_side(left: Sequence[int], right: Sequence[int], boxes: Sequence[Box], em: float) -> bool:
    widths = [_extent(side, boxes, horizontal=True) for side in (left, right)]
    spans = [_extent(side, boxes, horizontal=False) for side in (left, right)]
    wide = [high - low for low, high in widths]
    shared = overlap(*spans[0], *spans[1])
    if min(wide) < MIN_COLUMN_EM * em or shared < 0.5 * em:
        return False
    few, many = sorted((left, right), key=len)
    tall = min(high - low for low, high in spans) > 3 * em
    is_like = len(many) >= MIN_LONG_SIDE and min(wide) > MIN_WIDTH_SHARE * max(wide)
    stands = len(many) >= MIN_LONG_SIDE or _has_float(few, boxes, em)
    is_column = len(few) >= MIN_LINES or is_like or (tall and stands)
    return is_column and not _are_torn(few, many, boxes, em) and not _meet_in_tears(left, right, boxes, em)


def _has_float(items: Sequence[int], boxes: Sequence[Box], em: float) -> bool:
    return any(boxes[index].height > 2 * em for index in items)


def _are_torn(few: Sequence[int], many: Sequence[int], boxes: Sequence[Box], em: float) -> bool:
    """Whether ``few`` are the ends of lines that a detector tore at a comma: each goes on beside another line's end.

    Between them stand lines that end elsewhere; columns have no such gaps.
    """
    pieces = [index for index in few if boxes[index].width > 2 * em]
    ends = {index: _beside(index, [*few, *many], boxes, em) for index in pieces}
    if not pieces or not all(ends.values()):
        return False
    top, bottom = (choose(boxes[index].center[1] for index in pieces) for choose in (min, max))
    torn = {end for found in ends.values() for end in found}
    return any(top < boxes[other].center[1] < bottom for other in many if other not in torn)


def _meet_in_tears(left: Sequence[int], right: Sequence[int], boxes: Sequence[Box], em: float) -> bool:
    """Whether the two sides stand side by side in nothing but lines that a detector tore at a comma.

    What else there is on either side, a heading, a paragraph's end, a centred table, has nothing beside it; such an
    end stands between torn lines where there are more than a few. Columns whose rows interlock meet in none at all.
    """
    pairs = [(boxes[one], boxes[other]) for one in left for other in right]
    meeting = [(one, other) for one, other in pairs if _share_height(one, other)]
    close = [pair for pair in meeting if not any(_lies_between(boxes[at], *pair) for at in (*left, *right))]
    meeting = close if len(close) <= TEARS else meeting
    starts = sorted({other.x0 for _, other in meeting})
    are_fields = len(meeting) == TEARS and starts[-1] - starts[0] > UNEVEN_EM * em
    apart = FIELDS_EM if are_fields else TORN_EM
    if not meeting or not all(_same_row(one, other) and _distance(one, other) < apart * em for one, other in meeting):
        return False
    torn = {box for pair in meeting for box in pair}
    top, bottom = (choose((box.center[1] for box in torn), default=0.0) for choose in (min, max))
    ends = (boxes[index] for index in (*left, *right) if boxes[index] not in torn)
    return len(meeting) <= TEARS or any(top < end.center[1] < bottom for end in ends)


def _lies_between(box: Box, one: Box, other: Box) -> bool:
    """Whether a piece of the row parts two others: a line may be torn twice."""
    return one.x1 <= box.x0 and box.x1 <= other.x0 and _same_row(one, box) and _same_row(box, other)


def _share_height(one: Box, other: Box) -> bool:
    return overlap(one.y0, one.y1, other.y0, other.y1) > MEETING * min(one.height, other.height)


def _beside(item: int, others: Sequence[int], boxes: Sequence[Box], em: float) -> list[int]:
    """The boxes of an item's row that stand next to it, no farther off than a comma's white."""
    row = [other for other in others if other != item and _same_row(boxes[item], boxes[other])]
    return [other for other in row if _distance(boxes[item], boxes[other]) < TORN_EM * em]


def _distance(box: Box, other: Box) -> float:
    """The white between two boxes of a row."""
    return max(box.x0, other.x0) - min(box.x1, other.x1)


def _extent(items: Sequence[int], boxes: Sequence[Box], *, horizontal: bool) -> tuple[float, float]:
    ends = [(boxes[at].x0, boxes[at].x1) if horizontal else (boxes[at].y0, boxes[at].y1) for at in items]
    return min(low for low, _ in ends), max(high for _, high in ends)


def _sides(items: Sequence[int], boxes: Sequence[Box], x: float) -> tuple[list[int], list[int]]:
    left = [index for index in items if boxes[index].center[0] < x]
    return left, [index for index in items if boxes[index].center[0] >= x]
