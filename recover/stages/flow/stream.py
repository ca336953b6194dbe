"""The stream of lines: columns with their edges, floats at their place, footnotes and captions apart."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.flow import FloatRegion, Flow, FlowLine
from recover.model.page import Line, PageReading, Region, RegionKind, part_at_white
from recover.stages.flow.captions import (
    CAPTION,
    STRAY,
    find_captions,
    label_row,
    part_strays,
    stands_alone,
    starts_table_caption,
)
from recover.stages.flow.edges import stroke_weight, type_size, weighted_median, with_edges
from recover.stages.flow.footnotes import FOOTNOTE_SIZE, find_footnotes, find_table_notes, part_notes
from recover.stages.flow.missed_floats import find_unruled, find_unseen
from recover.text.reference_lists import is_list_heading

# Lines of one caption follow each other this closely, in their heights; a table's head leaves more.
WRAPPED = 1.4
# White that may part cells, and what begins together, in heights of lines.
CELL_WHITE, ALIGNED = 0.45, 0.25
# A caption in two languages has no more lines than this.
MAX_CAPTION = 5
# With a smaller share of the lines before it, a heading of a list is none, or its paper is nothing but a list.
BEFORE_LIST = 0.3
# A heading's number and its first characters.
LEAD_CHARS = 10


def make_flow(pages: Sequence[PageReading], furniture: frozenset[tuple[int, str]]) -> Flow:
    """All lines in reading order. Pages come in order; furniture is left out."""
    lines: list[FlowLine] = []
    floats: list[FloatRegion] = []
    formulas: list[FloatRegion] = []
    column = 0
    for page in pages:
        for group in _columns(page):
            column += 1
            for region in group:
                if region.kind in ("figure", "table"):
                    caption, whole = _inner_caption(region, lines[-1:], page.index)
                    rest, strays = part_strays(whole, caption)
                    before = strays if caption.kind == "table-caption" else ()
                    lines.extend(_flow_lines(page, _stray(region), before, column))
                    lines.extend(_flow_lines(page, caption, caption.lines, column))
                    rest, notes = part_notes(rest)
                    if rest.lines or not caption.lines or region.kind == "figure":
                        position = len(lines)
                        floats.append(
                            FloatRegion(
                                region=rest,
                                page=page.index,
                                position=position,
                                to_page=region.to_upright.then(page.to_page),
                            )
                        )
                    lines.extend(_flow_lines(page, _stray(region), notes, column))
                    lines.extend(_flow_lines(page, _stray(region), () if before else strays, column))
                elif region.kind == "equation":
                    formulas.append(
                        FloatRegion(region=region, page=page.index, position=len(lines), to_page=page.to_page)
                    )
                else:
                    kept = [line for line in region.lines if (page.index, line.id) not in furniture]
                    lines.extend(_flow_lines(page, region, kept, column))
    lines = with_edges(lines)
    body = _body(lines)
    size = weighted_median(((line.size, len(line.text)) for line in body), 10.0)
    weights = ((stroke_weight(line.line) * line.line.height, float(len(line.text))) for line in body)
    weight = weighted_median(((value, count) for value, count in weights if value > 0), 1.0)
    return _part([_with_weight(line, weight) for line in lines], floats, formulas, size, weight)


def _stray(region: Region) -> Region:
    """The text that was drawn into a float."""
    return msgspec.structs.replace(STRAY, to_upright=region.to_upright)


def _body(lines: Sequence[FlowLine]) -> list[FlowLine]:
    """The lines whose type is the text's: those before the list of references, where there are enough."""
    text = [line for line in lines if line.kind == "text"]
    head = next((at for at, line in enumerate(lines) if is_list_heading(line.text)), len(lines))
    before = [line for line in lines[:head] if line.kind == "text"]
    whole = [line for line in lines[:head] if line.kind in ("text", "reference")]
    # The network takes whole pages for references; no list stands before its heading.
    if _characters(before) < BEFORE_LIST * _characters(whole):
        return whole
    return before if len(before) > BEFORE_LIST * len(text) else text


def _characters(lines: Sequence[FlowLine]) -> int:
    return sum(len(line.text) for line in lines)


def _with_weight(line: FlowLine, body: float) -> FlowLine:
    """The line with the weight of its beginning over the body's: titles that run in begin bold."""
    lead = stroke_weight(line.line, 0, LEAD_CHARS)
    return msgspec.structs.replace(line, bold=round(lead * line.line.height / body, 3) if body else 0.0)


