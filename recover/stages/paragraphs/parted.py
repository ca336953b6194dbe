"""Paragraphs parted where a display formula stands in them, so that it is shown at its place."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from recover.model.flow import Block


def parted_at(blocks: Sequence[Block], positions: Iterable[int]) -> tuple[Block, ...]:
    """``blocks`` cut before the lines that ``positions`` count, wherever such a line stands inside of one."""
    cuts = sorted(set(positions))
    parted: list[Block] = []
    first = 0
    for block in blocks:
        end = first + len(block.pieces)
        edges = [0, *(cut - first for cut in cuts if first < cut < end), len(block.pieces)]
        parted += [Block(pieces=block.pieces[start:stop]) for start, stop in itertools.pairwise(edges)]
        first = end
    return tuple(parted)
