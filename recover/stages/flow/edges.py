"""The edges between which every line is set, its type's size and weight, and white that is a space."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from recover.lexicon.characters import is_han
from recover.model.flow import FlowLine, cell_width
from recover.model.page import Line, PageReading, Region, merge_lines, slice_line
from recover.model.records import Correction

# A Chinese character's ink fills this share of its cell; capitals and ascenders of their type size.
HAN_INK, TALL_INK = 0.88, 0.72
TALL = frozenset("ABCDEFGHIJKLMNOPRSTUVWXYZbdfhkl0123456789")
# A line box is about this much higher than its type when no character can be measured.
BOX_OVER_TYPE = 1.15


def type_size(line: Line) -> float:
    """The type size of a line in points."""
    heights = [(bottom - top) * line.height for top, bottom in zip(line.tops, line.bottoms, strict=True)]
    han = [h / HAN_INK for h, char in zip(heights, line.text, strict=False) if is_han(char) and char not in "一二三"]
    if len(han) >= 3:
        return statistics.median(han)
    tall = [h / TALL_INK for h, char in zip(heights, line.text, strict=False) if char in TALL]
    if len(tall) >= 3:
        return statistics.median(tall)
    return line.height / BOX_OVER_TYPE


def stroke_weight(line: Line, start: int = 0, end: int | None = None) -> float:
    """The median stroke thickness in ``text[start:end]`` over the line's height, of Han where there are enough."""
    letters = list(zip(line.text[start:end], line.weights[start:end], strict=False))
    han = [weight for char, weight in letters if weight > 0 and is_han(char)]
    values = han if len(han) >= 2 else [weight for char, weight in letters if weight > 0 and char.isalnum()]
    return statistics.median(values) if values else 0.0


def weighted_median(values: Iterable[tuple[float, float]], default: float) -> float:
    """The middle of (value, weight) pairs."""
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    for value, weight in ordered:
        half -= weight
        if half <= 0:
            return value
    return default


# The share of a column's lines that may stick out of it: less than the lines that begin paragraphs or entries.
OUTLIERS = 0.12
# A block is set in by more than this on both sides; its lines meet its edges this closely. In type sizes.
SET_IN, NEAR = 1.0, 0.5
# Narrower lines are headings, as wide as each other by chance; first lines are set in by no more than this.
WIDE, INDENT = 12.0, 3.0
MIN_LINES = 3
# Heads, foot lines and notes across the page are over twice as wide as a column and a few of its lines; of its own, so
# many are full.
HALF, MOSTLY, FILLED = 0.55, 0.75, 0.3

Edges = tuple[float, float]


def with_edges(lines: Sequence[FlowLine], numbers: Mapping[int, float]) -> list[FlowLine]:
    """Lines that know the edges they are set between.

    ``numbers`` say by column how far those of formulas reach: they stand at its edge, also where no line fills it.
    """
    members = {column: [line for line in lines if line.column == column] for column in _columns(lines)}
    edges = {column: _column(own) for column, own in members.items()}
    edges = {column: (left, max(right, numbers.get(column, right))) for column, (left, right) in edges.items()}
    inner = {column: narrow for column, own in members.items() if (narrow := _inner_column(own)) is not None}
    placed = []
    for line in lines:
        left, right = edges[line.column]
        if line.column in inner and line.box.x1 < inner[line.column][1] + NEAR * line.size:
            left, right = inner[line.column]
        placed.append(msgspec.structs.replace(line, left=left, right=right))
    for start, end, block in _blocks(placed):
        placed[start:end] = [msgspec.structs.replace(line, left=block[0], right=block[1]) for line in placed[start:end]]
    return placed


def _columns(lines: Sequence[FlowLine]) -> set[int]:
    return {line.column for line in lines}


def _column(members: Sequence[FlowLine]) -> Edges:
    """The outermost of a column's wide lines."""
    widest = max(line.box.width for line in members)
    wide = [line for line in members if line.box.width > 0.5 * widest]
    return _outermost([line.box.x0 for line in wide]), -_outermost([-line.box.x1 for line in wide])


