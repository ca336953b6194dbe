"""What a reader of line images is: the seam between the pipeline and the OCR programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader saw in one line image; every tuple holds one value a character of ``text``.

    ``centers`` are x in pixels of the image; ``confidences`` the reader's own posterior, 0 to 1;
    ``alternatives`` what else each character may be, best first, empty where the reader was sure.
    """

    text: str = ""
    centers: tuple[float, ...] = ()
    confidences: tuple[float, ...] = ()
    alternatives: tuple[tuple[tuple[str, float], ...], ...] = ()


class LineReader(Protocol):
    """Reads grey images of single lines, each height x width, uint8, dark print on light paper."""

    name: str
    letter: str

    def read(self, images: Sequence[Pixels]) -> tuple[Reading, ...]:
        """One reading an image, in order; raises EngineFailed."""


class LineFinder(Protocol):
    """Finds the lines of print on a straight page."""

    def find(self, pixels: Pixels) -> tuple[tuple[float, float, float, float, float], ...]:
        """x0, y0, x1, y1 in pixels and a score from 0 to 1, a line each, in no order; raises EngineFailed."""
