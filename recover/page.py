"""One page from its file to its reading: the stages of a page, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from recover.engines.layout_cdla import find_blocks
from recover.engines.orientation import find_turn
from recover.engines.readers import Readers
from recover.engines.reading import LineReader
from recover.engines.restorer import restore
from recover.errors import UnreadableInput
from recover.model.block import Block
from recover.model.document import Correction, Problem
from recover.model.geometry import Box, Transform, enclose
from recover.model.layer import LayerChar, LayerText
from recover.model.page import Decision, Line, PageReading, Region, RegionKind, Rejected
from recover.model.raster import Raster
from recover.model.reading import Reading
from recover.page_store import PageStore
from recover.settings import Settings
from recover.stages.acquire.source import PageSource
from recover.stages.clean.straighten import make_upright
from recover.stages.clean.turns import choose_turn, is_standing, sample_lines
from recover.stages.clean.worn import clear_print
from recover.stages.layout.floats import Float, find_floats, line_kinds
from recover.stages.layout.formulas import FoundFormula, find_formulas
from recover.stages.layout.regions import order_regions
from recover.stages.layout.rules import find_rules
from recover.stages.legibility.decide import decide
from recover.stages.legibility.layer import place_layer
from recover.stages.legibility.reconcile import reconcile
from recover.stages.legibility.verdict import Evidence, Verdict, summarise
from recover.stages.ocr.bare import bare_ink, bound, reach_stops
from recover.stages.ocr.boxes import tidy, type_size
from recover.stages.ocr.details import Mend, mend_details
from recover.stages.ocr.gutters import split_at_gutters
from recover.stages.ocr.lines import layer_line, make_line
from recover.stages.ocr.lost_marks import places_with_room, seen_again
from recover.stages.ocr.specks import right_edges
from recover.stages.order.columns import Column, order_columns
from recover.stages.order.margins import margin_marks
from recover.stages.type_styles.scripts import mark_scripts
from recover.stages.unread.page import with_unread
from recover.text.formula_labels import is_label

# A line's box over its type's size. A formula's picture is so much wider than its lines, in their heights.
BOX_OVER_TYPE, FORMULA_RIM = 1.3, 0.2


class Upright(msgspec.Struct, frozen=True, kw_only=True):
    """The upright page: as scanned, as it is read from, and the maps from pixels to its points and to the original."""

    raster: Raster
    clear: Raster
    to_points: Transform
    to_page: Transform

    def points(self, box: Box) -> Box:
        return self.to_points.box(box)

    def pixels(self, box: Box) -> Box:
        return self.to_points.inverse().box(box)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What stands where, before anything is read: boxes in pixels of the upright page."""

    lines: tuple[Box, ...]
    kinds: tuple[RegionKind, ...]
    floats: tuple[Float, ...]
    columns: tuple[Column, ...]
    bounds: tuple[Box, ...] = ()


def read_page(source: PageSource, index: int, readers: Readers, settings: Settings, store: PageStore) -> PageReading:
    """Read page ``index`` of an open file; raises RecoverError when the page cannot be opened or read."""
    width, height = source.size(index)
    is_picture = source.is_picture(index)
    original = source.raster(index)
    turned, _ = find_turn(original.pixels, readers.threads)
    rotation = choose_turn(original, turned, lambda raster: _legibility(raster, readers))
    straight, condition = make_upright(original, rotation, is_picture=is_picture)
    clear, restored = clear_print(straight, lambda page: restore(page, readers.threads), is_picture=is_picture)
    upright = _upright(straight, clear)
    found = find_all(clear, readers)
    layer, astray, unread = _layer(source, index, found.lines, upright, settings)
    faults = {} if is_picture or not any(text.text for text in layer) else source.font_faults(index)
    regions, mends = _read_regions(found, layer, faults, upright, readers, settings, is_picture=is_picture)
    page = PageReading(
        index=index,
        width=width,
        height=height,
        dpi=round(72 / original.scale, 1),
        kind="blank" if not found.lines and not found.floats else "scan" if is_picture else "digital",
        rotation=condition.rotation,
        skew=condition.skew,
        cleanup=(*condition.steps, *restored),
        to_page=upright.to_page,
        regions=_with_crops(regions, index, upright, store),
        rejected=_rejected(astray),
        corrections=_corrections(index, mends, upright),
        problems=(*unread, *_problems(index, astray), *_damage(index, source.damage(index, original))),
        image=store.save_view(index, original),
    )
    return with_unread(page, clear, readers.reader.read)


