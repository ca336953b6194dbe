"""Display formulas of the document: what was read of each, its printed number, its picture and its place."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.document import Formula, Section, Span
from recover.model.flow import FloatRegion, Flow, FlowLine, Piece
from recover.model.geometry import enclose, overlap
from recover.model.page import Line
from recover.stages.floats.places import Place, line_places, place_at
from recover.text.compose import piece_spans
from recover.text.formula_labels import is_label


def read_formulas(flow: Flow, sections: Sequence[Section]) -> tuple[Formula, ...]:
    """The formulas in reading order; ``sections`` say where they stand."""
    places = line_places(sections)
    return tuple(_formula(item, place_at(item.position, flow.lines, places)) for item in flow.formulas)


def _formula(item: FloatRegion, place: Place) -> Formula:
    label = next((line for line in item.region.lines if is_label(line.text)), None)
    lines = [line for row in _rows([line for line in item.region.lines if line is not label]) for line in row]
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
        latex=None,
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
    flow_line = FlowLine(
        line=line,
        page=item.page,
        column=0,
        kind="equation",
        left=line.box.x0,
        right=line.box.x1,
        size=max(1.0, line.height),
        to_page=item.to_page,
    )
    return piece_spans(Piece(flow_line, 0, len(line.text)), offset)
