"""Which lines of a reference list begin an entry: by their numbers, else by the shape of the list.

An entry is over where its date, volume, issue and pages stand, in any of the orders that journals print them in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

import msgspec

from recover.stages.references.preparation import leading_number
from recover.stages.references.tagger import load

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


_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|Spring|Summer|Autumn|Fall|Winter)"
)
_YEAR = r"(?P<year>(?:1[6-9]|20)\d{2})(?P<letter>[a-z])?"
_DAY = (
    rf"(?P<day>(?:[\s,]+|[-/年])(?:{_MONTH}\.?(?:[-/–]{_MONTH}\.?)?(?:\s?\d{{1,2}}(?:[-–]\d{{1,2}})?)?"
    rf"|\d{{1,2}}(?:[-/月]\d{{1,2}}日?)?\s?{_MONTH}?\.?))?"
)
_VOLUME = (
    r"(?P<volume>(?:[Vv]ol(?:ume)?s?\.?\s*|第\s*)?(?:[A-Z]{0,3}-?\d{1,4}(?:\s?[-–/]\s?\d{1,4})?(?:[A-Z"
    r"](?![a-z]))?|[IVXLCDM]{1,7}|"
    r"(?:\d{1,4}\s)?[Ss]uppl(?:ement)?\.?(?:\s?[A-Z\d]{1,3})?)\s*卷?(?:\s(?:[Ss]uppl(?:ement)?\.?\s?[A"
    r"-Z\d]{0,3}|Pt\.?\s?[A-Z\d]{1,3}|Spec No))?)"
)
_ISSUE = r"\s*[(（\[]\s*(?P<issue>[^()（）\[\]]{1,40}?)\s*[)）\]]"
# "145ra104" and "eabc1234" number articles.
_PAGE = r"(?:[A-Za-z]{0,4}\.?\s?\d+(?:\.\d+)?(?:[a-z]{2}\d{1,4}|[A-Za-z]?\d{0,3})|[ivxlc]{1,7}|e[a-z]{3,4}\d{3,5})"
_PAGES = (
    rf"(?P<pages>(?:[Pp]{{1,2}}\.?\s?|页码?\s?)?{_PAGE}(?:\s?[-–—−‐‑－~～]{{1,2}}\s?{_PAGE}(?:\.e\d+)?)?(?"
    rf":\s?[,，;、+]\s?{_PAGE}(?:\s?[-–—−－~]\s?{_PAGE})?){{0,4}})"
)
_END = r"[\s.．。,，;]*$"
_MID = r"\s*[;；:：,，]{1,2}\s*"

# Ordered from the most specific to the least; each must run to the end of the string.
_SHAPES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "year;vol(issue):pages",
            rf"[\s.,，．。;(（]{_YEAR}{_DAY}[)）]?\.?{_MID}{_VOLUME}(?:{_ISSUE})?\s*[:：,，.]\s*{_PAGES}{_END}",
        ),
        ("year;vol(issue)pages", rf"[\s.,，．。;]{_YEAR}{_DAY}{_MID}{_VOLUME}{_ISSUE}\s*{_PAGES}{_END}"),
        ("year(issue):pages", rf"[\s.,，．。;]{_YEAR}[,，;；]?{_ISSUE}\s*[:：,，]\s*{_PAGES}{_END}"),
        (
            "vol(issue):pages(year)",
            (
                rf"[\s.,，．。;]{_VOLUME}(?:,?\s*(?:no\.\s*)?{_ISSUE})?\s*[:：,，]\s*{_PAGES}\s*[,，.]?\s*[(（]{_YEAR}"
                rf"{_DAY}[)）]{_END}"
            ),
        ),
        (
            "vol(issue):pages,year",
            (
                rf"[\s.,，．。;]{_VOLUME}(?:,?\s*{_ISSUE})?\s*[:：,，]\s*{_PAGES}\s*[,，.;；]\s*(?:{_MONTH}\.?\s)?{_YEAR}"
                rf"{_DAY}{_END}"
            ),
        ),
        (
            "vol(year)pages",
            rf"[\s.,，．。;]{_VOLUME}(?:\s*{_ISSUE})?\s*[(（]{_YEAR}{_DAY}[)）]\s*[:：,，]?\s*{_PAGES}{_END}",
        ),
        ("year:pages", rf"[\s.,，．。;]{_YEAR}{_DAY}\s*[:：]\s*{_PAGES}{_END}"),
        ("year;vol(issue)", rf"[\s.,，．。;(（]{_YEAR}{_DAY}[)）]?{_MID}{_VOLUME}(?:{_ISSUE})?{_END}"),
        ("year;pages", rf"[\s.,，．。;(（]{_YEAR}{_DAY}[)）]?\s*[:：;；,，]\s*{_PAGES}{_END}"),
        ("year(issue)", rf"[\s.,，．。;]{_YEAR}{_ISSUE}{_END}"),
        ("year", rf"[\s.,，．。;(（]{_YEAR}{_DAY}[)）]?{_END}"),
    )
)


class Tail(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the end of a string says, and where it begins; ``shape`` is the dialect."""

    shape: str
    start: int
    year: str
    day: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


def read_tail(text: str) -> Tail | None:
    """The first dialect whose pattern runs to the end of ``text``; only the last stretch is looked at."""
    offset = max(0, len(text) - 160)
    window = text[offset:]
    for name, pattern in _SHAPES:
        hit = pattern.search(window)
        if hit:
            found = hit.groupdict()
            return Tail(
                shape=name,
                start=offset + hit.start(),
                year=found["year"],
                day=(found.get("day") or "").strip(" ,-/"),
                volume=found.get("volume") or "",
                issue=found.get("issue") or "",
                pages=found.get("pages") or "",
            )
    return None
