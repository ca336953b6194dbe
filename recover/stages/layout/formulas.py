"""Display formulas: lines of mathematics that stand alone in their column, with the number at its edge.

What is mathematics is told by what was read and by the layout network; that it stands alone, by what is beside it.
Fractions and sums fall into several lines, which are gathered here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from recover.lexicon.english import UNKNOWN, frequency
from recover.model.geometry import Box, enclose, overlap
from recover.model.page import Line, RegionKind, merge_lines
from recover.stages.layout.regions import row_gap
from recover.text.numbering import is_label, number_apart

_RELATION = re.compile(r"[=＝≈≃≅≡≠≤≥⩽⩾≪≫<>＜＞∝→⇒⇔↔]|∑|Σ|∫|∏|√")
_HAN = re.compile(r"[\u3400-\u9fff]")
# What reading makes of an equals sign and of the rule of a fraction.
_STROKES = frozenset("一二")
_WORD = re.compile(r"[A-Za-z]{4,}")
_FUNCTIONS = frozenset(("arccos", "arcsin", "arctan", "const", "cosh", "diag", "grad", "logit", "sinh", "tanh"))
# More words than this, and it is a sentence.
MOST_WORDS = 1
# Distances in type sizes: pieces of one formula side by side, and above each other; rows of one; a formula's indent;
# how far up and down a column's edges are looked for; how low the smallest lone piece may be.
BESIDE, STACKED, NEXT_ROW, INDENT, REACH, LOWEST = 3.0, 0.3, 0.8, 1.2, 14.0, 0.7
# A line that shares this much of the lower one's height stands beside.
SHARED = 0.2
# Without a number, and unseen by the network, a formula is centred: its margins differ by less than this share.
CENTRED = 0.25
# A line of text this wide, in type sizes, shows its column's edges.
WIDE = 6.0


class FoundFormula(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of a formula, its number's line (None without one), and the box around both."""

    lines: tuple[int, ...]
    label: int | None
    box: Box


class _Page(msgspec.Struct, frozen=True):
    """The lines that stand in no float: their boxes, what each is, and the type size in points."""

    lines: Sequence[Line]
    kinds: Sequence[RegionKind]
    free: frozenset[int]
    maths: frozenset[int]
    labels: frozenset[int]
    size: float

    def box(self, index: int) -> Box:
        return self.lines[index].box


def find_formulas(
    lines: Sequence[Line], kinds: Sequence[RegionKind], taken: Iterable[int], size: float
) -> tuple[FoundFormula, ...]:
    """Formulas among the lines; those of floats are ``taken``. ``size`` is that of the page's type in points."""
    free = frozenset(range(len(lines))) - frozenset(taken)
    kept = frozenset(at for at in free if kinds[at] in ("text", "title", "equation") and lines[at].text.strip())
    page = _Page(
        lines=lines,
        kinds=kinds,
        free=free,
        maths=frozenset(at for at in kept if is_mathematics(lines[at].text)),
        labels=frozenset(at for at in free if is_label(lines[at].text)),
        size=max(1.0, size),
    )
    if not any(_is_seed(at, page) for at in page.maths):
        return ()
    bands = _rows_joined(_bands(page), page)
    found = (formula for band in bands for formula in _formulas(band, page))
    return tuple(formula for formula in found if formula is not None)


def is_mathematics(text: str) -> bool:
    """Whether a line may be a formula or a piece of one: no Chinese, hardly a word."""
    if is_label(text) or any(char not in _STROKES for char in _HAN.findall(text)):
        return False
    words = [word for word in _WORD.findall(text) if word.lower() not in _FUNCTIONS]
    if len(words) > MOST_WORDS and _RELATION.search(text):
        # Letters with lowered ones behind them are read as words that no list has: Eict = α + βXict.
        words = [word for word in words if frequency(word, ()) > UNKNOWN]
    return len(words) <= MOST_WORDS


def _is_seed(at: int, page: _Page) -> bool:
    return page.kinds[at] == "equation" or bool(_RELATION.search(page.lines[at].text))


def _bands(page: _Page) -> list[list[int]]:
    """Pieces that touch each other, gathered: each band holds a seed."""
    waiting = sorted(page.maths)
    bands = []
    while waiting:
        band, grown = [waiting.pop(0)], True
        while grown:
            near = [at for at in waiting if any(_touch(page.box(at), page.box(one), page.size) for one in band)]
            waiting = [at for at in waiting if at not in near]
            band += near
            grown = bool(near)
        if any(_is_seed(at, page) for at in band):
            bands.append(band)
    return bands


