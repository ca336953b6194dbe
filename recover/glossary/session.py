"""The work on one glossary by name or path, as the command line offers it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import msgspec

from recover.errors import UsageError
from recover.glossary import places, store, table
from recover.glossary import rows as edits
from recover.glossary.check import Finding, check
from recover.glossary.concept import Concept, Glossary
from recover.glossary.load import load_glossary, read_file
from recover.glossary.rows import Admission, OnClash, Rows, admit
from recover.glossary.table import Sheet


class Report(msgspec.Struct, frozen=True):
    """What `check` says of a file."""

    path: Path
    rows: int
    findings: tuple[Finding, ...]


def add(name: str, concept: Concept) -> Path:
    """Add a row; returns the file that holds it."""
    return _change(name, lambda shelf: edits.add(shelf, _clean(concept)))


def edit(name: str, term: str, changes: dict[str, object]) -> tuple[Concept, Concept]:
    """Change fields of the one row that ``term`` names; returns the row before and after."""
    old: list[Concept] = []

    def changed(shelf: Rows) -> Sheet:
        old[:] = [edits.select(shelf.concepts, term)]
        return edits.edit(shelf, old[0], _clean(msgspec.structs.replace(old[0], **changes)))

    _change(name, changed)
    return old[0], _clean(msgspec.structs.replace(old[0], **changes))


def remove(name: str, term: str) -> Concept:
    """Take out the one row that ``term`` names, and return it."""
    old: list[Concept] = []

    def changed(shelf: Rows) -> Sheet:
        old[:] = [edits.select(shelf.concepts, term)]
        return edits.remove(shelf, old[0])

    _change(name, changed)
    return old[0]


def take_in(name: str, concepts: Iterable[Concept], on_clash: OnClash) -> Admission:
    """Take many concepts in; see ``admit``."""
    incoming = tuple(concepts)
    done: list[Admission] = []

    def changed(shelf: Rows) -> Sheet:
        done[:] = [admit(shelf, incoming, on_clash)]
        return done[0].sheet

    _change(name, changed)
    return done[0]


def undo(name: str) -> Path:
    """Bring back the version before the last change."""
    return store.undo(places.editable(name))


def examine(name: str) -> tuple[Report, ...]:
    """Check every file of a glossary; lines that can't be read are findings too."""
    return tuple(_examine(layer) for layer in places.layers(name))


def _examine(layer: places.Layer) -> Report:
    sheet = table.parse(read_file(layer.path), hides_rows=layer.hides_rows)
    faults = tuple(Finding(fault.line, "error", "unreadable", fault.message) for fault in sheet.faults)
    return Report(layer.path, len(sheet.concepts), faults + check(sheet.concepts, sheet.lines))


def findings_about(name: str, terms: Collection[str]) -> tuple[Finding, ...]:
    """What ``examine`` finds in the rows of some Chinese terms."""
    layer = places.editable(name)
    sheet = table.parse(read_file(layer.path), hides_rows=layer.hides_rows)
    mine = {line for line, concept in zip(sheet.lines, sheet.concepts, strict=True) if concept.zh in terms}
    return tuple(finding for finding in check(sheet.concepts, sheet.lines) if finding.line in mine)


def known(name: str) -> Glossary:
    """The glossary of that name; an empty one where the user has none of it yet."""
    layer = places.editable(name)
    return load_glossary(name) if layer.hides_rows or layer.path.is_file() else Glossary(name, ())


def _change(name: str, changed: Callable[[Rows], Sheet]) -> Path:
    layer = places.editable(name)
    below = load_glossary(str(places.shipped_folder() / f"{name}.csv")).concepts if layer.hides_rows else ()
    return store.change(layer, lambda sheet: changed(Rows(sheet, below))).path


def _clean(concept: Concept) -> Concept:
    """The concept as its row will be read again; raises UsageError for one that could not be."""
    content = table.render(Sheet((concept,)))
    sheet = table.parse(content)
    if sheet.faults:
        raise UsageError(f"{concept.zh} = {concept.en}", sheet.faults[0].message, "give the cell other text")
    if any(";" in variant for variant in (*concept.zh_variants, *concept.en_variants)):
        raise UsageError(f"{concept.zh} = {concept.en}", "a variant holds ';'", "give each variant by itself")
    return sheet.concepts[0]
