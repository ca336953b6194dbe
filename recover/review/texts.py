"""Changes of a block's text that no printed line holds: a space at a seam, a caption, an empty cell."""

from __future__ import annotations

import msgspec

from recover.model.document import Correction, MarkKind
from recover.review.actions import Action, Misfit
from recover.review.lines import cut_spans
from recover.review.marks import after_edit, toggled
from recover.review.sheet import Block, Sheet

KINDS: dict[str, MarkKind] = {"sup": "sup", "sub": "sub", "italic": "italic", "bold": "bold"}


def edit_seam(sheet: Sheet, block: Block, action: Action) -> Sheet:
    """``action.was`` near the named offset of the block becomes ``action.now``."""
    start = _nearest(block.text, action.was, action.where.at)
    end = start + len(action.was)
    spans = tuple(span for span, _ in cut_spans(block.spans, start, end, len(action.now)))
    text = block.text[:start] + action.now + block.text[end:]
    marks = after_edit(block.marks, start, end, len(action.now))
    edited = sheet.with_block(msgspec.structs.replace(block, text=text, spans=spans, marks=marks))
    done = Correction(
        page=block.page,
        box=action.where.box,
        was=action.was,
        now=action.now,
        why="a person read it",
        evidence=f"review.jsonl {action.id}",
    )
    return msgspec.structs.replace(edited, corrections=(*edited.corrections, done))


def set_mark(sheet: Sheet, block: Block, action: Action) -> Sheet:
    """``action.was`` near the named offset is set as ``action.now`` says, or plain again; raises Misfit."""
    if action.now not in KINDS:
        raise Misfit(f"there is no way to set text as {action.now}")
    start = _nearest(block.text, action.was, action.where.at)
    marks = toggled(block.marks, start, start + len(action.was), KINDS[action.now])
    return sheet.with_block(msgspec.structs.replace(block, marks=marks))


def _nearest(text: str, wanted: str, at: int) -> int:
    """Where ``wanted`` stands nearest to ``at``, no further than a short line away."""
    if text[at : at + len(wanted)] == wanted and at <= len(text):
        return at
    places = [start for start in range(max(0, at - 20), at + 21) if text[start : start + len(wanted)] == wanted]
    if not wanted or not places:
        raise Misfit(f"the text reads {text[at : at + max(1, len(wanted))]}")
    return min(places, key=lambda start: abs(start - at))
