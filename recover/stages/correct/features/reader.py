"""What the reader itself thought of the candidate and of what it read."""

from __future__ import annotations

import math
from collections.abc import Iterator

from recover.stages.correct.features.labels import log_odds_step, log_step, passed
from recover.stages.correct.place import Candidate

Feature = tuple[str, str]
SEEN = (0.005, 0.015, 0.05, 0.15, 0.4, 0.8)


def reader(candidate: Candidate) -> Iterator[Feature]:
    """Its posteriors for both, their ratio, and the pair of them."""
    if candidate.kind in ("width", "first-width"):
        yield from _of_width(candidate)
        return
    if candidate.kind == "space":
        yield from _of_space(candidate)
        return
    pair = f"{candidate.was}>{candidate.now}" if len(candidate.was) <= 1 else "several"
    yield "reader.share", log_step(candidate.share)
    if candidate.kind == "lost":
        yield "reader.odds", f"{candidate.now} {log_odds_step(candidate.share)}"
        yield from passed("reader.seen-over", f"{candidate.now == candidate.seen:d}", candidate.own, SEEN)
        yield "reader.seen", f"{candidate.now} {candidate.seen} {log_odds_step(candidate.own)}"
    if candidate.was:
        yield "reader.own", log_odds_step(candidate.own)
        if candidate.share > 0:
            yield "reader.ratio", str(max(-2, min(9, round(math.log(candidate.own / candidate.share)))))
    if candidate.kind in ("mark", "speck", "lost", "letter"):
        yield "reader.pair", pair
        yield "reader.pair-share", f"{pair} {log_step(candidate.share)}"
        yield "reader.pair-own", f"{pair} {log_odds_step(candidate.own)}"


def _of_width(candidate: Candidate) -> Iterator[Feature]:
    """What speaks for the wide form: which was read, how surely."""
    read = "half" if candidate.sign > 0 else "wide"
    mark = candidate.was if candidate.sign > 0 else candidate.now
    yield "reader.read", f"{mark} {read}"
    yield "reader.share", f"{read} {log_step(candidate.share)}"
    yield "reader.own", f"{read} {log_odds_step(candidate.own)}"


def _of_space(candidate: Candidate) -> Iterator[Feature]:
    """What speaks for a space: whether one was read, and how surely."""
    yield "reader.read", "space" if candidate.was else "none"
    if candidate.was:
        yield "reader.own", log_odds_step(candidate.own) if candidate.own >= 0 else "unknown"
    else:
        yield "reader.share", log_step(candidate.share)
