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
# White beside a mark, in cells: 0.4 and more of it is the mark's own; a space read there may be one above 0.55 only.
OWN_WHITE, MORE_THAN_SPACE = 0.38, 0.55


def find_wide_marks(line: Line) -> tuple[Edit, ...]:
    """Half-width marks that fill a Chinese cell, and spaces read where the white is a mark's own."""
    cell = cell_width(line)
    if not cell:
        return ()
    wide = dict(_wide(line, cell))
    found = sorted({**wide, **dict(_partners(line.text, wide))}.items())
    return tuple(edit for at, white in found for edit in _widened(line.text, at, white))


def _widened(text: str, at: int, white: float) -> Iterator[Edit]:
    evidence = f"{white:.2f} of a cell white beside it" if white else "the other bracket of the pair is a Chinese one"
    now = {**CLOSING, **OPENING}[text[at]]
    yield Edit(start=at, was=text[at], now=now, why="a mark printed in a Chinese cell", evidence=evidence)
    if text[at] in CLOSING and text[at + 1 : at + 2] == " ":
        yield Edit(start=at + 1, was=" ", now="", why="white of a Chinese mark's cell, no space", evidence=evidence)


def cell_width(line: Line) -> float:
    """The usual distance of neighbouring Han, in points; 0 with too few of them."""
    centers = [(left + right) / 2 for left, right in zip(line.lefts, line.rights, strict=True)]
    pairs = [at for at in range(1, len(line.text)) if is_han(line.text[at]) and is_han(line.text[at - 1])]
    steps = [centers[at] - centers[at - 1] for at in pairs]
    return float(np.median(steps)) if steps else 0.0


def _wide(line: Line, cell: float) -> Iterator[tuple[int, float]]:
    for at, mark in enumerate(line.text):
        before, after = line.text[at - 1 : at], line.text[at + 1 : at + 2]
        behind = at + 2 if after == " " else at + 1
        following = line.text[behind : behind + 1]
        if mark in CLOSING and following and is_han(following) and _belongs(mark, before):
            white = (line.lefts[behind] - line.rights[at]) / cell
            if after == " " and white < MORE_THAN_SPACE:
                continue
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
    """The half-width bracket of a pair of which the other fills a cell, or was read as a Chinese one."""
    opened: list[int] = []
    for at, mark in enumerate(text):
        if mark in "(（":
            opened.append(at)
        elif mark in ")）" and opened:
            pair = (opened.pop(), at)
            known = [wide.get(one, 0.0) for one in pair if one in wide or text[one] in "（）"]
            if len(known) == 1:
                yield (pair[1] if pair[0] in wide or text[pair[0]] == "（" else pair[0]), known[0]
