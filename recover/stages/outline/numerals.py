"""Numbers of headings in the script of their paper: readers take 貳 and 陸 for their simplified forms."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.document import Correction
from recover.stages.outline.draft import Draft

_TRADITIONAL = str.maketrans({"贰": "貳", "陆": "陸"})
WHY = "a paper in traditional characters numbers its headings in them"


def in_script(drafts: Sequence[Draft], *, is_traditional: bool) -> tuple[Correction, ...]:
    """Set the drafts' numbers in traditional characters where the paper is; what was changed."""
    corrections = []
    for draft in drafts if is_traditional else ():
        printed = draft.number.translate(_TRADITIONAL)
        if printed != draft.number:
            first = draft.block.first if draft.block else None
            box = first.to_page.box(first.line.char_box(0, 1)).rounded() if first else None
            page = first.page if first else 0
            evidence = "most characters of the paper are traditional"
            corrections.append(
                Correction(page=page, box=box, was=draft.number, now=printed, why=WHY, evidence=evidence)
            )
            draft.number = printed
    return tuple(corrections)
