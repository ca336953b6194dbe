"""Calibration: of the characters reported at 0.9, are nine in ten right?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from rapidfuzz.distance import Levenshtein

from bench.accuracy.fold import fold, fold_with_origin
from bench.accuracy.infix import find_infix
from bench.accuracy.recovered import located_paragraphs
from recover.model.document import Document, Paragraph
from recover.model.records import PageLine

_BINS = 10


class Judged(msgspec.Struct, frozen=True):
    """A recovered character's reported confidence, and whether it is right."""

    confidence: float
    is_right: bool


def judge_characters(document: Document, true: Iterable[str]) -> tuple[Judged, ...]:
    """Recovered characters that lie over a true paragraph, each judged by the best alignment."""
    text, confidences = _measured_text(document)
    judged: list[Judged] = []
    for query in filter(None, map(fold, true)):
        infix = find_infix(query, text)
        if infix.distance > len(query) / 2:
            continue  # the paragraph was lost: nothing here was read from it
        reported = confidences[infix.start : infix.end]
        judged += _judge(query, text[infix.start : infix.end], reported)
    return tuple(judged)


def expected_calibration_error(judged: Sequence[Judged]) -> float:
    """The mean gap between confidence and accuracy over ten bins of equal width, weighted by their size."""
    bins: list[list[Judged]] = [[] for _ in range(_BINS)]
    for one in judged:
        bins[min(int(one.confidence * _BINS), _BINS - 1)].append(one)
    return sum(_gap(members) for members in bins if members) / max(len(judged), 1)


def _gap(members: Sequence[Judged]) -> float:
    return abs(sum(one.confidence for one in members) - sum(one.is_right for one in members))


def _judge(true: str, found: str, reported: Sequence[float | None]) -> list[Judged]:
    right = {
        index
        for code in Levenshtein.opcodes(true, found)
        if code.tag == "equal"
        for index in range(code.dest_start, code.dest_end)
    }
    return [Judged(value, index in right) for index, value in enumerate(reported) if value is not None]


def _measured_text(document: Document) -> tuple[str, list[float | None]]:
    """The folded text of all located paragraphs and the confidence of each of its characters."""
    lines = {line.id: line for page in document.pages for region in page.regions for line in region.lines}
    text, confidences = "", list[float | None]()
    for paragraph in located_paragraphs(document):
        folded, reported = fold_with_origin(paragraph.text), _paragraph_confidences(paragraph, lines)
        text += folded.text
        confidences += [reported[origin] for origin in folded.origin]
    return text, confidences


def _paragraph_confidences(paragraph: Paragraph, lines: dict[str, PageLine]) -> list[float | None]:
    reported: list[float | None] = [None] * len(paragraph.text)
    for span in paragraph.spans:
        line = lines.get(span.line)
        if line is None:
            continue
        values = line.confidences[span.at : span.at + span.end - span.start]
        reported[span.start : span.start + len(values)] = [value / 1000 if value >= 0 else None for value in values]
    return reported
