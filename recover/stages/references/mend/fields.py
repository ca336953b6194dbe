"""Repairs that need the fields: the journal's name against the list of journals, and what punctuation was printed."""

from __future__ import annotations

import re

import msgspec

from recover.model.csl import CslItem
from recover.model.document import Repair
from recover.stages.references.journals import known, lookalike, nearest
from recover.text.vocabulary import Vocabulary

_WORN_ENDS = re.compile(r"(?<=\w)[-·:](?=\s)")


def mend_item(item: CslItem, words: Vocabulary) -> tuple[CslItem, tuple[Repair, ...]]:
    """The item with its journal's name mended, and the repairs."""
    title = item.container_title
    plain = _WORN_ENDS.sub("", title)
    if item.type == "article-journal" and plain != title and known(plain):
        return _in_journal(item, plain, "no listed journal has a sign at the end of a word within its name")
    if item.type != "article-journal" or not title or item.container_title_short:
        return item, ()
    now = lookalike(item.container_title) or (nearest(item.container_title) if words.counts else "")
    if not now:
        return item, ()
    return _in_journal(item, now, "the letters are those of a listed journal, up to one or to signs that OCR confuses")


def _in_journal(item: CslItem, now: str, why: str) -> tuple[CslItem, tuple[Repair, ...]]:
    repair = Repair(field="container-title", was=item.container_title, now=now, why=why)
    entry = known(now)
    short = entry[0] if entry else ""
    return msgspec.structs.replace(item, container_title=now, container_title_short=short), (repair,)


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
