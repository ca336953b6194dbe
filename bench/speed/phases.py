"""Where the time of one process goes, phase by phase: ``python -m bench.speed --phases``.

Functions of the recipes are wrapped where they are called from. A phase's time is its own, without phases in it.
The networks run in threads of their own, so what the main thread spends is ours, and what the others spend is theirs.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import cv2
import msgspec

from recover.settings import Settings

# Every phase, in the order in which it comes, with the functions that do it: module:name or module:Class.name.
PHASES: Mapping[str, Sequence[str]] = {
    "start": (),
    "render": (
        "recover.stages.acquire.pdf:PdfSource.raster",
        "recover.stages.acquire.pdf:PdfSource.coloured",
        "recover.stages.acquire.pdf:PdfSource.damage",
        "recover.stages.acquire.pdf:PdfSource.is_picture",
        "recover.pipeline.page_cache:PageStore.save_view",
        "recover.pipeline.page_cache:PageStore.save_crop",
    ),
    "layer": (
        "recover.stages.acquire.pdf:PdfSource.characters",
        "recover.stages.acquire.pdf:PdfSource.hidden",
        "recover.stages.acquire.pdf:PdfSource.font_faults",
        "recover.pipeline.page:prepare_layer",
        "recover.pipeline.page_lines:decide",
    ),
    "clean": ("recover.pipeline.page:without_stamps", "recover.pipeline.page:clean_page"),
    "find": (
        "recover.engines.ppocr:PpocrLineFinder.find",
        "recover.pipeline.page_upright:tidy_lines",
        "recover.pipeline.page:find_turned",
    ),
    "layout": ("recover.pipeline.page:arrange",),
    "read": (
        "recover.pipeline.page:read_lines",
        "recover.pipeline.page:make_regions",
        "recover.engines.ppocr:PpocrReader.read",
    ),
    "account": ("recover.pipeline.page:with_unread", "recover.pipeline.document:_with_account"),
    "correct": (
        "recover.pipeline.document:correct",
        "recover.pipeline.document:settle_circled",
        "recover.pipeline.document:with_year_dashes",
        "recover.pipeline.document:with_raised_marks",
        "recover.pipeline.document:with_gaps",
    ),
    "assemble": ("recover.pipeline.document:assemble",),
    "references": ("recover.pipeline.document:read_references",),
    "terms": ("recover.pipeline.document:with_terms",),
    "export": ("recover.pipeline.output:write_formats", "recover.pipeline.page_cache:pack"),
    "other": (),
}


class Spent(msgspec.Struct):
    """Seconds of a phase: on the clock, of the main thread, of all other threads."""

    wall: float = 0.0
    own: float = 0.0
    others: float = 0.0

    def add(self, other: Spent, sign: int = 1) -> None:
        self.wall += sign * other.wall
        self.own += sign * other.own
        self.others += sign * other.others


def _now() -> Spent:
    own = time.thread_time()
    return Spent(wall=time.perf_counter(), own=own, others=time.process_time() - own)


class Clock:
    """Adds up what each phase spends itself."""

    def __init__(self) -> None:
        self.spent = {phase: Spent() for phase in PHASES}
        self._within: list[Spent] = [Spent()]

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        began = _now()
        self._within.append(Spent())
        try:
            yield
        finally:
            took = _now()
            took.add(began, -1)
            inner = self._within.pop()
            self._within[-1].add(took)
            self.spent[name].add(took)
            self.spent[name].add(inner, -1)

    def wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: object, **named: object) -> object:
            with self.phase(name):
                return function(*args, **named)

        return timed


def measure(pdf: Path) -> tuple[dict[str, Spent], int]:
    """What every phase spent on a file that one process reads, and how many pages it has."""
    clock = Clock()
    clock.spent["start"].wall = _start()
    with clock.phase("start"):
        from recover.engines.ppocr import detector, recogniser  # noqa: PLC0415
        from recover.worker import make  # noqa: F401, PLC0415 all that a document needs
        from recover.worker.pages import open_reader  # noqa: PLC0415

        settings = Settings(text_layer="ignore")
        read = open_reader(settings)
        recogniser(_cpu(settings))
        detector(_cpu(settings))
        cv2.setNumThreads(1)  # its threads would be taken for the networks'
    _wrap(clock)
    with clock.phase("other"), tempfile.TemporaryDirectory() as folder:
        pages = _recover(pdf, settings, read, Path(folder))
    return clock.spent, pages


def _cpu(settings: Settings) -> Any:
    from recover.engines.openvino_core import Cpu  # noqa: PLC0415

    return Cpu(settings.threads, settings.precision)


def _start() -> float:
    """Seconds until a command and the process that works for it stand, without what they load."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "recover", "--version"], check=True, capture_output=True)
    return time.perf_counter() - began


def _wrap(clock: Clock) -> None:
    for phase, places in PHASES.items():
        for place in places:
            module, _, path = place.partition(":")
            owner: Any = importlib.import_module(module)
            *classes, name = path.split(".")
            for each in classes:
                owner = getattr(owner, each)
            setattr(owner, name, clock.wrapped(phase, getattr(owner, name)))


def _recover(pdf: Path, settings: Settings, read: Callable[..., Any], folder: Path) -> int:
    """Do what a worker does: every page into its parcel, the document from all of them, its files."""
    from recover.export.formats import Beside  # noqa: PLC0415
    from recover.model.document import Source  # noqa: PLC0415
    from recover.pipeline import document, output, page_cache  # noqa: PLC0415
    from recover.stages.acquire.source import open_source  # noqa: PLC0415

    source = open_source(pdf, None, settings.limits)
    readings = []
    for index in range(source.page_count):
        store = page_cache.PageStore(folder)
        readings.append(read(source, index, store))
        page_cache.pack(readings[-1], folder)
    told = Source(name=pdf.name, sha256="0" * 64, pages=source.page_count, kind="scan")
    made = document.assemble(told, readings, settings)
    output.write_formats(made, folder, settings.formats, Beside(style=settings.style))
    return source.page_count


def table(spent: Mapping[str, Spent], pages: int) -> str:
    """A row a phase: seconds a page on the clock, of our own code, of the networks' threads."""
    rows = ["| phase | clock, s a page | own code | networks' threads |", "|---|---|---|---|"]
    rows += [
        f"| {phase} | {one.wall / pages:.3f} | {one.own / pages:.3f} | {one.others / pages:.3f} |"
        for phase, one in spent.items()
    ]
    total = Spent()
    for one in spent.values():
        total.add(one)
    rows.append(f"| **all** | {total.wall / pages:.3f} | {total.own / pages:.3f} | {total.others / pages:.3f} |")
    share = total.own / max(1e-9, total.own + total.others)
    return "\n".join([*rows, "", f"{pages} pages; own code: {share:.0%} of the processor time"])
