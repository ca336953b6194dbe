"""The stream of lines: columns with their edges, floats at their place, footnotes and captions apart."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.flow import FloatRegion, Flow, FlowLine
from recover.model.geometry import Box, enclose, overlap
from recover.model.page import Line, PageReading, Region, RegionKind, part_at_white
from recover.stages.flow.captions import (
    CAPTION,
    STRAY,
    find_captions,
    is_in_english,
    is_set_apart,
    label_row,
    part_strays,
    stands_alone,
    starts_figure_caption,
    starts_table_caption,
)
from recover.stages.flow.edges import stroke_weight, type_size, weighted_median, with_edges, with_initials
from recover.stages.flow.footnotes import FOOTNOTE_SIZE, find_footnotes, find_table_notes, part_notes
from recover.text.numbering import is_label, parse_number
from recover.text.reference_lists import is_list_heading

# Lines of one caption follow each other this closely, in their heights; a table's head leaves more.
WRAPPED = 1.4
# White that may part cells, and what begins together, in heights of lines.
CELL_WHITE, ALIGNED = 0.45, 0.25
# A caption in two languages has no more lines than this.
MAX_CAPTION = 5
# With a smaller share of the lines before it, a heading of a list is none, or its paper is nothing but a list.
BEFORE_LIST = 0.3
# With this share of its characters behind the first numbered heading, these tell the text's size alone.
HEADED = 0.3
# A heading's number and its first characters.
LEAD_CHARS = 10


def make_flow(pages: Sequence[PageReading], furniture: frozenset[tuple[int, str]]) -> Flow:
    """All lines in reading order. Pages come in order; furniture is left out."""
    lines: list[FlowLine] = []
    floats: list[FloatRegion] = []
    formulas: list[FloatRegion] = []
    numbers: dict[int, float] = {}
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
                    ends = [line.box.x1 for line in region.lines if is_label(line.text)]
                    numbers[column] = max([*ends, numbers.get(column, 0.0)])
                    formulas.append(
                        FloatRegion(region=region, page=page.index, position=len(lines), to_page=page.to_page)
                    )
                else:
                    kept = [line for line in region.lines if (page.index, line.id) not in furniture]
                    lines.extend(_flow_lines(page, region, kept, column))
    lines = with_initials(with_edges(lines, numbers))
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
    start = next((at for at, line in enumerate(lines[:head]) if line.kind == "title" and parse_number(line.text)), 0)
    headed = [line for line in lines[start:head] if line.kind == "text"]
    # Abstracts in small type stand before the first numbered heading.
    if start and _characters(headed) > HEADED * _characters(before):
        before = headed
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


# Figures and tables that the layout network did not see, told by their captions and what stands beside these.

# In type sizes: a figure's float is no farther from its caption; white higher than this over one was a drawing.
NEAR, HIGH = 3.0, 4.0
# A line of a paragraph begins at its column's edge, or set in by two characters and fills it.
FLUSH, INDENT, FULL = 0.6, 2.0, 0.75


class Unseen(msgspec.Struct, frozen=True, kw_only=True):
    """A figure, and the indexes of the lines that stand in it."""

    figure: FloatRegion
    lines: tuple[int, ...]


def find_unseen(lines: Sequence[FlowLine], floats: Sequence[FloatRegion]) -> tuple[Unseen, ...]:
    """Figures for the captions that have none."""
    found = (_above(at, lines) for at in range(len(lines)) if _lacks_figure(lines[at], floats))
    return tuple(item for item in found if item is not None)


def _lacks_figure(line: FlowLine, floats: Sequence[FloatRegion]) -> bool:
    if not starts_figure_caption(line.text) or not (line.kind == "figure-caption" or is_set_apart(line)):
        return False
    return not any(item.page == line.page and _is_near(line, item.region.box) for item in floats)


def _is_near(line: FlowLine, box: Box) -> bool:
    white = max(line.box.y0 - box.y1, box.y0 - line.box.y1)
    return white < NEAR * line.size and overlap(box.x0, box.x1, line.box.x0, line.box.x1) > 0


def _above(at: int, lines: Sequence[FlowLine]) -> Unseen | None:
    """The lines over a caption up to the text, and the room they stand in."""
    caption = lines[at]
    first = at
    while first and _may_stand_in(lines[first - 1], caption):
        first -= 1
    over = lines[first - 1] if first else None
    if over is not None and is_in_english(lines[first - 1 : at], caption):
        return None
    top = (
        over.box.y1
        if over is not None and _is_beside(over, caption)
        else min(line.box.y0 for line in lines[first : at + 1])
    )
    if first == at and caption.box.y0 - top < HIGH * caption.size:
        return None
    box = Box(caption.left, top, caption.right, caption.box.y0)
    inside = tuple(line.line for line in lines[first:at])
    region = Region(id=f"{caption.line.id}-figure", kind="figure", box=box, lines=inside)
    figure = FloatRegion(region=region, page=caption.page, position=first, to_page=caption.to_page)
    return Unseen(figure=figure, lines=tuple(range(first, at)))


def _is_beside(line: FlowLine, caption: FlowLine) -> bool:
    return line.page == caption.page and line.column == caption.column and line.box.y1 <= caption.box.y0


def _may_stand_in(line: FlowLine, caption: FlowLine) -> bool:
    """Whether a line can be part of the drawing over ``caption``."""
    if not _is_beside(line, caption) or line.kind not in ("text", "figure-caption") or starts_figure_caption(line.text):
        return False
    fills = line.box.width > FULL * (line.right - line.left)
    begins = abs(line.indent) < FLUSH or (abs(line.indent - INDENT) < FLUSH and fills)
    return not begins and not fills


# Tables that the layout network did not see: a caption, and below it rows parted by white into columns.

# In type sizes: a table is no farther from its caption, its rows are no farther apart; white that parts columns.
UNRULED_NEAR, ROW_STEP, COLUMN_WHITE = 3.0, 2.6, 1.2
MIN_ROWS = 3


def find_unruled(lines: Sequence[FlowLine], floats: Sequence[FloatRegion]) -> tuple[Unseen, ...]:
    """Tables for the captions that have none."""
    found = (_below(at, lines) for at in range(len(lines)) if _lacks_table(lines[at], floats))
    return tuple(item for item in found if item is not None)


def _lacks_table(line: FlowLine, floats: Sequence[FloatRegion]) -> bool:
    if not starts_table_caption(line.text) or not (line.kind == "table-caption" or is_set_apart(line)):
        return False
    return not any(item.page == line.page and _is_under(line, item) for item in floats)


def _is_under(line: FlowLine, item: FloatRegion) -> bool:
    box = item.region.box
    is_near = -line.size < box.y0 - line.box.y1 < 2 * UNRULED_NEAR * line.size
    return is_near and overlap(box.x0, box.x1, line.box.x0, line.box.x1) > 0


def _below(at: int, lines: Sequence[FlowLine]) -> Unseen | None:
    """The rows under a caption, from the first that white parts to the last."""
    start = at + 1
    while (
        start < len(lines)
        and not _parts(lines[start])
        and lines[start].box.y0 - lines[at].box.y1 < UNRULED_NEAR * lines[at].size
    ):
        start += 1
    end = start
    while end < len(lines) and (end == start or _goes_on(lines[end - 1], lines[end])) and _is_table_row(end, lines):
        end += 1
    rows = [line for line in lines[start:end] if _parts(line)]
    if len(rows) < MIN_ROWS or lines[start].page != lines[at].page:
        return None
    first = lines[start]
    inside = tuple(line.line for line in lines[start:end])
    box = enclose(line.box for line in inside)
    region = Region(id=f"{lines[at].line.id}-table", kind="table", box=box, lines=inside)
    table = FloatRegion(region=region, page=first.page, position=start, to_page=first.to_page)
    return Unseen(figure=table, lines=tuple(range(start, end)))


def _goes_on(above: FlowLine, line: FlowLine) -> bool:
    step = line.box.center[1] - above.box.center[1]
    return line.column == above.column and line.page == above.page and 0 < step < ROW_STEP * line.size


def _is_table_row(at: int, lines: Sequence[FlowLine]) -> bool:
    """Whether white parts a line, or it is a cell's further line between such rows."""
    if _parts(lines[at]):
        return True
    is_short = lines[at].box.width < 0.5 * (lines[at].right - lines[at].left)
    return is_short and at + 1 < len(lines) and _goes_on(lines[at], lines[at + 1]) and _parts(lines[at + 1])


def _parts(line: FlowLine) -> bool:
    """Whether white parts the line into cells."""
    return len(part_at_white(line.line, COLUMN_WHITE * line.size)) > 1
