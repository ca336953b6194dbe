"""What may stand at a place instead of what was read."""

from __future__ import annotations

import msgspec


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """``was`` from offset ``start`` may be ``now``; either is "" where something was lost, or made up.

    ``share`` is the reader's posterior for ``now``, 0 where it named none, ``own`` that of what it read. ``sign`` is
    -1 where the kind's model speaks of the opposite: the one for widths of the wide mark, whichever was read.
    ``word`` is the term that a change spells, as terms are compared; ``gain`` is what a word gains by being usual less
    what the picture says against it, ``ahead`` by how much more than the next word does.
    """

    kind: str
    start: int
    was: str
    now: str
    share: float = 0.0
    own: float = 1.0
    sign: int = 1
    word: str = ""
    gain: float = 0.0
    ahead: float = 0.0

    @property
    def end(self) -> int:
        return self.start + len(self.was)
