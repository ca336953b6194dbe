"""Changes of the structure: order, roles, merged and split blocks, a table's rows, columns and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, TypeVar

import msgspec

from recover.model.document import Cell, MergedCell, Span, Table
from recover.review.from_document import name_of
from recover.review.log import Misfit
from recover.review.references import joined_reference, parted_reference
from recover.review.working_copy import Block, WorkingCopy, between, moved
from recover.text.join import separator

MERGING = ("paragraph", "reference", "front")
# What stays what it is, whatever a person calls it.
FIXED = ("table", "figure", "cell", "reference", "note", "formula")
PLAIN_ROLES = ("paragraph", "furniture", "front")


def move(sheet: WorkingCopy, block: Block, after: str) -> WorkingCopy:
    """The block (a heading alone, without its section) behind the block ``after``; first when that is empty."""
    if after and after not in sheet.order:
        raise Misfit("the block to stand behind is not there any more")
    order = [key for key in sheet.order if key != block.id]
    index = order.index(after) + 1 if after and after != block.id else 0
    if after == block.id:
        return sheet
    return sheet.with_order((*order[:index], block.id, *order[index:]))


def set_role(sheet: WorkingCopy, block: Block, role: str) -> WorkingCopy:
    """What the block is: ``paragraph``, ``heading:2``, ``furniture``, ``front:title-zh``, ``caption:t1``."""
    kind, _, detail = role.partition(":")
    if block.kind in FIXED:
        raise Misfit(f"a {block.kind} stays what it is")
    if kind == "heading" and re.fullmatch("[1-6]", detail):
        return sheet.with_block(msgspec.structs.replace(block, kind="heading", level=int(detail)))
    if kind == "caption" and detail in sheet.blocks:
        return _caption(sheet, block, sheet.blocks[detail])
    if kind == "furniture":
        return sheet.with_block(msgspec.structs.replace(block, kind="furniture", role="person"))
    if kind == "front" and detail:
        return sheet.with_block(msgspec.structs.replace(block, kind="front", role=detail))
    if kind == "paragraph":
        return sheet.with_block(msgspec.structs.replace(block, kind="paragraph", level=0))
    raise Misfit(f"there is no role {role}")


def _caption(sheet: WorkingCopy, block: Block, item: Block) -> WorkingCopy:
    """The block's text becomes the caption of a figure or table, and the block goes."""
    captioned = msgspec.structs.replace(item, text=block.text, spans=block.spans, marks=block.marks)
    return without(sheet.with_block(captioned), block.id)


def without(sheet: WorkingCopy, key: str) -> WorkingCopy:
    """The sheet without a block."""
    return sheet.with_order(other for other in sheet.order if other != key)


def merge(sheet: WorkingCopy, block: Block, other: Block) -> WorkingCopy:
    """The other block's text at the end of this one's."""
    if block.kind != other.kind or block.kind not in MERGING or block.id == other.id:
        raise Misfit(f"a {block.kind} and a {other.kind} don't merge")
    between = separator(block.text, other.text)
    shift = len(block.text) + len(between)
    joined = msgspec.structs.replace(
        block,
        text=block.text + between + other.text,
        spans=(*block.spans, *(_later(span, shift) for span in other.spans)),
        marks=(*block.marks, *moved(other.marks, shift)),
    )
    if block.kind == "reference":
        joined = joined_reference(joined)
    return without(sheet.with_block(joined), other.id)


def _later(span: Span, by: int) -> Span:
    return msgspec.structs.replace(span, start=span.start + by, end=span.end + by)


def split(sheet: WorkingCopy, block: Block, at: int) -> WorkingCopy:
    """Two blocks of one, the second beginning at ``at``."""
    head, tail = block.text[:at].rstrip(), block.text[at:].lstrip()
    if block.kind not in MERGING or not head or not tail:
        raise Misfit("there is nothing to split")
    begin = len(block.text) - len(tail)
    marks = between(block.marks, 0, len(head))
    first = msgspec.structs.replace(block, text=head, spans=_between(block.spans, 0, len(head)), marks=marks)
    spans = _between(block.spans, begin, len(block.text))
    key = name_of(spans, f"{block.id}+{begin}")
    second = msgspec.structs.replace(
        block,
        id=key if key not in sheet.order else f"{block.id}+{begin}",
        text=tail,
        spans=spans,
        marks=between(block.marks, begin, len(block.text)),
        page=spans[0].page if spans else block.page,
        source=None,
    )
    if block.kind == "reference":
        first, second = joined_reference(first), parted_reference(second)
    index = sheet.order.index(block.id) + 1
    order = (*sheet.order[:index], second.id, *sheet.order[index:])
    return sheet.with_block(first, second).with_order(order)


