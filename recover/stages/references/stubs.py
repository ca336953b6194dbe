"""Numbers of a list that were all misread: what is left of them, and the count of the entries."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recover.stages.references.entry_starts import EntryLine, Start

# "P6] 方以蓝": up to the closing bracket.
_BRACKETED = re.compile(r"^\s*[^\s\]］】]{0,4}[\]］】]\s*(?=\S)")
# "回ASSINCK P", "gg ANDERSON M": a box, or a sign or two, before a name in capitals or in Chinese.
_BARE = re.compile(
    r"^\s*(?:[\u4e00-\u9fff]\s?(?=[A-Z][\w'’-]{2})|[\u4e00-\u9fff][\s\u3000]+(?=[\u4e00-\u9fff]{2,4}[,，.、])"
    r"|\S{1,2}[|\s]\s*(?=[A-Z]{2}|[\u4e00-\u9fff]{2}))"
)
# Of so many entries, this share must have a closing bracket and that one any stub.
LEAST, BRACKETED, ANY = 5, 0.6, 0.85


def with_counted_numbers(lines: Sequence[EntryLine], starts: Sequence[Start]) -> list[Start]:
    """``starts`` without numbers, counted from 1 where their lines begin with what brackets and figures leave."""
    hits = [(_BRACKETED.match(lines[start.line].text), _BARE.match(lines[start.line].text)) for start in starts]
    bracketed = sum(hit is not None for hit, _ in hits)
    stubs = sum(hit is not None or bare is not None for hit, bare in hits)
    if len(starts) < LEAST or bracketed < BRACKETED * len(starts) or stubs < ANY * len(starts):
        return list(starts)
    return [
        msgspec.structs.replace(start, number=number, at=hit.end() if hit else bare.end() if bare else 0)
        for number, (start, (hit, bare)) in enumerate(zip(starts, hits, strict=True), 1)
    ]
