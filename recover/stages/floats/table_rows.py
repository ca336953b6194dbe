"""Rows of tables without a grid: which lines of a column are one cell, and which cells stand in a row."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from recover.lexicon.characters import is_han
from recover.model.page import Line
from recover.stages.floats.cell_lines import Rule

# All evidence is in log odds. A line that has room for the next word was not wrapped; a full one may have been, the
# more surely the wider the column is (in type sizes).
ROOM = -4.0
FULL = ((7.0, 1.0), (4.5, 0.3), (2.6, -1.5), (0.0, -4.0))
# Room is no less than this, in type sizes: boxes are not that exact.
SLACK = 0.35
# Figures stand one under the other in rows; a word above or below a figure may be either.
FIGURES, FIGURE = -3.0, -1.0
CLOSING, OPENING, LOWER = 4.0, 2.5, 1.0
_FIGURE = re.compile(r"[^A-Za-z\u4e00-\u9fff]*[\d—\-–一][^A-Za-z\u4e00-\u9fff]*")
_CLOSES = frozenset("，。、；：？！）】》”’,.;:?!)]}%°℃")
_OPENS = frozenset("（【《“‘([{-/、，,")
_WORD = re.compile(r"[!-~\u00c0-\u024f\u0370-\u03ff]+")
_SIZE_BY_HEIGHT = 0.85


class Measures(msgspec.Struct, frozen=True):
    """The type size of a table, and how wide the widest line of each column is."""

    size: float
    widths: tuple[float, ...]

    @classmethod
    def of(cls, columns: Sequence[Sequence[Line]]) -> Measures:
        lines = [line for column in columns for line in column]
        return cls(_size(lines), tuple(max((line.box.width for line in column), default=0.0) for column in columns))


# Cells that begin so near to their column, in type sizes, and this share of them, begin with it.
BEGIN, MOST_BEGIN = 0.3, 0.8


def with_room(
    measures: Measures, stacks: Sequence[Sequence[Line]], columns: Sequence[Range], rules: Sequence[Rule]
) -> Measures:
    """The measures with the widths that cells have room for, as the rules' ends and the next column show.

    Known where cells begin together: as far as the first column from the rules' left end is each from its neighbours.
    """
    whole = [rule for rule in rules if rule.is_whole]
    inset = columns[0][0] - min((rule.left for rule in whole), default=math.inf)
    if not 0 <= inset < measures.size:
        return measures
    starts = [*(start for start, _ in columns[1:]), max(rule.right for rule in whole) + inset]
    flush = [*(_begin_together(lines, measures.size) for lines in stacks), True]
    widths = tuple(
        max(width, starts[at] - columns[at][0] - 2 * inset) if flush[at] and flush[at + 1] else width
        for at, width in enumerate(measures.widths)
    )
    return Measures(measures.size, widths)


def _begin_together(lines: Sequence[Line], size: float) -> bool:
    first = min((line.box.x0 for line in lines), default=0.0)
    near = sum(line.box.x0 - first < BEGIN * size for line in lines)
    return len(lines) > 1 and near >= MOST_BEGIN * len(lines)


def _size(lines: Sequence[Line]) -> float:
    """The distance from one Han character to the next; of Latin print, a share of the lines' height."""
    steps = [
        line.lefts[at + 1] - line.lefts[at]
        for line in lines
        for at in range(len(line.text) - 1)
        if is_han(line.text[at]) and is_han(line.text[at + 1])
    ]
    if len(steps) > len(lines):
        return statistics.median(steps)
    return _SIZE_BY_HEIGHT * statistics.median(line.height for line in lines) if lines else 1.0


def fits_under(above: Line, below: Line, width: float, size: float, start: float | None = None) -> float:
    """Evidence of the room that the upper line leaves for the lower one's first word in a column so wide.

    The upper line may be the last piece of one that begins at ``start``.
    """
    room = width - (above.box.x1 - (above.box.x0 if start is None else start))
    if room > _first_word(above, below, size) + SLACK * size:
        return ROOM
    return next(value for least, value in FULL if width >= least * size)


