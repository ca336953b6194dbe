"""The work on one glossary by name or path, as the command line offers it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from recover.errors import UsageError
from recover.glossary import places, store, table
from recover.glossary import table as edits
from recover.glossary.concept import Concept, Glossary, squashed
from recover.glossary.load import load_glossary, read_file
from recover.glossary.table import Admission, OnClash, Rows, Sheet, admit
from recover.lexicon.characters import is_han


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


# What is doubtful in a glossary that could be read: duplicates, clashes, and wordings that will not match.

Level = Literal["error", "warning"]


class Finding(msgspec.Struct, frozen=True):
    """Something doubtful in the row at ``line``; ``rule`` names the sort of doubt."""

    line: int
    level: Level
    rule: str
    message: str


class Row(msgspec.Struct, frozen=True):
    """A concept and the line it stands on."""

    line: int
    concept: Concept


def check(concepts: Iterable[Concept], lines: Iterable[int]) -> tuple[Finding, ...]:
    """All findings, by line."""
    rows = [Row(line, concept) for line, concept in zip(lines, concepts, strict=True)]
    found = [finding for rule in ACROSS_ROWS for finding in rule(rows)]
    found += [finding for row in rows for rule in WITHIN_ROW for finding in rule(row)]
    return tuple(sorted(set(found), key=lambda finding: (finding.line, finding.rule, finding.message)))


def _groups(rows: Iterable[Row], key: Callable[[Concept], object]) -> Iterator[list[Row]]:
    """Rows that share a key, where more than one does."""
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row.concept)].append(row)
    yield from (group for group in groups.values() if len(group) > 1)


def duplicates(rows: list[Row]) -> Iterator[Finding]:
    """A pair that stands twice."""
    for first, *others in _groups(rows, lambda c: (squashed(c.zh), squashed(c.en))):
        for row in others:
            exact = (row.concept.zh, row.concept.en) == (first.concept.zh, first.concept.en)
            how = "repeats" if exact else "differs only in width, case, spaces or hyphens from"
            yield Finding(
                row.line, "error", "duplicate", f"{row.concept.zh} = {row.concept.en} {how} line {first.line}"
            )


def clashes(rows: list[Row]) -> Iterator[Finding]:
    """Two preferred translations of one term in one domain, in either direction; no domain is every domain."""
    preferred = [row for row in rows if row.concept.status == "preferred"]
    for group in _groups(preferred, lambda c: squashed(c.zh)):
        yield from (_clash(row, first, row.concept.zh, lambda c: c.en) for first, row in _rivals(group, lambda c: c.en))
    for group in _groups(preferred, lambda c: squashed(c.en)):
        yield from (_clash(row, first, row.concept.en, lambda c: c.zh) for first, row in _rivals(group, lambda c: c.zh))


def _rivals(group: list[Row], side: Callable[[Concept], str]) -> Iterator[tuple[Row, Row]]:
    """Each row with the first before it of the same domain that says something else on that side."""
    for number, row in enumerate(group):
        for first in group[:number]:
            domains = {first.concept.domain, row.concept.domain} - {""}
            if len(domains) < 2 and squashed(side(first.concept)) != squashed(side(row.concept)):
                yield first, row
                break


def _clash(row: Row, first: Row, term: str, side: Callable[[Concept], str]) -> Finding:
    both = f"{side(row.concept)} and {side(first.concept)} (line {first.line})"
    return Finding(row.line, "error", "clash", f"{term}: {both} are both preferred")


def shared_variants(rows: list[Row]) -> Iterator[Finding]:
    """A variant that is another concept's own term."""
    owners: dict[str, Row] = {}
    for row in rows:
        owners.setdefault(squashed(row.concept.zh), row)
    for row in rows:
        for variant in row.concept.zh_variants:
            owner = owners.get(squashed(variant))
            if owner and owner.concept.zh != row.concept.zh and owner.concept.status != "forbidden":
                message = f"variant {variant} is a term of its own in line {owner.line} ({owner.concept.en})"
                yield Finding(row.line, "warning", "variant", message)


