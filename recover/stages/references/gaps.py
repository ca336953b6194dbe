"""Entries whose numbers were misread beyond recognition, found where the numbers beside them leave a gap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from recover.stages.references.entry_starts import EntryLine, Start, begin_score
from recover.stages.references.preparation import leading_number

# A number in brackets is read as signs, figures, or one boxy Chinese character before the first name.
_WORN = re.compile(
    r"^[^A-Za-z\u00c0-\u024f\u4e00-\u9fff]*"
    r"(?P<box>[国周间问問同回困团固因图圆口日目田四囚围圈园门月川闰閏]\s*(?=[A-Z]|[\u4e00-\u9fff]{3}[,，.、])"
    r"|[\u4e00-\u9fff]\s?(?=[A-Z]{3})|[A-Z]\s(?=[A-Z]{3,}\s[A-Z]{1,3}[,.]))?"
)
# Indents of first and of further lines differ by at least this, in type sizes.
_TELLING = 0.6
# No entry begins with these, wherever a speck makes the line seem to stand.
_WITHIN = frozenset("et and of in the for with by from".split())  # noqa: SIM905 - a list of words
# Without indents a line must look this much like a first one.
_LIKELY = 0.4


def with_worn_numbers(lines: Sequence[EntryLine], starts: Sequence[Start]) -> list[Start]:
    """``starts`` and, between them, lines that begin entries too though no number can be read there."""
    if not starts:
        return []
    edge = _edge(lines, starts)
    found: list[Start] = []
    for above, below in pairwise([Start(-1, 0, 0), *_counted(lines, starts)]):
        missing = below.number - above.number - 1
        if missing > 0:
            found += _between(lines, above, below, missing, edge)
        found.append(below)
    return found + _after(lines, starts[-1], edge)


def _counted(lines: Sequence[EntryLine], starts: Sequence[Start]) -> list[Start]:
    """``starts``; a misread number among them gives way where its neighbours and the lines between them count to it."""
    counted = list(starts[:1])
    for start, below in pairwise([*starts[1:], None]):
        above = counted[-1]
        if start is None or below is None:
            break
        marked = [index for index in range(above.line + 1, below.line) if _is_marked(lines[index].text)]
        before = sum(index < start.line for index in marked)
        fits = above.number + before + 1 == start.number
        if fits or len(marked) != below.number - above.number - 1 or start.line not in marked:
            counted.append(start)
        else:
            counted += [_start(lines, index, above.number + step) for step, index in enumerate(marked, 1)]
    return counted + ([starts[-1]] if len(starts) > 1 else [])


def _is_marked(text: str) -> bool:
    """Whether a line begins with a number, or with what a bracketed number is misread as."""
    hit = _WORN.match(text)
    return leading_number(text)[0] > 0 or bool(hit and hit["box"])


def _edge(lines: Sequence[EntryLine], starts: Sequence[Start]) -> tuple[float, float] | None:
    """The usual indents of first and of further lines, where they differ."""
    firsts = {start.line for start in starts}
    first = [line.indent for i, line in enumerate(lines) if i in firsts and line.indent is not None]
    other = [line.indent for i, line in enumerate(lines) if i not in firsts and line.indent is not None]
    if len(first) < 2 or len(other) < 2 or abs(median(first) - median(other)) < _TELLING:
        return None
    return median(first), median(other)


def _between(
    lines: Sequence[EntryLine], above: Start, below: Start, missing: int, edge: tuple[float, float] | None
) -> list[Start]:
    """The likeliest ``missing`` lines of the gap; fewer go without a number, for nobody knows which is lost."""
    rated = _rated(lines, range(above.line + 1, below.line), edge)
    chosen = sorted(index for _, index in sorted(rated, reverse=True)[:missing])
    if len(chosen) < missing:
        return [_start(lines, index, 0) for index in chosen]
    return [_start(lines, index, above.number + step) for step, index in enumerate(chosen, 1)]


def _after(lines: Sequence[EntryLine], last: Start, edge: tuple[float, float] | None) -> list[Start]:
    """Behind the last number only the indent shows further entries."""
    if edge is None:
        return []
    rated = _rated(lines, range(last.line + 1, len(lines)), edge)
    chosen = sorted(index for score, index in rated if score > _LIKELY)
    return [_start(lines, index, last.number + step) for step, index in enumerate(chosen, 1)]


def _rated(lines: Sequence[EntryLine], where: range, edge: tuple[float, float] | None) -> list[tuple[float, int]]:
    """The lines that may begin an entry, each with how much it looks so."""
    rated = []
    above = ""
    for index in where:
        text, indent = lines[index].text, lines[index].indent
        if not text.strip():
            continue
        body = text[_begin(text) :] or text
        score = begin_score(body, above)
        above = text
        if body[0].islower() and body.split()[0] in _WITHIN:
            continue
        if edge is not None and indent is not None:
            stands_out = abs(indent - edge[0]) < abs(indent - edge[1])
            if stands_out:
                rated.append((score + 1.0, index))
        elif score > _LIKELY:
            rated.append((score, index))
    return rated


def _start(lines: Sequence[EntryLine], index: int, number: int) -> Start:
    return Start(index, number, _begin(lines[index].text))


def _begin(text: str) -> int:
    number, begin = leading_number(text)
    if number:
        return begin
    hit = _WORN.match(text)
    return hit.end() if hit and hit.end() < len(text) else 0
