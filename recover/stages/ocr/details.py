"""The details of bilingual print, mended one kind after the other: each sees the line as the one before left it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from recover.model.page import Line
from recover.stages.ocr.confusions import find_confusions
from recover.stages.ocr.edits import Edit, apply_edits
from recover.stages.ocr.lost_marks import Shares, find_lost_marks
from recover.stages.ocr.spaces import find_lost_spaces
from recover.stages.ocr.specks import find_specks
from recover.stages.ocr.widths import find_wide_marks

# What came from the text layer was kept because it is right.
LAYER = "t"


class Mend(msgspec.Struct, frozen=True):
    """An edit and the line it was made on."""

    line: Line
    edit: Edit


def mend_details(
    line: Line, spaces: Sequence[float] = (), marks: Shares = (), right_edge: float | None = None
) -> tuple[Line, tuple[Mend, ...]]:
    """``line`` as it was printed, and what was done.

    ``spaces`` is the chance of a space before each character, ``marks`` the likeliest mark between characters, both as
    a Reading has them; ``right_edge`` where the column's lines end, in points.
    """
    mends: list[Mend] = []
    finders: tuple[Callable[[Line], tuple[Edit, ...]], ...] = (
        lambda one: (*find_lost_spaces(one, spaces), *find_lost_marks(one, marks, right_edge)),
        lambda one: find_specks(one, right_edge),
        find_wide_marks,
        find_confusions,
    )
    for find in finders:
        edits = tuple(edit for edit in find(line) if _is_read(line, edit))
        mends += [Mend(line, edit) for edit in edits]
        line = apply_edits(line, edits)
    return line, tuple(mends)


def _is_read(line: Line, edit: Edit) -> bool:
    """Whether none of the characters, or neighbours of the new space, came from the text layer."""
    start = edit.start - (not edit.was)
    return LAYER not in line.readers[start : edit.start + max(1, len(edit.was))]