def _inner_caption(region: Region, above: Sequence[FlowLine], page: int) -> tuple[Region, Region]:
    """A float's caption that the layout drew into it, as a region of its own, and the float without it."""
    caption = _with_wrapped(
        [line for line in region.lines if CAPTION.match(line.text) and stands_alone(line, region)], region
    )
    caption = caption or list(label_row(region))
    if region.kind == "table" and _is_whole_caption(region, caption, above, page):
        caption = list(region.lines)
    elif len(caption) == len(region.lines):
        caption = []
    label = caption[0].text if caption else ""
    is_table = starts_table_caption(label) if CAPTION.match(label) else region.kind == "table"
    kind: RegionKind = "table-caption" if is_table else "figure-caption"
    rest = tuple(line for line in region.lines if line not in caption)
    return (
        msgspec.structs.replace(region, kind=kind, lines=tuple(caption)),
        msgspec.structs.replace(region, lines=rest),
    )


def _with_wrapped(caption: list[Line], region: Region) -> list[Line]:
    """The caption with the further lines of its last one: close below it and centred alike."""
    if not caption or region.kind != "table":
        return caption
    for line in sorted(region.lines, key=lambda one: one.box.center[1]):
        above = caption[-1]
        step = line.box.center[1] - above.box.center[1]
        centred = abs(line.box.center[0] - above.box.center[0]) < 0.6 * line.height
        if (
            0 < step < WRAPPED * line.height
            and centred
            and above.box.width > line.box.width
            and stands_alone(line, region)
            and not _is_row(line, region)
        ):
            caption = [*caption, line]
    return caption


def _is_row(line: Line, region: Region) -> bool:
    """Whether white parts a line into cells that begin as cells of other rows do: a detector ran them together."""
    starts = [cell.box.x0 for cell in part_at_white(line, CELL_WHITE * line.height)]
    others = [other.box.x0 for other in region.lines if other is not line]
    return sum(any(abs(start - other) < ALIGNED * line.height for other in others) for start in starts) > 1


def _is_whole_caption(region: Region, caption: Sequence[Line], above: Sequence[FlowLine], page: int) -> bool:
    """Whether a supposed table is nothing but a caption: a few lines, the first its label or right under one."""
    lines = region.lines
    if not lines or len(lines) > MAX_CAPTION or not all(stands_alone(line, region) for line in lines):
        return False
    is_under = any(
        line.page == page and starts_table_caption(line.text) and 0 < lines[0].box.y0 - line.box.y0 < 2.5 * line.size
        for line in above
    )
    return is_under or (bool(caption) and caption[0] is lines[0])


def _columns(page: PageReading) -> list[list[Region]]:
    groups: list[list[Region]] = []
    for region in page.regions:
        if groups and groups[-1][-1].column == region.column:
            groups[-1].append(region)
        else:
            groups.append([region])
    return groups


def _flow_lines(page: PageReading, region: Region, lines: Sequence[Line], column: int) -> list[FlowLine]:
    return [
        FlowLine(
            line=line,
            page=page.index,
            column=column,
            kind=region.kind,
            left=line.box.x0,
            right=line.box.x1,
            size=max(1.0, type_size(line)),
            to_page=region.to_upright.then(page.to_page),
        )
        for line in lines
    ]


def _part(
    lines: Sequence[FlowLine],
    floats: Sequence[FloatRegion],
    formulas: Sequence[FloatRegion],
    size: float,
    weight: float,
) -> Flow:
    unseen = (*find_unseen(lines, floats), *find_unruled(lines, floats))
    drawn = {index for item in unseen for index in item.lines}
    floats = sorted([*floats, *(item.figure for item in unseen)], key=lambda item: item.position)
    table_notes = find_table_notes(lines, floats, FOOTNOTE_SIZE * size) - drawn
    notes = find_footnotes(lines, size) - drawn - table_notes
    captions = find_captions(lines, floats, size) - table_notes
    apart = notes | table_notes | captions | drawn
    kept: list[FlowLine] = []
    positions: list[int] = []
    for index, line in enumerate(lines):
        positions.append(len(kept))
        if index not in apart:
            kept.append(line)
    positions.append(len(kept))
    return Flow(
        lines=tuple(kept),
        footnotes=tuple(lines[index] for index in sorted(notes)),
        table_notes=tuple(lines[index] for index in sorted(table_notes)),
        captions=tuple(lines[index] for index in sorted(captions)),
        caption_positions=tuple(positions[index] for index in sorted(captions)),
        floats=_moved(floats, positions),
        formulas=_moved(formulas, positions),
        body_size=size,
        body_weight=weight,
    )


def _moved(floats: Sequence[FloatRegion], positions: Sequence[int]) -> tuple[FloatRegion, ...]:
    return tuple(msgspec.structs.replace(item, position=positions[item.position]) for item in floats)
