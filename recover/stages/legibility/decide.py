"""Keep a line's text layer, read the print again, or make one of both."""

from __future__ import annotations

from recover.settings import TextLayerChoice
from recover.stages.legibility.drawn import judge_type
from recover.stages.legibility.scanned import judge_scan
from recover.stages.legibility.verdict import Evidence, Verdict


def decide(evidence: Evidence, choice: TextLayerChoice, *, is_picture: bool) -> tuple[Verdict, ...]:
    """A verdict for every line; ``choice`` is the user's and overrides what the page says."""
    if choice == "ignore":
        return (Verdict("none", "--text-layer ignore"),) * len(evidence.layer)
    if choice == "keep":
        return tuple(
            Verdict("keep", "--text-layer keep") if layer.text.strip() else Verdict("none") for layer in evidence.layer
        )
    return judge_scan(evidence) if is_picture else judge_type(evidence)
