"""Tables that go on over the page: 续表 1, Table 1 (continued), become rows of the table they continue."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from rapidfuzz import fuzz

from recover.model.document import Cell, Furniture, Span, Table

_CONTINUED = re.compile(r"^\s*[(（]?\s*(?:续|接上[页表]|cont(?:inued|\.|d\.?)?)\s*[)）]?\s*$", re.IGNORECASE)
# Two readings of one row are alike from here on (percent).
_ALIKE = 80.0
# The kind of furniture that a continuation's caption and head are.
REPEATED = "repeated-head"

Row = tuple[str, ...]


def join_continued(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Tables in order, each with the rows of its continuations; a continuation without its table stays."""
    joined: list[Table] = []
    for table in tables:
        at = _continued(table, joined)
        if at is None:
            joined.append(table)
        else:
            joined[at] = _join(joined[at], table)
    return tuple(joined)


def repeated_heads(tables: Sequence[Table]) -> tuple[Furniture, ...]:
    """What continuations print again and the joined table says once: their captions and heads, as the page's own."""
    found: list[Furniture] = []
    for number, table in enumerate(tables):
        at = _continued(table, tables[:number])
        if at is not None:
            repeated = _repeated_rows(tables[at].rows, table.rows)
            heads = [cell for cell in table.cells if cell.row < repeated]
            found += _as_furniture(table.label + table.caption, table.caption_spans, table.page)
            found += _as_furniture(table.caption_en, table.caption_en_spans, table.page)
            found += [item for cell in heads for item in _as_furniture(cell.text, cell.spans, table.page)]
    return tuple(found)


def _as_furniture(text: str, spans: Sequence[Span], page: int) -> list[Furniture]:
    """The text, line by line where it is known by its lines."""
    if len(spans) == 1:
        return [Furniture(page=page, box=spans[0].box, text=text, kind=REPEATED, line=spans[0].line)]
    return [
        Furniture(page=span.page, box=span.box, text=text[span.start : span.end], kind=REPEATED, line=span.line)
        for span in spans
    ]


def _continued(table: Table, before: Sequence[Table]) -> int | None:
    """The place of the table that ``table`` goes on with."""
    if not table.label.startswith("续") and not _CONTINUED.match(table.caption):
        return None
    label = table.label.removeprefix("续")
    return next((at for at in reversed(range(len(before))) if before[at].label == label and before[at].rows), None)


def _join(table: Table, more: Table) -> Table:
    repeated = _repeated_rows(table.rows, more.rows)
    shift = len(table.rows) - repeated
    rows = [*table.rows, *more.rows[repeated:]]
    width = max(map(len, rows))
    return msgspec.structs.replace(
        table,
        rows=tuple(row + ("",) * (width - len(row)) for row in rows),
        cells=(*table.cells, *(_shifted(cell, shift) for cell in more.cells if cell.row >= repeated)),
        spans=(
            *table.spans,
            *(msgspec.structs.replace(span, row=span.row + shift) for span in more.spans if span.row >= repeated),
        ),
    )


def _repeated_rows(above: Sequence[Row], below: Sequence[Row]) -> int:
    """How many rows of the table's head the continuation prints again."""
    count = 0
    while count < min(len(above), len(below) - 1) and _alike(above[count], below[count]):
        count += 1
    return count


def _alike(row: Row, other: Row) -> bool:
    return fuzz.ratio("|".join(row), "|".join(other)) >= _ALIKE


def _shifted(cell: Cell, rows: int) -> Cell:
    return msgspec.structs.replace(cell, row=cell.row + rows)
