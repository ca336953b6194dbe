"""Traditional characters as simplified ones, so that lists of words hold every word once. Lengths never change."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

import msgspec


def simplified(text: str) -> str:
    """``text`` with its traditional characters replaced, one for one: offsets in it are offsets in ``text``."""
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    packed = (files("wordfreq") / "data" / "_chinese_mapping.msgpack.gz").read_bytes()
    table: dict[int, str] = msgspec.msgpack.decode(gzip.decompress(packed), type=dict[int, str])
    return table
