"""Where a line's characters stand: its baseline, the height of its capitals, of its x, and its Han.

A line of Chinese may hold no letter but the raised one that is asked about; then the page says how its letters stand
to its Han.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

import msgspec

from recover.model.page import Line
from recover.stages.type_styles.shapes import Shape, shape

# So many characters of a kind are evidence, so many of figures with hardly a letter; so many about a place tell the
# baseline there.
ENOUGH, MANY, NEAR = 3, 5, 15
# What most typefaces show, as shares of the height of Han: used where a page has no letters to tell.
CAPITALS, ABOVE_FOOT, SHORT = 0.78, 0.09, 0.7


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """A page's type: the height of capitals and how far the baseline lies above Han's foot, both in heights of Han.

    ``short`` is the height of an x over that of capitals.
    """

    capitals: float = CAPITALS
    above_foot: float = ABOVE_FOOT
    short: float = SHORT


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A line's type, as shares of the line's height: the baseline at each character, and the height of capitals."""

    baselines: tuple[float, ...]
    capitals: float
    short: float
    han: float


class _Kinds(msgspec.Struct, frozen=True):
    """A line's characters by the evidence they give, as offsets."""

    han: list[int]
    tall: list[int]
    short: list[int]


def measure_page(lines: Iterable[Line]) -> Measures:
    """How letters stand to Han on a page, from the lines that show both."""
    capitals, above, short = [], [], []
    for line in lines:
        kinds = _kinds(line)
        if len(kinds.han) < ENOUGH:
            continue
        foot, height = _foot(line, kinds.han), _height(line, kinds.han)
        for at in kinds.tall:
            capitals.append((line.bottoms[at] - line.tops[at]) / height)
            above.append((foot - line.bottoms[at]) / height)
        short += [(line.bottoms[at] - line.tops[at]) / height for at in kinds.short]
    tall = statistics.median(capitals) if len(capitals) >= ENOUGH else CAPITALS
    return Measures(
        capitals=tall,
        above_foot=statistics.median(above) if len(above) >= ENOUGH else ABOVE_FOOT,
        short=statistics.median(short) / tall if len(short) >= ENOUGH else SHORT,
    )


def frame_of(line: Line, page: Measures) -> Frame | None:
    """The line's frame; None where neither Han nor letters tell it."""
    kinds = _kinds(line)
    letters = [at for at in (*kinds.tall, *kinds.short) if line.text[at].isalpha()]
    is_told = len(kinds.han) >= ENOUGH or len(letters) >= ENOUGH
    if not is_told and not (letters and len(kinds.tall) + len(kinds.short) >= MANY):
        return None
    has_han = len(kinds.han) >= ENOUGH
    han = _height(line, kinds.han) if has_han else 0.0
    capitals = page.capitals * han if has_han else _tallest(line, kinds, page)
    feet = [(at, line.bottoms[at]) for at in (*kinds.tall, *kinds.short)]
    if has_han:
        feet += [(at, line.bottoms[at] - page.above_foot * han) for at in kinds.han]
    return Frame(
        baselines=_baselines(feet, len(line.text)),
        capitals=capitals,
        short=capitals * page.short,
        han=han or capitals / CAPITALS,
    )


def _kinds(line: Line) -> _Kinds:
    inked = [at for at in range(len(line.text)) if line.weights and line.weights[at] > 0]
    by_shape = {at: shape(line.text[at]) for at in inked}
    return _Kinds(
        [at for at in inked if by_shape[at] is Shape.HAN],
        [at for at in inked if by_shape[at] is Shape.TALL],
        [at for at in inked if by_shape[at] is Shape.SHORT],
    )


def _tallest(line: Line, kinds: _Kinds, page: Measures) -> float:
    """The height of capitals in a line of letters alone."""
    heights = [line.bottoms[at] - line.tops[at] for at in kinds.tall]
    if len(heights) >= ENOUGH:
        return statistics.median(heights)
    return statistics.median(line.bottoms[at] - line.tops[at] for at in (*kinds.short, *kinds.tall)) / page.short


def _foot(line: Line, places: Sequence[int]) -> float:
    return statistics.median(line.bottoms[at] for at in places)


def _height(line: Line, places: Sequence[int]) -> float:
    return max(1e-3, statistics.median(line.bottoms[at] - line.tops[at] for at in places))


def _baselines(feet: Sequence[tuple[int, float]], length: int) -> tuple[float, ...]:
    """The baseline at every character: what most of the nearest say, since a line may lean or bend."""
    ordered = sorted(feet)
    values: list[float] = []
    low = 0
    for at in range(length):
        while low + NEAR < len(ordered) and at - ordered[low][0] > ordered[low + NEAR][0] - at:
            low += 1
        values.append(statistics.median(foot for _, foot in ordered[low : low + NEAR]))
    return tuple(values)
