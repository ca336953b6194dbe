"""A page reader without networks, and pages that break it: for trials of everything around the reading.

Chosen by ``RECOVER_PAGE_READER=samples.batch.quick_reader:open_reader``. What stands on a page follows from its
pixels, so equal pages read equal; what befalls its reader follows from its width in points.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import time
from collections.abc import Callable

from recover.errors import EngineFailed
from recover.model.geometry import Box
from recover.model.page import Line, PageReading, Region
from recover.pipeline.page_cache import PageStore
from recover.settings import Settings
from recover.stages.acquire.source import PageSource

HANG, SEGFAULT, MISTAKE, GLUTTON, REFUSAL, SLOW = 301, 302, 303, 304, 305, 306
FAULTY = {HANG, SEGFAULT, MISTAKE, GLUTTON, REFUSAL}
# How long a page keeps its core busy, as reading would, in milliseconds; and how long it waits besides: on a machine
# that others use too, only waiting shows what the supervision itself costs.
WORK_MS, WAIT_MS = "RECOVER_QUICK_MS", "RECOVER_QUICK_WAIT_MS"

WORDS = ("肌萎缩侧索硬化", "干细胞", "移植", "治疗", "神经元", "患者", "研究", "表明", "SOD1", "小鼠", "模型", "显著")


def open_reader(settings: Settings) -> Callable[[PageSource, int, PageStore], PageReading]:
    """A page reader that finds one line of text on every page."""
    del settings
    return read_quickly


def read_quickly(source: PageSource, index: int, store: PageStore) -> PageReading:
    """The page's reading, or whatever its width brings about."""
    width, height = source.size(index)
    _befall(round(width))
    raster = source.raster(index)
    digest = hashlib.sha256(raster.pixels.tobytes()).digest()
    _be_busy(float(os.environ.get(WORK_MS, "0")) / 1000)
    time.sleep(float(os.environ.get(WAIT_MS, "0")) / 1000)
    text = "".join(WORDS[byte % len(WORDS)] for byte in digest) + "。"
    return PageReading(
        index=index,
        width=width,
        height=height,
        dpi=72.0,
        regions=(Region(id="r1", kind="text", box=Box(10, 10, width - 10, 30), lines=(_line(text, width, digest),)),),
        image=store.save_view(index, raster),
    )


def _line(text: str, width: float, digest: bytes) -> Line:
    step = (width - 20) / len(text)
    return Line(
        id="l1",
        text=text,
        box=Box(10, 10, width - 10, 30),
        lefts=tuple(10 + step * at for at in range(len(text))),
        rights=tuple(10 + step * (at + 1) for at in range(len(text))),
        confidences=tuple(0.9 + digest[at % 32] / 2560 for at in range(len(text))),
        readers="p" * len(text),
    )


def _befall(width: int) -> None:
    if width == HANG:
        time.sleep(3600)
    elif width == SEGFAULT:
        ctypes.string_at(0)
    elif width == MISTAKE:
        raise IndexError("a list is shorter than was thought")
    elif width == GLUTTON:
        _eat()
    elif width == REFUSAL:
        raise EngineFailed("the quick reader", "does not like this page", "leave it out")
    elif width == SLOW:
        time.sleep(0.3)


def _eat() -> None:
    held = []
    while True:
        held.append(b"x" * 20_000_000)
        time.sleep(0.005)


def _be_busy(seconds: float) -> None:
    end = time.process_time() + seconds
    value = b"recover"
    while time.process_time() < end:
        value = hashlib.sha256(value).digest()
