"""Full-width punctuation told from half-width by the cell it is printed in.

A Chinese mark stands at one side of a cell as wide as a character, so that half a cell of white follows a closing
mark and goes before an opening one. A Latin mark brings no white of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from recover.model.page import Line
from recover.stages.ocr.edits import Edit
from recover.text.scripts import is_han

CLOSING = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ")": "）"}
OPENING = {"(": "（"}
# White beside a mark, in cells: 0.4 and more of it is the mark's own.
OWN_WHITE = 0.38


def find_wide_marks(line: Line) -> tuple[Edit, ...]:
    """Half-width marks that fill a Chinese cell."""
    cell = cell_width(line)
    if not cell:
        return ()
    wide = dict(_wide(line, cell))
    return tuple(
        Edit(
            start=at,
            was=line.text[at],
            now={**CLOSING, **OPENING}[line.text[at]],
            why="a mark printed in a Chinese cell",
            evidence=f"{white:.2f} of a cell white beside it",
        )
        for at, white in sorted({**wide, **dict(_partners(line.text, wide))}.items())
    )


def cell_width(line: Line) -> float:
    """The usual distance of neighbouring Han, in points; 0 with too few of them."""
    centers = [(left + right) / 2 for left, right in zip(line.lefts, line.rights, strict=True)]
    pairs = [at for at in range(1, len(line.text)) if is_han(line.text[at]) and is_han(line.text[at - 1])]
    steps = [centers[at] - centers[at - 1] for at in pairs]
    return float(np.median(steps)) if steps else 0.0


def _wide(line: Line, cell: float) -> Iterator[tuple[int, float]]:
    for at, mark in enumerate(line.text):
        before, after = line.text[at - 1 : at], line.text[at + 1 : at + 2]
        if mark in CLOSING and after and is_han(after) and _belongs(mark, before):
            white = (line.lefts[at + 1] - line.rights[at]) / cell
        elif mark in OPENING and before and is_han(before):
            white = (line.lefts[at] - line.rights[at - 1]) / cell
        else:
            continue
        if white >= OWN_WHITE:
            yield at, white


def _belongs(mark: str, before: str) -> bool:
    """Commas and the like follow Chinese; a bracket may close foreign words in a Chinese sentence."""
    return mark == ")" or (bool(before) and is_han(before))


def _partners(text: str, wide: dict[int, float]) -> Iterator[tuple[int, float]]:
    """The other bracket of a pair of which one fills a cell."""
    opened: list[int] = []
    for at, mark in enumerate(text):
        if mark == "(":
            opened.append(at)
        elif mark == ")" and opened:
            pair = (opened.pop(), at)
            known = [wide[one] for one in pair if one in wide]
            if len(known) == 1:
                yield (pair[1] if pair[0] in wide else pair[0]), known[0]
