"""The entries of a reference list: which lines begin one, and the lines of each joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import median

import msgspec

from recover.stages.references.preparation import leading_number
from recover.stages.references.tagger import load
from recover.text.join import seam
from recover.text.reference_lists import is_list_heading
from recover.text.vocabulary import Vocabulary, vocabulary

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
# So much of a line's beginning and of its end is looked at.
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


def begin_score(text: str, above: str) -> float:
    """Positive where an entry may begin: authors at the beginning, and above a stop or a complete tail."""
    return begin_scores([(text, above)])[0]


def begin_scores(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """``begin_score`` of lines, each with the one above; many together are read faster than one by one."""
    heads = [text.strip() for text, _ in pairs]
    ends = [above.strip()[-_HEAD:] for _, above in pairs if above]
    load().tag_all([*(head[:_HEAD] for head in heads if not _DATED.match(head)), *ends])
    return [
        _end_points(above) + _opens_with_names(head) - _DOUBT for head, (_, above) in zip(heads, pairs, strict=True)
    ]


def _end_points(above: str) -> float:
    """How much the line above looks like an entry's last: numbers at its end, a mere stop, or neither."""
    if not above or last_field(above) in {"P", "V"}:
        return _COMPLETE
    return _STOPPED if above.rstrip().endswith((".", "．", "。")) else _RUNNING_ON


def last_field(line: str) -> str:
    """The label of a line's last word: ``P`` where it ends with pages, ``V`` with a volume."""
    labels = load().tag(line.strip()[-_HEAD:]).labels
    return labels[-1] if labels else ""


def _opens_with_names(head: str) -> float:
    """How surely a line begins with people, or with an author before a year in brackets."""
    if _DATED.match(head):
        return _COMPLETE
    tagged = load().tag(head[:_HEAD])
    if not tagged.labels or tagged.labels[0][1:] not in {"F", "G"}:
        return 0.0
    return tagged.sure[0]


# Numbers of a list that were all misread: what is left of them, and the count of the entries.

# "P6] 方以蓝": up to the closing bracket.
_BRACKETED = re.compile(r"^\s*[^\s\]］】]{0,4}[\]］】]\s*(?=\S)")
# "回ASSINCK P", "gg ANDERSON M": a box, or a sign or two, before a name in capitals or in Chinese.
_BARE = re.compile(
    r"^\s*(?:[\u4e00-\u9fff]\s?(?=[A-Z][\w'’-]{2})|[\u4e00-\u9fff][\s\u3000]+(?=[\u4e00-\u9fff]{2,4}[,，.、])"
    r"|\S{1,2}[|\s]\s*(?=[A-Z]{2}|[\u4e00-\u9fff]{2}))"
)
# Of so many entries, this share must have a closing bracket and that one any stub.
LEAST, BRACKETED, ANY = 5, 0.6, 0.85


def with_counted_numbers(lines: Sequence[EntryLine], starts: Sequence[Start]) -> list[Start]:
    """``starts`` without numbers, counted from 1 where their lines begin with what brackets and figures leave."""
    hits = [(_BRACKETED.match(lines[start.line].text), _BARE.match(lines[start.line].text)) for start in starts]
    bracketed = sum(hit is not None for hit, _ in hits)
    stubs = sum(hit is not None or bare is not None for hit, bare in hits)
    if len(starts) < LEAST or bracketed < BRACKETED * len(starts) or stubs < ANY * len(starts):
        return list(starts)
    return [
        msgspec.structs.replace(start, number=number, at=hit.end() if hit else bare.end() if bare else 0)
        for number, (start, (hit, bare)) in enumerate(zip(starts, hits, strict=True), 1)
    ]


# Entries whose numbers were misread beyond recognition, found where the numbers beside them leave a gap.

# A number in brackets is read as signs, figures, or one boxy Chinese character before the first name.
_WORN = re.compile(
    r"^[^A-Za-z\u00c0-\u024f\u4e00-\u9fff]*(?:(?<=[\[(|{])\s*[lI|]\s+(?=[A-Z][a-z]))?"
    r"(?P<box>[国周间问問同回困团固因图圆口日目田四囚围圈园门月川闰閏]\s*(?=[A-Z]|[\u4e00-\u9fff]{3}[,，.、])"
    r"|[\u4e00-\u9fff]\s?(?=[A-Z]{3})|[A-Z]\s(?=[A-Z]{3,}\s[A-Z]{1,3}[,.]))?"
)
# "[ BRADBURY E J": of the number nothing but its bracket was read.
_OPENED = re.compile(r"^\s*[\[［【〔]\s*(?=[A-ZÀ-Þ]{2,}\s[A-Z]\b|[\u4e00-\u9fff]{2,3}[,，、])")
# Indents of first and of further lines differ by at least this, in type sizes.
_TELLING = 0.6
# No entry begins with these, wherever a speck makes the line seem to stand.
_WITHIN = frozenset("et and of in the for with by from".split())  # noqa: SIM905 - a list of words
# Without indents a line must look this much like a first one.
_LIKELY = 0.4
# A note of authors or of funding behind the list: no number is read as one of these.
_NOTE = re.compile(r"\s*[†‡*＊※©]")


