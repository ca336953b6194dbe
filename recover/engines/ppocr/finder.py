"""Where the lines are: PP-OCRv6's detector on a straight page, its map of print turned into upright boxes."""

from __future__ import annotations

import cv2
import numpy as np

from recover.engines.openvino_core import ALL_CORES, Cpu, Floats
from recover.engines.ppocr.reader import detector
from recover.model.raster import Pixels

# The long side given to the network: A4 at about 160 dpi, where 7 pt type is 15 pixels high.
LONG_SIDE = 1856
STRIDE = 32
# The network's own defaults: a pixel is print above INK, a line is kept when its mean is above KEEP.
INK, KEEP = 0.3, 0.5
# DB networks mark a shrunken core of each line; this ratio of area to perimeter grows it back.
UNCLIP = 1.5
MIN_CORE_PX = 3


class PpocrLineFinder:
    """Finds lines with the network that ships with PP-OCRv6."""

    def __init__(self, cpu: Cpu = ALL_CORES) -> None:
        self._cpu = cpu

    def find(self, pixels: Pixels) -> tuple[tuple[float, float, float, float, float], ...]:
        return _boxes(*self._print_map(pixels))

    def courses(self, pixels: Pixels) -> tuple[Floats, ...]:
        """The middle of every line along its way, bent or not: rows of x, y and half the line's core's height."""
        return _courses(*self._print_map(pixels))

    def _print_map(self, pixels: Pixels) -> tuple[Floats, float, float]:
        height, width = pixels.shape
        shrink = min(1.0, LONG_SIDE / max(height, width))
        size = tuple(max(STRIDE, round(side * shrink / STRIDE) * STRIDE) for side in (width, height))
        small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if shrink < 1 else cv2.INTER_LINEAR)
        print_map = detector(self._cpu).run(_normalised(small))[0][0, 0]
        return print_map, width / size[0], height / size[1]


def _normalised(grey: Pixels) -> Floats:
    plane = (grey.astype(np.float32) / 255 - 0.5) / 0.5
    return np.asarray(np.broadcast_to(plane, (1, 3, *plane.shape)), np.float32).copy()


def _boxes(print_map: Floats, scale_x: float, scale_y: float) -> tuple[tuple[float, float, float, float, float], ...]:
    mask = (print_map > INK).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    sums = np.bincount(labels.ravel(), weights=print_map.ravel(), minlength=count)
    found = []
    for label in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[label])
        score = float(sums[label]) / area
        if min(w, h) < MIN_CORE_PX or score < KEEP:
            continue
        grow = w * h * UNCLIP / (2 * (w + h))
        found.append(
            (
                max(0.0, (x - grow) * scale_x),
                max(0.0, (y - grow) * scale_y),
                min(print_map.shape[1], x + w + grow) * scale_x,
                min(print_map.shape[0], y + h + grow) * scale_y,
                score,
            )
        )
    return tuple(found)


def _courses(print_map: Floats, scale_x: float, scale_y: float) -> tuple[Floats, ...]:
    mask = (print_map > INK).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    found = []
    for label in range(1, count):
        x, y, w, h, _ = (int(value) for value in stats[label])
        core = labels[y : y + h, x : x + w] == label
        if min(w, h) < MIN_CORE_PX or float(print_map[y : y + h, x : x + w][core].mean()) < KEEP:
            continue
        high = core.sum(axis=0)
        middle = (core * np.arange(h)[:, None]).sum(axis=0) / high
        course = np.stack([(x + np.arange(w)) * scale_x, (y + middle) * scale_y, high / 2 * scale_y], axis=1)
        found.append(np.asarray(course, np.float32))
    return tuple(found)
