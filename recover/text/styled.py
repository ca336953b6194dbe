"""How the characters of a text are set, from the lines that its spans name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recover.model.document import Mark, Span
from recover.model.styles import BOLD, ITALIC, to_marks


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
