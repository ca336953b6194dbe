"""JPEG data that are damaged and still decoded, with noise, or shifted, from the damage on."""

from __future__ import annotations

import os
import tempfile

import cv2
import numpy as np

from recover.model.raster import Pixels

# Rows of blocks that JPEG codes together, and how many on both sides must be of one tone to see a step between them.
BLOCK, STEADY_ROWS = 8, 2
# Grey values of one tone, and a step between two of them.
EVEN_TONE, STEP = 5, 9
# Every so many columns are enough to tell a row's paper.
TONE_COLUMNS = 16


def jpeg_damage(data: bytes, size: tuple[int, int] | None = None) -> str:
    """What libjpeg complains of while it decodes; it goes on then, with noise from there on."""
    pixels, complaints = _decoded(data)
    if pixels is None:
        return "a picture (JPEG) cannot be decoded"
    if "Corrupt JPEG data" in complaints or "Premature end" in complaints:
        return "a picture's data (JPEG) are damaged"
    if size and (pixels.shape[1], pixels.shape[0]) != size:
        return "a picture has another size than the page says"
    return "a picture's data (JPEG) are damaged, by its sudden change of tone" if _steps(pixels) else ""


def _steps(pixels: Pixels) -> bool:
    """Whether the paper changes its tone all at once, over the whole width, where one row of blocks ends.

    Codes that were lost shift the tone of all that follows. Light and shadow on a scan change slowly, and the edge of
    a printed bar seldom falls on a row of blocks.
    """
    tones = np.percentile(pixels[:, ::TONE_COLUMNS], 90, axis=1)
    rows = len(tones) // BLOCK
    blocks = tones[: rows * BLOCK].reshape(rows, BLOCK)
    even = np.ptp(blocks, axis=1) <= EVEN_TONE
    levels = np.median(blocks, axis=1)
    for row in range(STEADY_ROWS, rows - STEADY_ROWS + 1):
        above, below = slice(row - STEADY_ROWS, row), slice(row, row + STEADY_ROWS)
        steady = even[above].all() and even[below].all() and np.ptp(levels[above]) <= EVEN_TONE >= np.ptp(levels[below])
        if steady and abs(levels[row] - levels[row - 1]) >= STEP:
            return True
    return False


def _decoded(data: bytes) -> tuple[Pixels | None, str]:
    """The picture, and what the library wrote to the standard error meanwhile: it tells nobody else."""
    with tempfile.TemporaryFile() as told:
        kept = os.dup(2)
        os.dup2(told.fileno(), 2)
        try:
            decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION)
        except cv2.error:
            decoded = None
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        told.seek(0)
        return decoded, told.read().decode("utf-8", "replace")
