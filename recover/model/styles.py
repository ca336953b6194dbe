"""How characters are set, one hexadecimal digit a character: raised, lowered, italic, bold, or several of them.

A text without any is written "" instead of a row of zeros.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recover.model.document import Mark, MarkKind, Span

RAISED, LOWERED, ITALIC, BOLD = 1, 2, 4, 8
PLAIN = "0"
KINDS: tuple[tuple[int, MarkKind], ...] = ((RAISED, "sup"), (LOWERED, "sub"), (ITALIC, "italic"), (BOLD, "bold"))


def written(flags: Sequence[int]) -> str:
    """Each character's flags as one digit; "" where none has any."""
    return "".join(f"{flag:x}" for flag in flags) if any(flags) else ""


def read_styles(styles: str, length: int) -> list[int]:
    """The flags of each of ``length`` characters; of none where ``styles`` belongs to another text."""
    return [int(digit, 16) for digit in styles] if len(styles) == length else [0] * length


def padded(styles: str, length: int) -> str:
    """``styles`` with a digit for each of ``length`` characters."""
    return styles if len(styles) == length else PLAIN * length


def spliced(styles: str, length: int, start: int, end: int, count: int) -> str:
    """``styles`` of a text of ``length`` characters with ``count`` plain ones put for those from start to end.

    As many characters as stood there keep how these were set.
    """
    if not styles or count == end - start:
        return styles
    kept = padded(styles, length)
    return kept[:start] + PLAIN * count + kept[end:]


def with_flag(styles: str, places: Sequence[int], flag: int, length: int) -> str:
    """``styles`` with ``flag`` set at ``places`` as well."""
    flags = read_styles(styles, length)
    for at in places:
        flags[at] |= flag
    return written(flags)


def to_marks(flags: Sequence[int]) -> tuple[Mark, ...]:
    """Each run of one kind as a mark, in the order of their starts."""
    marks = [Mark(start=start, end=end, kind=kind) for bit, kind in KINDS for start, end in _runs(flags, bit)]
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def cut_marks(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """The marks of ``text[start:end]``, as offsets into it."""
    inside = (
        Mark(start=max(mark.start, start) - start, end=min(mark.end, end) - start, kind=mark.kind) for mark in marks
    )
    return tuple(mark for mark in inside if mark.start < mark.end)


def _runs(flags: Sequence[int], bit: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, flag in enumerate(flags):
        if not flag & bit:
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


# How the characters of a text are set, from the lines that its spans name.


def marks_of(text: str, spans: Sequence[Span], styles: Mapping[str, str]) -> tuple[Mark, ...]:
    """The marks of ``text``; ``styles`` holds those of each line by the line's name in the document."""
    return to_marks(flags_of(text, spans, styles))


def flags_of(text: str, spans: Sequence[Span], styles: Mapping[str, str]) -> list[int]:
    """The flags of every character; white space between two italic or bold ones is so too."""
    flags = [0] * len(text)
    for span in spans:
        set_in = styles.get(span.line, "")
        for at in range(span.start, min(span.end, len(text))):
            place = span.at + at - span.start
            if place < len(set_in):
                flags[at] = int(set_in[place], 16)
    for at in range(1, len(text) - 1):
        if text[at].isspace():
            flags[at] = flags[at - 1] & flags[at + 1] & (ITALIC | BOLD)
    return flags
