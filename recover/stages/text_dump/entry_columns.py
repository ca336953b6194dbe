"""Two columns of a reference list that the dump runs together line by line, taken apart again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

import msgspec

from recover.stages.references.journals import known
from recover.stages.references.preparation import leading_number
from recover.text.legible import is_english_word, legibility
from recover.text.reference_lists import is_list_heading

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_UPPER = _LOWER.upper()
_SIGNS = " 0.,:;-()/|'"
# Advance widths in thousandths of an em that the faces of each kind share, in the order of the letters above.
_FACES = {
    "grotesque": (
        "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500",
        "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611",
        "278 556 278 278 278 278 333 333 333 278 260 191",
    ),
    "humanist": (
        "479 525 423 525 498 305 471 525 229 239 455 229 799 525 527 525 525 349 391 335 525 452 715 433 453 395",
        "579 544 533 615 488 459 631 623 252 319 520 420 855 646 662 517 673 543 459 487 642 567 890 519 487 468",
        "226 507 252 250 267 267 306 303 303 386 460 221",
    ),
    "roman": (
        "444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444",
        "722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611",
        "250 500 250 250 278 278 333 333 333 278 200 180",
    ),
}
FACES = tuple(_FACES)
_WIDE = 1000
_OTHER = 520


@cache
def _widths(face: str) -> dict[str, int]:
    widths = [int(width) for group in _FACES[face] for width in group.split()]
    table = dict(zip(_LOWER + _UPPER + _SIGNS, widths, strict=True))
    return table | dict.fromkeys("123456789", table["0"]) | {"’": table["'"], "[": table["("], "]": table[")"]}


@lru_cache(maxsize=1 << 16)
def width_em(text: str, face: str = "grotesque") -> float:
    """The printed width of ``text`` in ems of ``face``."""
    table = _widths(face)
    return sum(table.get(char) or (_WIDE if char >= "\u2e80" else _OTHER) for char in text) / 1000


# Whether a line of a reference list can go on as the line below it does.

_ENTRY_END = re.compile(r"\d[\da-zA-Z]*(?:[-–]\d+)?[.,;]?$|[/\w]{12,}\.?$")
_WANTS_NUMBER = re.compile(r"(?:\d{4};|\d\)?:|\(\d{1,4}\):|\):|\d[-–])$")
_PAGE_FIRST = re.compile(r"^[a-zA-Z]{0,4}\d")
_PAGE_RANGE = re.compile(r"^\d+[-–]\d+[.,]?(?:\s|$)")
_VOLUME_FIRST = re.compile(r"^\d{1,4}(?:\([^)]*\))?:\s?\w+")
_YEAR_FIRST = re.compile(r"^(?:19|20)\d{2}[;,]")
_WHOLE = re.compile(r"\d[;,(][^.]{0,20}:\s?[A-Za-z]{0,4}\d[\w\-–.]*\.$")
_LAST_SENTENCE = re.compile(r"\.\s([A-Z][^.]{2,60})\.$")
_NO_END = 1.5
_FITS = -1.0
_JARS = 2.0
_ODD = 1.0


def follows(line: str, following: str) -> float:
    """A cost, negative where the two fit: numbers follow ``2020;`` and ``585(7823):``, small letters no stop.

    An empty ``following`` stands for a new entry: the line must end like one.
    """
    if not following:
        return 0.0 if _ENTRY_END.search(line) else _NO_END
    if _WHOLE.search(line):
        return _JARS
    if _YEAR_FIRST.match(following) and not line.endswith((".", ",", ";", ")", "．", "，")):
        return _JARS
    if _WANTS_NUMBER.search(line) or _ends_with_journal(line):
        return _FITS if following[0].isdigit() or _PAGE_FIRST.match(following) else _JARS
    if _PAGE_RANGE.match(following) or _VOLUME_FIRST.match(following):
        return _JARS
    return _ODD if line.endswith(".") and following[0].islower() and not _PAGE_FIRST.match(following) else 0.0


def _ends_with_journal(line: str) -> bool:
    hit = _LAST_SENTENCE.search(line)
    return bool(hit and known(hit[1]))


_INNER = re.compile(r"(?<=\S)\s+([\[［(（]\s?\d{1,3}\s?[\]］)）])\s+(?=[A-Z\u4e00-\u9fff][\w'’\-]+[\s,.])")
# An entry's last numbers, and those of another.
_TWO_ENDS = re.compile(r"(;\S{1,16}:\s?[\w.\-–]+\.)\s+((?:19|20)\d{2};\S{1,16}:\s?\w[\w.\-–]*\.?$)")
_BREAK = re.compile(r"\s+")
_FIRST = re.compile(r"^[^\s\-/]+[-/]?")
# Signs that speckle the gutter between two columns.
_STRAY = " ~|·_"
# Costs: a whole column's width too much, or too little; words of nonsense; the order of what is left over.
_TOO_WIDE = 60.0
_TOO_SHORT = 14.0
_TOLERANCE = 0.02
_NONSENSE = 5.0
# The lines whose seam shows needn't be among the fullest, nor read without letters gained or lost.
_SCALES = (0.94, 0.97, 1.0, 1.03)
_WORD = 0.35
_HEADING = 5.0
_LANGUAGE = 0.5
# The dump prints what is left of the left column before what is left of the right one.
_TURNS_BACK = 2.0
_UNFINISHED = 0.3


class Seam(msgspec.Struct, frozen=True, gc=False):
    """The left and the right part of a line, either of which may be empty; ``foreign``: the left is no list's."""

    left: str
    right: str
    foreign: bool = False


