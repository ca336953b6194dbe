"""A recorded line with characters replaced or put in; what is put in has no width of its own."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.document import PageLine
from recover.model.styles import spliced


class Edit(msgspec.Struct, frozen=True):
    """``length`` characters at ``at`` of a line become ``text``: one for one, or new ones for none."""

    at: int
    length: int
    text: str


def edited(line: PageLine, edits: Sequence[Edit]) -> PageLine:
    """The line after all ``edits``, which are given in places of the line as it was."""
    for edit in sorted(edits, key=lambda one: (one.at, one.length), reverse=True):
        line = _replaced(line, edit) if edit.length else _put_in(line, edit)
    return line


def shifted(at: int, edits: Sequence[Edit]) -> int:
    """Where the character that stood at ``at`` stands after the edits."""
    return at + sum(len(edit.text) for edit in edits if not edit.length and edit.at <= at)


def _replaced(line: PageLine, edit: Edit) -> PageLine:
    text = line.text[: edit.at] + edit.text + line.text[edit.at + edit.length :]
    return msgspec.structs.replace(line, text=text)


def _put_in(line: PageLine, edit: Edit) -> PageLine:
    count = len(edit.text)
    edge = line.edges[2 * edit.at - 1] if edit.at else 0
    return msgspec.structs.replace(
        line,
        text=line.text[: edit.at] + edit.text + line.text[edit.at :],
        edges=(*line.edges[: 2 * edit.at], *(edge for _ in range(2 * count)), *line.edges[2 * edit.at :]),
        confidences=(*line.confidences[: edit.at], *(-1 for _ in range(count)), *line.confidences[edit.at :]),
        doubts=tuple((at + count if at >= edit.at else at, readings) for at, readings in line.doubts),
        styles=spliced(line.styles, len(line.text), edit.at, edit.at, count),
    )
