"""Raised figures behind a word are a citation mark where the document raises its marks: brackets lost to wear put back.

On worn pages of three articles the figures of marks ended at 0.46 to 0.62 of the line's height, those of the text at
0.71 and below.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from recover.model.document import Correction
from recover.model.page import Line, PageReading
from recover.model.replace import replace_text
from recover.text.labels import find_label

# A raised figure ends above this share of the line's height and begins above that.
RAISED, HIGH = 0.66, 0.35
# So many whole marks tell how the document sets them, this share of them raised.
LEAST, MOSTLY = 4, 0.5
# A mark names no more entries in a row.
LONGEST = 9
_OPENING, _CLOSING = r"\[［【〔", r"\]］】〕"
_BEHIND = r"(?<=[\u4e00-\u9fff）)”%])"
_WHOLE = re.compile(rf"{_BEHIND}[{_OPENING}](\d{{1,3}}(?:\s?[,，\-–]\s?\d{{1,3}})*)[{_CLOSING}]")
_RUN = re.compile(rf"{_BEHIND}[{_OPENING}]?\d[\d,，、.\-–~]{{0,8}}(?<=\d)(?:[{_CLOSING}]|(?!\d|\s?[:：;；·]\s?\d))")
_FRONT = frozenset({"abstract-zh", "abstract-en", "keywords-zh", "keywords-en"})
WHY = "raised figures behind a word are a citation"
# Of the brackets put back so on the worn samples none was wrong.
RIGHT = 0.9


def with_raised_marks(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the brackets of raised figures, each among the page's corrections."""
    lines = list(_body_lines(pages))
    marks = [_height(line, hit.start(1), hit.end(1)) for line in lines for hit in _WHOLE.finditer(line.text)]
    if len(marks) < LEAST or sum(height <= RAISED for height in marks) < MOSTLY * len(marks):
        return list(pages)
    body = {id(line) for line in lines}
    return [_mended(page, body) for page in pages]


def _body_lines(pages: Sequence[PageReading]) -> Iterator[Line]:
    """The lines of text behind the first abstract; above it stand names with their affiliations' numbers."""
    lines = [(region, line) for page in pages for region in page.regions for line in region.lines]
    labels = [at for at, (_, line) in enumerate(lines) if (label := find_label(line.text)) and label.role in _FRONT]
    for region, line in lines[labels[0] if labels else 0 :]:
        if region.kind in ("text", "abstract", "reference") and line.bottoms:
            yield line


def _figures(line: Line, start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if line.text[at].isdecimal()]


def _height(line: Line, start: int, end: int) -> float:
    """Where the figures end, most of them, as a share of the line's height."""
    return statistics.median(line.bottoms[at] for at in _figures(line, start, end))


def _is_raised(line: Line, start: int, end: int) -> bool:
    figures = _figures(line, start, end)
    return max(line.bottoms[at] for at in figures) <= RAISED and min(line.tops[at] for at in figures) <= HIGH


def _is_mark(line: Line, hit: re.Match[str]) -> bool:
    return _is_raised(line, hit.start(), hit.end()) and _may_be_numbers(hit[0])


def _may_be_numbers(printed: str) -> bool:
    """Whether a list's entries may be named so: numbers that rise, no endless range."""
    numbers = [int(number) for number in re.findall(r"\d+", printed)]
    ranges = [int(high) - int(low) for low, high in re.findall(r"(\d+)[-–~](?=(\d+))", printed)]
    return numbers[0] > 0 and all(low < high for low, high in pairwise(numbers)) and max(ranges, default=0) < LONGEST


def _mended(page: PageReading, body: set[int]) -> PageReading:
    corrections: list[Correction] = []
    regions = []
    for region in page.regions:
        lines = tuple(_in_line(line, page, corrections) if id(line) in body else line for line in region.lines)
        regions.append(msgspec.structs.replace(region, lines=lines))
    if not corrections:
        return page
    return msgspec.structs.replace(page, regions=tuple(regions), corrections=(*page.corrections, *corrections))


def _in_line(line: Line, page: PageReading, corrections: list[Correction]) -> Line:
    signs: list[tuple[int, str]] = []
    for hit in _RUN.finditer(line.text):
        opens, closes = not hit[0][0].isdecimal(), not hit[0][-1].isdecimal()
        # At a line's end the mark may go on below.
        may_go_on = not closes and hit.end() == len(line.text)
        if (opens and closes) or may_go_on or not _is_mark(line, hit):
            continue
        now = ("" if opens else "[") + hit[0] + ("" if closes else "]")
        lowest = max(line.bottoms[at] for at in range(hit.start(), hit.end()) if line.text[at].isdecimal())
        evidence = f"they end at {lowest:.2f} of the line's height"
        signs += ([] if opens else [(hit.start(), "[")]) + ([] if closes else [(hit.end(), "]")])
        box = page.to_page.box(line.char_box(hit.start(), hit.end())).rounded()
        corrections.append(Correction(page=page.index, box=box, was=hit[0], now=now, why=WHY, evidence=evidence))
    for at, sign in reversed(signs):
        line = replace_text(line, at, at, sign, RIGHT)
    return line