def _first_word(above: Line, below: Line, size: float) -> float:
    text = below.text
    word = _WORD.match(text)
    end = word.end() if word else 1
    while end < len(text) and text[end] in _CLOSES:
        end += 1
    end = min(end, len(text))
    gap = 0.3 * size if word and above.text[-1:].isascii() else 0.0
    return below.rights[end - 1] - below.lefts[0] + gap if end else 0.0


def says_joined(above: Line, below: Line) -> float:
    """Evidence of what the two lines hold."""
    first, second = above.text.strip(), below.text.strip()
    if not first or not second:
        return 0.0
    if second[0] in _CLOSES:
        return CLOSING
    figures = sum(_FIGURE.fullmatch(text) is not None for text in (first, second))
    if figures:
        return FIGURES if figures > 1 else FIGURE
    if first[-1] in _OPENS:
        return OPENING
    return LOWER if second[0].islower() and (first[-1].isalpha() or first[-1] in ",;") else 0.0


# Lines whose middles are nearer than this share of their height stand level.
LEVEL = 0.35
# What an empty cell costs, in the first column and in others: names of groups leave the first column empty.
EMPTY_FIRST, EMPTY = 0.3, 0.6
# What it costs that a cell stands off its row, by the line height, and at most; columns of names from the left that
# stand in the middle of several rows cost no more than this together.
OFF, MOST_OFF, MOST_NAMES = 3.0, 2.0, 0.6
# In a table ruled under every row, what a row without its rule costs.
UNRULED = 1.5
RULED_ROWS = 3
# Evidence of a rule between two lines; of their distance, per e-fold from the limit, and at most.
RULED, PITCH, MOST_PITCH = -8.0, 12.0, 2.5
# Rows at least this much farther apart than a cell's lines tell the two apart; without rows to compare with, lines
# this much farther apart than the closest are none of one cell.
APART, LOOSE = 1.1, 1.2
# Lines with less evidence than this are surely of two rows; of their distances so many must be those of rows.
PARTED, MOST = -2.0, 0.8
# Where rows and cells are set alike, rows are the likelier by their share, but by no more than this.
MOST_PRIOR = 1.5
# Lines this many times as far apart as a cell's are none of one cell.
FAR, FAR_APART = 1.5, -4.0
# No cell has more levels than this.
MOST_LEVELS = 40

Range = tuple[float, float]


class Placed(msgspec.Struct, frozen=True):
    """A line with its column and the number of columns it reaches over."""

    line: Line
    column: int
    reach: int = 1

    @property
    def middle(self) -> float:
        return self.line.box.center[1]


def find_levels(lines: Sequence[Placed]) -> list[list[Placed]]:
    """Lines that stand level, from the top."""
    levels: list[list[Placed]] = []
    for item in sorted(lines, key=lambda one: one.middle):
        if levels and item.middle - levels[-1][0].middle < LEVEL * min(item.line.height, levels[-1][0].line.height):
            levels[-1].append(item)
        else:
            levels.append([item])
    return [sorted(level, key=lambda one: one.line.box.x0) for level in levels]


def find_rows(
    levels: Sequence[Sequence[Placed]], columns: Sequence[Range], rules: Sequence[Rule]
) -> list[list[Placed]]:
    """The lines of each row, from the top."""
    return _Table(levels, columns, rules).best() if levels else []