def _legibility(raster: Raster, readers: Readers) -> float:
    """How sure the reader is of the longest lines, this way up; 0 where no lines lie."""
    lines = [Box(*line[:4]) for line in readers.finder.find(raster.pixels)]
    if is_standing(lines):
        return 0.0
    readings = readers.reader.read([raster.crop(line) for line in sample_lines(lines)])
    confidences = [value for reading in readings for value in reading.confidences]
    return sum(confidences) / max(1, len(confidences))


def _upright(straight: Raster, clear: Raster) -> Upright:
    scale = straight.scale
    to_points = Transform(a=scale, e=scale)
    return Upright(
        raster=straight, clear=clear, to_points=to_points, to_page=to_points.inverse().then(straight.to_page)
    )


def find_all(straight: Raster, readers: Readers) -> Found:
    """Lines, floats and the order in which they are read."""
    seen = tuple(Box(*line[:4]) for line in readers.finder.find(straight.pixels))
    ink = bare_ink(straight.pixels, type_size(seen) or 1.0)
    lines = reach_stops(tidy(split_at_gutters(seen, ink)), straight.pixels, type_size(seen) or 1.0)
    blocks = find_blocks(straight.pixels, readers.threads)
    floats = find_floats(blocks, lines, ink)
    bounds = tuple(bound(lines, ink))
    columns = _columns(bounds, floats)
    return Found(lines=lines, kinds=_kinds(blocks, lines, floats), floats=floats, columns=columns, bounds=bounds)


def _kinds(blocks: Sequence[Block], lines: Sequence[Box], floats: Sequence[Float]) -> tuple[RegionKind, ...]:
    inside = {index for found in floats for index in found.lines}
    free = [line for index, line in enumerate(lines) if index not in inside]
    marks = margin_marks(free, type_size(lines))
    margin = {lines.index(free[mark]) for mark in marks}
    kinds = line_kinds(blocks, lines)
    return tuple("margin" if index in margin else kind for index, kind in enumerate(kinds))


def _columns(lines: Sequence[Box], floats: Sequence[Float]) -> tuple[Column, ...]:
    """Columns of free lines (their index) and floats (numbered after all the lines)."""
    inside = {index for found in floats for index in found.lines}
    members = [index for index in range(len(lines)) if index not in inside]
    members += [len(lines) + number for number in range(len(floats))]
    boxes = [lines[member] if member < len(lines) else floats[member - len(lines)].box for member in members]
    ordered = order_columns(boxes, type_size(lines) or 1.0)
    return tuple(tuple(members[position] for position in column) for column in ordered)


def _layer(
    source: PageSource, index: int, lines: Sequence[Box], upright: Upright, settings: Settings
) -> tuple[tuple[LayerText, ...], tuple[LayerChar, ...], tuple[Problem, ...]]:
    """The layer's text for every line, characters that belong to none, and what keeps it from being read."""
    empty = tuple(LayerText(text="", boxes=(), fonts=()) for _ in lines)
    if settings.text_layer == "ignore":
        return empty, (), ()
    boxes = [upright.points(line) for line in lines]
    try:
        return *place_layer(source.characters(index), boxes, upright.to_page.inverse()), ()
    except UnreadableInput as error:
        remedy = "the print was read instead: compare the page with its picture"
        return empty, (), (Problem(stage="acquire", page=index, message=error.cause, remedy=remedy),)


