"""What a reader of line images is: the seam between the pipeline and the OCR programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from recover.model.page import Reading
from recover.model.raster import Pixels

__all__ = ["LineFinder", "LineReader", "Pixels", "Reading"]


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

    def courses(self, pixels: Pixels) -> tuple[npt.NDArray[np.float32], ...]:
        """The middle of every line along its way, bent or not: rows of x, y and half the height of its core."""
