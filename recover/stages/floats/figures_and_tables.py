"""A document's figures, tables and formulas: each with its caption, its cells, and the place where it is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec
from rapidfuzz import fuzz

from recover.model.document import Cell, Figure, Formula, Section, Span, Table
from recover.model.flow import FloatRegion, Flow, FlowLine, Piece, line_alone
from recover.model.geometry import enclose, overlap
from recover.model.page import Line
from recover.model.records import Furniture, Problem
from recover.stages.floats.captions import Caption, match_captions, read_captions
from recover.stages.floats.table import merged_cells, read_table
from recover.stages.floats.unruled_tables import in_reading_order
from recover.text.join import piece_spans
from recover.text.numbering import is_label, number_apart


class Place(msgspec.Struct, frozen=True):
    """A section's id and the index of a paragraph in it, -1 before the first; no section before all of them."""

    section: str = ""
    after: int = -1


def line_places(sections: Sequence[Section]) -> dict[str, Place]:
    """The place behind each line of the document, by the line's key; a line in two paragraphs lies in the last."""
    places: dict[str, Place] = {}
    for section in sections:
        places.update(_behind(section.title_spans, Place(section.id)))
        for number, paragraph in enumerate(section.paragraphs):
            places.update(_behind(paragraph.spans, Place(section.id, number)))
    return places


def _behind(spans: Sequence[Span], place: Place) -> dict[str, Place]:
    return {span.line: place for span in spans if span.line}


def place_at(position: int, lines: Sequence[FlowLine], places: Mapping[str, Place]) -> Place:
    """The place of what is printed behind the first ``position`` lines of the flow.

    Inside a paragraph that is the place behind it; lines in no section (front matter, entries of the list) are
    passed over.
    """
    return next((places[line.key] for line in reversed(lines[:position]) if line.key in places), Place())


# Tables that go on over the page: 续表 1, Table 1 (continued), become rows of the table they continue.

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


# Display formulas of the document: what was read of each, its printed number, its picture and its place.


def read_formulas(flow: Flow, sections: Sequence[Section]) -> tuple[Formula, ...]:
    """The formulas in reading order; ``sections`` say where they stand."""
    places = line_places(sections)
    return tuple(_formula(item, place_at(item.position, flow.lines, places)) for item in flow.formulas)


def _formula(item: FloatRegion, place: Place) -> Formula:
    parts = [part for line in item.region.lines for part in number_apart(line)]
    label = next((part for part in parts if is_label(part.text)), None)
    lines = [line for row in _rows([part for part in parts if part is not label]) for line in row]
    text, spans = "", []
    for line in lines:
        text += " " if text else ""
        spans += _spans(line, item, len(text))
        text += line.text
    if label is not None:
        spans += _spans(label, item, len(text))
    box = enclose(line.box for line in lines) if lines else item.region.box
    return Formula(
        label="".join(label.text.split()) if label else "",
        text=text,
        latex=item.region.latex or None,
        page=item.page,
        box=item.to_page.box(box).rounded(),
        image=item.region.image,
        section=place.section,
        after=place.after,
        spans=tuple(spans),
    )


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Rows from above, each from left to right; pieces that share a height are of one row."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box.y0):
        row = rows[-1] if rows else []
        if any(overlap(line.box.y0, line.box.y1, other.box.y0, other.box.y1) > 0.0 for other in row):
            row.append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.box.x0) for row in rows]


def _spans(line: Line, item: FloatRegion, offset: int) -> list[Span]:
    alone = line_alone(line, item.page, "equation", item.to_page)
    return piece_spans(Piece(alone, 0, len(line.text)), offset)


class Floats(msgspec.Struct, frozen=True, kw_only=True):
    """The figures and tables of a document, each in reading order, what is odd about them, what they print again."""

    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]
    repeated: tuple[Furniture, ...] = ()


def read_floats(flow: Flow, sections: Sequence[Section]) -> Floats:
    """Figures and tables with their captions, and captions that found none; ``sections`` say where they stand."""
    captions = read_captions(flow)
    places = line_places(sections)
    matched = match_captions(captions, flow.floats)
    by_float = {item: captions[caption] for caption, item in matched.items()}
    alone = [caption for number, caption in enumerate(captions) if number not in matched]
    found: list[tuple[int, Figure | Table]] = []
    for index, item in enumerate(flow.floats):
        caption, place = by_float.get(index), place_at(item.position, flow.lines, places)
        is_table = caption.is_table if caption else item.region.kind == "table"
        found.append((item.position, (_table if is_table else _figure)(item, caption, place)))
    # A caption without its float is still told, at its own place.
    found += [(item.position, _alone(item, place_at(item.position, flow.lines, places))) for item in alone]
    ordered = [item for _, item in sorted(found, key=lambda pair: pair[0])]
    tables = [item for item in ordered if isinstance(item, Table)]
    return Floats(
        figures=tuple(item for item in ordered if isinstance(item, Figure)),
        tables=join_continued(tables),
        problems=tuple(map(_nothing_found, alone)),
        repeated=repeated_heads(tables),
    )


def _nothing_found(caption: Caption) -> Problem:
    return Problem(
        stage="floats",
        page=caption.lines[0].page,
        message=f"nothing was found for the caption {caption.label} {caption.text}",
        remedy="look at the page",
    )


def _alone(caption: Caption, place: Place) -> Figure | Table:
    first = caption.lines[0]
    box = first.to_page.box(enclose(line.box for line in caption.lines)).rounded()
    return (
        Table(
            label=caption.label,
            caption=caption.text,
            caption_en=caption.text_en,
            caption_spans=caption.spans,
            caption_en_spans=caption.spans_en,
            page=first.page,
            box=box,
            rows=(),
            section=place.section,
            after=place.after,
        )
        if caption.is_table
        else Figure(
            label=caption.label,
            caption=caption.text,
            caption_en=caption.text_en,
            caption_spans=caption.spans,
            caption_en_spans=caption.spans_en,
            page=first.page,
            box=box,
            image="",
            section=place.section,
            after=place.after,
        )
    )


def _figure(item: FloatRegion, caption: Caption | None, place: Place) -> Figure:
    lines = in_reading_order(item.region.lines)
    return Figure(
        label=caption.label if caption else "",
        caption=caption.text if caption else "",
        caption_en=caption.text_en if caption else "",
        caption_spans=caption.spans if caption else (),
        caption_en_spans=caption.spans_en if caption else (),
        page=item.page,
        box=item.to_page.box(item.region.box).rounded(),
        image=item.region.image,
        text=tuple(line.text for line in lines),
        lines=tuple(f"p{item.page + 1}.{line.id}" for line in lines),
        section=place.section,
        after=place.after,
    )


def _table(item: FloatRegion, caption: Caption | None, place: Place) -> Table:
    cells, rows = read_table(item)
    return Table(
        label=caption.label if caption else "",
        caption=caption.text if caption else "",
        caption_en=caption.text_en if caption else "",
        caption_spans=caption.spans if caption else (),
        caption_en_spans=caption.spans_en if caption else (),
        page=item.page,
        box=item.to_page.box(item.region.box).rounded(),
        rows=rows,
        spans=merged_cells(cells),
        cells=cells,
        image=item.region.image,
        section=place.section,
        after=place.after,
    )
