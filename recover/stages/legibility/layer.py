"""The text layer brought to the lines of the page: which of its characters stand in which line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recover.model.geometry import Box, Transform
from recover.model.layer import LayerChar, LayerText
from recover.text.scripts import is_wide

# White between two characters that is a space though the layer has none, in type sizes.
SPACE_EM = 0.22


def place_layer(
    characters: Sequence[LayerChar], lines: Sequence[Box], to_upright: Transform
) -> tuple[tuple[LayerText, ...], tuple[LayerChar, ...]]:
    """The layer's text of every line (empty where it has none), and the characters that fit no line."""
    placed: list[list[tuple[Box, Box | None, LayerChar]]] = [[] for _ in lines]
    astray: list[LayerChar] = []
    if not lines:
        return (), tuple(char for char in characters if not char.text.isspace())
    edges = np.array([(line.x0, line.y0, line.x1, line.y1) for line in lines])
    for char in characters:
        box = to_upright.box(char.box)
        index = _home(box, edges)
        if index is not None:
            placed[index].append((box, to_upright.box(char.ink) if char.ink is not None else None, char))
        elif not char.text.isspace():
            astray.append(char)
    return tuple(_in_line(chars) for chars in placed), tuple(astray)


def _home(box: Box, edges: np.ndarray) -> int | None:
    """The line whose middle is nearest among those that hold the character's centre."""
    x, y = box.center
    slack = box.height * 0.25
    inside = (edges[:, 0] - slack <= x) & (x <= edges[:, 2] + slack) & (edges[:, 1] <= y) & (y <= edges[:, 3])
    found = np.flatnonzero(inside)
    if not found.size:
        return None
    return int(found[np.argmin(np.abs((edges[found, 1] + edges[found, 3]) / 2 - y))])


def _in_line(chars: Sequence[tuple[Box, Box | None, LayerChar]]) -> LayerText:
    """Characters from left to right; the file's order settles ties, so that stacked marks stay as they were."""
    line: list[tuple[str, Box, str, Box | None]] = []
    for box, ink, char in sorted(chars, key=lambda item: item[0].center[0]):
        if char.text.isspace():
            if line and line[-1][0] != " " and not is_wide(line[-1][0]):
                before = line[-1][1]
                line.append((" ", Box(before.x1, box.y0, max(before.x1, box.x1), box.y1), char.font, None))
            continue
        if line and line[-1][0] != " " and _is_gap(line[-1][1], box, line[-1][0], char.text):
            line.append((" ", Box(line[-1][1].x1, box.y0, box.x0, box.y1), char.font, None))
        if line and line[-1][0] == " " and is_wide(char.text[0]):
            del line[-1]
        line += [(piece, box, char.font, ink) for piece in char.text]
    text, boxes, fonts, inks = zip(*line, strict=True) if line else ((), (), (), ())
    return LayerText(text="".join(text), boxes=boxes, fonts=fonts, inks=inks)


def _is_gap(left: Box, right: Box, before: str, after: str) -> bool:
    if is_wide(before[-1]) or is_wide(after[0]):
        return False
    return right.x0 - left.x1 > SPACE_EM * min(left.height, right.height)
