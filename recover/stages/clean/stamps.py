"""Coloured stamps over the text: told from coloured figures by the black lines that run through them, made paper."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from recover.model.geometry import Box
from recover.model.raster import Pixels

# The page is searched in a picture this small.
SEARCH_PX = 900
# A pixel whose bands differ by more is coloured; one whose brightest band is darker is black print, or, in the small
# picture, a thin stroke of it.
COLOURED, BLACK, GREY = 60, 120, 170
# Fewer coloured pixels than this share of the page are specks of a scanner.
LEAST = 0.0005
# A stamp's sides, as shares of the page's longer side, and the longer one over the shorter.
SHORTEST, LONGEST, OBLONG = 0.04, 0.35, 2.2
# Strokes of one stamp are this near, as a share of the page's longer side.
NEAR = 0.012
# Beside a stamp stands text, this black at least, and under it no less than this share of that.
WRITTEN, UNDER = 0.03, 0.45
# Around coloured pixels, as a share of the longer side: soft edges.
EDGE = 0.0012

# Of the grey levels in a stamp this percentile is its ink on bare paper; its own unevenness is so many levels.
TONE, EVEN = 40, 6.0

Mask = npt.NDArray[np.uint8]


class Stamped(msgspec.Struct, frozen=True, kw_only=True):
    """A grey page without its stamps, and each stamp with its box (pixels), dark on white."""

    page: Pixels
    stamps: tuple[tuple[Box, Pixels], ...]


def clear_stamps(page: Pixels, coloured: Pixels) -> Stamped | None:
    """``page`` without its stamps; ``coloured`` is the same picture in three bands. None where it has none."""
    scale = min(1.0, SEARCH_PX / max(coloured.shape[:2]))
    small = cv2.resize(coloured, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    up = page.shape[1] / small.shape[1]
    boxes = [Box(box.x0 * up, box.y0 * up, box.x1 * up, box.y1 * up) for box in _stamps(np.asarray(small, np.uint8))]
    if not boxes:
        return None
    full = cv2.resize(coloured, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    cleared, found = page.copy(), []
    paper, black = float(np.percentile(page, 75)), float(np.percentile(page, 1))
    around = np.ones((2 * max(1, round(EDGE * max(page.shape))) + 1,) * 2, np.uint8)
    for box in boxes:
        rows, cols = slice(max(0, int(box.y0)), int(box.y1) + 1), slice(max(0, int(box.x0)), int(box.x1) + 1)
        part = np.asarray(full[rows, cols], np.uint8)
        mask = cv2.dilate(_is_coloured(part), around) & (part.max(axis=2) > BLACK).astype(np.uint8)
        found.append((box, np.where(mask > 0, 0, 255).astype(np.uint8)))
        cleared[rows, cols] = _lightened(cleared[rows, cols], mask, paper, black)
    return Stamped(page=cleared, stamps=tuple(found))


def _lightened(part: Pixels, mask: Mask, paper: float, black: float) -> Pixels:
    """The stamp's tone made paper; print that shows through it, darker than that, keeps its contrast."""
    if not mask.any():
        return part
    tone = float(np.percentile(part[mask > 0], TONE))
    gain = (paper - black) / max(1.0, tone - black)
    darker = np.clip(tone - EVEN - part.astype(np.float32), 0, None)
    return np.where(mask > 0, np.clip(paper - gain * darker, 0, 255), part).astype(np.uint8)


def _is_coloured(picture: Pixels) -> Mask:
    low, high = picture.min(axis=2).astype(np.int16), picture.max(axis=2).astype(np.int16)
    return np.asarray(high - low > COLOURED, np.uint8)


def _stamps(picture: Pixels) -> Iterator[Box]:
    colour = _is_coloured(picture)
    if colour.mean() < LEAST:
        return
    # In so small a picture thin strokes are grey.
    black = np.asarray((picture.max(axis=2) < GREY) & (colour == 0), np.uint8)
    side = max(picture.shape[:2])
    reach = max(3, round(NEAR * side)) | 1
    joined = cv2.morphologyEx(colour, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for left, top, wide, high, _ in stats[1:].tolist():
        short, long = sorted((wide, high))
        if short > SHORTEST * side and long < LONGEST * side and long < OBLONG * short:
            box = Box(left, top, left + wide, top + high)
            if _is_over_text(box, black):
                yield box


def _is_over_text(box: Box, black: Mask) -> bool:
    """Whether the rows of print beside it go on under it, as black there as beside it."""
    left, top, right, bottom = map(int, (box.x0, box.y0, box.x1, box.y1))
    quarter = max(4, (right - left) // 4)
    beside = [black[top:bottom, max(0, left - quarter) : left], black[top:bottom, right : right + quarter]]
    shares = [float(strip.mean()) for strip in beside if strip.size]
    written = max(shares, default=0.0)
    return written > WRITTEN and float(black[top:bottom, left:right].mean()) > UNDER * written
