"""Changes to a line that was read: what stood at a place, what shall stand there, and the evidence."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.page import UNMEASURED, Doubt, Line
from recover.model.styles import PLAIN


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """``was`` at offset ``start`` becomes ``now``: of equal length, "" to strike it out, or one sign where it is "".

    ``confidence`` is that of the new characters, where somebody measured it.
    """

    start: int
    was: str
    now: str
    why: str
    evidence: str
    confidence: float | None = None


def apply_edits(line: Line, edits: Sequence[Edit]) -> Line:
    """The line with all edits made; those that overlap an earlier one are left out."""
    for edit in sorted(edits, key=lambda one: -one.start):
        end = edit.start + len(edit.was)
        if line.text[edit.start : end] != edit.was:
            continue
        if edit.was and not edit.now:
            line = _without(line, edit.start, end)
        elif edit.was:
            line = _rewritten(line, edit)
        else:
            line = _grown(line, edit)
    return line


def _rewritten(line: Line, edit: Edit) -> Line:
    end = edit.start + len(edit.was)
    text = line.text[: edit.start] + edit.now + line.text[end:]
    if edit.confidence is None:
        return msgspec.structs.replace(line, text=text)
    confidences = (*line.confidences[: edit.start], *(edit.confidence for _ in edit.now), *line.confidences[end:])
    return msgspec.structs.replace(line, text=text, confidences=confidences)


def _without(line: Line, start: int, end: int) -> Line:
    """The line without the characters from ``start`` to ``end``."""

    def cut(values: tuple[float, ...]) -> tuple[float, ...]:
        return (*values[:start], *values[end:]) if values else values

    return msgspec.structs.replace(
        line,
        text=line.text[:start] + line.text[end:],
        readers=line.readers[:start] + line.readers[end:],
        lefts=cut(line.lefts),
        rights=cut(line.rights),
        confidences=cut(line.confidences),
        weights=cut(line.weights),
        tops=cut(line.tops),
        bottoms=cut(line.bottoms),
        styles=line.styles[:start] + line.styles[end:],
        doubts=tuple(
            Doubt(doubt.at - (end - start) * (doubt.at >= end), doubt.alternatives)
            for doubt in line.doubts
            if not start <= doubt.at < end
        ),
    )


def _grown(line: Line, edit: Edit) -> Line:
    """One sign more before the character at the edit's start, as wide as the gap; a cell's half at the line's end."""
    at = edit.start
    right = line.lefts[at] if at < len(line.text) else line.rights[at - 1] + line.height / 3

    def put(values: tuple[float, ...], value: float) -> tuple[float, ...]:
        return (*values[:at], value, *values[at:]) if values else values

    return msgspec.structs.replace(
        line,
        text=line.text[:at] + edit.now + line.text[at:],
        readers=line.readers[:at] + line.readers[at - 1] + line.readers[at:],
        lefts=put(line.lefts, line.rights[at - 1]),
        rights=put(line.rights, right),
        confidences=put(line.confidences, UNMEASURED if edit.confidence is None else edit.confidence),
        weights=put(line.weights, 0.0),
        tops=put(line.tops, 0.0),
        bottoms=put(line.bottoms, 1.0),
        styles=line.styles and line.styles[:at] + PLAIN + line.styles[at:],
        doubts=tuple(Doubt(doubt.at + (doubt.at >= at), doubt.alternatives) for doubt in line.doubts),
    )
