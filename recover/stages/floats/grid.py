"""Ruled tables: cells are the faces between printed rules, merged where a rule is missing."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from recover.lexicon.characters import is_han
from recover.model.geometry import Box, overlap
from recover.model.page import Line, Region, slice_line
from recover.stages.floats.cell_lines import Rule

# Rules nearer to each other than this, in line heights, are one border.
SAME_BORDER = 0.5
# A border is drawn between two cells when rules cover this share of it.
DRAWN = 0.6
# A column's border runs over this share of the table's height; merged cells may interrupt it.
LONG = 0.45
# Over this share it is one wherever it ends: worn rules lose their ends.
WHOLE = 0.8
# A row's border runs over this share of its width, or else from one column's border to another's.
FAR = 0.4
# Characters this near to a border, in line heights, leave no room for it: it is one of their strokes.
CLEAR = 0.12
# No character is so wide, in line heights: one that is has no ink of its own, and the line's box.
WIDE = 2.0

# Heads ruled down have at least so many columns and one more border.
MIN_BANDS = 2
# Their rules down end so near to rules across, in line heights: characters' strokes between end farther off.
HELD = 0.2
# Of the lines below, no more than this share has a character in a border's way.
CROSSED = 0.25
# A stroke this far from both sides of a character of a head, in line heights, is its own: heads are set close.
THROUGH_TYPE = 0.25

# Beside so many steps from one Chinese character to the next, one this much longer than they are is to the next cell.
MIN_STEPS, CELLS_APART = 2, 1.3

# A rule of which so much runs through characters is none.
STROKES = 0.4
# So far from a line's ends, in its heights, a border could run beside it; inside it needs so much white.
SIDE, WHITE = 0.05, 0.3


class CellLines(msgspec.Struct, frozen=True, kw_only=True):
    """A cell's place in the grid and the lines that stand in it."""

    row: int
    column: int
    lines: tuple[Line, ...]
    row_span: int = 1
    column_span: int = 1


