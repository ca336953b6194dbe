"""What one file may cost: memory, time, pages, pixels, objects, output. An unknown file may ask for any amount."""

from __future__ import annotations

import os
import re

import msgspec

from recover.errors import UsageError

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
