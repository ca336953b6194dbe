"""The readers of a run, opened once a process: which ones a user's choice and this machine allow."""

from __future__ import annotations

import msgspec

from recover.engines.ppocr.finder import PpocrLineFinder
from recover.engines.ppocr.reader import PpocrReader
from recover.engines.reading import LineFinder, LineReader
from recover.settings import Settings


class Readers(msgspec.Struct, frozen=True, kw_only=True):
    """The finder of lines and the reader of lines."""

    finder: LineFinder
    reader: LineReader
    threads: int = 0


def open_readers(settings: Settings) -> Readers:
    """The readers for ``settings``; raises MissingComponent when the chosen engine is not installed."""
    finder = PpocrLineFinder(settings.threads)
    if settings.engine == "tesseract":
        from recover.engines.tesseract import TesseractReader  # noqa: PLC0415 not every run has Tesseract

        return Readers(finder=finder, reader=TesseractReader.open(settings.threads), threads=settings.threads)
    return Readers(finder=finder, reader=PpocrReader(settings.threads), threads=settings.threads)
