"""How a block's characters are set (raised, lowered, italic, bold), kept true while its text is edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from recover.model.document import Mark, MarkKind

Marks = tuple[Mark, ...]


def after_edit(marks: Sequence[Mark], start: int, end: int, length: int) -> Marks:
    """The marks of a text whose ``start:end`` is replaced by ``length`` characters.

    New characters inside of a mark, or in the place of all that it covered, are set like it.
    """
    return tuple(_edited(marks, start, end, length))


def _edited(marks: Sequence[Mark], start: int, end: int, length: int) -> Iterator[Mark]:
    shift = length - (end - start)
    for mark in marks:
        first, last = mark.start, mark.end
        if last <= start or (start == end and first >= start) or first >= end:
            moved = 0 if last <= start else shift
            yield msgspec.structs.replace(mark, start=first + moved, end=last + moved)
            continue
        covers = first <= start and end <= last
        replaced = start <= first and last <= end
        new_first = min(first, start) if covers or replaced else first if first < start else start + length
        new_last = last + shift if last >= end else start + (length if replaced else 0)
        if replaced:
            new_first, new_last = start, start + length
        if new_first < new_last:
            yield msgspec.structs.replace(mark, start=new_first, end=new_last)


def between(marks: Sequence[Mark], start: int, end: int) -> Marks:
    """The marks of ``text[start:end]``, counted from its beginning."""
    return tuple(
        msgspec.structs.replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in marks
        if max(mark.start, start) < min(mark.end, end)
    )


def moved(marks: Sequence[Mark], by: int) -> Marks:
    """The marks of a text that now begins ``by`` characters later."""
    return tuple(msgspec.structs.replace(mark, start=mark.start + by, end=mark.end + by) for mark in marks)


def toggled(marks: Sequence[Mark], start: int, end: int, kind: MarkKind) -> Marks:
    """The marks with ``start:end`` set as ``kind``, or plain where it was; what is raised is not lowered."""
    other: dict[MarkKind, MarkKind] = {"sup": "sub", "sub": "sup"}
    is_set = any(mark.kind == kind and mark.start <= start and end <= mark.end for mark in marks)
    gone = {kind, other.get(kind, kind)}
    kept = [mark for mark in marks if mark.kind not in gone]
    cut = [part for mark in marks if mark.kind in gone for part in _without(mark, start, end)]
    added = [] if is_set else [Mark(start=start, end=end, kind=kind)]
    return tuple(sorted((*kept, *cut, *added), key=lambda mark: (mark.start, mark.end, mark.kind)))


def _without(mark: Mark, start: int, end: int) -> Iterator[Mark]:
    """What is left of a mark outside of ``start:end``."""
    if mark.start < start:
        yield msgspec.structs.replace(mark, end=min(mark.end, start))
    if mark.end > end:
        yield msgspec.structs.replace(mark, start=max(mark.start, end))
