"""Where the front matter ends: at a heading, or at the first paragraph set as the text is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from recover.lexicon.characters import han_share, simplified
from recover.model.flow import Block, Flow
from recover.stages.outline.candidates import Candidate, promised_levels
from recover.stages.outline.front import is_centred, is_more_title, is_prose, title_at
from recover.text.join import compose
from recover.text.labels import OPEN_ROLES, find_label
from recover.text.names import AFFILIATION, are_names
from recover.text.numbering import parse_number
from recover.text.reference_lists import is_known_heading

# Front matter stands on the first pages; contents pages tell where it ends in longer works.
OPENING_PAGES = 2
# Affiliations are set smaller than the text.
SMALL = 0.95
# Paragraphs that follow an abstract's label may still be the abstract; behind these labels the text can begin.
_LAST_ROLES = frozenset({"keywords-zh", "keywords-en", "class"})


def body_start(blocks: Sequence[Block], headings: Mapping[int, Candidate], flow: Flow) -> int:
    """The first block after the front matter."""
    promised = _first_promised(blocks, flow)
    if promised is not None:
        return promised
    pages = flow.lines[0].page + OPENING_PAGES if flow.lines else 0
    opening = [index for index, block in enumerate(blocks) if block.first.page < pages]
    labelled = [index for index in opening if _front_role(blocks[index])]
    numbered = [index for index, candidate in headings.items() if candidate.number is not None]
    first = min((index for index in numbered if not labelled or index > min(labelled)), default=None)
    if not labelled:
        if first is not None and _has_title(blocks[:first], flow):
            return next((index for index in range(first) if is_prose(blocks[index], flow)), first)
        title = title_at(blocks, headings, flow)
        return _below_title(title, blocks, headings, flow) if title is not None else 0
    last = _last_label([index for index in labelled if first is None or index < first], blocks, flow)
    known = [index for index, item in headings.items() if item.number is None and last < index < (first or len(blocks))]
    end = min([*known, first if first is not None else len(blocks)])
    return _text_after(last + 1, end, blocks, flow)


def _first_promised(blocks: Sequence[Block], flow: Flow) -> int | None:
    """The first heading of the text that the contents page names: it leaves abstracts out of the text."""
    promised = sorted(promised_levels(blocks, flow))
    return next((index for index in promised if _opens_text(compose(blocks[index].pieces).text)), None)


def _opens_text(text: str) -> bool:
    return find_label(text) is None and (parse_number(text) is not None or is_known_heading(text))


def _below_title(title: int, blocks: Sequence[Block], headings: Mapping[int, Candidate], flow: Flow) -> int:
    """The first block under a title that is a heading or a paragraph; names and affiliations are passed."""
    for index in range(title + 1, len(blocks)):
        block = blocks[index]
        text = compose(block.pieces).text
        is_more = index not in headings and (is_centred(block) or is_more_title(block, blocks[title]))
        is_small = block.first.size < SMALL * flow.body_size and bool(AFFILIATION.search(simplified(text)))
        if not are_names(text) and not is_more and not is_small:
            return index
    return len(blocks)


def _front_role(block: Block) -> str:
    """The role of a label that only front matter has; empty for any other block."""
    label = find_label(compose(block.pieces).text)
    return label.role if label is not None and label.role in OPEN_ROLES | {"class"} else ""


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