def abbreviations(rows: list[Row]) -> Iterator[Finding]:
    """An abbreviation of two different names."""
    used = [row for row in rows if row.concept.abbreviation and row.concept.status != "forbidden"]
    for first, *others in _groups(used, lambda c: c.abbreviation):
        for row in others:
            if squashed(row.concept.en) != squashed(first.concept.en):
                message = f"{row.concept.abbreviation} also abbreviates {first.concept.en} (line {first.line})"
                yield Finding(row.line, "warning", "abbreviation", message)


def scripts(rows: list[Row]) -> Iterator[Finding]:
    """Traditional characters, and whether the simplified wording is there as well."""
    from opencc import OpenCC  # noqa: PLC0415 - its tables are read at once and only needed here

    simplify = OpenCC("t2s").convert
    for row in rows:
        for form in row.concept.zh_forms:
            simple = simplify(form)
            if simple != form and form == row.concept.zh:
                yield Finding(
                    row.line, "warning", "traditional", f"{form} is in traditional characters; simplified: {simple}"
                )
            elif simple in row.concept.zh_forms and simple != form:
                yield Finding(
                    row.line, "warning", "traditional", f"variant {form} is {simple} in traditional characters"
                )


def spaces(row: Row) -> Iterator[Finding]:
    """Spaces inside Chinese."""
    for form in row.concept.zh_forms:
        if re.search(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", form):
            yield Finding(row.line, "error", "space", f"{form!r} has a space between Chinese characters")


def widths(row: Row) -> Iterator[Finding]:
    """Letters and digits of full width."""
    for form in (*row.concept.zh_forms, *row.concept.en_forms, row.concept.abbreviation):
        narrow = unicodedata.normalize("NFKC", form)
        wide = [char for char in form if "\uff01" <= char <= "\uff5e" and char.isalnum()]
        if wide:
            yield Finding(row.line, "warning", "width", f"{form} is written in full width; in half width: {narrow}")


def languages(row: Row) -> Iterator[Finding]:
    """A wording in the column of the other language."""
    for form in (*row.concept.en_forms, row.concept.abbreviation):
        if any(map(is_han, form)):
            yield Finding(row.line, "error", "language", f"{form} stands in an English column")
    for form in row.concept.zh_forms:
        if not any(map(is_han, form)) and form not in (*row.concept.en_forms, row.concept.abbreviation):
            yield Finding(row.line, "warning", "language", f"{form} stands in a Chinese column")


PAIRS = {")": "(", "）": "（", "]": "[", "】": "【", "”": "“", "》": "《", "}": "{"}


def balance(row: Row) -> Iterator[Finding]:
    """Brackets that don't close, variants that repeat a wording, and lists with the wrong separator."""
    for forms in (row.concept.zh_forms, row.concept.en_forms):
        for form in forms:
            if not _is_balanced(form):
                yield Finding(row.line, "error", "unbalanced", f"{form}: brackets or quotes don't close")
            if any(char in form for char in "；;|") or ("、" in form and form in forms[1:]):
                yield Finding(row.line, "error", "unbalanced", f"{form}: variants are set apart by ';' alone")
        for number, form in enumerate(forms):
            if form in forms[:number]:
                yield Finding(row.line, "warning", "unbalanced", f"variant {form} stands twice in the row")


def _is_balanced(form: str) -> bool:
    opened: list[str] = []
    for char in form:
        if char in PAIRS.values():
            opened.append(char)
        elif char in PAIRS and (not opened or opened.pop() != PAIRS[char]):
            return False
    return not opened


def formulas(row: Row) -> Iterator[Finding]:
    """Cells that a spreadsheet would not show as they are."""
    for cell in (row.concept.zh, row.concept.en, row.concept.abbreviation, row.concept.note, row.concept.source):
        if cell[:1] in ("=", "+", "@") or re.match(r"-[^\w]|-\d*$", cell):
            yield Finding(row.line, "warning", "formula", f"{cell} would be worked out as a formula by a spreadsheet")


ACROSS_ROWS = (duplicates, clashes, shared_variants, abbreviations, scripts)
WITHIN_ROW = (spaces, widths, languages, balance, formulas)
