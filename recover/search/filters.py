"""Which papers and passages a search is narrowed to."""

from __future__ import annotations

import msgspec

from recover.search.analysis import simplified

# Kinds, section kinds and languages are numbers in the table of passages.
NAMED = " = (SELECT id FROM names WHERE name = ?)"


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """All of what is set must hold; texts are looked for anywhere in the field, whatever their case or script.

    ``years`` are the first and last year; ``kinds`` and ``section_kinds`` those of passages; ``confidence`` is the
    least a passage's mean confidence may be, which also leaves out passages that nobody measured.
    """

    title: str = ""
    author: str = ""
    journal: str = ""
    years: tuple[int, int] | None = None
    kinds: tuple[str, ...] = ()
    section_kinds: tuple[str, ...] = ()
    lang: str = ""
    confidence: float | None = None

    def condition(self) -> tuple[str, list[object]]:
        """SQL to put behind a WHERE clause over documents ``d`` and passages ``p``, and its values."""
        parts: list[str] = []
        values: list[object] = []
        for column, text in (("d.title", self.title), ("d.authors", self.author), ("d.journal", self.journal)):
            if text:
                parts.append(f"(instr(folded({column}), ?) > 0)")
                values.append(folded(text))
        for column, chosen in (("p.kind", self.kinds), ("p.section_kind", self.section_kinds)):
            if chosen:
                parts.append("(" + " OR ".join([column + NAMED] * len(chosen)) + ")")
                values += chosen
        if self.years:
            parts.append("d.year BETWEEN ? AND ?")
            values += self.years
        if self.lang:
            parts.append("p.lang" + NAMED)
            values.append(self.lang)
        if self.confidence is not None:
            parts.append("p.confidence >= ?")
            values.append(round(1000 * self.confidence))
        return "".join(f" AND {part}" for part in parts), values


def folded(text: str) -> str:
    """A field as filters compare it."""
    return simplified(text).casefold()
