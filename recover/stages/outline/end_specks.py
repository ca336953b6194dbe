"""Marks behind headings that no Chinese title ends with: each is left out of the title and recorded."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.document import Correction
from recover.stages.outline.draft import Draft

WHY = "no title ends with such a mark"


def end_specks(drafts: Sequence[Draft]) -> tuple[Correction, ...]:
    """What was left out behind the drafts' titles."""
    return tuple(_correction(draft) for draft in drafts if draft.speck and draft.title_pieces)


def _correction(draft: Draft) -> Correction:
    piece = draft.title_pieces[-1]
    end = piece.start + len(piece.text.rstrip())
    box = piece.line.to_page.box(piece.line.line.char_box(end - len(draft.speck), end)).rounded()
    evidence = f"behind {draft.title[-8:]}"
    return Correction(page=piece.line.page, box=box, was=draft.speck, now="", why=WHY, evidence=evidence)
