"""The readers of a run, opened once a process: which ones a user's choice and this machine allow."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from recover.engines.openvino_core import ALL_CORES, Cpu
from recover.engines.page_networks import layout, orientation
from recover.engines.ppocr import PpocrLineFinder, detector, recogniser
from recover.errors import Check
from recover.model.page import Reading
from recover.model.raster import Pixels
from recover.model.records import Engine, Origin
from recover.settings import Settings


class Readers(msgspec.Struct, frozen=True, kw_only=True):
    """The finder of lines and the reader of lines."""

    finder: LineFinder
    reader: LineReader
    cpu: Cpu = ALL_CORES

    @property
    def precision(self) -> str:
        """The number format that the networks compute in on this machine: f32, bf16 or f16."""
        return detector(self.cpu).precision


def open_readers(settings: Settings) -> Readers:
    """The readers for ``settings``; raises MissingComponent when the chosen engine is not installed."""
    cpu = Cpu(settings.threads, settings.precision)
    name = "ppocr" if settings.engine == "auto" else settings.engine
    return Readers(finder=PpocrLineFinder(cpu), reader=engine_module(name).open_reader(cpu), cpu=cpu)


def compile_networks(settings: Settings) -> None:
    """Compile the networks that every page needs, if that isn't done yet. Imports nothing: threads may call it.

    Raises EngineFailed.
    """
    cpu = Cpu(settings.threads, settings.precision)
    if settings.engine != "tesseract":
        recogniser(cpu)
    for network in (detector, orientation, layout):
        network(cpu)


def engine_module(name: Engine) -> EngineModule:
    """An engine's own module: its name tells which."""
    module: EngineModule = importlib.import_module(f"recover.engines.{name}")
    return module


# What a reader of line images is: the seam between the pipeline and the OCR programs.

__all__ = ["LineFinder", "LineReader", "Pixels", "Reading"]


class LineReader(Protocol):
    """Reads grey images of single lines, each height x width, uint8, dark print on light paper."""

    @property
    def name(self) -> Origin:
        """What its characters are signed with."""

    def read(self, images: Sequence[Pixels]) -> tuple[Reading, ...]:
        """One reading an image, in order; raises EngineFailed."""


class EngineModule(Protocol):
    """What ``recover/engines/<name>.py`` offers."""

    def open_reader(self, cpu: Cpu) -> LineReader:
        """A reader; raises MissingComponent."""

    def checks(self) -> Iterable[Check]:
        """What ``recover doctor`` says of it."""


class LineFinder(Protocol):
    """Finds the lines of print on a straight page."""

    def find(self, pixels: Pixels) -> tuple[tuple[float, float, float, float, float], ...]:
        """x0, y0, x1, y1 in pixels and a score from 0 to 1, a line each, in no order; raises EngineFailed."""

    def courses(self, pixels: Pixels) -> tuple[npt.NDArray[np.float32], ...]:
        """The middle of every line along its way, bent or not: rows of x, y and half the height of its core."""
