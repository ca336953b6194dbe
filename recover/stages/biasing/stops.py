"""Dots between Chinese characters settled by the style of the document: where stops are 。, a dot is none.

A comma that lost its tail, or a stop that lost its ring, is read as a Latin full stop or a middle dot. Which of the
two it was, the reader's own shares for them decide. Reference lists, which set Latin stops between Chinese, are left
alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

import msgspec

from recover.model.page import PageReading, Region
from recover.stages.biasing.lattice import Cell
from recover.stages.biasing.settle import Choice, settle
from recover.text.scripts import is_han

# So many characters are looked at on either side.
WORD = 2
MIDDLE_DOT = "·"
# What a middle dot between words becomes was seen at least so clearly.
LIKELY = 0.1
DOTS, MARKS = ".．·", "，。、；：,"
CLOSERS, OPENERS = ")）]］】〕”", "(（[［【〔“"
# A stop this sure says which style the document has; so many are wanted, and so many times more than dots.
SURE, LEAST, TIMES = 0.9, 8, 8
# The dot the reader is surer of than this may be printed so; a mark fainter than this was not seen.
DOUBTED, FAINTEST = 0.995, 0.004
# Hyphens and question marks stand between Chinese too: they give way only where the reader was this unsure of them.
OTHERS, UNSURE = "-？?", 0.7
_REFERENCE = re.compile(
    r"\[[A-Z]{1,2}(?:/OL)?\]|\d{4}\s?[,，;；]\s?\d+\s?[(（]\d"
    r"|^\s*[\[［【]\d{1,3}[\]］】]\s*(?:[\u4e00-\u9fff]{2,4}|[A-Z][\w'’-]+(?:\s[A-Z]{1,3})+)[,.，、]"
)


def settle_stops(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the dots between Chinese made the marks they may be, where the document's stops are 。.

    A middle dot between words, Chinese or not, is one of the other marks in any document.
    """
    pages = [settle(page, middle_dots, "no middle dot stands between words", _is_prose) for page in pages]
    seen = "".join(_sure_stops(pages))
    rings, dots = seen.count("。"), len(seen) - seen.count("。")
    if rings < LEAST or rings < TIMES * dots:
        return pages
    return [settle(page, choices, "the document's own stops are rings", _is_prose) for page in pages]


def _is_prose(region: Region) -> bool:
    return region.kind in ("text", "abstract") and not any(_REFERENCE.search(line.text) for line in region.lines)


def _sure_stops(pages: Sequence[PageReading]) -> Iterator[str]:
    """Stops right behind Chinese that the reader was sure of."""
    for page in pages:
        for region in filter(_is_prose, page.regions):
            for line in region.lines:
                for at, char in enumerate(line.text):
                    if char in "。.．" and at and is_han(line.text[at - 1]) and line.confidences[at] >= SURE:
                        yield char


def choices(cells: Sequence[Cell]) -> Iterator[Choice]:
    """The dots to change, each to the likeliest mark."""
    for at, cell in enumerate(cells):
        doubted, faintest = (DOUBTED, FAINTEST) if cell.text in DOTS else (UNSURE, LIKELY)
        if cell.text not in DOTS + OTHERS or cell.confidence >= doubted:
            continue
        if _is_among_chinese(cells, at):
            marks = [option for option in cell.options if option.text and option.text in MARKS]
            best = max(marks, key=lambda option: option.posterior, default=None)
            if best is not None and best.posterior >= faintest:
                share = best.posterior / (sum(option.posterior for option in marks) + FAINTEST)
                full = msgspec.structs.replace(best, text="，") if best.text == "," else best
                yield Choice(at, full, math.log(share / (1 - share)), f"{share:.2f} of what was seen of marks")


def middle_dots(cells: Sequence[Cell]) -> Iterator[Choice]:
    """The middle dots to change where a word of foreign letters stands beside them: not those of names in Chinese."""
    for at, cell in enumerate(cells[1:-1], 1):
        beside = cells[at - 1].text + cells[at + 1].text
        if cell.text == MIDDLE_DOT and cell.confidence < DOUBTED and beside.isalpha() and not all(map(is_han, beside)):
            best = max(cell.options, key=lambda option: option.posterior, default=None)
            if best is not None and best.posterior >= LIKELY and (best.text in MARKS + "." or not best.text):
                share = best.posterior / (best.posterior + cell.confidence)
                yield Choice(at, best, math.log(share / (1 - share)), "the likeliest of what else was seen")


def _is_among_chinese(cells: Sequence[Cell], at: int) -> bool:
    """Whether a clause in Chinese, or a bracket behind one, stands before it and Chinese behind it.

    Names before 等 are followed by a dot in the way of reference lists.
    """
    before = "".join(cell.text for cell in cells[max(0, at - WORD) : at])
    after = "".join(cell.text for cell in cells[at + 1 : at + 1 + WORD])
    ends = len(before) == WORD and (before[-1] in CLOSERS or all(map(is_han, before))) and before[-1] != "等"
    begins = after[:1] in OPENERS or all(map(is_han, after))
    return ends and begins and (is_han(before[-1]) or len(after) == WORD)
