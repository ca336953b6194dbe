"""The CSV file a glossary is kept in: read strictly, written so that versions compare line by line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import msgspec

from recover.errors import UnreadableInput
from recover.glossary.concept import STATUSES, Concept, Status

COLUMNS = ("zh", "en", "abbreviation", "zh_variants", "en_variants", "domain", "status", "note", "source")
REMEDY = "correct the file in a spreadsheet or a text editor; `recover glossary check` looks at all of it"

# Written in the user's own layer over a shipped glossary, where a row can only be hidden, not deleted.
REMOVED = "removed"


class Fault(msgspec.Struct, frozen=True):
    """What is wrong in a file, at its line (from 1, as editors and spreadsheets count)."""

    line: int
    message: str


class Sheet(msgspec.Struct, frozen=True):
    """A file's rows with their lines, the Chinese terms it hides, what is wrong, and how it is written."""

    concepts: tuple[Concept, ...] = ()
    lines: tuple[int, ...] = ()
    removed: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    has_bom: bool = True
    newline: str = "\n"


def parse(content: bytes, *, hides_rows: bool = False) -> Sheet:
    """Read a glossary file, faulty rows left out and listed; ``hides_rows`` admits the status ``removed``."""
    has_bom = content.startswith(codecs.BOM_UTF8)
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Sheet(faults=(Fault(line, f"is not UTF-8 (byte 0x{content[error.start]:02x})"),))
    newline = "\r\n" if "\r\n" in text else "\n"
    return msgspec.structs.replace(_rows(text, hides_rows=hides_rows), has_bom=has_bom, newline=newline)


def _rows(text: str, *, hides_rows: bool) -> Sheet:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header, faults = _header(reader)
    if faults:
        return Sheet(faults=tuple(faults))
    concepts, lines, removed = [], [], []
    for line, cells in _lines(reader, faults):
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if hides_rows and row.get("status") == REMOVED:
            removed.append(row["zh"])
            continue
        found = [Fault(line, message) for message in _complaints(header, cells, row)]
        faults.extend(found)
        if not found:
            concepts.append(_concept(row))
            lines.append(line)
    return Sheet(tuple(concepts), tuple(lines), tuple(removed), tuple(faults))


def _lines(reader: Iterator[list[str]], faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank with the line each begins on; the reader stops where quoting breaks."""
    while True:
        line = getattr(reader, "line_num", 0) + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(Fault(line, f"quotes are broken ({error})"))
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _header(reader: Iterator[list[str]]) -> tuple[list[str], list[Fault]]:
    faults: list[Fault] = []
    line, cells = next(_lines(reader, faults), (1, []))
    header = [cell.strip() for cell in cells]
    if faults:
        return header, faults
    unknown = [name for name in header if name not in COLUMNS]
    wrong = [f"unknown column {name!r}; the columns are {', '.join(COLUMNS)}" for name in unknown]
    wrong += [f"column {name!r} is missing" for name in ("zh", "en") if name not in header]
    wrong += [f"column {name!r} stands twice" for name in COLUMNS if header.count(name) > 1]
    return header, [Fault(line, message) for message in wrong]


def _complaints(header: Sequence[str], cells: Sequence[str], row: dict[str, str]) -> Iterator[str]:
    if len(cells) != len(header):
        yield f"{len(cells)} cells where the header has {len(header)} (a comma inside a cell needs quotes)"
        return
    yield from (f"column {name}: is empty" for name in ("zh", "en") if not row[name])
    status = row.get("status", "")
    if status and status not in STATUSES:
        yield f"column status: {status!r} is none of {', '.join(STATUSES)}"
    for name, cell in row.items():
        if any(ord(char) < 32 or char == "\ufffd" for char in cell):
            yield f"column {name}: holds a control character or a line break"


def variants(cell: str) -> tuple[str, ...]:
    """The variants in a cell, apart by semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _concept(row: dict[str, str]) -> Concept:
    return Concept(
        zh=row["zh"],
        en=row["en"],
        abbreviation=row.get("abbreviation", ""),
        zh_variants=variants(row.get("zh_variants", "")),
        en_variants=variants(row.get("en_variants", "")),
        domain=row.get("domain", ""),
        status=cast("Status", row.get("status") or "preferred"),
        note=row.get("note", ""),
        source=row.get("source", ""),
    )


def cells(concept: Concept) -> tuple[str, ...]:
    """The row of ``COLUMNS`` that says ``concept``."""
    fields = msgspec.structs.astuple(concept)
    return tuple(field if isinstance(field, str) else ";".join(field) for field in fields)


def render(sheet: Sheet, *, delimiter: str = ",") -> bytes:
    """The file of a sheet: rows in their order, quotes only where needed, byte order mark and line ends as read."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=sheet.newline)
    writer.writerow(COLUMNS)
    writer.writerows(cells(concept) for concept in sheet.concepts)
    writer.writerows((zh, "", "", "", "", "", REMOVED, "", "") for zh in sheet.removed)
    return out.getvalue().encode("utf-8-sig" if sheet.has_bom else "utf-8")


def refuse_faults(subject: str, faults: Iterable[Fault]) -> None:
    """Raise UnreadableInput that names the first faults by their lines; return when there are none."""
    listed = tuple(faults)
    if not listed:
        return
    named = "; ".join(f"line {fault.line}: {fault.message}" for fault in listed[:3])
    more = f" (and {len(listed) - 3} more)" if len(listed) > 3 else ""
    raise UnreadableInput(subject, named + more, REMEDY)
