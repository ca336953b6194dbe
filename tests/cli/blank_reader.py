"""A page reader for pages without print, which needs no networks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import msgspec
import numpy as np
from fixed_engine import FixedEngine

from recover.engines.readers import Readers
from recover.model.page import PageReading
from recover.pipeline import page
from recover.pipeline.page_cache import PageStore
from recover.settings import Settings
from recover.stages.acquire.source import PageSource

NAME = "tests.cli.blank_reader:open_reader"


class NoLines:
    def find(self, pixels: np.ndarray) -> tuple[tuple[float, float, float, float, float], ...]:
        return ()


def open_reader(settings: Settings) -> Callable[[PageSource, int, PageStore], PageReading]:
    page.find_blocks = lambda pixels, threads: ()
    readers = Readers(finder=NoLines(), reader=FixedEngine(()))
    return lambda source, index, store: page.read_page(source, index, readers, settings, store)


def go_to(arguments: bytes) -> Iterator[bytes]:
    """Have the process work in another folder, as a new one would."""
    os.chdir(msgspec.msgpack.decode(arguments, type=str))
    yield from ()