def with_worn_numbers(lines: Sequence[EntryLine], starts: Sequence[Start]) -> list[Start]:
    """``starts`` and, between them, lines that begin entries too though no number can be read there."""
    if not starts:
        return []
    edge = _edge(lines, starts)
    found: list[Start] = []
    for above, below in pairwise([Start(-1, 0, 0), *_counted(lines, starts, edge)]):
        missing = below.number - above.number - 1
        if missing > 0:
            found += _between(lines, above, below, missing, edge)
        found.append(below)
    return found + _after(lines, starts[-1], edge)


def _counted(lines: Sequence[EntryLine], starts: Sequence[Start], edge: tuple[float, float] | None) -> list[Start]:
    """``starts``; a misread number among them gives way where its neighbours and the lines between them count to it."""
    counted = list(starts[:1])
    for start, below in pairwise([*starts[1:], None]):
        above = counted[-1]
        if start is None or below is None:
            break
        marked = [index for index in range(above.line + 1, below.line) if _is_marked(lines[index], edge)]
        before = sum(index < start.line for index in marked)
        fits = above.number + before + 1 == start.number
        if fits or len(marked) != below.number - above.number - 1 or start.line not in marked:
            counted.append(start)
        else:
            counted += [_start(lines, index, above.number + step) for step, index in enumerate(marked, 1)]
    return counted + ([starts[-1]] if len(starts) > 1 else [])


def _is_marked(line: EntryLine, edge: tuple[float, float] | None) -> bool:
    """Whether a line stands out as first lines do, or begins with a number or what a bracketed one is misread as."""
    if edge is not None and line.indent is not None:
        return _stands_out(line.indent, edge)
    hit = _WORN.match(line.text)
    return leading_number(line.text)[0] > 0 or bool(hit and hit["box"]) or _OPENED.match(line.text) is not None


def _stands_out(indent: float, edge: tuple[float, float]) -> bool:
    return abs(indent - edge[0]) < abs(indent - edge[1])


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
    chosen = sorted(index for score, index in rated if score > _LIKELY and not _NOTE.match(lines[index].text))
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
            if _stands_out(indent, edge):
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


# White space, and what worn pages leave at the ends of lines.
_SPECKS = " \t\r\n\f\v\u00a0\u3000•·"


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """``entry.text[start:end]`` is ``lines[line].text[at : at + end - start]``."""

    line: int
    start: int
    end: int
    at: int


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry: its number (0 if none is printed), the number as printed, the joined text without it, its pieces."""

    number: int
    printed: str
    text: str
    pieces: tuple[Piece, ...]
    problems: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[int, ...]:
        """The indexes of the lines it came from."""
        return tuple(piece.line for piece in self.pieces)


def split_entries(lines: Sequence[EntryLine], words: Vocabulary | None = None) -> tuple[Entry, ...]:
    """Entries in order; every line with text belongs to one, a list without numbers is cut by shape.

    ``words`` are the document's, which settle the hyphens at line ends; without them the list's own do.
    """
    words = words if words is not None else vocabulary(line.text for line in lines)
    lines = [line if not is_list_heading(line.text) else msgspec.structs.replace(line, text="") for line in lines]
    starts = with_worn_numbers(lines, numbered_starts(lines)) or with_counted_numbers(lines, shaped_starts(lines))
    first = next((i for i, line in enumerate(lines) if line.text.strip()), None)
    if first is None:
        return ()
    if not starts or starts[0].line > first:
        starts = [Start(first, 0, 0), *starts]
    ends = [start.line for start in starts[1:]] + [len(lines)]
    entries = [_entry(lines, start, end, words) for start, end in zip(starts, ends, strict=True)]
    return _checked([entry for entry in entries if entry.text or entry.number])


def _entry(lines: Sequence[EntryLine], start: Start, end: int, words: Vocabulary) -> Entry:
    text = ""
    pieces: list[Piece] = []
    for index in range(start.line, end):
        offset = start.at if index == start.line else 0
        raw = lines[index].text[offset:]
        body = raw.strip(_SPECKS)
        if not body:
            continue
        at = offset + len(raw) - len(raw.lstrip(_SPECKS))
        drop, between = seam(text, body, words)
        if drop and pieces:
            text = text[:-drop]
            pieces[-1] = msgspec.structs.replace(pieces[-1], end=pieces[-1].end - drop)
        begin = len(text) + len(between)
        text += between + body
        pieces.append(Piece(line=index, start=begin, end=begin + len(body), at=at))
    printed = lines[start.line].text[: start.at].strip()
    return Entry(number=start.number, printed=printed, text=text, pieces=tuple(pieces))


def _checked(entries: list[Entry]) -> tuple[Entry, ...]:
    """Gaps and repeats in the numbering, noted on the entry where they show."""
    checked = []
    above = 0
    for entry in entries:
        problems = []
        if entry.number and entry.number > above + 1:
            problems.append(f"number {above + 1} to {entry.number - 1} missing before {entry.number}")
        if entry.number and not entry.text:
            problems.append(f"nothing printed after number {entry.number}")
        if not entry.number and len(entries) > 1 and any(other.number for other in entries):
            problems.append("an entry without a number in a numbered list")
        checked.append(msgspec.structs.replace(entry, problems=tuple(problems)))
        above = entry.number or above
    return tuple(checked)
