"""Where the lists of references and labelled notes stand: under their headings, or told by shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from recover.lexicon.characters import simplified
from recover.model.flow import Block
from recover.stages.outline.candidates import Candidate
from recover.stages.outline.runin import BOLD, contrast_at
from recover.text.join import compose
from recover.text.labels import find_label
from recover.text.names import AFFILIATION
from recover.text.numbering import WORDED, leading_mark, parse_number
from recover.text.reference_lists import (
    LIKELY,
    entry_likeness,
    is_known_heading,
    is_list_heading,
    is_note_heading,
    looks_like_entry,
)

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


# A block behind a list's heading is an entry unless it scores like a heading set large, bold and alone.
SURE_HEADING = 3.0
# Under a heading an entry follows within so many blocks; a heading runs over no more lines.
REACH, HEAD_LINES = 4, 2
# So many entries in a row are a list that nothing heads, where its first is the first or all of them are sure.
LEAST_ENTRIES, SURE_ENTRY = 3, 2.2


def find_heads(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Indexes of blocks that head a list, entries right below them."""
    texts = [compose(block.pieces).text for block in blocks]
    return tuple(
        index
        for index, (block, text) in enumerate(zip(blocks, texts, strict=True))
        if len(block.pieces) <= HEAD_LINES and is_list_heading(text) and _leads_to_entries(texts[index + 1 :])
    )


def find_note_heads(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Indexes of blocks that head endnotes: 注释, and the first note right below."""
    return tuple(
        index
        for index, (block, below) in enumerate(pairwise(blocks))
        if len(block.pieces) == 1 and is_note_heading(compose(block.pieces).text) and _begins_notes(below)
    )


def _begins_notes(block: Block) -> bool:
    mark = leading_mark(compose(block.pieces).text)
    return mark is not None and mark.value == 1


def _leads_to_entries(texts: Sequence[str]) -> bool:
    for text in texts[:REACH]:
        if looks_like_entry(text):
            return True
        if not is_list_heading(text) and not parse_number(text):
            return False
    return False


def outside_lists(
    candidates: Sequence[Candidate], blocks: Sequence[Block], heads: Sequence[int]
) -> tuple[Candidate, ...]:
    """The candidates without the numbered entries of lists: behind a list's heading only a sure heading is one."""
    kept = []
    in_list = False
    for item in candidates:
        text = compose(blocks[item.index].pieces).text
        is_head = item.index in heads or is_list_heading(text)
        if in_list and not is_head and not _ends_list(item, text):
            continue
        in_list = is_head
        kept.append(item)
    return tuple(kept)


def _ends_list(item: Candidate, text: str) -> bool:
    """Whether a candidate behind the heading of a list is the heading of something else."""
    if is_known_heading(text) or (item.number is not None and item.number.scheme in WORDED):
        return True
    return item.score >= SURE_HEADING and not (item.boundary is not None and looks_like_entry(text))


def find_unheaded(blocks: Sequence[Block], start: int) -> range:
    """The blocks of a list that no heading stands over: the last entries in a row, empty where there are too few."""
    scores = [entry_likeness(compose(block.pieces).text) for block in blocks]
    last = next((index for index in reversed(range(start, len(blocks))) if scores[index] >= LIKELY), None)
    if last is None:
        return range(0)
    first = last
    while first > start and scores[first - 1] >= LIKELY:
        first -= 1
    run = range(first, last + 1)
    is_sure = _begins_with_one(blocks[first]) or all(scores[index] >= SURE_ENTRY for index in run)
    return run if len(run) >= LEAST_ENTRIES and is_sure else range(0)


def _begins_with_one(block: Block) -> bool:
    digits = "".join(char for char in compose(block.pieces).text.lstrip()[:5] if char.isdecimal())
    return digits == "1"
