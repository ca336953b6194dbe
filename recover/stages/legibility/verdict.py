"""A line's verdict, what a region's verdicts add up to, and what deciding needs to know of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from recover.model.geometry import Box
from recover.model.layer import LayerText
from recover.model.page import Decision, Line

Outcome = Literal["none", "keep", "re-read", "reconcile"]
# Reads the print of some lines, by their index.
ReadLines = Callable[[Sequence[int]], Sequence[Line]]


class Verdict(msgspec.Struct, frozen=True):
    """What to do with one line's layer, and why; ``trusted`` tells for each character whether its font is sound."""

    outcome: Outcome
    reason: str = ""
    trusted: tuple[bool, ...] = ()


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A page's layer, line by line, the lines' boxes in points, and what is wrong with its fonts.

    ``settled`` are lines whose layer needs no print to prove it, with the reason: nothing is printed of them, or they
    were put right before. ``bare`` are lines with print that no character of the layer covers, ``foreign`` the fonts
    that are not in the file.
    """

    layer: tuple[LayerText, ...]
    boxes: tuple[Box, ...]
    faults: Mapping[str, str]
    read: ReadLines
    settled: Mapping[int, str] = {}
    bare: frozenset[int] = frozenset()
    foreign: frozenset[str] = frozenset()


def summarise(verdicts: Sequence[Verdict]) -> Decision:
    """One decision for a region: what all its lines have in common, or that its layer was mended in part."""
    telling = [verdict for verdict in verdicts if verdict.outcome != "none"]
    if not telling:
        return Decision(outcome="none", reasons=("no text layer",))
    outcomes = Counter(verdict.outcome for verdict in telling)
    reasons = Counter(verdict.reason for verdict in telling if verdict.reason)
    told = tuple(f"{reason} ({count} of {len(telling)} lines)" for reason, count in reasons.most_common(4))
    outcome = next(iter(outcomes)) if len(outcomes) == 1 else "reconcile"
    return Decision(outcome=outcome, reasons=told)
