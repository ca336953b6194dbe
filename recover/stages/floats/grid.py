"""Ruled tables: cells are the faces between printed rules, merged where a rule is missing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.geometry import Box, overlap
from recover.model.page import Line, Region, slice_line

# Rules nearer to each other than this, in line heights, are pieces of one.
SAME_LEVEL = 0.4
# A rule over the whole table reaches both its ends but for this share of its width, worn or not; half of it is seen.
ENDS, SEEN = 0.1, 0.5


class Rule(msgspec.Struct, frozen=True):
    """A rule's level, its ends, and whether it runs over the whole table."""

    level: float
    left: float
    right: float
    is_whole: bool

    def covers(self, column: tuple[float, float]) -> bool:
        """Whether it runs over or under most of a column."""
        left, right = column
        return overlap(left, right, self.left, self.right) > 0.5 * (right - left)


def read_rules(rules: Sequence[Box], lines: Sequence[Line], height: float) -> tuple[Rule, ...]:
    """The rules from the top, pieces joined."""
    if not rules:
        return ()
    left = min([rule.x0 for rule in rules] + [line.box.x0 for line in lines])
    right = max([rule.x1 for rule in rules] + [line.box.x1 for line in lines])
    levels: list[list[Box]] = []
    for rule in sorted(rules, key=_level):
        if levels and _level(rule) - _level(levels[-1][0]) < SAME_LEVEL * height:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    return tuple(found for pieces in levels for found in _joined(pieces, left, right))


def _level(rule: Box) -> float:
    return (rule.y0 + rule.y1) / 2


def _joined(pieces: Sequence[Box], left: float, right: float) -> list[Rule]:
    """One rule over the table where its pieces reach so far; else each piece for itself."""
    level = sum(map(_level, pieces)) / len(pieces)
    start, end = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    near = ENDS * (right - left)
    seen = sum(piece.width for piece in pieces)
    is_whole = start < left + near and end > right - near and seen > SEEN * (right - left)
    gaps = right - left - seen
    if is_whole and (len(pieces) == 1 or gaps < 2 * near):
        return [Rule(level, start, end, True)]
    return [Rule(level, piece.x0, piece.x1, False) for piece in pieces]


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

# A rule of which so much runs through characters is none.
STROKES = 0.4
# So far from a line's ends, in its heights, a border could run beside it; inside it needs so much white.
SIDE, WHITE = 0.2, 0.3


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
    levels = _borders([(_level_grid(rule), rule.width) for rule in region.rules_across], height)
    region = msgspec.structs.replace(
        region, rules_down=tuple(rule for rule in region.rules_down if not _is_stroke(rule, lines))
    )
    places = _borders([(_middle(rule), rule.height) for rule in region.rules_down], height)
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
        if not line.box.x0 + line.height < x < line.box.x1 - line.height:
            continue
        is_drawn = any(
            abs(_middle(rule) - x) < SAME_BORDER * line.height / 2
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
    covered = sum(line.height for line in beside if _is_inside(line, _middle(rule)))
    return covered > STROKES * rule.height


def _is_inside(line: Line, x: float) -> bool:
    """Whether a place lies in a line where its characters leave no white for a border."""
    inset = SIDE * line.height
    if not line.lefts or not line.lefts[0] + inset < x < line.rights[-1] - inset:
        return False
    left = max((right for right in line.rights if right <= x), default=line.lefts[0])
    right = min((left for left in line.lefts if left >= x), default=line.rights[-1])
    is_in_character = any(start < x < end for start, end in zip(line.lefts, line.rights, strict=True))
    return is_in_character or right - left < WHITE * line.height


def _middle(rule: Box) -> float:
    return (rule.x0 + rule.x1) / 2


def _is_border(x: float, height: float, ys: Sequence[float], region: Region) -> bool:
    """Whether rules run down a good part of the table at ``x``, border to border; strokes of letters don't."""
    if len(ys) < 2:
        return False
    spans = sorted((rule.y0, rule.y1) for rule in region.rules_down if abs(_middle(rule) - x) < SAME_BORDER * height)
    drawn, reached = 0.0, ys[0]
    for top, bottom in spans:
        drawn += max(0.0, bottom - max(top, reached))
        reached = max(reached, bottom)
    ends = (spans[0][0], reached)
    is_held = all(min(abs(end - y) for y in ys) < SAME_BORDER * height for end in ends)
    return drawn > LONG * (ys[-1] - ys[0]) and (is_held or drawn > WHOLE * (ys[-1] - ys[0]))


def _level_grid(rule: Box) -> float:
    return (rule.y0 + rule.y1) / 2


def _parts_rows(y: float, xs: Sequence[float], height: float, region: Region) -> bool:
    """Whether rules at ``y`` run far or from border to border; strokes of letters in a row do neither."""
    rules = [rule for rule in region.rules_across if abs(_level_grid(rule) - y) < SAME_BORDER * height]
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
    near = 0.03 * region.box.width
    inset = 0.1 * (bottom - top)
    drawn = sum(
        overlap(rule.y0, rule.y1, top + inset, bottom - inset)
        for rule in region.rules_down
        if abs((rule.x0 + rule.x1) / 2 - x) < near
    )
    return drawn >= DRAWN * (bottom - top - 2 * inset)


def _runs_through(x: float, top: float, bottom: float, lines: Sequence[Line]) -> bool:
    """Whether a line of the row has a character where the border should be."""
    crossing = [line for line in lines if top < line.box.center[1] < bottom and line.box.x0 < x < line.box.x1]
    return any(_leaves_no_room(line, x) for line in crossing)


def _leaves_no_room(line: Line, x: float) -> bool:
    room = CLEAR * line.height
    return any(
        left < x - room and right > x + room
        for char, left, right in zip(line.text, line.lefts, line.rights, strict=True)
        if not char.isspace()
    )


def _is_drawn_across(y: float, left: float, right: float, region: Region) -> bool:
    inset = 0.1 * (right - left)
    near = 0.02 * max(region.box.height, 50.0)
    drawn = sum(
        overlap(rule.x0, rule.x1, left + inset, right - inset)
        for rule in region.rules_across
        if abs((rule.y0 + rule.y1) / 2 - y) < near
    )
    return drawn >= DRAWN * (right - left - 2 * inset)


def _holds(face: tuple[int, int, int, int], xs: Sequence[float], ys: Sequence[float], box: Box) -> bool:
    top, left, bottom, right = face
    x, y = box.center
    return xs[left] <= x <= xs[right] and ys[top] <= y <= ys[bottom]
