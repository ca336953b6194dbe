"""Which lines of a reference list begin an entry: by their numbers, else by the shape of the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

import msgspec

from recover.stages.references.normalise.numbering import leading_number
from recover.stages.references.tagger import load
from recover.stages.references.tail import read_tail

# A hanging line stands in by more than this, in units of the type size.
_HANGING = 0.6
# What an entry's first line must outweigh, and what the line above it says for or against.
_DOUBT = 0.75
_COMPLETE = 1.0
_STOPPED = 0.4
_RUNNING_ON = -1.2
# Authors and a year right behind them, as lists by author and year begin: Marsh, J. (2004). 王小明、李大偉（2015）。
_DATED = re.compile(
    r"(?:[A-Z][\w'’-]+,\s(?:[A-Z]\.[\s-]?)+[^.]{0,80}?|[\u3400-\u9fff][\u3400-\u9fff、·]{1,24}等?\s?)[(（](?:19|20)\d\d[a-z]?[)）]"
)
# A paragraph that begins behind a stop begins an entry, whoever its authors are.
_OPENS = 0.5
# So much of a line is looked at.
_HEAD = 200


class EntryLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list in reading order; ``indent`` from the column's left edge in type sizes, if known.

    ``opens`` where it is set like the first line of a paragraph.
    """

    text: str
    indent: float | None = None
    column: int = 0
    page: int = 0
    opens: bool = False


class Start(msgspec.Struct, frozen=True, gc=False):
    """The entry's first line, its number (0: none) and where its text begins behind that."""

    line: int
    number: int
    at: int


def numbered_starts(lines: Sequence[EntryLine]) -> list[Start]:
    """The longest chain of rising numbers at the beginnings of lines; steps of one weigh more.

    So do longer ones over as many lines that stand out like an entry's first, whose numbers were misread.
    """
    found = []
    for index, line in enumerate(lines):
        number, at = leading_number(line.text)
        if number:
            found.append((Start(index, number, at), _strength(line.text)))
    chain = _best_chain(found, _standing_out(lines))
    return chain if len(chain) > 1 or (chain and chain[0].number == 1) else []


def _strength(text: str) -> float:
    """A bracketed number says more than one with a stop, and no number at all stands before small letters."""
    bare = text.lstrip()
    return 1.0 if bare[:1] in "[［【〔" else 0.8 if bare[:1] in "(（{|" else 0.5


def _standing_out(lines: Sequence[EntryLine]) -> list[int]:
    """How many lines up to each stand out to the left, as the first ones of entries with a hanging indent do."""
    edge = _hanging_edge(lines)
    firsts = [edge is not None and line.indent is not None and line.indent <= edge for line in lines]
    return list(accumulate(map(int, firsts)))


def _hanging_edge(lines: Sequence[EntryLine]) -> float | None:
    """How far in the first lines of entries stand at most; None where no line hangs."""
    known = [line.indent for line in lines if line.indent is not None and line.text.strip()]
    edge = min(known, default=0.0) + _HANGING
    return edge if any(indent > edge for indent in known) else None


def _best_chain(found: list[tuple[Start, float]], standing_out: Sequence[int]) -> list[Start]:
    best: list[float] = []
    back: list[int] = []
    for index, (start, strength) in enumerate(found):
        value, link = strength + (0.5 if start.number == 1 else 0.0), -1
        for other in range(index):
            step = start.number - found[other][0].number
            if step < 1:
                continue
            between = standing_out[start.line - 1] - standing_out[found[other][0].line] if start.line else 0
            gain = best[other] + strength
            gain += 0.5 if step == 1 else 0.0 if between == step - 1 else -0.1 * min(step - 1, 20)
            if gain > value:
                value, link = gain, other
        best.append(value)
        back.append(link)
    at = max(range(len(best)), key=best.__getitem__, default=-1)
    chain = []
    while at >= 0:
        chain.append(found[at][0])
        at = back[at]
    return chain[::-1]


def shaped_starts(lines: Sequence[EntryLine]) -> list[Start]:
    """Starts in a list without numbers: by the hanging indent, else by what ends above and begins here."""
    edge = _hanging_edge(lines)
    printed = [index for index, line in enumerate(lines) if line.text.strip()]
    if edge is not None:
        return [Start(index, 0, 0) for index in printed if (lines[index].indent or 0.0) <= edge]
    texts = [lines[index].text for index in printed]
    scores = begin_scores(list(zip(texts, ["", *texts], strict=False)))
    return [
        Start(index, 0, 0)
        for index, score in zip(printed, scores, strict=True)
        if score + (_OPENS if lines[index].opens else 0.0) > 0
    ]


def begins_entry(text: str, above: str) -> bool:
    """Whether ``text`` opens an entry when ``above`` is the line before: names here, a complete end there."""
    return begin_score(text, above) > 0


def begin_score(text: str, above: str) -> float:
    """Positive where an entry may begin: authors at the beginning, and above a stop or a complete tail."""
    return begin_scores([(text, above)])[0]


def begin_scores(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """``begin_score`` of lines, each with the one above; many together are read faster than one by one."""
    heads = [text.strip() for text, _ in pairs]
    load().tag_all([head[:_HEAD] for head in heads if not _DATED.match(head)])
    return [
        _end_points(above) + _opens_with_names(head) - _DOUBT for head, (_, above) in zip(heads, pairs, strict=True)
    ]


def _end_points(above: str) -> float:
    """How much the line above looks like an entry's last: a complete tail, a mere stop, or neither."""
    if not above:
        return _COMPLETE
    tail = read_tail(" " + above)
    if tail is not None and (tail.pages or tail.volume):
        return _COMPLETE
    return _STOPPED if above.rstrip().endswith((".", "．", "。")) else _RUNNING_ON


def _opens_with_names(head: str) -> float:
    """How surely a line begins with people, or with an author before a year in brackets."""
    if _DATED.match(head):
        return _COMPLETE
    tagged = load().tag(head[:_HEAD])
    if not tagged.labels or tagged.labels[0][1:] not in {"F", "G"}:
        return 0.0
    return tagged.sure[0]
