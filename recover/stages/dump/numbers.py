"""Entry numbers that the dump prints in a block of their own, given back to their entries.

Where numbers hang in the margin, a layout-blind reader takes them for a column: ``[44] [45] …`` first, the entries
after them. As many entries begin there as there are numbers, so the likeliest that many beginnings are taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from recover.stages.dump.lines import DumpLine
from recover.stages.references.entries import begin_score
from recover.stages.references.normalise.numbering import leading_number

_BARE = re.compile(r"^(?:[\[［【(（]\s?\d{1,3}\s?[\]］】)）|J1]?\s*)+$")
_EACH = re.compile(r"[\[［【(（]\s?(\d{1,3})\s?[\]］】)）|J1]?")
# A blank line above makes a beginning likelier; dumps set one between paragraphs as often as not.
_BLANK = 0.4


def pair_numbers(lines: Sequence[DumpLine]) -> list[tuple[DumpLine, str]]:
    """The lines with their text, the numbers of a block set before the entries they belong to."""
    paired: list[tuple[DumpLine, str]] = []
    position = 0
    while position < len(lines):
        end = _block_end(lines, position)
        if end - position == 0 or len(_numbers(lines[position:end])) < 2:
            paired.append((lines[position], lines[position].text))
            position += 1
            continue
        stop = _unnumbered_end(lines, end)
        paired.extend(_give(_numbers(lines[position:end]), lines[end:stop]))
        position = stop
    return paired


def _block_end(lines: Sequence[DumpLine], begin: int) -> int:
    end = begin
    while end < len(lines) and _BARE.match(lines[end].text):
        end += 1
    return end


def _numbers(lines: Sequence[DumpLine]) -> list[int]:
    return [int(number) for line in lines for number in _EACH.findall(line.text)]


def _unnumbered_end(lines: Sequence[DumpLine], begin: int) -> int:
    end = begin
    while end < len(lines) and not (leading_number(lines[end].text)[0] and lines[end].text.lstrip()[:1] in "[［("):
        end += 1
    return end


def _give(numbers: list[int], lines: Sequence[DumpLine]) -> list[tuple[DumpLine, str]]:
    """The best beginnings among ``lines``, one a number, in order; the first line always begins an entry."""
    scored = []
    for index in range(1, len(lines)):
        score = begin_score(lines[index].text, lines[index - 1].text) + _BLANK * (lines[index].blanks_above > 0)
        scored.append((score, index))
    likeliest = sorted(scored, key=lambda item: (-item[0], item[1]))[: len(numbers) - 1]
    begins = [0, *sorted(index for score, index in likeliest if score > 0)]
    given = dict(zip(begins, numbers, strict=False))
    return [(line, f"[{given[i]}] {line.text}" if i in given else line.text) for i, line in enumerate(lines)]
