"""Which blocks of the front matter are the paper's title, in each language."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from recover.model.flow import Block, Flow
from recover.stages.outline.masthead import SHORT, is_centred, is_more_title, may_be_title
from recover.text.affiliations import AFFILIATION
from recover.text.compose import compose
from recover.text.cover import cover_field, is_cover_line, is_declaration
from recover.text.labels import find_label
from recover.text.names import are_names
from recover.text.scripts import han_share
from recover.text.simplify import simplified

MIN_TITLE_CHARS = 4
# A title is set larger than the body by this factor, unless the layout network vouches for it.
TITLE_SIZE = 1.1
# On worn pages neither the network nor the strokes may show a title; this size alone does.
LARGE_TITLE = 1.15


def title_blocks(blocks: Sequence[Block], flow: Flow) -> set[int]:
    """The title in each language: what a cover names as such, else the largest type, else a line over the names."""
    named = {index for index, block in enumerate(blocks) if _names_title(block)}
    found: set[int] = set()
    for chinese in (True, False):
        of_script = {index for index in named if (han_share(compose(blocks[index].pieces).text) > 0.3) == chinese}
        found |= of_script or _largest(blocks, flow, chinese=chinese)
    return found or _over_names(blocks)


def _names_title(block: Block) -> bool:
    """Whether a cover's field says that a block is the title: 论文题目：…"""
    field = cover_field(compose(block.pieces).text)
    return field is not None and field.role == "title"


def _largest(blocks: Sequence[Block], flow: Flow, *, chinese: bool) -> set[int]:
    """The largest block of a script, and those of the same size that continue it."""
    sized = [(index, block) for index, block in enumerate(blocks) if _may_be_title(block, flow, chinese=chinese)]
    if not sized:
        return set()
    largest = max(block.first.size for _, block in sized)
    best = [index for index, block in sized if block.first.size > 0.88 * largest]
    found = {best[0]}
    for previous, index in pairwise(best):
        if index == previous + 1 and previous in found:
            found.add(index)
    return found


def _over_names(blocks: Sequence[Block]) -> set[int]:
    """A title in plain type: the first line set apart with names, an affiliation or a label below it."""
    for index, block in enumerate(blocks[:-1]):
        is_apart = is_centred(block) or block.first.kind == "title" or (index == 0 and block.last.rest > SHORT)
        if not is_apart or not may_be_title(block):
            continue
        end = index + 1
        while end + 1 < len(blocks) and is_more_title(blocks[end], block):
            end += 1
        text = compose(blocks[end].pieces).text
        is_over = are_names(text) or bool(AFFILIATION.search(simplified(text))) or find_label(text) is not None
        if is_over or blocks[end].first.size < block.first.size:
            return set(range(index, end))
    return set()


def _may_be_title(block: Block, flow: Flow, *, chinese: bool) -> bool:
    text = compose(block.pieces).text
    if (han_share(text) > 0.3) != chinese or len(text) < (MIN_TITLE_CHARS if chinese else 15) or len(text) > 300:
        return False
    is_large = is_set_large(block, flow) or block.first.size > LARGE_TITLE * flow.body_size
    is_other = find_label(text) is not None or is_cover_line(text) or is_declaration(text) or are_names(text)
    return not is_other and (is_large or block.first.kind == "title")


def is_set_large(block: Block, flow: Flow) -> bool:
    """Whether a block is larger than the text, and bold or a title for the layout network."""
    return block.first.size > TITLE_SIZE * flow.body_size and (block.first.kind == "title" or block.first.bold > 1.15)
