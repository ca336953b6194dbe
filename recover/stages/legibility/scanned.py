"""The text layer of a scan, which some program once read from the same print: believed line by line.

A layer that shows no nonsense anywhere is tried on a few lines. Where it shows any, or fails the trial, every line is
read, and those are kept that say the same: an English abstract stands over a garbled Chinese body.
"""

from __future__ import annotations

from collections.abc import Sequence

from recover.stages.legibility.agree import compare_readings, mean_share
from recover.stages.legibility.signals import is_nonsense, is_off_scale, is_short_of_print, is_unmapped
from recover.stages.legibility.verdict import Evidence, Verdict

SAMPLE_LINES = 4
# A layer that is right differs from a reading only where the reading errs.
AGREES = 0.97
# Below the first the layer is another text; a layer between is doubtful and more lines are read.
DOUBTFUL = 0.85
MORE_LINES = 8
# This share of nonsense among a page's characters, and none of it is believed unread.
SUSPICIOUS = 0.02
# A line this near its reading is right but for a few characters, which are settled one by one.
NEARLY = 0.9


def judge_scan(evidence: Evidence) -> tuple[Verdict, ...]:
    """A verdict for every line."""
    present = [index for index, layer in enumerate(evidence.layer) if layer.text.strip()]
    signs = {index: sign for index in present if (sign := _sign(evidence, index))}
    verdicts = [Verdict("none")] * len(evidence.layer)
    evidence.read(sorted(signs))  # all in one go, which is faster than line by line
    for index, sign in signs.items():
        verdicts[index] = _by_reading(evidence, index, sign)
    candidates = [index for index in present if index not in signs]
    agreement = 0.0 if _is_suspicious(evidence, verdicts) else _trial(evidence, candidates)
    if agreement < AGREES:
        evidence.read(candidates)
    for index in candidates:
        if agreement >= AGREES:
            verdicts[index] = Verdict("keep", f"lines read to try the layer: {agreement:.0%} the same")
        else:
            verdicts[index] = _by_reading(evidence, index)
    return tuple(verdicts)


def _sign(evidence: Evidence, index: int) -> str:
    """What speaks against a line's layer before anything is read; "" when nothing does."""
    layer = evidence.layer[index]
    if is_unmapped(layer.text):
        return "characters without a meaning"
    if is_nonsense(layer.text):
        return "letters that make no language"
    if is_off_scale(layer, evidence.boxes[index]):
        return "boxes of another size than the print"
    if is_short_of_print(layer, evidence.boxes[index]):
        return "print that the layer lacks"
    return ""


def _is_suspicious(evidence: Evidence, verdicts: Sequence[Verdict]) -> bool:
    """Whether much of the layer was found to be wrong; signs alone may err."""
    sizes = [len(layer.text) for layer in evidence.layer]
    wrong = sum(size for size, verdict in zip(sizes, verdicts, strict=True) if verdict.outcome == "re-read")
    return wrong > SUSPICIOUS * max(1, sum(sizes))


def _trial(evidence: Evidence, candidates: Sequence[int]) -> float:
    agreement = _agreement(evidence, spread(evidence, candidates, SAMPLE_LINES))
    if DOUBTFUL <= agreement < AGREES:
        agreement = _agreement(evidence, spread(evidence, candidates, SAMPLE_LINES + MORE_LINES))
    return agreement


def _agreement(evidence: Evidence, sample: Sequence[int]) -> float:
    readings = evidence.read(sample)
    pairs = zip(sample, readings, strict=True)
    return mean_share([compare_readings(evidence.layer[index].text, reading.text) for index, reading in pairs])


def spread(evidence: Evidence, candidates: Sequence[int], count: int) -> list[int]:
    """Long lines, from all over the page: they say most about it."""
    by_length = sorted(candidates, key=lambda index: -len(evidence.layer[index].text))
    longest = sorted(by_length[: max(count, len(candidates) // 2)])
    step = max(1, len(longest) // count)
    return longest[::step][:count]


def _by_reading(evidence: Evidence, index: int, sign: str = "") -> Verdict:
    """Keep what the print confirms; ``sign`` is what spoke against the line."""
    text = evidence.layer[index].text
    share = compare_readings(text, evidence.read([index])[0].text).share
    if share >= 1.0:
        return Verdict("keep", "the print reads the same")
    if share >= NEARLY:
        return Verdict("reconcile", "the print reads nearly the same", (True,) * len(text))
    return Verdict("re-read", sign or "the print reads otherwise")
