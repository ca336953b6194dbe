"""The lines of a dump, each with its place and how legible it is."""

from __future__ import annotations

import msgspec

from recover.text.legible import Legibility, legibility


class DumpLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line that holds text: its index in the dump, its page, blank lines above it, its legibility."""

    text: str
    index: int
    page: int
    blanks_above: int
    legible: Legibility


def read_lines(text: str) -> tuple[DumpLine, ...]:
    """Every line with text; a form feed begins a new page, and so do three blank lines after a page number."""
    lines: list[DumpLine] = []
    page = blanks = 0
    for index, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        page += raw.count("\f")
        body = raw.replace("\f", " ").strip()
        if not body:
            blanks += 1
            continue
        page += _turns_page(lines, blanks) and "\f" not in text
        lines.append(DumpLine(text=body, index=index, page=page, blanks_above=blanks, legible=legibility(body)))
        blanks = 0
    return tuple(lines)


def _turns_page(lines: list[DumpLine], blanks: int) -> bool:
    """Dumps without form feeds leave several blank lines between pages."""
    return bool(lines) and blanks >= 3
