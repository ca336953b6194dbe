"""Blocks that the contents page names: headings beyond doubt, at the level that it shows."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.flow import Block, Flow
from recover.text.compose import compose
from recover.text.labels import find_label

HEAD_LINES = 3
# A title of the contents is read with no more wrong characters than one in so many.
MISREAD = 8


def promised_levels(blocks: Sequence[Block], flow: Flow) -> dict[int, int]:
    """Levels by block index; every line of the contents names the first block that fits behind the one before."""
    levels: dict[int, int] = {}
    keys = [_block_key(block) for block in blocks]
    at = 0
    for entry in flow.contents:
        wanted = _key(entry.number + entry.title)
        found = next((index for index in range(at, len(keys)) if keys[index] and _is_same(keys[index], wanted)), None)
        if wanted and found is not None:
            levels[found] = entry.level
            at = found + 1
    return levels


def _block_key(block: Block) -> str:
    """What a block is compared by; empty for paragraphs and for labels, which head front matter."""
    text = compose(block.pieces).text
    return _key(text) if len(block.pieces) <= HEAD_LINES and find_label(text) is None else ""


def _key(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _is_same(key: str, wanted: str) -> bool:
    wrong = sum(a != b for a, b in zip(key, wanted, strict=False))
    return len(key) == len(wanted) and wrong * MISREAD <= len(key)
