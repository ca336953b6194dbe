"""Italic words of Latin letters, told by the shear that sets their strokes upright."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from recover.model.page import Line
from recover.model.styles import ITALIC, with_flag
from recover.stages.type_styles.zones import Picture

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.uint8]
# Shears tried, in pixels to the right for one of height: italics lean by .1 to .35.
SHEARS = np.arange(-4, 12) * 0.03
# The weights of ``shear_profile`` and the bias, fitted by ``training/slant``.
WEIGHTS = np.array((
    -2.962, -1.845, -1.327, -1.053, -0.320, 2.709, 1.719, 2.846, 2.745, 1.771, 1.734, 0.222,
    -0.647, 0.140, 2.386, 5.612, 0.251, -0.018, -0.321, -0.438, -0.350, -0.384, -0.775, 2.939,
    4.988, 4.597, 3.193, 1.545, 0.640, 0.566, 0.645, 0.981, -1.887, 0.315, 1.021,
))  # fmt: skip
# A word with this score is italic: on typefaces left out of the fit 79, 86 and 90 % of italics at 150, 200, 300 dpi and
# .0008, 0, .0016 of upright words have it. Beside such a word one of the lesser score is italic too.
SURE, LIKELY = 2.5, 0.5
# So many letters together tell; on 40 pages of twenty other typefaces, worn like scans of 150 and 200 dpi, one upright
# word of 8,900 was taken for italic, and none of so many letters.
LETTERS, FEWEST_PIXELS = 5, 20
# Italics lean by more than half of this, so that they are sharper leaned back by it than upright.
LEANED = 0.15
# Where more of a page's words lean, the page does.
MOSTLY, WORDS = 0.5, 12
_WORD = re.compile(r"[A-Za-z]{2,}")
# A genus cut short before its species.
_INITIAL = re.compile(r"(?<![A-Za-z.])[A-Z]\. ?\Z")


class _Word(msgspec.Struct, frozen=True):
    """A word's place in its line and how surely it is italic."""

    start: int
    end: int
    score: float


def mark_italics(lines: Sequence[Line], pictures: Sequence[Picture], inks: Sequence[Mask]) -> tuple[Line, ...]:
    """A page's lines with their slanted words marked; those of a text layer tell it by their fonts.

    ``inks`` are 1 where the pictures have ink.
    """
    words = [_words(line, picture, ink) for line, picture, ink in zip(lines, pictures, inks, strict=True)]
    scores = [word.score for found in words for word in found]
    if len(scores) >= WORDS and sum(score > SURE for score in scores) > MOSTLY * len(scores):
        return tuple(lines)
    return tuple(_marked(line, found) for line, found in zip(lines, words, strict=True))


def _words(line: Line, picture: Picture, mask: Mask) -> list[_Word]:
    if "t" in line.readers or len(line.tops) != len(line.text):
        return []
    places = [match.span() for match in _WORD.finditer(line.text)]
    if not any(end - start > 2 for start, end in places):
        return []
    return [_Word(start, end, _score(mask, line, picture, start, end)) for start, end in places]


def _marked(line: Line, words: Sequence[_Word]) -> Line:
    places: list[int] = []
    for run in _likely_runs(line.text, words):
        letters = sum(word.end - word.start for word in run)
        if letters < LETTERS or max(word.score for word in run) <= SURE:
            continue
        initial = _INITIAL.search(line.text, 0, run[0].start)
        places += range(initial.start() if initial else run[0].start, run[-1].end)
    if not places:
        return line
    return msgspec.structs.replace(line, styles=with_flag(line.styles, places, ITALIC, len(line.text)))


def _likely_runs(text: str, words: Sequence[_Word]) -> list[list[_Word]]:
    """Words that may be italic, those with nothing but white between them together."""
    runs: list[list[_Word]] = []
    for word in words:
        if word.score <= LIKELY:
            continue
        if runs and not text[runs[-1][-1].end : word.start].strip():
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _score(mask: Mask, line: Line, picture: Picture, start: int, end: int) -> float:
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
    if _stands(word):
        return -1.0
    return float(shear_profile(word) @ WEIGHTS[:-1] + WEIGHTS[-1])


def _stands(word: Mask) -> bool:
    """Whether a word's columns are sharper as it stands than leaned back: all but a few upright words are."""
    ys, xs = np.nonzero(word)
    upright, leaned = (
        np.bincount(xs + round(LEANED * word.shape[0]) - (shear * (word.shape[0] - ys)).astype(np.intp))
        for shear in (0.0, LEANED)
    )
    return float((upright**2).sum()) > float((leaned**2).sum())


def shear_profile(word: Mask) -> Floats:
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
