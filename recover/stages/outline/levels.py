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
    groups = _groups(sorted(alone, key=lambda at: -blocks[at].first.size), blocks)
    levels = {index: level for level, group in enumerate(groups, 1) for index in group}
    return levels | {index: len(groups) + 1 for index in headings if index not in levels}


def _groups(ordered: Sequence[int], blocks: Sequence[Block]) -> list[list[int]]:
    """Headings of one size together, the largest first; one that stands alone joins its neighbours in size."""
    groups: list[list[int]] = []
    for index in ordered:
        if groups and blocks[index].first.size > (1 - SAME_SIZE) * blocks[groups[-1][-1]].first.size:
            groups[-1].append(index)
        else:
            groups.append([index])
    if all(len(group) < 2 for group in groups):
        return groups
    joined = [groups[0]]
    for group in groups[1:]:
        if min(len(group), len(joined[-1])) < 2:
            joined[-1].extend(group)
        else:
            joined.append(group)
    return joined
