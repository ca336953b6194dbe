"""Keep a region's text layer or read the print again: decided on the text itself and on a sample of lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapidfuzz.distance import Levenshtein

from recover.model.layer import LayerText
from recover.model.page import Decision
from recover.text.compare import comparable
from recover.text.legible import legibility

# Text below this is nonsense beyond doubt; no line needs to be read to know.
NONSENSE = 0.25
# A layer with less of the characters than this, beside what a sample shows, misses print.
SAMPLE_LINES = 3
# Real type differs from a reading of it only where the reading errs; another OCR's layer must do better.
AGREE_DRAWN, AGREE_SCANNED = 0.82, 0.97

ReadSample = Callable[[Sequence[int]], Sequence[str]]


def decide(lines: Sequence[int], layer: Sequence[LayerText], read: ReadSample, *, is_picture: bool) -> Decision:
    """What to do with the layer over ``lines`` (indexes). ``read`` gives the print's text for some of them."""
    texts = [layer[index].text for index in lines]
    joined = "\n".join(texts)
    if not joined.strip():
        return Decision(outcome="none", reasons=("no text layer",))
    judged = legibility(joined)
    if judged.score < NONSENSE:
        return Decision(outcome="re-read", reasons=judged.reasons)
    sample = _sample(lines, layer)
    agreement = _agreement([layer[index].text for index in sample], read(sample))
    reasons = (*judged.reasons, f"{len(sample)} lines read: {agreement:.0%} the same")
    needed = AGREE_SCANNED if is_picture else AGREE_DRAWN
    return Decision(outcome="keep" if agreement >= needed else "re-read", reasons=reasons)


def _sample(lines: Sequence[int], layer: Sequence[LayerText]) -> list[int]:
    """Long lines, spread over the region: they say most about it."""
    longest = sorted(lines, key=lambda index: -len(layer[index].text))[: max(SAMPLE_LINES, len(lines) // 2)]
    spread = sorted(longest)
    step = max(1, len(spread) // SAMPLE_LINES)
    return spread[::step][:SAMPLE_LINES]


def _agreement(texts: Sequence[str], readings: Sequence[str]) -> float:
    """1 less the share of characters that differ, punctuation folded and white space left out."""
    left = [comparable(text) for text in texts]
    right = [comparable(text) for text in readings]
    size = sum(max(len(a), len(b)) for a, b in zip(left, right, strict=True))
    wrong = sum(Levenshtein.distance(a, b) for a, b in zip(left, right, strict=True))
    return 1 - wrong / size if size else 0.0
