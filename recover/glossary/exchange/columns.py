"""Tables of any make read as concepts: which column is which, and which rows say nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import msgspec

from recover.errors import UnreadableInput, UsageError
from recover.glossary.concept import STATUSES, Concept, Status
from recover.glossary.table import COLUMNS, variants

# So much of a foreign file's head is quoted in an error.
MOST_SHOWN = 300
# Heads that people and programs write over such columns, in lower case.
HEADS = {
    "zh": ("zh", "zh-cn", "zh_cn", "zh-hans", "chinese", "中文", "中文名", "中文术语", "汉语", "术语"),
    "en": ("en", "en-us", "en-gb", "en_us", "english", "英文", "英文名", "英文术语", "英语"),
    "abbreviation": ("abbreviation", "abbr", "acronym", "缩写", "英文缩写", "简称"),
    "zh_variants": ("zh_variants", "中文变体", "中文同义词"),
    "en_variants": ("en_variants", "英文变体", "英文同义词", "synonyms"),
    "domain": ("domain", "subject", "领域", "学科"),
    "status": ("status", "状态"),
    "note": ("note", "notes", "comment", "remark", "备注", "注释"),
    "source": ("source", "来源", "出处"),
}


class Imported(msgspec.Struct, frozen=True):
    """The concepts of a foreign file, and a line for each row that was left out."""

    concepts: tuple[Concept, ...]
    skipped: tuple[str, ...] = ()


def read_rows(rows: Iterable[Sequence[str]], named: Mapping[str, str], subject: str) -> Imported:
    """Concepts of rows whose first is the head; ``named`` says which head stands for which of our columns."""
    lines = iter(rows)
    head = [cell.strip() for cell in next(lines, ())]
    places = locate(head, named, subject)
    concepts, skipped = [], []
    for line, cells in enumerate(lines, 2):
        row = {name: cells[place].strip() for name, place in places.items() if place < len(cells)}
        if row.get("zh") and row.get("en"):
            concepts.append(concept_of(row))
        elif any(cell.strip() for cell in cells):
            skipped.append(f"line {line}: no {'Chinese' if not row.get('zh') else 'English'} term")
    return Imported(tuple(concepts), tuple(skipped))


def locate(head: Sequence[str], named: Mapping[str, str], subject: str) -> dict[str, int]:
    """The places of our columns under a head; raises for a column that was named and isn't there."""
    missing = [column for column in named.values() if column not in head]
    if missing:
        raise UsageError(
            f"--column {missing[0]}",
            f"{subject} has no such column",
            f"its columns are: {', '.join(head)[:MOST_SHOWN]}",
        )
    lower = [cell.lower() for cell in head]
    places = {name: lower.index(known) for name in COLUMNS for known in reversed(HEADS[name]) if known in lower}
    places.update({name: head.index(column) for name, column in named.items()})
    if not {"zh", "en"} <= places.keys():
        heads = ", ".join(head)[:MOST_SHOWN] or "none"
        raise UnreadableInput(
            subject,
            f"no Chinese or no English column is known by its head ({heads})",
            "name them: --column zh=HEAD --column en=HEAD",
        )
    return places


def concept_of(row: Mapping[str, str]) -> Concept:
    """A concept of cells by their column; a status nobody knows counts as preferred."""
    status = row.get("status", "")
    return Concept(
        zh=row["zh"],
        en=row["en"],
        abbreviation=row.get("abbreviation", ""),
        zh_variants=variants(row.get("zh_variants", "")),
        en_variants=variants(row.get("en_variants", "")),
        domain=row.get("domain", ""),
        status=cast("Status", status if status in STATUSES else "preferred"),
        note=row.get("note", ""),
        source=row.get("source", ""),
    )
