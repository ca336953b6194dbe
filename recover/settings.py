"""What a user may choose for a recovery, and what a file of unknown origin may cost; all else follows from the page."""

from __future__ import annotations

import os
import re
from typing import Literal, get_args

import msgspec

from recover.errors import UsageError
from recover.model.records import Engine

# The networks, the libraries and a page at 300 dpi take 1.5 GB; a poster's page takes one more.
MEMORY_MB = 4096
# A page takes one to ten seconds; the slowest seen, a map full of small print on a busy machine, took under 60.
PAGE_SECONDS = 180.0


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of one file, each named with its unit; they hold in the process that opens it.

    ``pixels`` are of one picture file's frame, ``objects`` are those drawn on one PDF page, ``characters`` those of a
    text file, ``output_mb`` is the size of everything written for one file.
    """

    memory_mb: int = MEMORY_MB
    page_seconds: float = PAGE_SECONDS
    pages: int = 2000
    # A3 at 1200 dpi has 280 million.
    pixels: int = 300_000_000
    # The densest pages seen, maps and plots in vector graphics, draw some 60,000.
    objects: int = 500_000
    output_mb: int = 1024
    characters: int = 50_000_000


# What a user writes, the field it sets, and what the number is multiplied with: memory is written in megabytes.
_NAMES = {
    "memory": "memory_mb",
    "seconds": "page_seconds",
    "pages": "pages",
    "pixels": "pixels",
    "objects": "objects",
    "output": "output_mb",
    "characters": "characters",
}
_VALUE = re.compile(r"(\d{1,12}(?:\.\d{1,3})?)\s*([kKmMgG]?)[bB]?")
_TIMES = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}
_MEGABYTES = {"": 1, "k": 1 / 1024, "m": 1, "g": 1024}


def parse_limits(text: str, base: Limits | None = None) -> Limits:
    """The limits a user wrote as ``memory=8G,seconds=600,pages=3000``; raises UsageError."""
    chosen: dict[str, int | float] = {}
    for part in filter(None, (part.strip() for part in text.replace("，", ",").split(","))):
        name, _, value = (piece.strip() for piece in part.partition("="))
        match = _VALUE.fullmatch(value)
        if name not in _NAMES or not match:
            remedy = f"write it like memory=8G,seconds=600; the limits are {', '.join(_NAMES)}"
            raise UsageError(f"--limits {part}", "is not a limit", remedy)
        units = _MEGABYTES if _NAMES[name].endswith("_mb") else _TIMES
        number = float(match[1]) * units[match[2].lower()]
        chosen[_NAMES[name]] = number if name == "seconds" else int(number)
        if chosen[_NAMES[name]] < 1:
            raise UsageError(f"--limits {part}", "allows nothing", "give a limit of at least 1")
    return msgspec.structs.replace(base or Limits(), **chosen)


def over(limit: str, found: object, allowed: object) -> tuple[str, str]:
    """Cause and remedy for a limit that a file goes over."""
    return f"{found}, over the limit of {allowed}", f"raise it with --limits {limit}=… where you trust the file"


def cores() -> int:
    """The cores this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# What a user may choose for a recovery; everything else follows from the page.

EngineChoice = Engine | Literal["auto"]
TextLayerChoice = Literal["auto", "keep", "ignore"]
Precision = Literal["auto", "f32"]
ENGINES: dict[str, EngineChoice] = {"auto": "auto", **{name: name for name in get_args(Engine)}}
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
