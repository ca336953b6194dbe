"""The title and what stands with it at the head of a paper that prints no abstract: told by place, type and names."""

from __future__ import annotations

from collections.abc import Container, Sequence

from recover.model.flow import Block, Flow
from recover.text.compose import compose
from recover.text.cover import is_cover_line
from recover.text.heading_numbers import parse_number
from recover.text.labels import find_label
from recover.text.list_heading import is_known_heading
from recover.text.names import are_names
from recover.text.scripts import han_share

# A title has so many characters, the least in Chinese and in English, and stands over no more lines.
SHORTEST, SHORTEST_LATIN, LONGEST, LINES = 4, 15, 160, 5
# Type of this size, over the text's, is a title's whatever follows it.
SURE_SIZE = 1.2
# Headings are set smaller than the title: at most this large.
NEARLY = 0.97
# A centred line leaves this much white at both ends, as much at either but for so little, in type sizes.
WHITE, CENTRED = 2.0, 1.5
# The title is among the first blocks of a page.
FIRST = 8
# The first line of a paper may stand at the margin where it leaves this much white behind it.
SHORT = 4.0
# A title goes on over no more blocks; a subtitle begins with one of these.
MORE_LINES = 3
_DASHES = ("——", "—", "一一", "--", "–", "─")
_ENDS = frozenset("。；;，,：:")


def title_at(blocks: Sequence[Block], headings: Container[int], flow: Flow) -> int | None:
    """The block among the first that is the paper's title; None where nothing shows one."""
    lead = [index for index, block in enumerate(blocks[:FIRST]) if block.first.page == blocks[0].first.page]
    for index in lead:
        if is_prose(blocks[index], flow):
            return None
        if may_be_title(blocks[index]) and _is_shown(index, blocks, headings, flow):
            return index
    return None


def may_be_title(block: Block) -> bool:
    """Whether a block's words can be a title: no sentence, names, label, number, nor what covers print beside it."""
    text = compose(block.pieces).text.strip()
    shortest = SHORTEST if han_share(text) > 0.3 else SHORTEST_LATIN
    if not shortest <= len(text) <= LONGEST or len(block.pieces) > LINES or text[-1] in _ENDS:
        return False
    is_other = are_names(text) or is_known_heading(text) or is_cover_line(text)
    return not is_other and find_label(text) is None and parse_number(text) is None


def is_centred(block: Block) -> bool:
    """Whether every line of a block leaves as much white on the left as on the right."""
    lines = [piece.line for piece in block.pieces]
    return all(min(line.indent, line.rest) > WHITE and abs(line.indent - line.rest) < CENTRED for line in lines)


def _is_shown(index: int, blocks: Sequence[Block], headings: Container[int], flow: Flow) -> bool:
    """Whether type, names below, or a heading right below it show that a block is the title."""
    block = blocks[index]
    is_apart = is_centred(block) or block.first.kind == "title"
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    is_followed = after is not None and after.first.page == block.first.page
    is_first = index == 0 and block.last.rest > SHORT
    if (is_apart or is_first) and _leads_to_names(index, blocks):
        return True
    if not _is_largest(index, blocks, headings):
        return False
    if block.first.size > SURE_SIZE * flow.body_size:
        return is_apart
    return is_followed and index in headings and index + 1 in headings and block.first.kind == "title"


def _leads_to_names(index: int, blocks: Sequence[Block]) -> bool:
    """Whether names stand below a block, nothing but more lines of a title between."""
    for below in blocks[index + 1 : index + 1 + MORE_LINES]:
        if below.first.page != blocks[index].first.page:
            return False
        if are_names(compose(below.pieces).text) and below.last.rest > 1:
            return True
        if not is_more_title(below, blocks[index]):
            return False
    return False


def is_more_title(block: Block, title: Block) -> bool:
    """Whether a block goes on with a title: a subtitle behind a dash, or a line set like it."""
    text = compose(block.pieces).text.strip()
    alike = abs(block.first.size - title.first.size) < 0.1 * title.first.size
    is_apart = is_centred(block) or block.first.kind == "title"
    is_subtitle = text.startswith(_DASHES) and block.last.rest > SHORT
    return is_subtitle or (is_apart and alike and may_be_title(block))


def _is_largest(index: int, blocks: Sequence[Block], headings: Container[int]) -> bool:
    """Whether no heading behind a block is set as large: what heads a part of a paper is set like other such heads."""
    return all(
        block.first.size < NEARLY * blocks[index].first.size
        for at, block in enumerate(blocks)
        if at > index and at in headings
    )


def is_prose(block: Block, flow: Flow) -> bool:
    """Whether a block is a paragraph of the text."""
    text = compose(block.pieces).text.rstrip()
    is_body = abs(block.first.size - flow.body_size) < 0.1 * flow.body_size
    return (
        is_body and not is_centred(block) and (len(block.pieces) > 1 or len(text) > 30) and text[-1:] in "。.”’；：！？"
    )
