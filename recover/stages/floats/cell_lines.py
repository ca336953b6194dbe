"""A table's rules across, and its lines that run over several cells, cut: at shared white, and where rules begin."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

import msgspec

from recover.lexicon.characters import is_han
from recover.model.geometry import Box, overlap
from recover.model.page import Line, slice_line

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
    for rule in sorted(rules, key=lambda rule: rule.center[1]):
        if levels and rule.center[1] - levels[-1][0].center[1] < SAME_LEVEL * height:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    return tuple(found for pieces in levels for found in _joined(pieces, left, right))


def _joined(pieces: Sequence[Box], left: float, right: float) -> list[Rule]:
    """One rule over the table where its pieces reach so far; else each piece for itself."""
    level = sum(piece.center[1] for piece in pieces) / len(pieces)
    start, end = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    near = ENDS * (right - left)
    seen = sum(piece.width for piece in pieces)
    is_whole = start < left + near and end > right - near and seen > SEEN * (right - left)
    gaps = right - left - seen
    if is_whole and (len(pieces) == 1 or gaps < 2 * near):
        return [Rule(level, start, end, True)]
    return [Rule(level, piece.x0, piece.x1, False) for piece in pieces]


# White in a line, in its heights, that can part columns at all.
GAP = 0.4
# Where a rule begins, so much does; cells begin no farther behind it.
BORDER_GAP, BEHIND = 0.25, 0.7
# Beside Chinese marks, whose cells are half white.
MARK_GAP = 0.9
_MARKS = frozenset("，。、；：？！（）【】《》“”")
# White as narrow as this may be a word's space: then no other line may run through it, unless so many begin behind it.
WORD_SPACE, COLUMN = 0.7, 3
# Latin marks have a space behind them.
SPACED = frozenset(",.;:)")
# So many other lines must leave the strip free on both sides of it, and of those beside it no more than this share
# may run through.
MIN_LINES, THROUGH = 2, 0.2

# Wider white, which no line runs through, parts cells where one other line begins behind it: small tables have no more.
CLEAR_GAP = 0.5

# Lines of one cell are so far apart, in their heights.
LEVEL, NEXT = 0.5, 1.5

# What begins this near to the end of a gap, in line heights, begins with what stands behind it.
ALIGNED = 0.25

# A line's box is so many times as high as its type; no character is wider than this, in type sizes.
# So many steps from one Chinese character to the next tell how wide they are.
TYPE, WIDEST, MIN_STEPS = 1.25, 1.1, 6


def with_true_ends(lines: Sequence[Line]) -> list[Line]:
    """Lines whose outer characters are no wider than print: a detector's box may reach into the next column."""
    steps = [
        line.lefts[at + 1] - line.lefts[at]
        for line in lines
        for at in range(len(line.text) - 1)
        if is_han(line.text[at]) and is_han(line.text[at + 1])
    ]
    size = statistics.median(line.height for line in lines) / TYPE
    widest = statistics.median(steps) if len(steps) >= MIN_STEPS else WIDEST * size
    return [_ended(line, widest) for line in lines]


def _ended(line: Line, widest: float) -> Line:
    if not line.text:
        return line
    start, end = max(line.lefts[0], line.rights[0] - widest), min(line.rights[-1], line.lefts[-1] + widest)
    box = msgspec.structs.replace(line.box, x0=max(line.box.x0, start), x1=min(line.box.x1, end))
    return msgspec.structs.replace(
        line, box=box, lefts=(start, *line.lefts[1:]), rights=(*line.rights[:-1], max(end, start))
    )


def parted_at_borders(lines: Sequence[Line], borders: Sequence[float]) -> list[Line]:
    """The lines cut at the borders that rules begin at."""
    return with_true_ends([part for line in lines for part in _parted_at_borders(line, borders, lines)])


def _parted_at_borders(line: Line, borders: Sequence[float], lines: Sequence[Line]) -> list[Line]:
    for border in borders:
        if (cut := _cut_at_border(line, border, lines)) is not None:
            return [slice_line(line, 0, cut), slice_line(line, cut, len(line.text))]
    return [line]


def parted_at_strips(line: Line, lines: Sequence[Line]) -> list[Line]:
    """The line cut at its gaps that other lines leave free as well."""
    for at, left, right in _gaps(line):
        beginning = _count_beginning(right, line, lines)
        if beginning < COLUMN and is_justified(line, at, lines):
            continue
        is_space = _may_be_space(line, at, right - left) and beginning < COLUMN
        share = 0.0 if is_space else THROUGH
        free = _free(left, right, line, lines)
        if _is_border(*free, line, lines, share) or _is_shared_gap(line, at, (left, right), lines):
            return [slice_line(line, 0, at), *parted_at_strips(slice_line(line, at, len(line.text)), lines)]
    return [line]


def _free(left: float, right: float, line: Line, lines: Sequence[Line]) -> tuple[float, float]:
    """What lines that end or begin within a gap leave of it; the gap where that is too little."""
    others = [other.box for other in lines if other is not line]
    start = max((box.x1 for box in others if box.x0 < left < box.x1 < right), default=left)
    end = min((box.x0 for box in others if left < box.x0 < right < box.x1), default=right)
    return (start, end) if end - start > BORDER_GAP * line.height else (left, right)