def grid_cells(lines: Sequence[Line], region: Region) -> tuple[CellLines, ...]:
    """The cells of a table whose rules make a grid; empty when they don't."""
    height = sorted(line.height for line in lines)[len(lines) // 2]
    levels = _borders([(rule.center[1], rule.width) for rule in region.rules_across], height)
    region = _without_strokes(region, lines, levels, height)
    region = msgspec.structs.replace(
        region, rules_down=tuple(rule for rule in region.rules_down if not _is_stroke(rule, lines))
    )
    places = _borders([(rule.center[0], rule.height) for rule in region.rules_down], height)
    xs = [x for x in places if _is_border(x, height, levels, region)]
    if len(xs) < 2:
        return ()
    xs = _closed(xs, *_ends(region), height)
    ys = [y for y in levels if _parts_rows(y, xs, height, region)]
    if len(ys) < 3:
        return ()
    lines = [part for line in lines for part in _cut_at_borders(line, xs, region)]
    faces = _faces(xs, ys, lines, region)
    placed: dict[tuple[int, int, int, int], list[Line]] = {face: [] for face in faces}
    for line in lines:
        home = next((face for face in faces if _holds(face, xs, ys, line.box)), None)
        if home is None:
            return ()
        placed[home].append(line)
    if _is_open(faces[-1], placed[faces[-1]], xs):
        return ()
    return tuple(
        CellLines(row=r0, column=c0, row_span=r1 - r0, column_span=c1 - c0, lines=tuple(inside))
        for (r0, c0, r1, c1), inside in placed.items()
    )


class RuledHead(msgspec.Struct, frozen=True):
    """Heads with rules down between them over an open body: their cells, how many rows they take, all borders."""

    cells: tuple[CellLines, ...]
    rows: int
    borders: tuple[float, ...]
    end: float


def ruled_head(lines: Sequence[Line], region: Region, rules: Sequence[Rule]) -> RuledHead | None:
    """The heads above the first rule under them, where rules run down to it and no farther; None without such."""
    height = statistics.median(line.height for line in lines)
    top = min(line.box.center[1] for line in lines)
    end = next((rule.level for rule in rules if rule.is_whole and rule.level > top), None)
    if end is None:
        return None
    across = [(rule.center[1], rule.width) for rule in region.rules_across if rule.center[1] < end + HELD * height]
    region = _without_strokes(region, lines, _borders(across, height), height)
    heads, body = ([line for line in lines if (line.box.center[1] < end) is is_head] for is_head in (True, False))
    down = _rules_of_heads(heads, body, region, _borders(across, height), height)
    xs = _with_edges(_borders([(rule.center[0], rule.height) for rule in down], height), lines, region)
    ys = [y for y in _borders(across, height) if _parts_rows(y, xs, height, region)] if len(xs) > MIN_BANDS else []
    xs = [x for x in xs if x in (xs[0], xs[-1]) or any(_parts_heads(x, row, heads, region) for row in pairwise(ys))]
    if len(ys) < 2 or len(xs) <= MIN_BANDS or not _are_columns(body, xs, height):
        return None
    region = msgspec.structs.replace(region, rules_down=tuple(down))
    inside = [part for line in heads for part in _cut_at_borders(line, xs, region)]
    placed: dict[tuple[int, int, int, int], list[Line]] = {face: [] for face in _faces(xs, ys, inside, region)}
    for line in inside:
        home = next((face for face in placed if _holds(face, xs, ys, line.box)), None)
        if home is None:
            return None
        placed[home].append(line)
    if not all(own for face, own in placed.items() if face[:2] != (0, 0)):
        return None
    cells = tuple(
        CellLines(row=r0, column=c0, row_span=r1 - r0, column_span=c1 - c0, lines=tuple(own))
        for (r0, c0, r1, c1), own in placed.items()
    )
    return RuledHead(cells, len(ys) - 1, tuple(xs), end)


def _rules_of_heads(
    heads: Sequence[Line], body: Sequence[Line], region: Region, levels: Sequence[float], height: float
) -> list[Box]:
    """The rules down between heads, from one rule across to another; none where one goes on below, as in a grid."""
    near, end = HELD * height, levels[-1]
    held = [rule for rule in region.rules_down if all(_is_near(y, levels, near) for y in (rule.y0, rule.y1))]
    # Where strokes of its characters touch the rules, a line's outermost strokes do too.
    touching = [line for line in heads if any(_is_stroke_of(rule, line, THROUGH_TYPE) for rule in held)]
    found = [
        rule
        for rule in held
        if not any(_is_stroke_of(rule, line, 0.0) for line in touching)
        and sum(_leaves_no_room(line, rule.center[0]) for line in body) <= CROSSED * len(body)
    ]
    below = [
        rule
        for rule in region.rules_down
        if rule.y1 > end + height and _is_near(rule.center[0], [other.center[0] for other in found], near)
    ]
    depth = max((line.box.y1 for line in body), default=end) - end
    return [] if sum(rule.y1 - max(rule.y0, end) for rule in below) > depth / 2 else found


def _is_stroke_of(rule: Box, line: Line, inset: float) -> bool:
    """Whether a rule runs through a character of a line, so far from its sides in heights, or where no white is."""
    x = rule.center[0]
    if not rule.y0 < line.box.center[1] < rule.y1 or _is_between_cells(line, x):
        return False
    return _leaves_no_room(line, x, inset) or _is_inside(line, x)


def _is_between_cells(line: Line, x: float) -> bool:
    """Whether two Chinese characters around a place stand farther apart than others: a border is between them."""
    middles = [
        ((left + right) / 2, char)
        for char, left, right in zip(line.text, line.lefts, line.rights, strict=True)
        if not char.isspace()
    ]
    steps = [(one, two) for (one, a), (two, b) in pairwise(middles) if is_han(a) and is_han(b)]
    around = next(((one, two) for one, two in steps if one < x < two), None)
    others = [two - one for one, two in steps if (one, two) != around]
    if around is None or len(others) < MIN_STEPS:
        return False
    return around[1] - around[0] > CELLS_APART * statistics.median(others)


def _parts_heads(x: float, row: tuple[float, float], heads: Sequence[Line], region: Region) -> bool:
    return _is_drawn_down(x, *row, region) and not _runs_through(x, *row, heads)


def _is_near(place: float, others: Iterable[float], near: float) -> bool:
    return any(abs(place - other) < near for other in others)


def _are_columns(body: Sequence[Line], xs: Sequence[float], height: float) -> bool:
    """Whether what stands between two borders below the heads is one column, but for lines torn here and there."""
    for left, right in pairwise(xs):
        held = [line for line in body if left < line.box.center[0] < right]
        parted = sum(any(_is_parted(line, other, height) for other in held) for line in held)
        if parted > len(held) / 2:
            return False
    return bool(body)


def _with_edges(xs: Sequence[float], lines: Sequence[Line], region: Region) -> list[float]:
    """The borders with the table's edges, where cells stand outside the first or the last."""
    if not xs:
        return []
    left, right = _ends(region)
    is_before = any(line.box.x0 < xs[0] - SAME_BORDER * line.height for line in lines)
    is_behind = any(line.box.x1 > xs[-1] + SAME_BORDER * line.height for line in lines)
    return [*([left] if is_before else []), *xs, *([right] if is_behind else [])]


def _is_parted(line: Line, other: Line, height: float) -> bool:
    """Whether two lines stand side by side with more than a space between them."""
    shared = overlap(line.box.y0, line.box.y1, other.box.y0, other.box.y1)
    white = max(line.box.x0 - other.box.x1, other.box.x0 - line.box.x1)
    return shared > 0.5 * min(line.height, other.height) and white > height


def _without_strokes(region: Region, lines: Sequence[Line], levels: Sequence[float], height: float) -> Region:
    """The region, its rules down without the strokes of characters that touch their ends, up to a rule across."""
    down = (_trimmed(rule, lines, levels, height) for rule in region.rules_down)
    return msgspec.structs.replace(region, rules_down=tuple(rule for rule in down if rule.height > HELD * height))


def _trimmed(rule: Box, lines: Sequence[Line], levels: Sequence[float], height: float) -> Box:
    x, y0, y1 = rule.center[0], rule.y0, rule.y1
    inner = [y for y in levels if y0 + HELD * height < y < y1 - HELD * height]
    if inner and not _is_near(y0, levels, HELD * height) and _is_written(x, y0, inner[0], lines):
        y0 = inner[0]
    if inner and not _is_near(y1, levels, HELD * height) and _is_written(x, inner[-1], y1, lines):
        y1 = inner[-1]
    return Box(rule.x0, y0, rule.x1, y1)


def _is_written(x: float, top: float, bottom: float, lines: Sequence[Line]) -> bool:
    """Whether a line has a character at a place between two heights."""
    beside = [line for line in lines if top < line.box.center[1] < bottom]
    return any(left <= x <= right for line in beside for left, right in zip(line.lefts, line.rights, strict=True))


def _is_open(last: tuple[int, int, int, int], inside: Sequence[Line], xs: Sequence[float]) -> bool:
    """Whether the last face, over the whole width, holds cells side by side: only the heads are ruled down."""
    _, start, _, end = last
    columns = {sum(x < line.box.center[0] for x in xs) for line in inside}
    crossed = any(line.box.x0 < x < line.box.x1 for line in inside for x in xs[1:-1])
    return end - start == len(xs) - 1 and len(columns) > 1 and not crossed


def _cut_at_borders(line: Line, xs: Sequence[float], region: Region) -> list[Line]:
    """The line cut where a border runs down through it from above to below, at the space between two characters."""
    reach = 0.2 * line.height
    for x in xs[1:-1]:
        inset = SAME_BORDER * line.height
        if not line.box.x0 + inset < x < line.box.x1 - inset:
            continue
        is_drawn = any(
            abs(rule.center[0] - x) < SAME_BORDER * line.height / 2
            and rule.y0 < line.box.y0 + reach
            and rule.y1 > line.box.y1 - reach
            for rule in region.rules_down
        )
        cut = min(range(1, len(line.text)), key=lambda at: abs((line.rights[at - 1] + line.lefts[at]) / 2 - x))
        if is_drawn and abs((line.rights[cut - 1] + line.lefts[cut]) / 2 - x) < SAME_BORDER * line.height:
            return [slice_line(line, 0, cut), *_cut_at_borders(slice_line(line, cut, len(line.text)), xs, region)]
    return [line]


def _is_stroke(rule: Box, lines: Sequence[Line]) -> bool:
    """Whether a supposed rule is made of the strokes of characters that stand one above the other."""
    beside = [line for line in lines if overlap(line.box.y0, line.box.y1, rule.y0, rule.y1) > 0.5 * line.height]
    covered = sum(line.height for line in beside if _is_inside(line, rule.center[0]))
    return covered > STROKES * rule.height


def _is_inside(line: Line, x: float, side: float = SIDE) -> bool:
    """Whether a place lies in a line, so far from its ends, where its characters leave no white for a border."""
    inset = side * line.height
    if not line.lefts or not line.lefts[0] + inset < x < line.rights[-1] - inset or _is_between_cells(line, x):
        return False
    printed = [at for at, char in enumerate(line.text) if not char.isspace()]
    left = max((line.rights[at] for at in printed if line.rights[at] <= x), default=line.lefts[0])
    right = min((line.lefts[at] for at in printed if line.lefts[at] >= x), default=line.rights[-1])
    is_in_character = any(line.lefts[at] < x < line.rights[at] for at in printed)
    return is_in_character or right - left < WHITE * line.height


def _is_border(x: float, height: float, ys: Sequence[float], region: Region) -> bool:
    """Whether rules run down a good part of the table at ``x``, border to border; strokes of letters don't."""
    if len(ys) < 2:
        return False
    spans = sorted((rule.y0, rule.y1) for rule in region.rules_down if abs(rule.center[0] - x) < SAME_BORDER * height)
    drawn, reached = 0.0, ys[0]
    for top, bottom in spans:
        drawn += max(0.0, bottom - max(top, reached))
        reached = max(reached, bottom)
    ends = (spans[0][0], reached)
    is_held = all(min(abs(end - y) for y in ys) < SAME_BORDER * height for end in ends)
    return drawn > LONG * (ys[-1] - ys[0]) and (is_held or drawn > WHOLE * (ys[-1] - ys[0]))


def _parts_rows(y: float, xs: Sequence[float], height: float, region: Region) -> bool:
    """Whether rules at ``y`` run far or from border to border; strokes of letters in a row do neither."""
    rules = [rule for rule in region.rules_across if abs(rule.center[1] - y) < SAME_BORDER * height]
    if sum(rule.width for rule in rules) > FAR * (xs[-1] - xs[0]):
        return True
    ends = (min(rule.x0 for rule in rules), max(rule.x1 for rule in rules))
    return all(min(abs(end - x) for x in xs) < SAME_BORDER * height for end in ends)


def _borders(rules: Sequence[tuple[float, float]], height: float) -> list[float]:
    """Places of (place, length): where several are near to each other, the longest rule's."""
    groups: list[list[tuple[float, float]]] = []
    for place, length in sorted(rules):
        if groups and place - groups[-1][-1][0] < SAME_BORDER * height:
            groups[-1].append((place, length))
        else:
            groups.append([(place, length)])
    return [max(group, key=lambda rule: rule[1])[0] for group in groups]


def _ends(region: Region) -> tuple[float, float]:
    """Where the table ends left and right: as far as its rules run across, or else as it was seen."""
    if not region.rules_across:
        return region.box.x0, region.box.x1
    return min(rule.x0 for rule in region.rules_across), max(rule.x1 for rule in region.rules_across)


def _closed(xs: list[float], left: float, right: float, height: float) -> list[float]:
    """Tables are often open at their sides: their edges are borders too."""
    start = [] if xs[0] - left < 2 * height else [left]
    end = [] if right - xs[-1] < 2 * height else [right]
    return [*start, *xs, *end]


def _faces(
    xs: Sequence[float], ys: Sequence[float], lines: Sequence[Line], region: Region
) -> list[tuple[int, int, int, int]]:
    """Top row, left column, and the row and column after the last of every face, from the top left."""
    rows, columns = len(ys) - 1, len(xs) - 1
    taken: set[tuple[int, int]] = set()
    faces = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < columns and (
                not _is_drawn_down(xs[right], ys[row], ys[row + 1], region)
                or _runs_through(xs[right], ys[row], ys[row + 1], lines)
            ):
                right += 1
            bottom = row + 1
            while bottom < rows and not _is_drawn_across(ys[bottom], xs[column], xs[right], region):
                bottom += 1
            taken.update((r, c) for r in range(row, bottom) for c in range(column, right))
            faces.append((row, column, bottom, right))
    return faces


def _is_drawn_down(x: float, top: float, bottom: float, region: Region) -> bool:
    height = statistics.median(line.height for line in region.lines)
    near = min(0.03 * region.box.width, SAME_BORDER * height)
    inset = 0.1 * (bottom - top)
    drawn = sum(
        overlap(rule.y0, rule.y1, top + inset, bottom - inset)
        for rule in region.rules_down
        if abs(rule.center[0] - x) < near
    )
    return drawn >= DRAWN * (bottom - top - 2 * inset)


def _runs_through(x: float, top: float, bottom: float, lines: Sequence[Line]) -> bool:
    """Whether a line of the row has a character where the border should be."""
    crossing = [line for line in lines if top < line.box.center[1] < bottom and line.box.x0 < x < line.box.x1]
    return any(_leaves_no_room(line, x) or _is_inside(line, x, SAME_BORDER) for line in crossing)


def _leaves_no_room(line: Line, x: float, share: float = CLEAR) -> bool:
    room = share * line.height
    return any(
        left < x - room and right > x + room
        for char, left, right in zip(line.text, line.lefts, line.rights, strict=True)
        if not char.isspace() and right - left < WIDE * line.height
    )


def _is_drawn_across(y: float, left: float, right: float, region: Region) -> bool:
    inset = 0.1 * (right - left)
    near = 0.02 * max(region.box.height, 50.0)
    drawn = sum(
        overlap(rule.x0, rule.x1, left + inset, right - inset)
        for rule in region.rules_across
        if abs(rule.center[1] - y) < near
    )
    return drawn >= DRAWN * (right - left - 2 * inset)


def _holds(face: tuple[int, int, int, int], xs: Sequence[float], ys: Sequence[float], box: Box) -> bool:
    top, left, bottom, right = face
    x, y = box.center
    return xs[left] <= x <= xs[right] and ys[top] <= y <= ys[bottom]
