"""Compiling and running networks with OpenVINO; the only module that imports it."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
from platformdirs import user_cache_path

from recover.errors import EngineFailed, MissingComponent

# Importing OpenVINO reports to a statistics server; where this module cannot be imported, it keeps to itself.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]

Floats = npt.NDArray[np.float32]
REMEDY = "try --engine tesseract, or fewer threads if memory is short"


class Network:
    """A compiled network with one input; ``run`` gives its first outputs as float32 arrays."""

    def __init__(self, name: str, model: object, compiled: object) -> None:
        self._name = name
        self._model = model
        self._compiled = compiled
        self._request = compiled.create_infer_request()  # type: ignore[attr-defined]
        self._outputs: tuple[Floats, ...] = ()

    def run(self, batch: Floats) -> tuple[Floats, ...]:
        """Outputs for a batch; they stay valid until the next call. Raises EngineFailed."""
        for output in self._outputs:
            output.flat[:1] = np.nan
        try:
            self._request.infer([batch])
            outputs = range(len(self._compiled.outputs))  # type: ignore[attr-defined]
            self._outputs = tuple(self._request.get_output_tensor(index).data for index in outputs)
        except RuntimeError as error:
            raise EngineFailed(self._name, f"inference failed ({str(error).splitlines()[0]})", REMEDY) from error
        # Short of memory, OpenVINO has left the outputs of the call before in place, without an error.
        if any(np.isnan(output.flat[:1]).any() for output in self._outputs):
            self._outputs = ()
            raise EngineFailed(self._name, "inference gave no result, perhaps for want of memory", REMEDY)
        return self._outputs

    def metadata(self, key: str) -> str:
        """A text that the model's author stored beside the weights."""
        return str(self._model.get_rt_info(["framework", key]).astype(str))  # type: ignore[attr-defined]


@functools.lru_cache(maxsize=1)
def _core() -> object:
    try:
        import openvino  # noqa: PLC0415 a second's work that 'recover --help' must not pay
    except ImportError as error:
        raise MissingComponent("openvino", f"cannot be loaded ({error})", "pip install openvino") from error
    core = openvino.Core()
    folder = _cache_folder()
    if folder is not None:
        core.set_property({"CACHE_DIR": str(folder)})
    return core


def _cache_folder() -> Path | None:
    """Where compiled networks are kept, so that the next process starts in half the time; None if nowhere."""
    folder = user_cache_path("recover", appauthor=False) / "networks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def compile_network(path: Path, threads: int) -> Network:
    """Compile an ONNX file for the processor; ``threads`` 0 means all cores. Raises EngineFailed."""
    core = _core()
    # Pinned, the single threads of several processes would all sit on the first core.
    settings: dict[str, object] = {"NUM_STREAMS": 1, "ENABLE_CPU_PINNING": False}
    if threads:
        settings["INFERENCE_NUM_THREADS"] = threads
    try:
        model = core.read_model(path)  # type: ignore[attr-defined]
        return Network(path.name, model, core.compile_model(model, "CPU", settings))  # type: ignore[attr-defined]
    except RuntimeError as error:
        raise EngineFailed(
            path.name, f"cannot be compiled ({error})", "pip install --force-reinstall openvino"
        ) from error