def borders_of_rules(rules: Sequence[Rule], height: float) -> list[float]:
    """Where rules begin that end with the table, and leave the names of groups out: a column begins there."""
    start, end = min((rule.left for rule in rules), default=0.0), max((rule.right for rule in rules), default=0.0)
    return [rule.left for rule in rules if rule.left > start + height and rule.right > end - height]


def _cut_at_border(line: Line, border: float, lines: Sequence[Line]) -> int | None:
    """The character behind a border that a line runs over: behind white, or where other lines begin and end there."""
    ends = [
        (at, end.rstrip())
        for at in range(1, len(line.text))
        if not line.text[at].isspace() and (end := line.text[:at]).strip()
    ]
    at, before = min(
        ends, key=lambda one: abs((line.lefts[one[0]] + line.rights[len(one[1]) - 1]) / 2 - border), default=(0, "")
    )
    if not before:
        return None
    left, right = line.rights[len(before) - 1], line.lefts[at]
    near = ALIGNED * line.height
    if right - left > BORDER_GAP * line.height:
        return at if left - near < border < right + near else None
    ending = [other for other in lines if abs(other.box.x0 - line.box.x0) < line.height and other.box.x1 < border]
    beginning = [other for other in lines if 0 <= other.box.x0 - border < BEHIND * line.height]
    is_border = ending and len(beginning) >= MIN_LINES
    return at if is_border and left - near < border < right + near else None


def _gaps(line: Line) -> Iterator[tuple[int, float, float]]:
    """Offset, left and right of every gap of a line that is wide enough."""
    ink, before = (line.rights[0], line.text[0]) if line.text else (0.0, "")
    for at in range(1, len(line.text)):
        if line.text[at].isspace():
            continue
        least = MARK_GAP if before in _MARKS or line.text[at] in _MARKS else GAP
        if line.lefts[at] - ink > least * line.height and line.text[:at].strip():
            yield at, ink, line.lefts[at]
        ink, before = max(ink, line.rights[at]), line.text[at]


def _may_be_space(line: Line, at: int, white: float) -> bool:
    """Whether white before a character may be the space before a word or a unit."""
    before = line.text[:at].rstrip()[-1:]
    is_spaced = before.isascii() and (before.isalnum() or before in SPACED)
    is_word = line.text[at].isascii() and line.text[at].isalpha() and is_spaced
    return is_word and white < WORD_SPACE * line.height


def is_justified(line: Line, at: int, lines: Sequence[Line]) -> bool:
    """Whether white stands between two words of a line that ends where the next or the last one of its cell does."""
    if not (line.text[:at].rstrip()[-1:].isalpha() and line.text[at].isalpha() and line.text[at].isascii()):
        return False
    near = ALIGNED * line.height
    return any(
        abs(other.box.x1 - line.box.x1) < near
        and other.box.x0 < line.lefts[at] - line.height
        and LEVEL < abs(other.box.center[1] - line.box.center[1]) / line.height < NEXT
        for other in lines
    )


def _is_border(left: float, right: float, line: Line, lines: Sequence[Line], share: float) -> bool:
    """Whether lines above and below end before the gap and begin behind it; at most ``share`` run through."""
    others = [other for other in lines if other is not line]
    middle = (left + right) / 2
    through = [other for other in others if _runs_through(other, left, right)]
    before = [other for other in others if other.box.x1 < right and other.box.x1 > left - 6 * line.height]
    behind = [other for other in others if other.box.x0 > left and other.box.x0 < right + 6 * line.height]
    beside = [other for other in others if other not in through and other.box.x0 < middle < other.box.x1]
    is_between = min(len(before) + len(beside), len(behind) + len(beside)) >= MIN_LINES
    # Else the white of a justified line would part columns that stand left and right of its own.
    is_shared = any(other.box.x1 > line.box.x0 for other in (*before, *beside)) and any(
        other.box.x0 < line.box.x1 for other in (*behind, *beside)
    )
    if not through and is_shared and _count_beginning(right, line, lines) >= MIN_LINES:
        return True
    most = max(share > 0, share * (len(before) + len(behind) + len(beside)))
    return is_between and is_shared and len(through) <= most


def _is_shared_gap(line: Line, at: int, gap: tuple[float, float], lines: Sequence[Line]) -> bool:
    """Whether others are parted there too, or begin there, where the gap is none between words or of a mark."""
    before, behind = line.text[:at].rstrip()[-1:], line.text[at]
    if {before, behind} & _MARKS or (before + behind).isascii():
        return False
    others = [other for other in lines if other is not line]
    near = ALIGNED * line.height
    parted = [other for other in others if any(abs(right - gap[1]) < near for _, _, right in _gaps(other))]
    through = sum(_runs_through(other, *gap) for other in others)
    beginning = _count_beginning(gap[1], line, lines)
    if beginning and not through and gap[1] - gap[0] > CLEAR_GAP * line.height:
        return True
    return beginning + 2 * len(parted) >= MIN_LINES and through <= THROUGH * len(others)


def _count_beginning(x: float, line: Line, lines: Sequence[Line]) -> int:
    """How many other lines begin at a place."""
    return sum(other is not line and abs(other.box.x0 - x) < ALIGNED * line.height for other in lines)


def _runs_through(line: Line, left: float, right: float) -> bool:
    """Whether a character stands in the middle third of the strip."""
    third = (right - left) / 3
    return any(
        x0 < right - third and x1 > left + third
        for char, x0, x1 in zip(line.text, line.lefts, line.rights, strict=True)
        if not char.isspace()
    )
