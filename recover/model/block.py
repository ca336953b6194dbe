"""What the layout network sees on a page: blocks of print, before their lines are known."""

from __future__ import annotations

import msgspec

from recover.model.geometry import Box
from recover.model.page import RegionKind


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A block the network saw: its kind, box in pixels and score from 0 to 1."""

    kind: RegionKind
    box: Box
    score: float
