"""A line with a stretch of it replaced: what stood there and stands there still keeps its place and confidence."""

from __future__ import annotations

import msgspec

from recover.model.page import UNMEASURED, Doubt, Insertion, Line
from recover.model.styles import PLAIN


def replace_text(line: Line, start: int, end: int, now: str, confidence: float | None = None) -> Line:
    """``line`` with ``now`` in place of ``text[start:end]``; ``confidence`` is that of the new characters."""
    while start < end and now and line.text[start] == now[0]:
        start, now = start + 1, now[1:]
    while start < end and now and line.text[end - 1] == now[-1]:
        end, now = end - 1, now[:-1]
    edges = _edges(line, start, end, len(now))
    same = end - start == len(now)
    new = UNMEASURED if confidence is None else confidence
    reader = line.readers[start : start + 1] or line.readers[start - 1 : start] or "p"

    def spliced(values: tuple[float, ...], inside: tuple[float, ...]) -> tuple[float, ...]:
        return (*values[:start], *inside, *values[end:]) if values else values

    def kept(values: tuple[float, ...], other: float) -> tuple[float, ...]:
        return spliced(values, values[start:end] if same else (other,) * len(now))

    grown = len(now) - (end - start)
    return msgspec.structs.replace(
        line,
        text=line.text[:start] + now + line.text[end:],
        readers=line.readers[:start] + reader * len(now) + line.readers[end:],
        lefts=spliced(line.lefts, tuple(left for left, _ in edges)),
        rights=spliced(line.rights, tuple(right for _, right in edges)),
        confidences=kept(line.confidences, new)
        if confidence is None and same
        else spliced(line.confidences, (new,) * len(now)),
        weights=kept(line.weights, 0.0),
        tops=kept(line.tops, 0.0),
        bottoms=kept(line.bottoms, 1.0),
        styles=_styles(line, start, end, len(now)),
        doubts=tuple(
            Doubt(one.at + grown * (one.at >= end), one.alternatives)
            for one in line.doubts
            if not start <= one.at < end or same
        ),
        insertions=tuple(
            Insertion(one.at + grown * (one.at > start), one.text, one.confidence)
            for one in line.insertions
            if one.at <= start or one.at >= end
            if not (one.at == start == end)
        ),
    )


def _edges(line: Line, start: int, end: int, parts: int) -> list[tuple[float, float]]:
    """Left and right edges of ``parts`` characters in the stretch; new ones stand in the gap, or half a cell behind."""
    if end - start == parts:
        return list(zip(line.lefts[start:end], line.rights[start:end], strict=True))
    if start < end:
        left, right = line.lefts[start], line.rights[end - 1]
    else:
        left = line.rights[start - 1] if start else line.box.x0
        right = line.lefts[start] if start < len(line.text) else left + line.height / 3
    width = (right - left) / max(1, parts)
    return [(round(left + n * width, 2), round(left + (n + 1) * width, 2)) for n in range(parts)]


def _styles(line: Line, start: int, end: int, parts: int) -> str:
    if not line.styles:
        return ""
    inside = line.styles[start:end] if end - start == parts else PLAIN * parts
    return line.styles[:start] + inside + line.styles[end:]
