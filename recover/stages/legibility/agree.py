"""How far a text layer and a reading of the print say the same, character by character."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rapidfuzz.distance import Levenshtein

from recover.text.compare import comparable


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """For each character of the layer: True the same in print, False another there, None nothing to compare.

    ``missing`` counts characters of the print that the layer lacks.
    """

    same: tuple[bool | None, ...]
    missing: int = 0

    @property
    def share(self) -> float:
        compared = [value for value in self.same if value is not None]
        size = len(compared) + self.missing
        return sum(compared) / size if size else 1.0


def compare_readings(layer: str, print_: str) -> Agreement:
    """Align both, punctuation folded and white space left out."""
    left, right = folded(layer), folded(print_)
    same: list[bool | None] = [None] * len(layer)
    missing = 0
    codes = Levenshtein.opcodes([char for char, _ in left], [char for char, _ in right])
    for code in codes:
        for _, origin in left[code.src_start : code.src_end]:
            same[origin] = code.tag == "equal" and same[origin] is not False
        missing += max(0, (code.dest_end - code.dest_start) - (code.src_end - code.src_start))
    return Agreement(same=tuple(same), missing=missing)


def folded(text: str) -> list[tuple[str, int]]:
    """The comparable characters of ``text``, each with the offset it came from."""
    return [(piece, at) for at, char in enumerate(text) for piece in comparable(char)]


def mean_share(agreements: Sequence[Agreement]) -> float:
    """The share over all characters of several lines; 1 without any."""
    compared = sum(value is not None for one in agreements for value in one.same)
    size = compared + sum(one.missing for one in agreements)
    same = sum(value is True for one in agreements for value in one.same)
    return same / size if size else 1.0
