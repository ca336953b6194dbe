"""Recovered tables against the made-up ones: cells, merged cells, captions, places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from bench.accuracy.fold import fold
from bench.tables.made import Made, MadeTable, Merge
from recover.model.document import Document, Section, Table


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Right, found and true counts of cells by their text, cells by place and text, and merged cells; placed tables."""

    texts: tuple[int, int, int] = (0, 0, 0)
    cells: tuple[int, int, int] = (0, 0, 0)
    spans: tuple[int, int, int] = (0, 0, 0)
    captions: tuple[int, int] = (0, 0)
    placed: tuple[int, int] = (0, 0)
    notes: tuple[str, ...] = ()


def f1(counts: tuple[int, int, int]) -> float:
    """Of right, found and true."""
    right, found, true = counts
    return 2 * right / (found + true) if found + true else 1.0


def total(scores: Iterable[Score]) -> Score:
    """The sums over documents."""
    scores = list(scores)
    sums = {
        name: tuple(map(sum, zip(*(getattr(score, name) for score in scores), strict=True)))
        for name in ("texts", "cells", "spans", "captions", "placed")
    }
    return Score(**sums)  # type: ignore[arg-type]


def judge(document: Document, made: Made, befores: Mapping[int, int]) -> Score:
    """The score of one document; a table is known by its label."""
    found = {fold(table.label): table for table in document.tables}
    sections = {section.id: section for section in document.sections}
    scores = []
    for at, item in enumerate(made.items):
        if isinstance(item, MadeTable):
            table = found.pop(fold(item.label), None)
            is_placed = table is not None and _is_placed(table, sections, _printed(made, befores[at]))
            scores.append(_table(item, table, is_placed=is_placed))
    over = [_over(table) for table in document.tables if any(table is left for left in found.values())]
    notes = [note for score in (*scores, *over) for note in score.notes]
    return msgspec.structs.replace(total([*scores, *over]), notes=tuple(notes))


def _printed(made: Made, at: int) -> tuple[str, str]:
    if at < 0:
        return ("nothing", "")
    item = made.items[at]
    assert not isinstance(item, MadeTable), "a table stands behind a text"
    return item


def _is_placed(table: Table, sections: Mapping[str, Section], before: tuple[str, str]) -> bool:
    """Whether what stands before the table is the end of the paragraph, or the heading, that is printed there."""
    section = sections.get(table.section)
    kind, text = before
    if section is None:
        return kind == "nothing" and not table.section
    if table.after < 0:
        return kind == "heading" and fold(section.number + section.title) == fold(text)
    return kind == "text" and fold(section.paragraphs[table.after].text)[-8:] == fold(text)[-8:]


def _table(item: MadeTable, table: Table | None, *, is_placed: bool) -> Score:
    rows = table.rows if table else ()
    spans = [Merge(span.row, span.col, span.rowspan, span.colspan) for span in table.spans] if table else []
    score = Score(
        texts=_counts(_texts(rows), _texts(item.rows)),
        cells=_counts(_cells(rows), _cells(item.rows)),
        spans=_counts(spans, item.merges),
        captions=(int(table is not None and fold(table.caption) == fold(item.caption)), 1),
        placed=(int(is_placed), 1),
    )
    notes = []
    if table is None:
        notes.append(f"{item.label} is missing")
    if f1(score.cells) < 1:
        notes.append(f"{item.label} {len(rows)}x{len(rows[0]) if rows else 0} for {len(item.rows)}x{len(item.rows[0])}")
    if f1(score.spans) < 1:
        notes.append(f"spans {_named(spans)} for {_named(item.merges)}")
    if table and not is_placed:
        notes.append(f"placed in {table.section} behind {table.after}")
    return msgspec.structs.replace(score, notes=tuple(notes))


def _named(merges: Iterable[Merge]) -> str:
    return " ".join(
        f"{one.row},{one.col}:{one.rowspan}x{one.colspan}" for one in sorted(merges, key=lambda m: (m.row, m.col))
    )


def _over(table: Table) -> Score:
    texts = len(_texts(table.rows))
    return Score(texts=(0, texts, 0), cells=(0, texts, 0), notes=(f"{table.label or 'a table'} that there is none of",))


def _texts(rows: Sequence[Sequence[str]]) -> list[object]:
    return [fold(text) for row in rows for text in row if text.strip()]


def _cells(rows: Sequence[Sequence[str]]) -> list[object]:
    return [(r, c, fold(text)) for r, row in enumerate(rows) for c, text in enumerate(row) if text.strip()]


def _counts(found: Sequence[object], true: Sequence[object]) -> tuple[int, int, int]:
    right = sum((Counter(found) & Counter(true)).values())
    return right, len(found), len(true)
