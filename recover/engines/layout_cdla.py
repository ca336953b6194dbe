"""What the blocks of a page are: the layout_cdla network (PicoDet trained on Chinese papers) that comes in the package.

PicoDet's heads give, for cells of 8 to 64 pixels, the score of each kind of block and, for each of the four sides, how
likely it lies at each of eight distances from the cell's centre (Yu et al. 2021, "PP-PicoDet"; Li et al. 2020,
"Generalized focal loss").
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import cv2
import numpy as np

from recover.engines.networks import network_path
from recover.engines.openvino_core import ALL_CORES, Cpu, Floats, Network, compile_network
from recover.engines.reading import Pixels
from recover.model.block import Block
from recover.model.geometry import Box
from recover.model.page import RegionKind

MODEL = "layout_cdla.onnx"
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
MEAN, DEVIATION = np.array((0.485, 0.456, 0.406)), np.array((0.229, 0.224, 0.225))
# Lower than the 0.5 that is usual, so that the stages can weigh a faint figure against the ink they see.
KEEP, OVERLAP = 0.35, 0.5
# No more blocks of one kind than this are looked at on a page.
MANY = 200


def find_blocks(pixels: Pixels, cpu: Cpu = ALL_CORES) -> tuple[Block, ...]:
    """Blocks of a straight grey page, the surest first; raises EngineFailed and MissingComponent."""
    outputs = _network(cpu).run(_normalised(pixels))
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
def _network(cpu: Cpu) -> Network:
    return compile_network(network_path(MODEL), cpu)


def _normalised(grey: Pixels) -> Floats:
    small = cv2.resize(grey, (WIDTH, HEIGHT)).astype(np.float32) / 255
    return np.stack([(small - mean) / deviation for mean, deviation in zip(MEAN, DEVIATION, strict=True)])[
        np.newaxis
    ].astype(np.float32)


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
