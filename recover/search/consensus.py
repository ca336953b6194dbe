"""What several readings of one reference agree on, field by field, and which of them were mended by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from recover.model.csl import CslItem

# Fields of which the copies' majority is taken; the others come with the best copy.
FIELDS = ("title", "author", "container_title", "issued", "volume", "issue", "page", "DOI", "publisher")
# A copy whose confidence nobody measured counts like a fairly sure one.
UNMEASURED = 0.8


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """A field of one copy that its better copies read differently."""

    copy: str
    field: str
    was: str
    now: str


def agreed(copies: Sequence[tuple[str, CslItem, float | None]]) -> tuple[CslItem, tuple[Mended, ...]]:
    """The item that named ``copies`` agree on, and where each of them reads otherwise."""
    items = [(item, UNMEASURED if confidence is None else confidence) for _, item, confidence in copies]
    best = max(items, key=lambda one: (_filled(one[0]), one[1]))[0]
    chosen = {field: _favourite(field, items) for field in FIELDS}
    item = msgspec.structs.replace(best, **{field: value for field, value in chosen.items() if value})
    mended = tuple(
        Mended(copy=name, field=field.replace("_", "-"), was=shown(getattr(copy, field)), now=shown(chosen[field]))
        for name, copy, _ in copies
        for field in FIELDS
        if len(copies) > 1 and chosen[field] and getattr(copy, field) != chosen[field]
    )
    return item, mended


def _filled(item: CslItem) -> int:
    return sum(bool(getattr(item, field)) for field in FIELDS)


def _favourite(field: str, items: Sequence[tuple[CslItem, float]]) -> object:
    """The value with most confidence behind it; among equals the longest, and then the first in order."""
    votes: dict[bytes, float] = defaultdict(float)
    values: dict[bytes, object] = {}
    for item, confidence in items:
        value = getattr(item, field)
        if value:
            key = msgspec.json.encode(value)
            votes[key] += confidence
            values[key] = value
    if not votes:
        return None
    return values[max(sorted(votes), key=lambda key: (round(votes[key], 6), len(key)))]


def shown(value: object) -> str:
    """A field's value for people."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "; ".join(f"{name.family} {name.given}".strip() or name.literal for name in value)
    parts = getattr(value, "date_parts", ())
    return "-".join(str(part) for part in parts[0]) if parts else ""