class Column(msgspec.Struct, frozen=True, gc=False):
    """A typeface, and the width in its ems of the widest lines known."""

    face: str
    width: float

    def share(self, text: str) -> float:
        """How much of the column ``text`` fills; the number hangs in the margin and doesn't count."""
        _, at = leading_number(text)
        return width_em(text[at:].strip(), self.face) / self.width


def is_interleaved(lines: Sequence[str]) -> bool:
    """Whether entry numbers stand inside several of the lines."""
    return sum(bool(_INNER.search(line)) for line in lines) >= 2


def part(lines: Sequence[str]) -> tuple[Seam, ...]:
    """The seam of every line; ``lines`` are those of one page's stretch of the list."""
    columns = [measured(lines, face) for face in FACES]
    fits = [_fit(lines, Column(column.face, column.width * scale)) for column in columns for scale in _SCALES]
    return min(fits, key=lambda fit: fit[0])[1]


def measured(lines: Sequence[str], face: str) -> Column:
    """The column's width from the lines whose seam shows; the widest but one, for OCR may stretch a line."""
    unit = Column(face, 1.0)
    known = []
    for line in lines:
        hit = _INNER.search(line)
        if hit:
            known += [unit.share(line[: hit.start()]), unit.share(line[hit.start(1) :])]
    known.sort()
    return Column(face, (known[-2] if len(known) > 2 else max(known, default=0.0)) or 1.0)


def _fit(lines: Sequence[str], column: Column) -> tuple[float, tuple[Seam, ...]]:
    body = _body_lines(lines)
    turn = _first_right(lines)
    options = [_options(line, column, turn, foreign=index < body) for index, line in enumerate(lines)]
    best = [_alone(seam, column) for seam in options[0]]
    back: list[list[int]] = [[-1] * len(options[0])]
    for above, here in pairwise(options):
        costs, links = [], []
        for seam in here:
            reached = [cost + _step(before, seam, column) for cost, before in zip(best, above, strict=True)]
            link = min(range(len(reached)), key=reached.__getitem__)
            costs.append(reached[link] + _alone(seam, column))
            links.append(link)
        best = costs
        back.append(links)
    return min(best), _trace(options, best, back)


def _trace(options: list[list[Seam]], best: list[float], back: list[list[int]]) -> tuple[Seam, ...]:
    at = min(range(len(best)), key=best.__getitem__)
    seams = []
    for line in range(len(options) - 1, -1, -1):
        seams.append(options[line][at])
        at = back[line][at]
    return tuple(reversed(seams))


