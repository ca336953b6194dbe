"""Which blocks are headings: the candidates that the numbers, the contents page and the lists of references leave."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.flow import Block, Flow
from recover.stages.outline.candidates import Candidate, find_candidates
from recover.stages.outline.chain import choose_headings
from recover.stages.outline.promised import promised_levels
from recover.stages.outline.reference_lists import SURE_HEADING, outside_lists
from recover.text.compose import compose
from recover.text.heading_numbers import parse_number


def choose(blocks: Sequence[Block], flow: Flow, heads: Sequence[int]) -> tuple[Candidate, ...]:
    """The document's headings, ``heads`` of its lists of references among them."""
    candidates = _with_promised(outside_lists(find_candidates(blocks, flow), blocks, heads), blocks, flow)
    chosen = choose_headings(candidates)
    if any(item.number is not None for item in chosen):
        chosen = tuple(item for item in chosen if item.number is not None or item.boundary is None)
    known = {item.index for item in chosen}
    added = [_head(index, blocks[index]) for index in heads if index not in known]
    return tuple(sorted((*chosen, *added), key=lambda item: item.index))


def _with_promised(candidates: Sequence[Candidate], blocks: Sequence[Block], flow: Flow) -> tuple[Candidate, ...]:
    """The candidates, and every block whose words stand in the contents, as sure headings."""
    promised = promised_levels(blocks, flow)
    sure = {index: _head(index, blocks[index]) for index in promised}
    others = {item.index: item for item in candidates if item.index not in sure}
    return tuple(sorted((sure | others).values(), key=lambda item: item.index))


def _head(index: int, block: Block) -> Candidate:
    number = parse_number(compose(block.pieces).text)
    return Candidate(index=index, number=number, boundary=None, score=SURE_HEADING)