def _between(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The spans of ``text[start:end]``, counted from its beginning."""
    return tuple(
        msgspec.structs.replace(
            span,
            start=max(span.start, start) - start,
            end=min(span.end, end) - start,
            at=span.at + max(0, start - span.start),
        )
        for span in spans
        if max(span.start, start) < min(span.end, end)
    )


# Rows and columns of a table are added and deleted, and cells merged.

Axis = Literal["row", "column"]
Placed = TypeVar("Placed", Cell, Block)
CHANGES = ("add-row", "delete-row", "add-column", "delete-column", "merge-right", "merge-below", "split")


def reshape(sheet: WorkingCopy, cell: Block, change: str) -> WorkingCopy:
    """The sheet with the table of ``cell`` changed at that cell; raises Misfit."""
    owner = sheet.blocks.get(cell.owner)
    if cell.kind != "cell" or owner is None or not isinstance(owner.source, Table) or change not in CHANGES:
        raise Misfit("this is no cell of a table")
    verb, _, where = change.partition("-")
    if verb == "split":
        return _split_cell(sheet, owner, owner.source, cell)
    if verb == "merge":
        return _merge_cells(sheet, owner, owner.source, cell, where)
    axis: Axis = "row" if where == "row" else "column"
    at = cell.row if axis == "row" else cell.column
    return (
        _add(sheet, owner, owner.source, axis, at) if verb == "add" else _delete(sheet, owner, owner.source, axis, at)
    )


def _cells(sheet: WorkingCopy, owner: Block) -> list[Block]:
    return [block for key in sheet.order if (block := sheet.blocks[key]).owner == owner.id]


def _shifted(placed: Iterable[Placed], axis: Axis, beyond: int, by: int) -> list[Placed]:
    return [
        msgspec.structs.replace(one, **{axis: getattr(one, axis) + by}) if getattr(one, axis) > beyond else one
        for one in placed
    ]


def _spans(spans: Iterable[MergedCell], axis: Axis, at: int, by: int) -> tuple[MergedCell, ...]:
    """Merged cells when a row or column comes in behind ``at`` (by 1) or ``at`` itself goes (by -1)."""
    first, size = ("row", "rowspan") if axis == "row" else ("col", "colspan")
    found = []
    for span in spans:
        start, length = getattr(span, first), getattr(span, size)
        last = start + length - 1
        holds = start <= at < last if by > 0 else start <= at <= last
        if holds:
            span = msgspec.structs.replace(span, **{size: length + by})  # noqa: PLW2901 the same span, grown
        elif start > at:
            span = msgspec.structs.replace(span, **{first: start + by})  # noqa: PLW2901
        if span.rowspan > 1 or span.colspan > 1:
            found.append(span)
    return tuple(found)


def _add(sheet: WorkingCopy, owner: Block, table: Table, axis: Axis, at: int) -> WorkingCopy:
    width = max(map(len, table.rows), default=0)
    if axis == "row":
        rows = (*table.rows[: at + 1], ("",) * width, *table.rows[at + 1 :])
        places = [(at + 1, column) for column in range(width)]
    else:
        rows = tuple((*row[: at + 1], "", *row[at + 1 :]) for row in table.rows)
        places = [(row, at + 1) for row in range(len(table.rows))]
    cells = (*_shifted(table.cells, axis, at, 1), *_empty_cells(places))
    source = msgspec.structs.replace(table, rows=rows, cells=cells, spans=_spans(table.spans, axis, at, 1))
    blocks = [*_shifted(_cells(sheet, owner), axis, at, 1), *_empty_blocks(sheet, owner, places)]
    return _with_table(sheet, owner, source, blocks)


def _empty_cells(places: Iterable[tuple[int, int]]) -> Iterable[Cell]:
    return (Cell(row=row, column=column, text="") for row, column in places)


def _empty_blocks(sheet: WorkingCopy, owner: Block, places: Iterable[tuple[int, int]]) -> list[Block]:
    number = sum(key.startswith(f"{owner.id}+") for key in sheet.blocks)
    return [
        Block(id=f"{owner.id}+{number + n}", kind="cell", page=owner.page, text="", owner=owner.id, row=r, column=c)
        for n, (r, c) in enumerate(places)
    ]


def _split_cell(sheet: WorkingCopy, owner: Block, table: Table, cell: Block) -> WorkingCopy:
    """The merged cell as one, with all its text, and empty ones where it reached."""
    span = next((span for span in table.spans if (span.row, span.col) == (cell.row, cell.column)), None)
    if span is None:
        raise Misfit("this cell is not merged")
    blocks = _cells(sheet, owner)
    there = {(block.row, block.column) for block in blocks}
    places = [
        (row, column)
        for row in range(span.row, span.row + span.rowspan)
        for column in range(span.col, span.col + span.colspan)
        if (row, column) not in there
    ]
    known = {(one.row, one.column) for one in table.cells}
    cells = (*(_grown(one, MergedCell(row=cell.row, col=cell.column)) for one in table.cells),)
    source = msgspec.structs.replace(
        table,
        cells=(*cells, *_empty_cells(place for place in places if place not in known)),
        spans=tuple(one for one in table.spans if one is not span),
    )
    return _with_table(sheet, owner, source, [*blocks, *_empty_blocks(sheet, owner, places)])


def _delete(sheet: WorkingCopy, owner: Block, table: Table, axis: Axis, at: int) -> WorkingCopy:
    rows = table.rows[:at] + table.rows[at + 1 :] if axis == "row" else ()
    if axis == "column":
        rows = tuple(row[:at] + row[at + 1 :] for row in table.rows)
    if not rows or not any(rows):
        raise Misfit("the last row or column stays")
    cells = tuple(_shifted([one for one in table.cells if getattr(one, axis) != at], axis, at, -1))
    source = msgspec.structs.replace(table, rows=rows, cells=cells, spans=_spans(table.spans, axis, at, -1))
    kept = [block for block in _cells(sheet, owner) if getattr(block, axis) != at]
    return _with_table(sheet, owner, source, _shifted(kept, axis, at, -1))


def _merge_cells(sheet: WorkingCopy, owner: Block, table: Table, cell: Block, way: str) -> WorkingCopy:
    known = next((span for span in table.spans if (span.row, span.col) == (cell.row, cell.column)), None)
    span = known or MergedCell(row=cell.row, col=cell.column)
    bottom, right = span.row + span.rowspan, span.col + span.colspan
    taken = (
        {(row, right) for row in range(span.row, bottom)}
        if way == "right"
        else {(bottom, column) for column in range(span.col, right)}
    )
    if any(row >= len(table.rows) or column >= len(table.rows[row]) for row, column in taken):
        raise Misfit("there is no cell to merge with")
    if any(s is not known and _covers(s, place) for s in table.spans for place in taken):
        raise Misfit("there is a merged cell in the way")
    grown = (
        msgspec.structs.replace(span, colspan=span.colspan + 1)
        if way == "right"
        else msgspec.structs.replace(span, rowspan=span.rowspan + 1)
    )
    blocks = _cells(sheet, owner)
    joined = cell
    for block in blocks:
        if (block.row, block.column) in taken:
            joined = _joined(joined, block)
    rows = tuple(
        tuple("" if (r, c) in taken else text for c, text in enumerate(row)) for r, row in enumerate(table.rows)
    )
    cells = tuple(_grown(one, grown) for one in table.cells if (one.row, one.column) not in taken)
    spans = (*(one for one in table.spans if one is not known), grown)
    source = msgspec.structs.replace(table, rows=rows, cells=cells, spans=spans)
    left = [block for block in blocks if (block.row, block.column) not in taken and block.id != cell.id]
    return _with_table(sheet, owner, source, [*left, joined])


def _covers(span: MergedCell, place: tuple[int, int]) -> bool:
    row, column = place
    return span.row <= row < span.row + span.rowspan and span.col <= column < span.col + span.colspan


def _grown(cell: Cell, span: MergedCell) -> Cell:
    if (cell.row, cell.column) != (span.row, span.col):
        return cell
    return msgspec.structs.replace(cell, row_span=span.rowspan, column_span=span.colspan)


def _joined(first: Block, other: Block) -> Block:
    between = separator(first.text, other.text) if first.text and other.text else ""
    shift = len(first.text) + len(between)
    spans = (_later(span, shift) for span in other.spans)
    return msgspec.structs.replace(
        first,
        text=first.text + between + other.text,
        spans=(*first.spans, *spans),
        marks=(*first.marks, *moved(other.marks, shift)),
    )


def _with_table(sheet: WorkingCopy, owner: Block, source: Table, cells: Iterable[Block]) -> WorkingCopy:
    """The table with these cells, in rows; others of it are in the order no more."""
    placed = sorted(cells, key=lambda block: (block.row, block.column))
    rest = [key for key in sheet.order if sheet.blocks[key].owner != owner.id]
    at = rest.index(owner.id) + 1
    order = (*rest[:at], *(block.id for block in placed), *rest[at:])
    return sheet.with_block(msgspec.structs.replace(owner, source=source), *placed).with_order(order)
