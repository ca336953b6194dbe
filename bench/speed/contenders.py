"""The programs that are timed, each as a whole process that reads the same PDF."""

from __future__ import annotations

import os
import shutil
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
    """A program by its name, the command that reads ``pdf`` into ``folder``, and the ratio that is wanted."""

    name: str
    command: Callable[[Path, Path, int], Sequence[str | Path]]
    wanted: float = 1.0


def _recover(pdf: Path, folder: Path, _: int) -> Sequence[str | Path]:
    return [Path(sys.executable).with_name("recover"), "pdf", pdf, "-o", folder, "--text-layer", "ignore"]


def _rapidocr(pdf: Path, _: Path, dpi: int) -> Sequence[str | Path]:
    return [sys.executable, "-c", _RAPIDOCR, pdf, str(dpi)]


def _ocrmypdf(pdf: Path, folder: Path, _: int) -> Sequence[str | Path]:
    program = shutil.which("ocrmypdf") or Path(sys.executable).with_name("ocrmypdf")
    return [program, "--force-ocr", "-l", "chi_sim+eng", "--deskew", "-q", pdf, folder / "out.pdf"]


CONTENDERS = (
    Contender(name="recover", command=_recover),
    Contender(name="rapidocr", command=_rapidocr, wanted=3.0),
    Contender(name="ocrmypdf", command=_ocrmypdf, wanted=4.0),
)


def time_contender(contender: Contender, pdf: Path, folder: Path, dpi: int) -> float | None:
    """Seconds of the whole process; None when the program is missing or fails."""
    folder.mkdir(parents=True, exist_ok=True)
    # Tesseract's threads wait for each other: one thread a call is many times faster.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    started = time.perf_counter()
    try:
        done = subprocess.run(
            contender.command(pdf, folder, dpi), capture_output=True, text=True, check=False, env=environment
        )
    except FileNotFoundError:
        return None
    if done.returncode:
        print(f"{contender.name}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    return time.perf_counter() - started
