"""The readers of a run, opened once a process: which ones a user's choice and this machine allow."""

from __future__ import annotations

import msgspec

from recover.engines.openvino_core import ALL_CORES, Cpu
from recover.engines.ppocr.finder import PpocrLineFinder
from recover.engines.ppocr.reader import PpocrReader, detector
from recover.engines.reading import LineFinder, LineReader
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
    finder = PpocrLineFinder(cpu)
    if settings.engine == "tesseract":
        from recover.engines.tesseract import TesseractReader  # noqa: PLC0415 not every run has Tesseract

        return Readers(finder=finder, reader=TesseractReader.open(settings.threads), cpu=cpu)
    return Readers(finder=finder, reader=PpocrReader(cpu), cpu=cpu)