def _touch(one: Box, other: Box, size: float) -> bool:
    """Whether two pieces stand side by side or right above each other."""
    beside = max(one.x0, other.x0) - min(one.x1, other.x1)
    apart = max(one.y0, other.y0) - min(one.y1, other.y1)
    lower = min(one.height, other.height)
    return (-apart > SHARED * lower and beside < BESIDE * size) or (beside < 0 and apart < STACKED * size)


def _rows_joined(bands: Sequence[list[int]], page: _Page) -> list[list[int]]:
    """Rows right under each other as one formula, unless each has its number."""
    joined: list[list[int]] = []
    for band in sorted(bands, key=lambda members: _around(members, page).y0):
        box = _around(band, page)
        above = next((other for other in joined if _follows(_around(other, page), box, page.size)), None)
        if above is None or (_label_of(above, page) is not None and _label_of(band, page) is not None):
            joined.append(list(band))
        else:
            above += band
    return joined


def _follows(above: Box, below: Box, size: float) -> bool:
    gap = below.y0 - above.y1
    return gap < NEXT_ROW * size and below.y0 > above.y0 and overlap(above.x0, above.x1, below.x0, below.x1) > 0


def _formulas(band: Sequence[int], page: _Page) -> list[FoundFormula | None]:
    """The formula of a band, or those of its parts that share no row with text: fractions in the text touch them."""
    whole = _formula(band, page)
    if whole is not None or _stands_alone(band, page):
        return [whole]
    alone = frozenset(at for at in band if _stands_alone([at], page))
    parts = _rows_joined(_bands(msgspec.structs.replace(page, maths=alone)), page)
    known = [part for part in parts if all(page.kinds[at] == "equation" for at in part)]
    return [_formula(part, page) for part in known if len(part) < len(band)]


def _formula(band: Sequence[int], page: _Page) -> FoundFormula | None:
    """The formula of a band; None where it is a piece of the text."""
    box = _around(band, page)
    label = _label_of(band, page)
    text = "".join(page.lines[at].text for at in band)
    if not any(char.isalnum() for char in text) or len(text.strip()) < 3 or not _stands_alone(band, page):
        return None
    is_numbered = label is not None or any(len(number_apart(page.lines[at])) > 1 for at in band)
    if max(page.box(at).height for at in band) < LOWEST * page.size:
        return None
    if not _is_set_off(band, box, page, is_numbered=is_numbered):
        return None
    whole = enclose((box, page.box(label))) if label is not None else box
    return FoundFormula(lines=tuple(band), label=label, box=whole)


def _around(band: Iterable[int], page: _Page) -> Box:
    return enclose(page.box(at) for at in band)


def _label_of(band: Sequence[int], page: _Page) -> int | None:
    """The nearest number that stands right of the band in its rows."""
    box = _around(band, page)
    beside = [at for at in page.labels if page.box(at).x0 > box.x1 and box.y0 < page.box(at).center[1] < box.y1]
    return min(beside, key=lambda at: page.box(at).x0, default=None)


def _stands_alone(band: Sequence[int], page: _Page) -> bool:
    """Whether no line of text shares the band's rows within its column."""
    box, (left, right) = _around(band, page), _column(band, page)
    for at in page.free - page.maths - page.labels:
        other = page.box(at)
        shared = overlap(box.y0, box.y1, other.y0, other.y1)
        if shared > SHARED * min(other.height, box.height) and other.x1 > left and other.x0 < right:
            return False
    return True


def _column(band: Sequence[int], page: _Page) -> tuple[float, float]:
    """The edges of the column as the nearest wide lines above and below show them; the band's own without any."""
    box = _around(band, page)
    wide = [
        page.box(at)
        for at in page.free - page.maths
        if page.box(at).width > WIDE * page.size
        and overlap(page.box(at).x0, page.box(at).x1, box.x0, box.x1) > 0
        and abs(page.box(at).center[1] - box.center[1]) < REACH * page.size + box.height / 2
    ]
    return min([box.x0, *(line.x0 for line in wide)]), max([box.x1, *(line.x1 for line in wide)])


def _is_set_off(band: Sequence[int], box: Box, page: _Page, *, is_numbered: bool) -> bool:
    """Whether the band is set in from its column and has a number, is known to the network, or stands in the middle."""
    left, right = _column(band, page)
    # Beside a paragraph's first line a formula is set in no farther than that; the network's word and the page tell.
    is_known = all(page.kinds[at] == "equation" for at in band)
    outermost = min(page.box(at).x0 for at in page.free) if is_known else left
    if box.x0 - outermost < INDENT * page.size:
        return False
    if is_numbered or 2 * sum(page.kinds[at] == "equation" for at in band) > len(band):
        return True
    # Where only short lines stand around, the page's edges tell.
    edges = ((left, right), (min(page.box(at).x0 for at in page.free), max(page.box(at).x1 for at in page.free)))
    is_centred = any(_is_centred(box, low, high, page.size) for low, high in edges)
    return is_centred and any(_RELATION.search(page.lines[at].text) for at in band)


