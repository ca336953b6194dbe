"""Repairs that need the fields: the journal's name against the list of journals, and what punctuation was printed."""

from __future__ import annotations

import msgspec

from recover.model.csl import CslItem
from recover.model.document import Repair
from recover.stages.references.journals import known, lookalike, nearest
from recover.text.vocabulary import Vocabulary


def mend_item(item: CslItem, words: Vocabulary) -> tuple[CslItem, tuple[Repair, ...]]:
    """The item with its journal's name mended, and the repairs."""
    if item.type != "article-journal" or not item.container_title or item.container_title_short:
        return item, ()
    now = lookalike(item.container_title) or (nearest(item.container_title) if words.counts else "")
    if not now:
        return item, ()
    repair = Repair(
        field="container-title",
        was=item.container_title,
        now=now,
        why="the letters are those of a listed journal, up to one or to signs that OCR confuses",
    )
    entry = known(now)
    return msgspec.structs.replace(item, container_title=now, container_title_short=entry[0] if entry else ""), (
        repair,
    )


def placed(repairs: tuple[Repair, ...], item: CslItem) -> tuple[Repair, ...]:
    """The repairs of the string, each with the field it ended up in."""
    return tuple(
        repair if repair.field else msgspec.structs.replace(repair, field=_field(repair.now, item))
        for repair in repairs
    )


def _field(now: str, item: CslItem) -> str:
    fragment = now.strip(" .,;:()")
    if fragment and fragment in item.title:
        return "title"
    if fragment and fragment in item.container_title:
        return "container-title"
    if item.page and item.page in now:
        return "page"
    if item.issue and f"({item.issue})" in now:
        return "issue"
    return "author" if fragment.rstrip(".,").isupper() else "title" if fragment.isalpha() else "page"
