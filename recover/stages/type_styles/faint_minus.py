"""Raised minuses too faint for a blob of ink: a row of grey in the white before a raised figure.

At 150 dpi the minus of ``s⁻¹`` is a pixel high, and neither a reader nor the blobs tell it; the white it leaves does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from recover.model.page import Alternative, Doubt, Line
from recover.model.replace import replace_text
from recover.model.styles import RAISED
from recover.stages.type_styles.scripts import Frame, frame_of, measure_page, script_at
from recover.stages.type_styles.zones import Picture

# Over five typefaces at 150 dpi, the white before raised figures was 0.30 to 0.59 capitals wide with a minus in it, and
# 0.21 at most without; its darkest row 0.17 to 0.38 between paper and ink, the other rows 0.06 at most; that row stood
# at 0.56 to 0.75 of the figure's height.
NARROWEST, WIDEST = 0.27, 0.8
GREY, REST, OVER_REST = 0.15, 0.09, 2.5
HIGHEST, LOWEST, THICK = 0.4, 0.85, 0.12
CONFIDENCE = 0.9


def with_faint_minuses(lines: Sequence[Line], pictures: Sequence[Picture]) -> tuple[Line, ...]:
    """``lines`` with the minuses they lack before raised figures; those of a text layer stay."""
    page = measure_page(lines)
    return tuple(_mended(line, picture, frame_of(line, page)) for line, picture in zip(lines, pictures, strict=True))


def _mended(line: Line, picture: Picture, frame: Frame | None) -> Line:
    if frame is None or "t" in line.readers or len(line.tops) != len(line.text):
        return line
    for at in sorted(_lost(line, picture, frame), reverse=True):
        line = replace_text(line, at, at, "-", CONFIDENCE)
        doubt = Doubt(at, (Alternative("", round(1 - CONFIDENCE, 4), line.readers[at - 1]),))
        line = msgspec.structs.replace(line, doubts=tuple(sorted((*line.doubts, doubt), key=lambda one: one.at)))
    return line


def _lost(line: Line, picture: Picture, frame: Frame) -> Iterator[int]:
    """The offsets of raised figures that a minus stands before."""
    for at in range(1, len(line.text)):
        before = line.text[at - 1]
        may_be = (before.isascii() and before.isalpha()) or line.text[max(0, at - 2) : at] == "10"
        if not may_be or not line.text[at].isdecimal() or script_at(line, at, frame) != RAISED:
            continue
        if _holds_minus(*_white(line, at, picture), frame.capitals * picture.pixels.shape[0]):
            yield at


def _white(line: Line, at: int, picture: Picture) -> tuple[npt.NDArray[np.float64], int]:
    """How dark the white before a raised figure is, between paper (0) and ink (1), row by row; and its width."""
    pixels = picture.pixels
    x0 = round((line.rights[at - 1] - picture.left) / picture.scale)
    x1 = round((line.lefts[at] - picture.left) / picture.scale)
    top, bottom = int(line.tops[at] * pixels.shape[0]), round(line.bottoms[at] * pixels.shape[0])
    part = pixels[top:bottom, max(0, x0) : x1].astype(np.float64)
    if part.size == 0:
        return np.zeros(0), 0
    white, black = float(np.percentile(pixels, 80)), float(np.percentile(pixels, 2))
    return np.clip((white - part) / max(1.0, white - black), 0, 1).mean(axis=1), x1 - x0


def _holds_minus(rows: npt.NDArray[np.float64], width: int, capital: float) -> bool:
    thick = max(1, round(THICK * capital))
    if not NARROWEST * capital <= width <= WIDEST * capital or rows.size < thick + 3:
        return False
    means = np.convolve(rows, np.ones(thick) / thick, "valid")
    first = int(means.argmax())
    rest = np.delete(rows, range(max(0, first - 1), min(rows.size, first + thick + 1)))
    place = (first + thick / 2) / rows.size
    is_row = means[first] >= GREY and rest.mean() <= min(REST, means[first] / OVER_REST)
    return bool(is_row and HIGHEST <= place <= LOWEST)
