"""Bibliographic items in the formats of reference managers and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from recover.errors import UsageError
from recover.export import bibtex, csl_json, ris
from recover.model.csl import CslItem

COLUMNS = ("authors", "year", "title", "container", "volume", "issue", "pages", "DOI")


def item_bytes(items: Sequence[CslItem], form: str) -> bytes:
    """``items`` as ``bib``, ``ris``, ``csl`` or ``csv``; raises UsageError for another form."""
    if form not in _FORMS:
        raise UsageError(f"--formats {form}", "unknown format of references", f"use {', '.join(_FORMS)}")
    return _FORMS[form](items)


def _bib(items: Sequence[CslItem]) -> bytes:
    return "\n".join(bibtex.entries(items)).encode()


def _ris(items: Sequence[CslItem]) -> bytes:
    return "".join(ris.records(items)).encode()


def _csl(items: Sequence[CslItem]) -> bytes:
    return b"".join(csl_json.stream(items))


def _csv(items: Sequence[CslItem]) -> bytes:
    """A table for spreadsheets: a byte order mark, so that they take it for UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([[_inert(cell) for cell in _cells(item)] for item in items])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cells(item: CslItem) -> list[str]:
    names = "; ".join(f"{name.family}, {name.given}".strip(", ") or name.literal for name in item.author)
    year = str(item.issued.date_parts[0][0]) if item.issued and item.issued.date_parts else ""
    return [names, year, item.title, item.container_title, item.volume, item.issue, item.page, item.DOI]


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


_FORMS: dict[str, Callable[[Sequence[CslItem]], bytes]] = {"bib": _bib, "ris": _ris, "csl": _csl, "csv": _csv}