def _body_lines(lines: Sequence[str]) -> int:
    """How many lines stand above the list's heading: their left part is the end of the paper's body."""
    for index, line in enumerate(lines):
        if any(is_list_heading(line[: cut.start()]) for cut in _BREAK.finditer(line)) or is_list_heading(line):
            return index
    return 0


def _first_right(lines: Sequence[str]) -> int:
    """The number with which the right column begins: the least of those inside lines."""
    return min((leading_number(hit[1])[0] for line in lines if (hit := _INNER.search(line))), default=0)


def _options(line: str, column: Column, turn: int, *, foreign: bool) -> list[Seam]:
    hit = _INNER.search(line)
    if hit:
        return [Seam(line[: hit.start()].rstrip(_STRAY), line[hit.start(1) :], foreign)]
    ends = _TWO_ENDS.search(line)
    if ends:
        return [Seam(line[: ends.end(1)], line[ends.start(2) :], foreign)]
    number, _ = leading_number(line)
    if number and number >= turn:
        return [Seam("", line, foreign)]
    found = [Seam(line, "", foreign)] if column.share(line) <= 1.1 else []
    if found and not number:
        found.append(Seam("", line, foreign))
    for cut in _BREAK.finditer(line):
        left, right = line[: cut.start()], line[cut.end() :]
        if column.share(right) <= 1.1 and (foreign or column.share(left) <= 1.1 or not _is_language(left)):
            found.append(Seam(left, right, foreign))
    return found or [Seam(line, "", foreign)]


def _alone(seam: Seam, column: Column) -> float:
    """What speaks against a seam by itself: parts too wide for the column, nonsense on the right."""
    cost = _overhang(seam.right, column)
    if is_list_heading(seam.left):
        return cost - _HEADING
    if seam.right and (seam.foreign or not _is_language(seam.left)):
        # Nonsense has no measurable width: the seam is where language begins.
        read = legibility(seam.right)
        nonsense = _NONSENSE * (1 - read.score) * (not read.is_legible) + _WORD * _junk(seam.right)
        return cost + nonsense + _WORD * _words(seam.left)
    if seam.foreign:
        return cost
    return cost + _overhang(seam.left, column)


def _overhang(text: str, column: Column) -> float:
    over = column.share(text) - 1 - _TOLERANCE if text else 0.0
    return _TOO_WIDE * over if over > 0 else 0.0


@lru_cache(maxsize=1 << 16)
def _is_language(text: str) -> bool:
    return not text or bool(leading_number(text)[0]) or legibility(text).score >= _LANGUAGE


@lru_cache(maxsize=1 << 16)
def _words(text: str) -> int:
    return sum(len(word) > 2 and is_english_word(word) for word in re.findall(r"[A-Za-z]+", text))


@lru_cache(maxsize=1 << 16)
def _junk(text: str) -> int:
    """Tokens that are neither words nor the numbers of a reference."""
    tokens = [token.strip(".,;:()[]") for token in text.split()]
    return sum(not is_english_word(token) and len(token) < 4 for token in tokens)


def _step(above: Seam, below: Seam, column: Column) -> float:
    """What speaks against two seams in a row."""
    turns_back = _TURNS_BACK if not above.left and below.left and not below.right else 0.0
    read = not (above.foreign or below.foreign) and _is_language(above.left) and _is_language(below.left)
    left = _follow(above.left, below.left, column) if read else 0.0
    return turns_back + left + _follow(above.right, below.right, column)


@lru_cache(maxsize=1 << 16)
def _follow(line: str, following: str, column: Column) -> float:
    """A line that stops short though the next word would have fitted, or that the next can't continue."""
    if not line or not following:
        return 0.0 if not line or line.endswith((".", "。", "．")) else _UNFINISHED
    if leading_number(following)[0]:
        return follows(line, "")
    first = _FIRST.match(following)
    word = " " + (first[0] if first else following[:1])
    short = max(0.0, 1 - _TOLERANCE - column.share(line) - width_em(word, column.face) / column.width)
    return _TOO_SHORT * short + follows(line, following)
