"""The CSV file a glossary is kept in: read strictly, written so that versions compare line by line."""

from __future__ import annotations

import codecs
import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, cast

import msgspec

from recover.errors import UnreadableInput, UsageError
from recover.glossary.concept import STATUSES, Concept, Status, squashed

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


# What adding, editing, removing and taking in concepts makes of a glossary's rows.


class Rows(msgspec.Struct, frozen=True):
    """The rows an edit works on: a file's own, over those of the shipped glossary it overrides, if any."""

    sheet: Sheet
    below: tuple[Concept, ...] = ()

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """All rows that count, the file's own last."""
        hidden = {concept.zh for concept in self.sheet.concepts} | set(self.sheet.removed)
        return (*(concept for concept in self.below if concept.zh not in hidden), *self.sheet.concepts)


def add(shelf: Rows, concept: Concept) -> Sheet:
    """The rows with one more; raises UsageError when the pair is there already."""
    for known in shelf.concepts:
        if squashed(known.zh) == squashed(concept.zh) and squashed(known.en) == squashed(concept.en):
            raise UsageError(f"{concept.zh} = {concept.en}", "is in the glossary already", "edit that row instead")
    sheet = _taken_up(shelf, concept.zh)
    return _with(sheet, (*sheet.concepts, concept))


def edit(shelf: Rows, old: Concept, new: Concept) -> Sheet:
    """The rows with ``new`` in the place of ``old``."""
    sheet = _taken_up(shelf, old.zh)
    rows = tuple(new if row == old else row for row in sheet.concepts)
    return _hiding(shelf, _with(sheet, rows), old.zh)


def remove(shelf: Rows, old: Concept) -> Sheet:
    """The rows without ``old``; one of the shipped glossary is noted as removed."""
    sheet = _taken_up(shelf, old.zh)
    return _hiding(shelf, _with(sheet, tuple(row for row in sheet.concepts if row != old)), old.zh)


def select(concepts: Sequence[Concept], term: str) -> Concept:
    """The one concept ``term`` names, in either language or as ``zh=en``; UsageError for none or several."""
    zh, _, en = term.partition("=")
    found = [c for c in concepts if _names(c, term) or (en and _is(c.zh, zh) and _is(c.en, en))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(term, "names no row of the glossary", "`recover glossary find` looks for similar ones")
    listed = ", ".join(f"{c.zh}={c.en}" for c in found[:8])
    raise UsageError(term, f"names {len(found)} rows", f"say which as one of: {listed}")


def _names(concept: Concept, term: str) -> bool:
    main = _is(concept.zh, term) or _is(concept.en, term)
    return main or any(_is(form, term) for form in (*concept.zh_variants, *concept.en_variants, concept.abbreviation))


def _is(form: str, term: str) -> bool:
    return squashed(form) == squashed(term) != ""


def _taken_up(shelf: Rows, zh: str) -> Sheet:
    """The file's rows with those of the shipped glossary for ``zh`` among them, so that they can be changed."""
    own = {concept.zh for concept in shelf.sheet.concepts} | set(shelf.sheet.removed)
    rows = () if zh in own else tuple(concept for concept in shelf.below if concept.zh == zh)
    return _with(shelf.sheet, (*shelf.sheet.concepts, *rows))


def _hiding(shelf: Rows, sheet: Sheet, zh: str) -> Sheet:
    """``sheet`` with ``zh`` marked as removed, where the shipped glossary would bring it back."""
    if any(row.zh == zh for row in sheet.concepts) or not any(row.zh == zh for row in shelf.below):
        return sheet
    return msgspec.structs.replace(sheet, removed=(*sheet.removed, zh))


def _with(sheet: Sheet, rows: tuple[Concept, ...]) -> Sheet:
    shown = {row.zh for row in rows}
    removed = tuple(zh for zh in sheet.removed if zh not in shown)
    return msgspec.structs.replace(sheet, concepts=rows, removed=removed, lines=())


# Many concepts taken into a glossary at once: what is new, what is there, what clashes.

OnClash = Literal["keep", "replace", "add"]


class Clash(msgspec.Struct, frozen=True):
    """A Chinese term that the glossary translates differently from what is to be taken in."""

    known: Concept
    incoming: Concept


class Admission(msgspec.Struct, frozen=True):
    """The rows after the admission, and what became of the incoming ones."""

    sheet: Sheet
    added: tuple[Concept, ...]
    present: tuple[Concept, ...]
    clashes: tuple[Clash, ...]


def admit(shelf: Rows, incoming: Iterable[Concept], on_clash: OnClash) -> Admission:
    """Take concepts in; of a clash the glossary's row is kept, replaced, or both stand."""
    known: dict[str, list[Concept]] = defaultdict(list)
    for concept in shelf.concepts:
        known[squashed(concept.zh)].append(concept)
    added, present, clashes = [], [], []
    for concept in incoming:
        rows = known[squashed(concept.zh)]
        if any(_same(row, concept) for row in rows):
            present.append(concept)
            continue
        if rows:
            clashes.append(Clash(rows[0], concept))
        if not rows or on_clash != "keep":
            added.append(concept)
            known[squashed(concept.zh)].append(concept)
    replaced = {squashed(clash.known.zh) for clash in clashes} if on_clash == "replace" else set()
    return Admission(_sheet(shelf, added, replaced), tuple(added), tuple(present), tuple(clashes))


def _same(row: Concept, concept: Concept) -> bool:
    return any(squashed(form) == squashed(concept.en) for form in row.en_forms)


def _sheet(shelf: Rows, added: list[Concept], replaced: set[str]) -> Sheet:
    kept = [row for row in shelf.sheet.concepts if squashed(row.zh) not in replaced]
    # Rows of the shipped glossary that stay beside a new one of the same term have to stand in the same layer.
    own = {row.zh for row in shelf.sheet.concepts}
    beside = {row.zh for row in added} - own
    taken_up = [row for row in shelf.below if row.zh in beside and squashed(row.zh) not in replaced]
    rows = (*kept, *taken_up, *added)
    shown = {row.zh for row in rows}
    removed = tuple(zh for zh in shelf.sheet.removed if zh not in shown)
    return msgspec.structs.replace(shelf.sheet, concepts=rows, removed=removed, lines=())
