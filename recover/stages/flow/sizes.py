"""Type size and weight of a line, measured on its characters' ink."""

from __future__ import annotations

import statistics
from collections.abc import Iterable

from recover.model.page import Line
from recover.text.scripts import is_han

# A Chinese character's ink fills this share of its cell; capitals and ascenders of their type size.
HAN_INK, TALL_INK = 0.88, 0.72
TALL = frozenset("ABCDEFGHIJKLMNOPRSTUVWXYZbdfhkl0123456789")
# A line box is about this much higher than its type when no character can be measured.
BOX_OVER_TYPE = 1.15


def type_size(line: Line) -> float:
    """The type size of a line in points."""
    heights = [(bottom - top) * line.height for top, bottom in zip(line.tops, line.bottoms, strict=True)]
    han = [h / HAN_INK for h, char in zip(heights, line.text, strict=False) if is_han(char) and char not in "一二三"]
    if len(han) >= 3:
        return statistics.median(han)
    tall = [h / TALL_INK for h, char in zip(heights, line.text, strict=False) if char in TALL]
    if len(tall) >= 3:
        return statistics.median(tall)
    return line.height / BOX_OVER_TYPE


def stroke_weight(line: Line, start: int = 0, end: int | None = None) -> float:
    """The median stroke thickness in ``text[start:end]`` over the line's height, of Han where there are enough."""
    letters = list(zip(line.text[start:end], line.weights[start:end], strict=False))
    han = [weight for char, weight in letters if weight > 0 and is_han(char)]
    values = han if len(han) >= 2 else [weight for char, weight in letters if weight > 0 and char.isalnum()]
    return statistics.median(values) if values else 0.0


def weighted_median(values: Iterable[tuple[float, float]], default: float) -> float:
    """The middle of (value, weight) pairs."""
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    for value, weight in ordered:
        half -= weight
        if half <= 0:
            return value
    return default
