"""Where the front matter ends: at a heading, or at the first paragraph set as the text is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from recover.model.flow import Block, Flow
from recover.stages.outline.candidates import Candidate
from recover.text.compose import compose
from recover.text.labels import find_label
from recover.text.scripts import han_share

FRONT_ROLES = frozenset({"abstract-zh", "abstract-en", "keywords-zh", "keywords-en"})
# Paragraphs that follow an abstract's label may still be the abstract; behind these labels the text can begin.
_LAST_ROLES = frozenset({"keywords-zh", "keywords-en", "class"})


def body_start(blocks: Sequence[Block], headings: Mapping[int, Candidate], flow: Flow) -> int:
    """The first block after the front matter."""
    pages = flow.lines[0].page + 2 if flow.lines else 0
    opening = [index for index, block in enumerate(blocks) if block.first.page < pages]
    labelled = [index for index in opening if _front_role(blocks[index])]
    numbered = [index for index, candidate in headings.items() if candidate.number is not None]
    first = min((index for index in numbered if not labelled or index > min(labelled)), default=None)
    if not labelled:
        return 0 if first is None or not _has_title(blocks[:first], flow) else _text_after(0, first, blocks, flow)
    last = _last_label([index for index in labelled if first is None or index < first], blocks, flow)
    known = [index for index, item in headings.items() if item.number is None and last < index < (first or len(blocks))]
    end = min([*known, first if first is not None else len(blocks)])
    return _text_after(last + 1, end, blocks, flow)


def _front_role(block: Block) -> str:
    """The role of a label that only front matter has; empty for any other block."""
    label = find_label(compose(block.pieces).text)
    return label.role if label is not None and label.role in FRONT_ROLES | {"class"} else ""


def _last_label(labelled: Sequence[int], blocks: Sequence[Block], flow: Flow) -> int:
    """The last label before the text: an abstract may also stand at the paper's end."""
    is_chinese = han_share("".join(line.text for line in flow.lines)) > 0.3
    for index, following in pairwise(labelled):
        between = blocks[index + 1 : following]
        if _front_role(blocks[index]) in _LAST_ROLES and any(_is_body(block, flow, is_chinese) for block in between):
            return index
    return labelled[-1]


def _is_body(block: Block, flow: Flow, is_chinese: bool) -> bool:
    return _is_text(block, flow) and (han_share(compose(block.pieces).text) > 0.3) == is_chinese


def _text_after(start: int, end: int, blocks: Sequence[Block], flow: Flow) -> int:
    """The first block from ``start`` that is a paragraph of the text; ``end`` when none is."""
    return next((index for index in range(start, end) if _is_text(blocks[index], flow)), end)


def _is_text(block: Block, flow: Flow) -> bool:
    """Whether a block without a label is set like the text: its size, its length, a sentence's end."""
    text = compose(block.pieces).text
    if find_label(text) is not None or abs(block.first.size - flow.body_size) > 0.07 * flow.body_size:
        return False
    return len(block.pieces) >= 3 or (len(text) > 60 and text.rstrip()[-1:] in "。.")


def _has_title(blocks: Sequence[Block], flow: Flow) -> bool:
    """Whether a paper's title stands among the blocks."""
    return any(block.first.size > 1.2 * flow.body_size and block.first.kind == "title" for block in blocks)
