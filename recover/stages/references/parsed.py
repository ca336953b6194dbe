"""What parsing one reference string gives."""

from __future__ import annotations

import msgspec

from recover.model.csl import CslItem
from recover.model.document import Repair


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """The item, how sure the parser is of it and of each field (0 to 1), and what it mended on the way.

    ``text`` is the string with its repairs applied, without the number before it; empty where nothing was mended.
    """

    csl: CslItem
    confidence: float
    sure: dict[str, float] = {}
    repairs: tuple[Repair, ...] = ()
    text: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether no style fits: what was understood is a guess."""
        return self.confidence < DOUBTFUL


# None of 1,020 strings in known styles falls below it: an entry this unsure resembles no style.
DOUBTFUL = 0.6
