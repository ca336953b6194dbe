"""Many concepts taken into a glossary at once: what is new, what is there, what clashes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

import msgspec

from recover.glossary.concept import Concept
from recover.glossary.edit import Shelf
from recover.glossary.squash import squashed
from recover.glossary.table import Sheet

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


def admit(shelf: Shelf, incoming: Iterable[Concept], on_clash: OnClash) -> Admission:
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


def _sheet(shelf: Shelf, added: list[Concept], replaced: set[str]) -> Sheet:
    kept = [row for row in shelf.sheet.concepts if squashed(row.zh) not in replaced]
    # Rows of the shipped glossary that stay beside a new one of the same term have to stand in the same layer.
    own = {row.zh for row in shelf.sheet.concepts}
    beside = {row.zh for row in added} - own
    taken_up = [row for row in shelf.below if row.zh in beside and squashed(row.zh) not in replaced]
    rows = (*kept, *taken_up, *added)
    shown = {row.zh for row in rows}
    removed = tuple(zh for zh in shelf.sheet.removed if zh not in shown)
    return msgspec.structs.replace(shelf.sheet, concepts=rows, removed=removed, lines=())