def _inner_column(members: Sequence[FlowLine]) -> Edges | None:
    """The edges of a column with lines across the page over or under it, which the last page's single column has."""
    widest = max(line.box.width for line in members)
    narrow = [line for line in members if line.box.width < HALF * widest]
    if len(narrow) < MOSTLY * len(members):
        return None
    left, right = _column(narrow)
    full = [line for line in narrow if abs(line.box.x1 - right) < NEAR * line.size and line.box.x0 < right]
    reaches = max(line.box.x1 for line in narrow) < right + SET_IN * full[0].size if full else False
    return (left, right) if reaches and len(full) >= max(MIN_LINES, FILLED * len(narrow)) else None


def _outermost(places: Sequence[float]) -> float:
    """Where a column begins: its outermost lines but for a few, which specks in the margin draw out."""
    ordered = sorted(places)
    return ordered[int(OUTLIERS * len(ordered))]


def _blocks(lines: Sequence[FlowLine]) -> list[tuple[int, int, Edges]]:
    """Runs of lines between two edges inside of their column's: abstracts, quotations."""
    found: list[tuple[int, int, Edges]] = []
    for at, (above, line) in enumerate(pairwise(lines)):
        if (not found or at >= found[-1][1]) and _opens_block(above, line):
            edges = (min(above.box.x0, line.box.x0), max(above.box.x1, line.box.x1))
            floor = found[-1][1] if found else 0
            start, end = at, at + 2
            while start > floor and _lies_between(lines[start - 1], edges, above):
                start -= 1
            while end < len(lines) and _lies_between(lines[end], edges, above):
                end += 1
            if end - start >= MIN_LINES:
                found.append((start, end, edges))
    return found


def _opens_block(above: FlowLine, line: FlowLine) -> bool:
    """Whether two lines one below the other end at the same edge and are set in on both sides."""
    same = above.column == line.column and above.page == line.page
    ends = abs(above.box.x1 - line.box.x1) < NEAR * line.size
    begins = abs(above.box.x0 - line.box.x0) < NEAR * line.size
    is_wide = min(above.box.width, line.box.width) > WIDE * line.size
    return same and is_wide and ends and begins and min(above.indent, line.indent, above.rest, line.rest) > SET_IN


def _lies_between(line: FlowLine, edges: Edges, member: FlowLine) -> bool:
    near = NEAR * member.size
    if line.column != member.column or line.page != member.page or line.box.x1 > edges[1] + near:
        return False
    inset = line.box.x0 - edges[0]
    begins_paragraph = near < inset < INDENT * member.size and abs(line.box.x1 - edges[1]) < near
    return abs(inset) < near or begins_paragraph


# A paragraph's first character set over several lines, which begin behind it.

# It is so much larger than their type, and they begin this near to it, in their type sizes.
INITIAL, BEHIND = 1.6, 1.2


def with_initials(lines: Sequence[FlowLine]) -> list[FlowLine]:
    """Lines that stand beside a large initial begin at it, and it is a part of their text like any other."""
    placed = list(lines)
    for at, line in enumerate(lines):
        beside = _beside_initial(at, lines)
        if len(beside) < 2:
            continue
        first = lines[at + 1]
        placed[at] = msgspec.structs.replace(
            line, size=first.size, kind=first.kind, column=first.column, left=line.box.x0, right=line.box.x1
        )
        placed[at + 1 : at + 1 + len(beside)] = [msgspec.structs.replace(one, left=one.box.x0) for one in beside]
    return placed


def _beside_initial(at: int, lines: Sequence[FlowLine]) -> list[FlowLine]:
    """The lines behind a large Chinese character, as many as it is high; none for any other line."""
    initial = lines[at]
    beside: list[FlowLine] = []
    if len(initial.text.strip()) != 1 or not is_han(initial.text.strip()):
        return beside
    for line in lines[at + 1 :]:
        is_level = initial.box.y0 < line.box.center[1] < initial.box.y1 and line.page == initial.page
        is_behind = abs(line.box.x0 - initial.box.x1) < BEHIND * line.size
        if not (is_level and is_behind) or initial.box.height < INITIAL * line.box.height:
            break
        beside.append(line)
    return beside


