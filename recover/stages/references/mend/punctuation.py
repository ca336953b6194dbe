"""Punctuation that was read wrongly but did not mislead the parser: kept on record all the same."""

from __future__ import annotations

import re

from recover.model.document import Repair
from recover.stages.references.draft import Draft
from recover.stages.references.marks import find_mark

# "Nat Neurosci. 2004,7(7):726": after a stop Vancouver sets the year off with a semicolon; GB/T would have a
# comma before the year, too.
_COMMA_YEAR = re.compile(r"(?<=[A-Za-z)]\.\s)((?:19|20)\d{2}),;?(\d+\s?\()")


def punctuation_repairs(draft: Draft, text: str) -> tuple[Repair, ...]:
    """What the string must have had printed where it shows something else."""
    if draft.style == "gbt":
        return _mark_repair(text)
    hit = _COMMA_YEAR.search(text)
    if draft.style != "vancouver" or hit is None:
        return ()
    why = "after a full stop the year is set off by a semicolon"
    return (Repair(field="issued", was=hit[0], now=f"{hit[1]};{hit[2]}", why=why),)


def _mark_repair(text: str) -> tuple[Repair, ...]:
    mark = find_mark(text)
    if mark is None or not mark.damaged:
        return ()
    now = f"[{mark.code}/{mark.medium}]" if mark.medium else f"[{mark.code}]"
    why = "between title and source stands a document type mark in square brackets"
    return (Repair(field="type", was=mark.printed, now=now, why=why),)