def _read_regions(
    found: Found,
    layer: Sequence[LayerText],
    faults: Mapping[str, str],
    upright: Upright,
    readers: Readers,
    settings: Settings,
    *,
    is_picture: bool,
) -> tuple[tuple[Region, ...], list[Mend]]:
    read: dict[int, Line] = {}
    readings: dict[int, Reading] = {}

    def read_lines(indexes: Sequence[int]) -> list[str]:
        missing = [index for index in indexes if index not in read]
        images = [upright.clear.crop(found.lines[index]) for index in missing]
        for index, image, reading in zip(missing, images, readers.reader.read(images), strict=True):
            box = found.lines[index]
            read[index] = make_line(f"l{index + 1}", reading, image, box, upright.to_points, readers.reader.letter)
            readings[index] = reading
        return [read[index].text for index in indexes]

    evidence = Evidence(
        layer=tuple(layer),
        boxes=tuple(upright.points(line) for line in found.lines),
        faults=faults,
        read=read_lines,
    )
    verdicts = decide(evidence, settings.text_layer, is_picture=is_picture)
    read_lines([index for index, verdict in enumerate(verdicts) if verdict.outcome != "keep"])

    edges = right_edges(found.columns, read)
    inside = {index for one in found.floats for index in one.lines}

    def final_line(index: int, verdict: Verdict) -> tuple[Line, tuple[Mend, ...]]:
        if verdict.outcome in ("none", "re-read"):
            line, reading, edge = read[index], readings[index], edges.get(index)
            # Cells and labels end without a stop.
            marks = () if index in inside else _marks(line, reading, found.lines[index], edge, upright, readers.reader)
            return mend_details(line, reading.spaces, marks, edge)
        box = found.lines[index]
        kept = layer_line(
            f"l{index + 1}", layer[index], upright.clear.crop(box), upright.points(box), upright.to_points
        )
        if verdict.outcome == "keep":
            return kept, ()
        return mend_details(reconcile(kept, read[index], verdict.trusted, is_drawn=not is_picture))

    final = [final_line(index, verdict) for index, verdict in enumerate(verdicts)]
    found = _with_formulas(found, [line for line, _ in final], upright)
    decisions = _decisions(found, verdicts)
    floats = [_in_points(found_float, upright) for found_float in found.floats]
    regions = order_regions(found.columns, mark_scripts([line for line, _ in final]), found.kinds, floats, decisions)
    return regions, [mend for _, mends in final for mend in mends]


def _with_formulas(found: Found, lines: Sequence[Line], upright: Upright) -> Found:
    """``found`` with its display formulas, which what was read has told, among the floats, and the order anew."""
    inside = [index for one in found.floats for index in one.lines]
    size = upright.to_points.a * type_size(found.lines) / BOX_OVER_TYPE
    formulas = find_formulas(lines, found.kinds, inside, size)
    kinds = tuple("text" if kind == "equation" else kind for kind in found.kinds)
    if not formulas:
        return msgspec.structs.replace(found, kinds=kinds)
    floats = (*found.floats, *(_formula_float(formula, upright) for formula in formulas))
    return msgspec.structs.replace(found, kinds=kinds, floats=floats, columns=_columns(found.bounds, floats))


def _formula_float(formula: FoundFormula, upright: Upright) -> Float:
    label = () if formula.label is None else (formula.label,)
    return Float(kind="equation", box=upright.pixels(formula.box), lines=(*formula.lines, *label))


def _marks(
    line: Line, reading: Reading, box: Box, edge: float | None, upright: Upright, reader: LineReader
) -> Sequence[tuple[str, float]]:
    """The marks that the reader nearly saw; of a restored page, also what it sees of them on the page as scanned."""
    if upright.clear is upright.raster or not reading.marks or not places_with_room(line, edge):
        return reading.marks
    pixels = upright.raster.crop(box)
    (second,) = reader.read([pixels])
    as_scanned = make_line(line.id, second, pixels, box, upright.to_points, reader.letter)
    return seen_again(line, reading.marks, as_scanned, second.marks, edge)


def _corrections(index: int, mends: Sequence[Mend], upright: Upright) -> tuple[Correction, ...]:
    """The edits with their places on the original page."""
    return tuple(
        Correction(
            page=index,
            box=upright.to_page.box(line.char_box(max(0, edit.start - (not edit.was)), edit.start + 1)).rounded(),
            was=edit.was,
            now=edit.now,
            why=edit.why,
            evidence=edit.evidence,
        )
        for line, edit in ((mend.line, mend.edit) for mend in mends)
    )


