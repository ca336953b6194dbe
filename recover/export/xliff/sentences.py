"""Text cut into sentences, the segments that translators work on."""

from __future__ import annotations

import re
from itertools import pairwise

# A Chinese sentence ends at its mark, closing quotes and brackets included; an English one at a stop before a space
# and a capital, unless the stop belongs to an abbreviation, an initial or "et al.".
_END = re.compile(
    r"[。！？!?…]+[”’」』）)\]]*\s*"
    r"|(?<!\b[A-Z])(?<!\bal)(?<!\bvs)(?<!\bFig)(?<!\bTab)(?<!\bNo)(?<!\bDr)(?<!\bvol)(?<!\bca)(?<!\be\.g)(?<!\bi\.e)"
    r"\.[”’\")\]]*\s+(?=[A-Z\"“(\[])"
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences, each with the space after it: joined they are the text."""
    ends = [match.end() for match in _END.finditer(text)]
    bounds = [0, *ends, len(text)]
    return tuple(text[start:end] for start, end in pairwise(bounds) if end > start)