# White of a type cell between two Chinese characters is a space: behind a label, a number, a title that runs in.

# In line heights, beyond what justification put between the line's characters.
WHITE = 0.5
# Behind a Chinese numeral that begins a line, where a heading's number stands, less says enough.
NUMERALS, BEHIND_NUMERAL = frozenset("一二三四五六七八九十"), 0.25
# With fewer pairs of Han in a line nothing can be said of its usual distance; in a short one, a name, this is it.
MIN_PAIRS, USUAL, SHORT = 3, 0.12, 8
# Over two characters the white may be so much less.
SPARE = 0.1
# Between the fields of an entry that has no marks: a space of a quarter of the type.
BETWEEN_FIELDS = 0.15
_BARE_ENTRY = re.compile(
    r"^\s*[\[［〔【{]\s?\d{1,3}\s?[\]］〕】}]\s*[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z\d]{7,}"
    r"(?:(?P<year>(?<=[\u4e00-\u9fff])(?:18|19|20)\d\d\s*[;；:：,，])|$)"
)
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
        line
        if is_float and line.box.width < CELL * line.height
        else _in_line(line, page, corrections, is_entry=_is_bare_entry(line.text, region))
        for line in region.lines
    ]
    return msgspec.structs.replace(region, lines=tuple(lines))


def _is_bare_entry(text: str, region: Region) -> bool:
    """Whether an entry of a list begins whose fields white alone parts: 〔1〕李四 王五 题名 刊名 1985;26(3):62."""
    hit = _BARE_ENTRY.match(text)
    return hit is not None and (hit["year"] is not None or region.kind == "reference")


def _in_line(line: Line, page: PageReading, corrections: list[Correction], *, is_entry: bool) -> Line:
    """From the end, so that what stands before keeps its place."""
    for at in reversed(_gaps(line, is_entry=is_entry)):
        box = page.to_page.box(line.char_box(at - 1, at + 1)).rounded()
        white = (line.lefts[at] - line.rights[at - 1]) / max(1e-6, line.height)
        evidence = f"in {line.text[max(0, at - 6) : at + 6]}: {white:.2f} of the line's height white"
        corrections.append(Correction(page=page.index, box=box, was="", now=SPACE, why=WHY, evidence=evidence))
        left, right = slice_line(line, 0, at), slice_line(line, at, len(line.text))
        line = msgspec.structs.replace(merge_lines(left, right, SPACE), box=line.box)
    return line


def _gaps(line: Line, *, is_entry: bool) -> list[int]:
    pairs = [at for at in range(1, len(line.text)) if is_han(line.text[at]) and is_han(line.text[at - 1])]
    whites = [(line.lefts[at] - line.rights[at - 1]) / max(1e-6, line.height) for at in pairs]
    if len(whites) < MIN_PAIRS and len(line.text) > SHORT:
        return []
    usual = statistics.median(whites) if len(whites) >= MIN_PAIRS else USUAL
    least = {at: BETWEEN_FIELDS if is_entry else _least(line.text, at) for at in pairs}
    wide = (at for at, white in zip(pairs, whites, strict=True) if white > usual + least[at])
    return [at for at in wide if _lies_over_cells(line, at, usual + least[at])]


def _lies_over_cells(line: Line, at: int, white: float) -> bool:
    """Whether the white shows with either character beside it left out: of a faint 一 only an end may be seen."""
    cell = min(cell_width(line), line.height)
    least = cell + (white - SPARE) * line.height
    around = [(at - 1, at + 1)] if is_han(line.text[at + 1 : at + 2]) else []
    around += [(at - 2, at)] if at > 1 and is_han(line.text[at - 2]) else []
    return all(line.lefts[right] - line.rights[left] > least for left, right in around)


def _least(text: str, at: int) -> float:
    return BEHIND_NUMERAL if NUMERALS.issuperset(text[:at]) else WHITE
