"""What adding, editing, removing and taking in concepts makes of a glossary's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from recover.errors import UsageError
from recover.glossary.concept import Concept, squashed
from recover.glossary.table import Sheet


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
