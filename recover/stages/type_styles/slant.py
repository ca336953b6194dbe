"""Italic words of Latin letters, told by the shear that sets their strokes upright."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from recover.model.page import Line
from recover.model.styles import ITALIC, with_flag
from recover.stages.ocr.ink import ink_mask
from recover.stages.type_styles.zones import Picture

Floats = npt.NDArray[np.float64]
# Shears tried, in pixels to the right for one of height: italics lean by .1 to .35.
SHEARS = np.arange(-4, 12) * 0.03
# The weights of ``shear_profile`` and the bias, fitted by ``training/slant``.
WEIGHTS = np.array((-2.962, -1.845, -1.327, -1.053, -0.320, 2.709, 1.719, 2.846, 2.745, 1.771, 1.734, 0.222, -0.647, 0.140, 2.386, 5.612, 0.251, -0.018, -0.321, -0.438, -0.350, -0.384, -0.775, 2.939, 4.988, 4.597, 3.193, 1.545, 0.640, 0.566, 0.645, 0.981, -1.887, 0.315, 1.021))  # fmt: skip
# A word with this score is italic: on typefaces left out of the fit 79, 86 and 90 % of italics at 150, 200, 300 dpi and .0008, 0, .0016 of upright words have it.
SURE = 2.5
# Beside such a word one of this score is italic too.
LIKELY = 0.5
LETTERS, FEWEST_PIXELS = 3, 20
_WORD = re.compile(r"[A-Za-z]{2,}")
# A genus cut short before its species.
_INITIAL = re.compile(r"(?<![A-Za-z.])[A-Z]\. ?\Z")


def mark_italics(lines: Sequence[Line], pictures: Sequence[Picture]) -> tuple[Line, ...]:
    """``lines`` with their slanted words marked; those of a text layer tell it by their fonts."""
    return tuple(_marked(line, picture) for line, picture in zip(lines, pictures, strict=True))


def _marked(line: Line, picture: Picture) -> Line:
    words = list(_WORD.finditer(line.text))
    if "t" in line.readers or len(line.tops) != len(line.text) or not words:
        return line
    mask = ink_mask(picture.pixels)
    scores = [_score(mask, line, picture, word.start(), word.end()) for word in words]
    sure = [score > SURE and len(word[0]) >= LETTERS for word, score in zip(words, scores, strict=True)]
    places: list[int] = []
    for at, word in enumerate(words):
        beside = any(sure[other] and _are_neighbours(line.text, words, at, other) for other in (at - 1, at + 1))
        if sure[at] or (beside and scores[at] > LIKELY):
            initial = _INITIAL.search(line.text, 0, word.start())
            places += range(initial.start() if initial else word.start(), word.end())
    if not places:
        return line
    return msgspec.structs.replace(line, styles=with_flag(line.styles, places, ITALIC, len(line.text)))


def _are_neighbours(text: str, words: Sequence[re.Match[str]], at: int, other: int) -> bool:
    if not 0 <= other < len(words):
        return False
    first, second = sorted((words[at], words[other]), key=lambda word: word.start())
    return not text[first.end() : second.start()].strip()


def _score(mask: npt.NDArray[np.uint8], line: Line, picture: Picture, start: int, end: int) -> float:
    """How surely a word is italic; negative for upright ones and those without ink."""
    inside = [at for at in range(start, end) if line.weights[at] > 0]
    if not inside:
        return -1.0
    height = mask.shape[0]
    x0 = max(0, round((min(line.lefts[at] for at in inside) - picture.left) / picture.scale))
    x1 = round((max(line.rights[at] for at in inside) - picture.left) / picture.scale)
    y0 = max(0, int(min(line.tops[at] for at in inside) * height))
    y1 = round(max(line.bottoms[at] for at in inside) * height)
    word = mask[y0:y1, x0:x1]
    if np.count_nonzero(word) < FEWEST_PIXELS:
        return -1.0
    return float(shear_profile(word) @ WEIGHTS[:-1] + WEIGHTS[-1])


def shear_profile(word: npt.NDArray[np.uint8]) -> Floats:
    """How sharp a word's columns, and their edges, are at each shear; how dense and how wide it is."""
    ys, xs = np.nonzero(word)
    height = word.shape[0]
    columns, edges = [], []
    for shear in SHEARS:
        places = xs - shear * (height - ys) + SHEARS[-1] * height + 2
        left = places.astype(np.intp)
        share = places - left
        size = int(left.max()) + 2
        ink = np.bincount(left, 1 - share, size) + np.bincount(left + 1, share, size)
        columns.append(float((ink**2).sum()))
        edges.append(float((np.diff(ink) ** 2).sum()))
    sharpness = (np.log(np.array(values) / np.mean(values)) for values in (columns, edges))
    return np.concatenate([*sharpness, [xs.size**0.5 / height, word.shape[1] / height]])
