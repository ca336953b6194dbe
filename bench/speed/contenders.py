"""The programs that are timed, each as a whole process that reads the same PDF."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

# RapidOCR as its manual shows it: every setting at its default, the pages rendered as recover renders them.
_RAPIDOCR = """
import sys
import pypdfium2
from rapidocr import RapidOCR
engine = RapidOCR()
for page in pypdfium2.PdfDocument(sys.argv[1]):
    engine(page.render(scale=float(sys.argv[2]) / 72).to_numpy())
"""


class Contender(msgspec.Struct, frozen=True, kw_only=True):
    """A program, and its command: for a PDF, a folder to write into, dots an inch, and the Python that has it."""

    name: str
    command: Callable[[Path, Path, int, Path], Sequence[str | Path]]


class Cost(msgspec.Struct, frozen=True):
    """Seconds on the clock, and of the processor over all threads and processes."""

    seconds: float
    processor: float


def _recover(pdf: Path, folder: Path, _: int, __: Path) -> Sequence[str | Path]:
    return [sys.executable, "-m", "recover", "pdf", pdf, "-o", folder, "--text-layer", "ignore"]


def _rapidocr(pdf: Path, _: Path, dpi: int, python: Path) -> Sequence[str | Path]:
    return [python, "-c", _RAPIDOCR, pdf, str(dpi)]


def _ocrmypdf(pdf: Path, folder: Path, _: int, python: Path) -> Sequence[str | Path]:
    options = ("--force-ocr", "-l", "chi_sim+eng", "--deskew", "-q")
    return [python, "-m", "ocrmypdf", *options, pdf, folder / "out.pdf"]


CONTENDERS = (
    Contender(name="recover", command=_recover),
    Contender(name="rapidocr", command=_rapidocr),
    Contender(name="ocrmypdf", command=_ocrmypdf),
)


def time_contender(contender: Contender, pdf: Path, folder: Path, dpi: int, python: Path) -> Cost | None:
    """What the whole process costs; None when the program is missing or fails."""
    folder.mkdir(parents=True, exist_ok=True)
    # Tesseract's threads wait for each other: one thread a call is many times faster.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    started, used = time.perf_counter(), _processor()
    command = contender.command(pdf, folder, dpi, python)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        print(f"{contender.name}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    return Cost(time.perf_counter() - started, _processor() - used)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