class _Table:
    """The levels of a table and what each way to cut them costs."""

    def __init__(self, levels: Sequence[Sequence[Placed]], columns: Sequence[Range], rules: Sequence[Rule]) -> None:
        self.levels = levels
        self.columns = columns
        self.rules = rules
        self.height = statistics.median(item.line.height for level in levels for item in level)
        self.starts = {
            (at, column): min(item.line.box.x0 for item in level if item.column == column)
            for at, level in enumerate(levels)
            for column in {item.column for item in level}
        }
        self.level_of = {id(item): at for at, level in enumerate(levels) for item in level}
        stacks = [[item.line for item in self._alone(column)] for column in range(len(columns))]
        self.measures = Measures.of(stacks)
        steps = [below.middle - above.middle for above, below in self._pairs() if above.column]
        if steps and max(steps) < LOOSE * min(steps):
            # Only the room tells rows that are set like the lines of a cell.
            self.measures = with_room(self.measures, stacks, columns, rules)
        self.solid, self.gap, self.prior = self._pitches()
        self.ruled = [self._is_ruled_under(at) for at in range(len(levels) - 1)]
        self.has_ruled_rows = sum(self.ruled) >= RULED_ROWS

    def best(self) -> list[list[Placed]]:
        """The cheapest way, by the rows' first levels."""
        count = len(self.levels)
        costs: list[float] = [0.0, *([math.inf] * count)]
        starts = [0] * (count + 1)
        for end in range(1, count + 1):
            for start in range(end - 1, max(-1, end - 1 - MOST_LEVELS), -1):
                if start < end - 1 and self.ruled[start]:
                    break
                cost = costs[start] + self._row_cost(start, end) + self._cut_cost(start)
                if cost < costs[end] - 1e-9:
                    costs[end], starts[end] = cost, start
        rows: list[list[Placed]] = []
        end = count
        while end:
            rows.insert(0, [item for level in self.levels[starts[end] : end] for item in level])
            end = starts[end]
        return rows

    def _is_ruled_under(self, at: int) -> bool:
        """Whether a rule over the whole table runs between a level and the next."""
        top = max(item.middle for item in self.levels[at])
        bottom = min(item.middle for item in self.levels[at + 1])
        return any(rule.is_whole and top < rule.level < bottom for rule in self.rules)

    def _alone(self, column: int) -> list[Placed]:
        return [item for level in self.levels for item in level if item.column == column and item.reach == 1]

    def _pairs(self) -> list[tuple[Placed, Placed]]:
        pairs = []
        for column in range(len(self.columns)):
            stack = self._alone(column)
            pairs += [(a, b) for a, b in pairwise(stack) if b.middle - a.middle > LEVEL * self.height]
        return pairs

    def _pitches(self) -> tuple[float, float, float]:
        """The distance between a cell's lines, and that which parts it from the one between rows; 0 where unknown.

        Where distances don't tell, last, how much more rows than wrapped cells there are for sure.
        """
        joined: list[float] = []
        open_: list[float] = []
        parted: list[float] = []
        for above, below in self._pairs():
            evidence = self._text_evidence(above, below) + self._rule_evidence(above, below)
            pitches = joined if evidence > 0 else parted if evidence < PARTED else open_
            pitches.append(below.middle - above.middle)
        prior = max(-MOST_PRIOR, min(0.0, math.log((len(joined) + 0.5) / (len(parted) + 0.5))))
        joined = joined or _closer(open_)
        if not joined:
            return 0.0, 0.0, prior
        solid = _low(joined)
        rows = [pitch for pitch in parted if pitch > APART * solid]
        if len(rows) < len(parted) * MOST:
            return statistics.median(joined), 0.0, prior
        return statistics.median(joined), math.sqrt(solid * _low(rows)) if rows else LOOSE * solid, 0.0

    def _text_evidence(self, above: Placed, below: Placed) -> float:
        measures, column = self.measures, above.column
        start = self.starts[self.level_of[id(above)], column]
        fits = fits_under(above.line, below.line, measures.widths[column], measures.size, start)
        return fits + says_joined(above.line, below.line)

    def _rule_evidence(self, above: Placed, below: Placed) -> float:
        column = self.columns[above.column]
        is_ruled = any(above.middle < rule.level < below.middle and rule.covers(column) for rule in self.rules)
        return RULED if is_ruled else 0.0

    def _evidence(self, above: Placed, below: Placed) -> float:
        """The log odds that ``below`` is the further line of ``above``."""
        if above.reach != below.reach:
            return -3.0
        text = self._text_evidence(above, below)
        # Of a heading's lines in a narrow column, rows tell nothing.
        pitch = self.prior if text > 0 else 0.0
        if self.solid and below.middle - above.middle > FAR * self.solid:
            pitch = FAR_APART
        elif self.gap:
            pitch = PITCH * math.log(self.gap / (below.middle - above.middle))
            pitch = max(-MOST_PITCH, min(MOST_PITCH, pitch)) / math.sqrt(len(self.columns)) * 1.5
        return text + self._rule_evidence(above, below) + pitch

    def _stacks(self, start: int, end: int) -> Mapping[int, list[Placed]]:
        stacks: dict[int, list[Placed]] = {}
        for level in self.levels[start:end]:
            for item in level:
                stacks.setdefault(item.column, []).append(item)
        return stacks

    def _row_cost(self, start: int, end: int) -> float:
        stacks = self._stacks(start, end)
        cost = 0.0
        for stack in stacks.values():
            for above, below in pairwise(stack):
                if below.middle - above.middle > LEVEL * self.height:
                    cost += _softplus(-self._evidence(above, below))
        reached = {
            column
            for stack in stacks.values()
            for item in stack
            for column in range(item.column, item.column + item.reach)
        }
        empty = [column for column in range(len(self.columns)) if column not in reached]
        cost += sum(EMPTY_FIRST if column == 0 else EMPTY for column in empty)
        return cost + self._off_cost(stacks)

    def _off_cost(self, stacks: Mapping[int, list[Placed]]) -> float:
        """What cells standing off the row cost, at their tops or at their middles, whichever is less."""
        tops = {column: stack[0].middle for column, stack in stacks.items()}
        middles = {column: (stack[0].middle + stack[-1].middle) / 2 for column, stack in stacks.items()}
        return min(self._spread(tops), self._spread(middles))

    def _spread(self, places: Mapping[int, float]) -> float:
        if len(places) < 2:
            return 0.0
        middle = statistics.median_low(list(places.values())) if len(places) > 2 else places[max(places)]
        costs = {
            column: min(MOST_OFF, OFF * max(0.0, abs(place - middle) / self.height - 0.1))
            for column, place in places.items()
        }
        names, rest = 0.0, 0.0
        is_name = True
        for column in sorted(costs):
            is_name = is_name and costs[column] > 0.5 and column < len(self.columns) - 1
            if is_name:
                names += costs[column]
            else:
                rest += costs[column]
        return min(names, MOST_NAMES) + rest

    def _cut_cost(self, start: int) -> float:
        """What it costs to part the levels before ``start`` from those behind it."""
        if start == 0:
            return 0.0
        cost = 0.0
        if self.has_ruled_rows and not self.ruled[start - 1]:
            cost += UNRULED
        for column in range(len(self.columns)):
            above = next(
                (item for level in reversed(self.levels[:start]) for item in reversed(level) if item.column == column),
                None,
            )
            below = next((item for level in self.levels[start:] for item in level if item.column == column), None)
            if above is not None and below is not None and above.middle < below.middle - LEVEL * self.height:
                cost += _softplus(self._evidence(above, below))
        return cost


def _low(values: Sequence[float]) -> float:
    """A low value that isn't the lowest of many; 0 without any."""
    return sorted(values)[len(values) // 10] if values else 0.0


def _closer(pitches: Sequence[float]) -> list[float]:
    """The shorter of two kinds of distances; nothing where they are all of one kind."""
    ordered = sorted(pitches)
    jumps = [(below / above, at) for at, (above, below) in enumerate(pairwise(ordered), 1)]
    widest, at = max(jumps, default=(0.0, 0))
    return ordered[:at] if widest > LOOSE else []


def _softplus(value: float) -> float:
    return math.log1p(math.exp(value)) if value < 30 else value
