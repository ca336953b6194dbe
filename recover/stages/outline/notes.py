"""Labelled notes in the back matter, known by their words or by a bold label before a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recover.model.flow import Block
from recover.stages.outline.runin import BOLD, contrast_at
from recover.text.affiliations import AFFILIATION
from recover.text.compose import compose
from recover.text.labels import find_label
from recover.text.list_heading import is_list_heading
from recover.text.simplify import simplified

# Labels that open a section of their own behind the text.
NOTE_ROLES = frozenset({"note", "funding", "cite", "dates", "author-note", "class", "editor"})
# Labels of an affiliation that are labels of a measure too.
_OF_PLACES = frozenset({"单位", "單位"})
_BEFORE_COLON = re.compile(r"^\s*([\u4e00-\u9fff]{2,12}|[A-Z][A-Za-z'’ ]{3,40})\s*[:：]\s*")


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A note's label as printed, and where its text begins."""

    label: str
    end: int


def find_notes(blocks: Sequence[Block], start: int) -> dict[int, Note]:
    """Notes by block index, from ``start`` on: known labels anywhere, other bold ones beside them or the list."""
    known = {index: note for index in range(start, len(blocks)) if (note := _known(blocks[index])) is not None}
    notes = dict(known)
    for index in range(start, len(blocks)):
        if index not in known and (note := _bold(blocks[index])) is not None and _is_beside(index, notes, blocks):
            notes[index] = note
    return notes


def _known(block: Block) -> Note | None:
    text = compose(block.pieces).text
    label = find_label(text)
    # 单位：万元 stands over tables.
    if label is not None and label.printed in _OF_PLACES and not AFFILIATION.search(simplified(text[label.end :])):
        return None
    return Note(label=label.printed, end=label.end) if label is not None and label.role in NOTE_ROLES else None


def _bold(block: Block) -> Note | None:
    """A label whose strokes are heavier than the text's behind its colon."""
    match = _BEFORE_COLON.match(block.pieces[0].text)
    if match is None or find_label(compose(block.pieces).text) is not None:
        return None
    at = block.pieces[0].start + match.end()
    if at >= block.pieces[0].end or contrast_at(block, at) < BOLD:
        return None
    lead = len(block.pieces[0].text) - len(block.pieces[0].text.lstrip())
    return Note(label=match.group(1).strip(), end=match.end() - lead)


def _is_beside(index: int, notes: dict[int, Note], blocks: Sequence[Block]) -> bool:
    """Whether a note or the list of references stands next to the block."""
    if index - 1 in notes or index + 1 in notes:
        return True
    return index + 1 < len(blocks) and is_list_heading(compose(blocks[index + 1].pieces).text)