def _is_centred(box: Box, left: float, right: float, size: float) -> bool:
    margins = box.x0 - left, right - box.x1
    return min(margins) > INDENT * size and abs(margins[0] - margins[1]) < CENTRED * (right - left)


# Lines of text with built-up formulas in them: fractions, sums and limits, whose parts stand above each other.

# Distances in type sizes: pieces of a row stand no farther apart; the middles of stacked ones no nearer.
BESIDE_PIECE, STEP = 1.2, 0.5
# Stacked pieces share this much of the narrower one's width.
STACKED_PIECE = 0.5


def find_built_up(
    lines: Sequence[Line], kinds: Sequence[RegionKind], taken: Iterable[int], size: float
) -> tuple[tuple[int, ...], ...]:
    """Rows of text with parts of formulas above each other, each in reading order; ``size`` is the type's in points."""
    free = set(range(len(lines))) - set(taken)
    kept = sorted(at for at in free if kinds[at] in ("text", "title", "equation") and lines[at].text.strip())
    maths = {at for at in kept if is_mathematics(lines[at].text)}
    rows = _joined(kept, maths, lines, size)
    return tuple(
        _in_order(row, maths, lines) for row in rows if set(row) - maths and _is_stacked(row, maths, lines, size)
    )


def as_lines(lines: Sequence[Line], rows: Sequence[Sequence[int]]) -> list[Line]:
    """The page's lines with each row made one, at its first piece; the other pieces are left empty."""
    joined = list(lines)
    for first, *rest in rows:
        whole = lines[first]
        for at in rest:
            beside = lines[at].box.x0 > whole.box.x1
            whole = merge_lines(whole, lines[at], row_gap(whole, lines[at]) if beside else " ")
            joined[at] = msgspec.structs.replace(
                lines[at], text="", lefts=(), rights=(), confidences=(), readers="", weights=(), tops=(), bottoms=(),
                styles="", doubts=(), insertions=(),
            )  # fmt: skip
        joined[first] = whole
    return joined


def _joined(kept: Sequence[int], maths: set[int], lines: Sequence[Line], size: float) -> list[list[int]]:
    """Pieces gathered to rows: one of mathematics with whatever stands beside it, or above and below it in its row."""
    rows: list[list[int]] = []
    for at in kept:
        near = [row for row in rows if any(_touch_in_row(at, other, maths, lines, size) for other in row)]
        rows = [row for row in rows if row not in near]
        rows.append([at, *(other for row in near for other in row)])
    return [row for row in rows if len(row) > 1]


def _touch_in_row(one: int, other: int, maths: set[int], lines: Sequence[Line], size: float) -> bool:
    if one not in maths and other not in maths:
        return False
    box, its = lines[one].box, lines[other].box
    level = overlap(box.y0, box.y1, its.y0, its.y1) > SHARED * min(box.height, its.height)
    return level and max(box.x0, its.x0) - min(box.x1, its.x1) < BESIDE_PIECE * size


def _is_stacked(row: Sequence[int], maths: set[int], lines: Sequence[Line], size: float) -> bool:
    return any(_is_above(lines[one].box, lines[other].box, size) for one in row if one in maths for other in row)


def _is_above(one: Box, other: Box, size: float) -> bool:
    return _share(one, other) > STACKED_PIECE and abs(one.center[1] - other.center[1]) > STEP * size


def _share(one: Box, other: Box) -> float:
    return overlap(one.x0, one.x1, other.x0, other.x1) / max(1.0, min(one.width, other.width))


def _in_order(row: Sequence[int], maths: set[int], lines: Sequence[Line]) -> tuple[int, ...]:
    """From the left; what stands above each other from the top, but behind the text it stands over."""
    stacks: list[list[int]] = []
    for at in sorted(row, key=lambda one: lines[one].box.x0):
        if stacks and any(_share(lines[at].box, lines[other].box) > STACKED_PIECE for other in stacks[-1]):
            stacks[-1].append(at)
        else:
            stacks.append([at])
    return tuple(
        at for stack in stacks for at in sorted(stack, key=lambda one: (one in maths, lines[one].box.center[1]))
    )
