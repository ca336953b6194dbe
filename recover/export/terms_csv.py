"""``terms.csv``: the document's terms as a table that opens in a spreadsheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from recover.model.document import Document, Term

HEAD = ("zh", "en", "abbreviation", "count", "aligned", "source", "places")

# A cell that begins so is worked out by a spreadsheet instead of shown; what a paper says must never run.
# Spreadsheets of Chinese and Japanese systems take full-width signs for the same.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(document: Document, folder: Path | None = None) -> bytes:  # noqa: ARG001 terms need no pictures
    """UTF-8 with the mark by which spreadsheets know it; the most frequent term first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows(_row(term) for term in document.terms)
    return out.getvalue().encode("utf-8-sig")


def _row(term: Term) -> tuple[str, ...]:
    places = " ".join(dict.fromkeys(f"{m.section}:{m.paragraph}" for m in term.mentions))
    aligned = "yes" if term.aligned else "no"
    cells = (term.zh, term.en, term.abbreviation, str(term.count), aligned, term.source, places)
    return tuple(inert(cell) for cell in cells)


def inert(cell: str) -> str:
    """The cell as text even to a program that looks for formulas: an apostrophe before it says so."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(FORMULA_STARTS) else cell
