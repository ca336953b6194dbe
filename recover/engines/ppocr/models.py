"""The two networks of PP-OCRv6, loaded from rapidocr's wheel and compiled by OpenVINO."""

from __future__ import annotations

import functools
import importlib.util
from pathlib import Path

import numpy as np
import numpy.typing as npt

from recover.engines.openvino_core import Network, compile_network
from recover.errors import MissingComponent

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"

Floats = npt.NDArray[np.float32]


def model_path(name: str) -> Path:
    """A model file inside the installed rapidocr wheel; raises MissingComponent."""
    found = importlib.util.find_spec("rapidocr")  # only found: to import it takes a second
    if found is None or found.origin is None:
        raise MissingComponent("rapidocr", "is not installed", "pip install rapidocr")
    path = Path(found.origin).parent / "models" / name
    if not path.is_file():
        raise MissingComponent(
            str(path), "the model is not in the wheel", "pip install --force-reinstall 'rapidocr>=3.10'"
        )
    return path


@functools.lru_cache(maxsize=2)
def detector(threads: int) -> Network:
    """The network that marks where print is."""
    return compile_network(model_path(DETECTOR), threads)


@functools.lru_cache(maxsize=2)
def recogniser(threads: int) -> tuple[Network, tuple[str, ...]]:
    """The network that reads a line, and its alphabet: entry 0 is CTC's blank, the last one a space."""
    network = compile_network(model_path(RECOGNISER), threads)
    return network, ("", *network.metadata("character").splitlines(), " ")
