"""What parsing one reference string gives."""

from __future__ import annotations

import msgspec

from recover.model.csl import CslItem
from recover.model.document import Repair


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """The item, how sure the parser is of it (0 to 1), and what it mended on the way."""

    csl: CslItem
    confidence: float
    repairs: tuple[Repair, ...] = ()
