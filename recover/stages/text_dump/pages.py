"""A dump as pages of lines without ink, so that the stages of a document read it as they read a scan.

Places are made of what a dump shows: blank lines, leading white space, form feeds, and how wide a text prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from recover.lexicon.characters import is_wide
from recover.model.geometry import Box
from recover.model.page import UNMEASURED, Line, PageReading, Region, RegionKind
from recover.stages.text_dump.entry_columns import is_interleaved
from recover.stages.text_dump.lines import read_lines
from recover.text.labels import find_label
from recover.text.numbering import parse_number
from recover.text.reference_lists import is_known_heading

# One type size and pitch for all lines, in points; a Latin character takes half a cell.
SIZE, PITCH, MARGIN = 10.0, 16.0, 60.0
# Of a dump that the stages can read so many lines are language, and no more have white inside as columns leave.
LEGIBLE, PARTED = 0.9, 0.1
_INNER_WHITE = re.compile(r"\S(?: {4,}|\t+)\S")
# More blank lines in a row than this say no more.
MOST_BLANK = 3
# A title has so many characters.
TITLE = range(4, 61)
# A line of a paragraph is at least this long, in type sizes; a sentence ends with one of these.
LONG = 12
_CLOSES = frozenset("。．.！!？?；;：:…”’」』")
_ENDS = frozenset("。；;，,：:.")


def is_plain(text: str) -> bool:
    """Whether a dump reads line by line: language, one column."""
    lines = read_lines(text)
    texts = [line.text for line in lines]
    if not texts or is_interleaved(texts):
        return False
    legible = sum(line.legible.is_legible for line in lines)
    parted = sum(bool(_INNER_WHITE.search(one)) for one in texts)
    return legible >= LEGIBLE * len(texts) and parted <= PARTED * len(texts)


def dump_pages(text: str) -> tuple[PageReading, ...]:
    """The pages of a dump."""
    sheets = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    return tuple(_page(index, sheet) for index, sheet in enumerate(sheets) if sheet.strip() or index == 0)


def _page(index: int, sheet: str) -> PageReading:
    lines = _filled(list(_lines(sheet)))
    width = max([line.box.x1 for line in lines], default=0.0) + MARGIN
    height = max([line.box.y1 for line in lines], default=0.0) + MARGIN
    is_titled = index == 0 and bool(lines) and _may_be_title(lines[0].text)
    head, rest = (lines[:1], lines[1:]) if is_titled else ([], lines)
    regions = [_region("title", head), _region("text", rest)]
    return PageReading(
        index=index,
        width=width,
        height=height,
        dpi=72.0,
        kind="digital",
        regions=tuple(region for region in regions if region.lines),
    )


def _region(kind: RegionKind, lines: Sequence[Line]) -> Region:
    right = max([line.box.x1 for line in lines], default=0.0)
    box = Box(MARGIN, lines[0].box.y0, right, lines[-1].box.y1) if lines else Box(0.0, 0.0, 0.0, 0.0)
    return Region(id=kind, kind=kind, box=box, lines=tuple(lines), column=1)


def _may_be_title(text: str) -> bool:
    is_other = find_label(text) is not None or parse_number(text) is not None or is_known_heading(text)
    return len(text) in TITLE and text[-1] not in _ENDS and not is_other


def _lines(sheet: str) -> Iterator[Line]:
    y, blanks = MARGIN, 0
    for number, raw in enumerate(sheet.split("\n")):
        body = raw.strip()
        if not body:
            blanks = min(MOST_BLANK, blanks + 1)
            continue
        y += PITCH * (1 + blanks)
        blanks = 0
        indent = sum(_width(char) for char in raw[: len(raw) - len(raw.lstrip())])
        yield _line(f"l{number + 1}", body, MARGIN + indent, y)


def _filled(lines: list[Line]) -> list[Line]:
    """The lines, those that a sentence runs on from as wide as the widest: a dump's lines end where print's did."""
    widest = max([line.box.x1 for line in lines], default=0.0)
    filled = [_wide(line, widest) if _runs_on(line, below) else line for line, below in pairwise(lines)]
    return [*filled, *lines[-1:]]


def _wide(line: Line, x1: float) -> Line:
    return msgspec.structs.replace(line, box=msgspec.structs.replace(line.box, x1=x1))


def _runs_on(line: Line, below: Line) -> bool:
    """Whether a long line without a sentence's end stands right over one that opens nothing."""
    is_near = below.box.y0 - line.box.y0 <= PITCH and below.box.x0 <= line.box.x0
    opens = find_label(below.text) is not None or parse_number(below.text) is not None or is_known_heading(below.text)
    return is_near and not opens and line.box.width >= LONG * SIZE and line.text[-1] not in _CLOSES


def _width(char: str) -> float:
    return 2 * SIZE if char == "\t" else SIZE if is_wide(char) else SIZE / 2


def _line(name: str, text: str, x: float, y: float) -> Line:
    lefts, rights = [], []
    for char in text:
        lefts.append(x)
        x += _width(char)
        rights.append(x)
    return Line(
        id=name,
        text=text,
        box=Box(lefts[0], y, x, y + SIZE),
        lefts=tuple(lefts),
        rights=tuple(rights),
        confidences=(UNMEASURED,) * len(text),
        readers="t" * len(text),
    )
