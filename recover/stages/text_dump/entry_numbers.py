"""Entry numbers that the dump prints in a block of their own, given back to their entries.

Where numbers hang in the margin, a layout-blind reader takes them for a column: ``[44] [45] …`` first, the entries
after them; or the entries first, and their numbers behind. As many entries begin there as there are numbers, so the
likeliest that many beginnings are taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from recover.stages.references.entries import begin_scores
from recover.stages.references.preparation import leading_number
from recover.stages.text_dump.lines import DumpLine

_BARE = re.compile(r"^(?:[\[［【(（]\s?\d{1,3}\s?[\]］】)）|J1]?\s*)+$")
_EACH = re.compile(r"[\[［【(（]\s?(\d{1,3})\s?[\]］】)）|J1]?")
# A blank line above makes a beginning likelier; dumps set one between paragraphs as often as not.
_BLANK = 0.4


class _Block(msgspec.Struct, frozen=True):
    """Lines ``begin`` to ``end`` hold nothing but ``numbers``."""

    begin: int
    end: int
    numbers: tuple[int, ...]


def pair_numbers(lines: Sequence[DumpLine]) -> list[tuple[DumpLine, str]]:
    """The lines with their text, the numbers of a block set before the entries they belong to."""
    blocks = _blocks(lines)
    if not blocks:
        return [(line, line.text) for line in lines]
    runs = _runs(lines, blocks)
    numbers = _follow(lines, blocks, runs) or {index + 1: block.numbers for index, block in enumerate(blocks)}
    paired: list[tuple[DumpLine, str]] = []
    for index, (begin, end) in enumerate(runs):
        stop = _unnumbered_end(lines, begin, end)
        paired.extend(_give(numbers.get(index, ()), lines[begin:stop]))
        paired.extend((line, line.text) for line in lines[stop:end])
    return paired


def _blocks(lines: Sequence[DumpLine]) -> list[_Block]:
    """Blocks of two numbers and more; a number alone may stand before its own entry."""
    blocks = []
    position = 0
    while position < len(lines):
        end = _block_end(lines, position)
        numbers = tuple(_numbers(lines[position:end]))
        if len(numbers) > 1:
            blocks.append(_Block(position, end, numbers))
        position = max(end, position + 1)
    return blocks


def _runs(lines: Sequence[DumpLine], blocks: Sequence[_Block]) -> list[tuple[int, int]]:
    """What stands before, between and after the blocks."""
    begins = [0, *(block.end for block in blocks)]
    ends = [*(block.begin for block in blocks), len(lines)]
    return list(zip(begins, ends, strict=True))


def _follow(
    lines: Sequence[DumpLine], blocks: Sequence[_Block], runs: Sequence[tuple[int, int]]
) -> dict[int, tuple[int, ...]] | None:
    """The blocks' numbers by run where every block follows its entries; None where they fit better ahead of them."""
    if any(_unnumbered_end(lines, begin, end) < end for begin, end in runs[:-1]):
        return None
    found = [_count_begins(lines[begin : _unnumbered_end(lines, begin, end)]) for begin, end in runs]
    wanted = [len(block.numbers) for block in blocks]
    ahead = found[0] + sum(abs(a - b) for a, b in zip(found[1:], wanted, strict=True))
    behind = found[-1] + sum(abs(a - b) for a, b in zip(found[:-1], wanted, strict=True))
    return {index: block.numbers for index, block in enumerate(blocks)} if behind < ahead else None


def _block_end(lines: Sequence[DumpLine], begin: int) -> int:
    end = begin
    while end < len(lines) and _BARE.match(lines[end].text):
        end += 1
    return end


def _numbers(lines: Sequence[DumpLine]) -> list[int]:
    return [int(number) for line in lines for number in _EACH.findall(line.text)]


def _unnumbered_end(lines: Sequence[DumpLine], begin: int, end: int) -> int:
    """Up to the first line that has its own number."""
    for position in range(begin, end):
        text = lines[position].text
        if leading_number(text)[0] and text.lstrip()[:1] in "[［(":
            return position
    return end


def _begin_scores(lines: Sequence[DumpLine]) -> list[tuple[float, int]]:
    """How much each line but the first looks like an entry's first."""
    scores = begin_scores([(below.text, above.text) for above, below in pairwise(lines)])
    return [
        (score + _BLANK * (line.blanks_above > 0), index)
        for index, (score, line) in enumerate(zip(scores, lines[1:], strict=True), 1)
    ]


def _count_begins(lines: Sequence[DumpLine]) -> int:
    return bool(lines) + sum(score > 0 for score, _ in _begin_scores(lines))


def _give(numbers: Sequence[int], lines: Sequence[DumpLine]) -> list[tuple[DumpLine, str]]:
    """The best beginnings among ``lines``, one a number, in order; the first line always begins an entry."""
    if not numbers:
        return [(line, line.text) for line in lines]
    likeliest = sorted(_begin_scores(lines), key=lambda item: (-item[0], item[1]))[: len(numbers) - 1]
    begins = [0, *sorted(index for score, index in likeliest if score > 0)]
    given = dict(zip(begins, numbers, strict=False))
    return [(line, f"[{given[i]}] {line.text}" if i in given else line.text) for i, line in enumerate(lines)]
