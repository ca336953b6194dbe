"""The level of every heading: from its number, or where headings have none from its type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recover.model.flow import Block
from recover.stages.outline.candidates import Candidate
from recover.stages.outline.chain import rank

# Headings of one level differ in type size by less than this share.
SAME_SIZE = 0.07


def heading_levels(headings: Mapping[int, Candidate], blocks: Sequence[Block]) -> dict[int, int]:
    """Levels from 1 by block index; a paper that begins with 1.1 still has headings of level 1."""
    ranks = sorted({rank(item.number) for item in headings.values() if item.number is not None})
    if ranks:
        return {
            index: ranks.index(rank(item.number)) + 1 if item.number is not None else 1
            for index, item in headings.items()
        }
    return _by_size(headings, blocks)


def _by_size(headings: Mapping[int, Candidate], blocks: Sequence[Block]) -> dict[int, int]:
    """Larger type stands higher; titles that run in stand below all others."""
    alone = [index for index, item in headings.items() if item.boundary is None]
    levels: dict[int, int] = {}
    level, largest = 0, 0.0
    for index in sorted(alone, key=lambda at: -blocks[at].first.size):
        size = blocks[index].first.size
        if not level or size < (1 - SAME_SIZE) * largest:
            level, largest = level + 1, size
        levels[index] = level
    return levels | {index: level + 1 for index in headings if index not in levels}