def _in_points(found: Float, upright: Upright) -> Float:
    return Float(kind=found.kind, box=upright.points(found.box), lines=found.lines)


def _decisions(found: Found, verdicts: Sequence[Verdict]) -> dict[int, Decision]:
    """A decision for every line, the same for lines that will stand in one region."""
    decisions: dict[int, Decision] = {}
    for column in found.columns:
        for run in _regions_to_be(column, found):
            decisions.update(dict.fromkeys(run, summarise([verdicts[index] for index in run])))
    return decisions


def _regions_to_be(column: Column, found: Found) -> list[list[int]]:
    """Neighbours of one kind in a column; the lines inside a float."""
    runs: list[list[int]] = [[]]
    for member in column:
        if member >= len(found.lines):
            runs += [list(found.floats[member - len(found.lines)].lines), []]
        elif runs[-1] and found.kinds[runs[-1][-1]] == found.kinds[member]:
            runs[-1].append(member)
        else:
            runs.append([member])
    return [run for run in runs if run]


def _with_crops(regions: Sequence[Region], index: int, upright: Upright, store: PageStore) -> tuple[Region, ...]:
    return tuple(
        _finished(region, index, upright, store) if region.kind in ("figure", "table", "equation") else region
        for region in regions
    )


def _finished(region: Region, index: int, upright: Upright, store: PageStore) -> Region:
    """A float with its crop saved and, for a table, its printed rules."""
    if region.kind == "equation":
        return _with_formula_crop(region, index, upright, store)
    box_px = upright.pixels(region.box)
    image = store.save_crop(index, region.id, region.kind, upright.raster, box_px)
    if region.kind == "figure":
        return msgspec.structs.replace(region, image=image)
    heights = sorted(line.height for line in region.lines) or [10.0]
    line_height = heights[len(heights) // 2] / upright.to_points.a
    corner = Transform(c=float(max(0, int(box_px.x0))), f=float(max(0, int(box_px.y0)))).then(upright.to_points)
    across, down = find_rules(upright.raster.crop(box_px), line_height)
    return msgspec.structs.replace(
        region,
        image=image,
        rules_across=tuple(corner.box(rule).rounded() for rule in across),
        rules_down=tuple(corner.box(rule).rounded() for rule in down),
    )


def _rejected(astray: Sequence[LayerChar]) -> tuple[Rejected, ...]:
    """The layer's characters that stand in no line."""
    return tuple(
        Rejected(box=char.box.rounded(), text=char.text, why="the text layer has it where no print was found")
        for char in astray
    )


def _damage(index: int, found: Sequence[str]) -> tuple[Problem, ...]:
    """What the page should show and doesn't."""
    remedy = "text may be missing or wrong here: get another copy of the file, or scan the page again"
    return tuple(Problem(stage="acquire", page=index, message=message, remedy=remedy) for message in found)


def _with_formula_crop(region: Region, index: int, upright: Upright, store: PageStore) -> Region:
    """A formula with its picture, which shows what the detector's boxes miss at its rim, but not its number."""
    lines = [line.box for line in region.lines if not is_label(line.text)]
    box = upright.pixels(enclose(lines) if lines else region.box)
    rim = FORMULA_RIM * min(line.height for line in lines) / upright.to_points.a if lines else 0.0
    box = Box(box.x0 - rim, box.y0 - rim, box.x1 + rim, box.y1 + rim)
    return msgspec.structs.replace(region, image=store.save_crop(index, region.id, "formula", upright.raster, box))


def _problems(index: int, astray: Sequence[LayerChar]) -> tuple[Problem, ...]:
    if not astray:
        return ()
    # What nobody sees on the page isn't quoted: it may be what somebody took out. The account has its places.
    message = f"{len(astray)} characters of the text layer stand where no print was found"
    return (Problem(stage="legibility", page=index, message=message, remedy="compare the page with its picture"),)
