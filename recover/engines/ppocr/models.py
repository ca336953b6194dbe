"""The two networks of PP-OCRv6, which come in the package, compiled by OpenVINO."""

from __future__ import annotations

import functools

from recover.engines.networks import network_path
from recover.engines.openvino_core import Cpu, Network, compile_network

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"


@functools.lru_cache(maxsize=2)
def detector(cpu: Cpu) -> Network:
    """The network that marks where print is."""
    return compile_network(network_path(DETECTOR), cpu)


@functools.lru_cache(maxsize=2)
def recogniser(cpu: Cpu) -> tuple[Network, tuple[str, ...]]:
    """The network that reads a line, and its alphabet: entry 0 is CTC's blank, the last one a space."""
    network = compile_network(network_path(RECOGNISER), cpu, parted=True)
    return network, ("", *network.metadata("character").splitlines(), " ")
