"""What a user may choose for a recovery; everything else follows from the page."""

from __future__ import annotations

from typing import Literal

import msgspec

from recover.errors import UsageError
from recover.limits import Limits

EngineChoice = Literal["auto", "ppocr", "tesseract"]
TextLayerChoice = Literal["auto", "keep", "ignore"]
Precision = Literal["auto", "f32"]
ENGINES: dict[str, EngineChoice] = {"auto": "auto", "ppocr": "ppocr", "tesseract": "tesseract"}
PRECISIONS: dict[str, Precision] = {"auto": "auto", "f32": "f32"}
TEXT_LAYERS: dict[str, TextLayerChoice] = {"auto": "auto", "keep": "keep", "ignore": "ignore"}

DEFAULT_FORMATS = ("json", "md", "bib", "csl", "ris", "terms", "report")
DEFAULT_GLOSSARY = "als-stem-cell"
DEFAULT_STYLE = "china-national-standard-gb-t-7714-2015-numeric"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The choices of one run. ``pages`` counts from 0; None means all of them."""

    engine: EngineChoice = "auto"
    text_layer: TextLayerChoice = "auto"
    pages: tuple[int, ...] | None = None
    password: str | None = None
    glossaries: tuple[str, ...] = (DEFAULT_GLOSSARY,)
    formats: tuple[str, ...] = DEFAULT_FORMATS
    style: str = DEFAULT_STYLE
    threads: int = 0
    precision: Precision = "auto"
    limits: Limits = Limits()


def choose_engine(name: str) -> EngineChoice:
    """The engine a user named; raises UsageError with the names there are."""
    if name in ENGINES:
        return ENGINES[name]
    raise UsageError(f"--engine {name}", "no such engine", f"use one of {', '.join(ENGINES)}")


def choose_text_layer(name: str) -> TextLayerChoice:
    """What to do with a text layer, as a user named it; raises UsageError with the names there are."""
    if name in TEXT_LAYERS:
        return TEXT_LAYERS[name]
    raise UsageError(f"--text-layer {name}", "no such choice", f"use one of {', '.join(TEXT_LAYERS)}")


def choose_precision(name: str) -> Precision:
    """The number format of the networks, as a user named it; raises UsageError with the names there are."""
    if name in PRECISIONS:
        return PRECISIONS[name]
    raise UsageError(f"--precision {name}", "no such choice", f"use one of {', '.join(PRECISIONS)}")


def parse_pages(ranges: str) -> tuple[int, ...]:
    """Page numbers from 0 for a user's ``1-5,8``, sorted, each once; raises UsageError."""
    pages: set[int] = set()
    for part in ranges.replace("，", ",").split(","):
        first, dash, last = part.strip().partition("-")
        if (
            not first.isdecimal()
            or (dash and not last.isdecimal())
            or int(first) < 1
            or int(last or first) < int(first)
        ):
            raise UsageError(f"--pages {ranges}", f"'{part.strip()}' is not a page or a range", "write it like 1-5,8")
        pages.update(range(int(first) - 1, int(last or first)))
    return tuple(sorted(pages))
