"""Worn print made clear: a small network of our own that takes noise, blur and fading off a grey page.

It was trained on typeset lines worn at random, towards what the reader makes of the clean ones; ``bench/restoration``
holds the training, and ``docs/reading.md`` what it gains.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np

from recover.engines.networks import network_path
from recover.engines.openvino_core import ALL_CORES, Cpu, Floats, Network, compile_network
from recover.model.raster import Pixels

MODEL = "restorer.onnx"
# The network halves the picture twice.
STRIDE = 4
# A page goes through in strips, so that its size doesn't decide the memory; no pixel looks farther than MARGIN.
STRIP_PX, MARGIN_PX = 448, 48


def restore(pixels: Pixels, cpu: Cpu = ALL_CORES) -> Pixels:
    """A grey page (height x width, dark on light) as it may have been printed; raises EngineFailed."""
    height, width = pixels.shape
    padded = np.pad(pixels, ((MARGIN_PX, MARGIN_PX), (0, -width % STRIDE)), mode="edge")
    restored = np.empty_like(pixels)
    for top, bottom in _strips(height):
        strip = _run(_network(cpu), padded[top : bottom + 2 * MARGIN_PX])
        restored[top:bottom] = strip[MARGIN_PX : MARGIN_PX + bottom - top, :width]
    return restored


def _strips(height: int) -> Iterator[tuple[int, int]]:
    for top in range(0, height, STRIP_PX):
        yield top, min(height, top + STRIP_PX)


def _run(network: Network, strip: Pixels) -> Pixels:
    levels = np.pad(strip, ((0, -strip.shape[0] % STRIDE), (0, 0)), mode="edge").astype(np.float32)
    batch: Floats = levels / np.float32(255)
    clear = network.run(batch[np.newaxis, np.newaxis])[0][0, 0]
    return np.asarray(np.rint(clear.clip(0, 1) * 255), np.uint8)


@functools.lru_cache(maxsize=2)
def _network(cpu: Cpu) -> Network:
    return compile_network(network_path(MODEL), cpu)
