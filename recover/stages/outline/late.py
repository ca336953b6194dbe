"""Front matter that stands at the end: the English title, authors and abstract behind the list of references."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.flow import Block, Flow
from recover.stages.outline.opening import FRONT_ROLES
from recover.text.compose import compose
from recover.text.labels import find_label

# A title stands at most so many blocks above its abstract: authors, affiliations, marks stand between.
REACH = 8
TITLE_SIZE = 1.08
_ABSTRACTS = frozenset({"abstract-zh", "abstract-en"})
_KEYWORDS = frozenset({"keywords-zh", "keywords-en"})


def late_front(blocks: Sequence[Block], body: int, flow: Flow) -> tuple[int, ...]:
    """Indexes from ``body`` on that are front matter, in order."""
    found: set[int] = set()
    state = ""
    for index in range(body, len(blocks)):
        role = _role(blocks[index])
        if role in FRONT_ROLES:
            found.add(index)
            found.update(_above(blocks, index, body, flow) if role in _ABSTRACTS else ())
            state = role
        elif (
            state in _ABSTRACTS
            and role in ("part-zh", "part-en", "")
            and (_goes_on(blocks[index - 1], blocks[index]) or _keywords_follow(blocks, index))
        ):
            found.add(index)
        else:
            state = ""
    return tuple(sorted(found))


def _role(block: Block) -> str:
    label = find_label(compose(block.pieces).text)
    return label.role if label is not None else ""


def _goes_on(above: Block, block: Block) -> bool:
    """Whether a block is set like the abstract's paragraph above it."""
    alike = abs(above.first.size - block.first.size) < 0.08 * above.first.size
    same = compose(above.pieces).lang == compose(block.pieces).lang
    return alike and same and block.first.kind not in ("reference", "title")


def _keywords_follow(blocks: Sequence[Block], index: int) -> bool:
    """Whether the keywords stand a few blocks below, nothing but text of one language before them."""
    lang = compose(blocks[index].pieces).lang
    for block in blocks[index : index + REACH]:
        if _role(block) in _KEYWORDS:
            return True
        if block.first.kind in ("reference", "title") or compose(block.pieces).lang != lang:
            return False
    return False


def _above(blocks: Sequence[Block], index: int, body: int, flow: Flow) -> range:
    """The title over an abstract and what stands between them; empty where no title does."""
    lang = compose(blocks[index].pieces).lang
    top = index
    for at in range(index - 1, max(body, index - REACH) - 1, -1):
        block = blocks[at]
        is_title = block.first.kind == "title" or block.first.size > TITLE_SIZE * flow.body_size
        if block.first.kind == "reference" or compose(block.pieces).lang != lang:
            break
        if is_title:
            top = at
        elif top < index:
            break
    return range(top, index)
