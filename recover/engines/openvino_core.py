"""Compiling and running networks with OpenVINO; the only module that imports it."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from platformdirs import user_cache_path

from recover.errors import Check, EngineFailed, MissingComponent, RecoverError
from recover.settings import Precision, cores

# Importing OpenVINO reports to a statistics server; where this module cannot be imported, it keeps to itself.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]

Floats = npt.NDArray[np.float32]
REMEDY = "try --engine tesseract, or fewer threads if memory is short"


class Cpu(NamedTuple):
    """How networks use the processor: ``threads`` 0 means all cores; ``precision`` auto means the machine's fastest.

    A processor that computes in bfloat16 is nearly twice as fast that way, and reads 0.3 % of the characters of worn
    lines otherwise, as often right. f32 reads the same on every machine.
    """

    threads: int = 0
    precision: Precision = "auto"


ALL_CORES = Cpu()


def tried(name: str, run: Callable[[], object]) -> Check:
    """Whether a network runs here."""
    try:
        run()
    except (RecoverError, ImportError) as error:
        return Check(name=name, works=False, found=str(error), remedy="pip install --force-reinstall recover-ocr")
    return Check(name=name, works=True, found="model comes with the wheels, runs on OpenVINO")


class Network:
    """A compiled network with one input; its first outputs come as float32 arrays.

    ``run`` answers one batch. ``run_each`` keeps every stream of a network busy that was compiled with several.
    """

    def __init__(self, name: str, model: object, compiled: object, streams: int = 1) -> None:
        self._name = name
        self._model = model
        self._compiled = compiled
        self._outputs = range(len(compiled.outputs))  # type: ignore[attr-defined]
        self._requests = tuple(compiled.create_infer_request() for _ in range(streams))  # type: ignore[attr-defined]

    def run(self, batch: Floats) -> tuple[Floats, ...]:
        """Outputs for a batch; they stay valid until the next call. Raises EngineFailed."""
        return next(self.run_each([batch]))

    def run_each(self, batches: Sequence[Floats]) -> Iterator[tuple[Floats, ...]]:
        """Outputs for every batch in order; each stays valid until the next is asked for. Raises EngineFailed."""
        streams = len(self._requests)
        for index in range(len(batches) + streams):
            if index >= streams and index - streams < len(batches):
                yield self._finish(self._requests[index % streams])
            if index < len(batches):
                self._start(self._requests[index % streams], batches[index])

    def _start(self, request: Any, batch: Floats) -> None:
        for output in self._results(request):
            output.flat[:1] = np.nan
        try:
            request.start_async([batch], share_inputs=True)
        except RuntimeError as error:
            raise self._failed(error) from error

    def _finish(self, request: Any) -> tuple[Floats, ...]:
        try:
            request.wait()
        except RuntimeError as error:
            raise self._failed(error) from error
        outputs = self._results(request)
        # Short of memory, OpenVINO has left the outputs of the call before in place, without an error.
        if any(np.isnan(output.flat[:1]).any() for output in outputs):
            raise EngineFailed(self._name, "inference gave no result, perhaps for want of memory", REMEDY)
        return outputs

    def _results(self, request: Any) -> tuple[Floats, ...]:
        return tuple(request.get_output_tensor(index).data for index in self._outputs)

    def _failed(self, error: RuntimeError) -> EngineFailed:
        return EngineFailed(self._name, f"inference failed ({str(error).splitlines()[0]})", REMEDY)

    @property
    def precision(self) -> str:
        """The number format it computes in: f32, bf16 or f16."""
        found = self._compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name()  # type: ignore[attr-defined]
        return str(found)

    def metadata(self, key: str) -> str:
        """A text that the model's author stored beside the weights."""
        return str(self._model.get_rt_info(["framework", key]).astype(str))  # type: ignore[attr-defined]


@functools.lru_cache(maxsize=1)
def core() -> object:
    """OpenVINO, imported at the first call; raises MissingComponent."""
    try:
        import openvino  # noqa: PLC0415 a second's work that 'recover --help' must not pay
    except ImportError as error:
        raise MissingComponent("openvino", f"cannot be loaded ({error})", "pip install openvino") from error
    found = openvino.Core()
    folder = _cache_folder()
    if folder is not None:
        found.set_property({"CACHE_DIR": str(folder)})
    return found


def _cache_folder() -> Path | None:
    """Where compiled networks are kept, so that the next process starts in half the time; None if nowhere."""
    folder = user_cache_path("recover", appauthor=False) / "networks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def compile_network(path: Path, cpu: Cpu, *, parted: bool = False) -> Network:
    """Compile an ONNX file for the processor. Raises EngineFailed.

    ``parted``: a thread answers a batch by itself, several batches are answered at once; else all threads share each.
    """
    threads = cpu.threads or cores()
    # Pinned, the single threads of several processes would all sit on the first core.
    settings: dict[str, object] = {
        "NUM_STREAMS": threads if parted else 1,
        "INFERENCE_NUM_THREADS": threads,
        "ENABLE_CPU_PINNING": False,
    }
    if cpu.precision != "auto":
        settings["INFERENCE_PRECISION_HINT"] = cpu.precision
    try:
        model = core().read_model(path)  # type: ignore[attr-defined]
        compiled = core().compile_model(model, "CPU", settings)  # type: ignore[attr-defined]
        return Network(path.name, model, compiled, threads if parted else 1)
    except RuntimeError as error:
        raise EngineFailed(
            path.name, f"cannot be compiled ({error})", "pip install --force-reinstall openvino"
        ) from error
