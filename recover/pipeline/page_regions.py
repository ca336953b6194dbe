"""The regions of a page with the pictures of its floats; tables printed sideways are read the right way up."""

from __future__ import annotations

import statistics
from collections.abc import Container, Sequence
from functools import cache

import msgspec

from recover.engines.readers import Readers
from recover.model.geometry import Box, Transform, enclose
from recover.model.page import LETTERS, Decision, LayerChar, Line, Region
from recover.model.raster import Raster
from recover.model.records import Problem
from recover.pipeline.page_cache import PageStore
from recover.pipeline.page_find import Found, columns_of, find_lines
from recover.pipeline.page_lines import LinesRead
from recover.pipeline.page_upright import Upright, make_page
from recover.stages.clean.light import dark_on_light
from recover.stages.clean.straighten import turn
from recover.stages.layout.drawn_formulas import latex_of
from recover.stages.layout.floats import Float
from recover.stages.layout.formulas import FoundFormula, as_lines, find_built_up, find_formulas
from recover.stages.layout.lost_tables import find_grown_tables, find_lost_tables
from recover.stages.layout.regions import order_regions
from recover.stages.layout.rules import find_dashes, find_rules, with_dashes, without_strokes
from recover.stages.layout.seen_tables import is_called_table, is_paragraph, parted_at_captions, with_note
from recover.stages.legibility.verdict import Verdict, summarise
from recover.stages.ocr.boxes import type_size
from recover.stages.ocr.ink import inked
from recover.stages.ocr.lines import make_line, marks_unread, with_marks_over
from recover.stages.order import Column
from recover.stages.type_styles.faint_minus import with_faint_alleles, with_faint_minuses
from recover.stages.type_styles.scripts import mark_scripts
from recover.stages.type_styles.slant import mark_italics
from recover.stages.type_styles.small_type import with_small_type
from recover.stages.type_styles.zones import Picture
from recover.text.messages import counted
from recover.text.numbering import is_label, number_apart

# A line's box over its type's size. A formula's picture is so much wider than its lines, in their heights.
BOX_OVER_TYPE, FORMULA_RIM = 1.3, 0.2
# Type that no line holds is a formula's where it stands no farther from it than this, in its own size; strokes stand
# no farther over the type.
NEAR_FORMULA, OVER_TYPE = 1.2, 0.3
# A rule over so much of a table's width shows where it ends; a table of one column has so many.
RULED, MIN_RULES = 0.5, 2
# White around what is read apart, as a share of its shorter side: detectors know pages, which have margins.
MARGIN = 0.15
# What the border cuts off ends so near to it and is no wider, in its height; cells stand farther inside.
SLIVER, THIN_SLIVER = 0.35, 0.6
# Characters of what a message is about that it shows.
SHOWN = 60


def make_regions(
    found: Found,
    read: LinesRead,
    index: int,
    upright: Upright,
    readers: Readers,
    store: PageStore,
    *,
    drawn: Sequence[LayerChar] = (),
) -> tuple[tuple[Region, ...], tuple[Problem, ...]]:
    """The regions in reading order, their floats' pictures stored, and what is odd about them.

    ``drawn`` is the page's drawn type.
    """
    seen, unread = tuple(read.lines), tuple[str, ...]()
    if not upright.stands:
        seen, unread = with_marks_over(seen, found.lines, upright.clear, upright.to_points, readers.reader.read)
    marked = _with_scripts(seen, found.lines, upright, readers)
    if not upright.stands:
        found = _with_parted_tables(_with_called_tables(found, marked, upright), marked, upright)
        found = _with_notes(_with_lost_tables(found, marked, upright), marked, upright)
        found = _with_formulas(found, marked, upright)
    floats = [_in_points(found_float, upright) for found_float in found.floats]
    decisions = _decisions(found, read.verdicts)
    lines = as_lines(marked, found.rows)
    regions = order_regions(found.columns, lines, found.kinds, floats, decisions)
    finished = tuple(_finished(region, index, upright, readers, store) for region in regions)
    if drawn:
        finished = with_latex(finished, drawn, upright)
    torn = _torn_apart(index, [lines[first].text for first, *_ in found.rows])
    return finished, (*torn, *marks_unread(index, unread))


def _torn_apart(index: int, texts: Sequence[str]) -> tuple[Problem, ...]:
    if not texts:
        return ()
    lines, whole = counted(len(texts), "line"), " / ".join(texts)
    shown = whole if len(whole) <= SHOWN else whole[: SHOWN - 3] + "..."
    message = f"{lines} of text with formulas built above and below the line, whose parts are told in a row: {shown}"
    return (Problem(stage="layout", page=index, message=message, remedy="compare these lines with the page's picture"),)


def _finished(region: Region, index: int, upright: Upright, readers: Readers, store: PageStore) -> Region:
    if region.turn:
        return _read_sideways(region, index, upright, readers, store)
    if region.kind in ("figure", "table", "equation"):
        return _with_picture(region, index, upright, store)
    return region


def _with_scripts(lines: Sequence[Line], boxes: Sequence[Box], part: Upright, readers: Readers) -> tuple[Line, ...]:
    """The lines with their raised, lowered and slanted characters marked, doubtful small ones read anew."""
    left, scale = part.to_points.c, part.to_points.a
    crops = [dark_on_light(part.clear.crop(box)) for box in boxes]
    inks, blobs = zip(*map(inked, crops), strict=True) if crops else ((), ())
    pictures = [
        Picture(crop, left + scale * int(box.x0), scale, found)
        for crop, box, found in zip(crops, boxes, blobs, strict=True)
    ]
    seen = with_faint_minuses(with_faint_alleles(lines, pictures), pictures)
    return mark_italics(mark_scripts(with_small_type(seen, pictures, readers.reader.read)), pictures, inks)


def _with_called_tables(found: Found, lines: Sequence[Line], upright: Upright) -> Found:
    """``found`` with the figures that a caption calls tables as such."""
    size = upright.to_points.a * type_size(found.lines) / BOX_OVER_TYPE
    outside = [lines[index] for index in _outside(found)]
    floats = tuple(
        msgspec.structs.replace(one, kind="table")
        if one.kind == "figure"
        and is_called_table(upright.points(one.box), [lines[index] for index in one.lines], outside, size)
        else one
        for one in found.floats
    )
    return msgspec.structs.replace(found, floats=floats)


def _with_parted_tables(found: Found, lines: Sequence[Line], upright: Upright) -> Found:
    """``found`` with the tables that the network drew as one each for itself, and the order anew."""
    floats: list[Float] = []
    captions: set[int] = set()
    for one in found.floats:
        parts, between = parted_at_captions(_in_points(one, upright), lines) if one.kind == "table" else ((one,), ())
        floats += (msgspec.structs.replace(part, box=upright.pixels(part.box)) for part in parts) if between else (one,)
        captions.update(between)
    return _with_tables(found, floats, captions) if captions else found


def _with_lost_tables(found: Found, lines: Sequence[Line], upright: Upright) -> Found:
    """``found`` with the tables that only their captions tell, whole or in part, and the order anew."""
    size = upright.to_points.a * type_size(found.lines) / BOX_OVER_TYPE
    titles = {index for index, kind in enumerate(found.kinds) if kind == "title"}
    found = _with_grown_tables(found, lines, upright, size, titles)
    found = _without_paragraphs(found, lines, upright, size)
    inside = [index for one in found.floats for index in one.lines]
    boxes = [upright.points(one.box) for one in found.floats]
    rules = cache(lambda: _rules_across(upright, size))
    tables = find_lost_tables(lines, inside, boxes, size, titles, rules)
    added = (Float(kind="table", box=upright.pixels(table.box), lines=table.lines) for table in tables)
    captions = {index for table in tables for index in table.captions}
    return _with_tables(found, (*found.floats, *added), captions) if tables else found


def _rules_across(upright: Upright, size: float) -> tuple[Box, ...]:
    """The rules across the whole page, in points."""
    across, _ = find_rules(upright.raster.pixels, BOX_OVER_TYPE * size / upright.to_points.a)
    return tuple(upright.points(rule) for rule in across)


def _with_grown_tables(
    found: Found, lines: Sequence[Line], upright: Upright, size: float, titles: Container[int]
) -> Found:
    """``found`` with the tables without rules that the network saw in part as they are whole."""
    # The network takes some tables without rules for figures.
    seen = [(at, one) for at, one in enumerate(found.floats) if one.lines and not one.turn]
    bare = [at for at, one in seen if not _count_rules(one, found.lines, upright)]
    if not bare:
        return found
    others = [one for at, one in enumerate(found.floats) if at not in bare]
    grown = find_grown_tables(
        lines,
        [_in_points(found.floats[at], upright) for at in bare],
        [index for one in others for index in one.lines],
        [upright.points(one.box) for one in others],
        size,
        titles,
    )
    floats, captions = list(found.floats), set[int]()
    for number, table in grown.items():
        # What stood outside is known as a caption with its further lines.
        captions.update(index for index in table.captions if index in floats[bare[number]].lines)
        floats[bare[number]] = Float(kind="table", box=upright.pixels(table.box), lines=table.lines)
    return _with_tables(found, floats, captions) if grown else found


def _without_paragraphs(found: Found, lines: Sequence[Line], upright: Upright, size: float) -> Found:
    """``found`` without the supposed tables that are text; the last rule of the table above may run over one."""
    outside = [lines[index] for index in _outside(found)]
    supposed = [one for one in found.floats if one.kind == "table" and one.lines and not one.turn]
    bare = [one for one in supposed if is_paragraph(_in_points(one, upright), lines, outside, size)]
    text = [one for one in bare if _count_rules(one, found.lines, upright) < MIN_RULES]
    floats = [one for one in found.floats if one not in text]
    return _with_tables(found, floats, ()) if text else found


def _count_rules(one: Float, lines: Sequence[Box], upright: Upright) -> int:
    """How many rules run over a table."""
    height = statistics.median(lines[at].height for at in one.lines)
    across, _ = find_rules(upright.raster.crop(one.box), height)
    return sum(rule.width > RULED * one.box.width for rule in across)


def _with_notes(found: Found, lines: Sequence[Line], upright: Upright) -> Found:
    """``found`` with the notes at the margin below narrow tables among these, and the order anew."""
    outside, floats = _outside(found), list(found.floats)
    for at, one in enumerate(floats):
        table = with_note(_in_points(one, upright), lines, outside) if one.kind == "table" and not one.turn else one
        if len(table.lines) > len(one.lines):
            floats[at] = msgspec.structs.replace(table, box=upright.pixels(table.box))
    return _with_tables(found, floats, ()) if floats != [*found.floats] else found


def _outside(found: Found) -> list[int]:
    """The lines that stand in no float."""
    taken = {index for one in found.floats for index in one.lines}
    return [index for index in range(len(found.lines)) if index not in taken]


def _with_tables(found: Found, floats: Sequence[Float], captions: Container[int]) -> Found:
    kinds = tuple("table-caption" if index in captions else kind for index, kind in enumerate(found.kinds))
    columns = columns_of(found.bounds, floats, found.blocks)
    return msgspec.structs.replace(found, kinds=kinds, floats=tuple(floats), columns=columns)


def _with_formulas(found: Found, lines: Sequence[Line], upright: Upright) -> Found:
    """``found`` with its display formulas, which what was read has told, among the floats, and the order anew."""
    inside = [index for one in found.floats for index in one.lines]
    size = upright.to_points.a * type_size(found.lines) / BOX_OVER_TYPE
    formulas = find_formulas(lines, found.kinds, inside, size)
    inside += [at for formula in formulas for at in (*formula.lines, formula.label) if at is not None]
    standing = [at for block in found.blocks for at in block]
    rows = find_built_up(lines, found.kinds, (*inside, *standing), size)
    pieces = {at for row in rows for at in row}
    kinds = tuple("text" if kind == "equation" or at in pieces else kind for at, kind in enumerate(found.kinds))
    if not formulas and not rows:
        return msgspec.structs.replace(found, kinds=kinds)
    floats = (*found.floats, *(_formula_float(formula, upright) for formula in formulas))
    columns = columns_of(found.bounds, floats, found.blocks, rows)
    return msgspec.structs.replace(found, kinds=kinds, floats=floats, columns=columns, rows=rows)


def _formula_float(formula: FoundFormula, upright: Upright) -> Float:
    label = () if formula.label is None else (formula.label,)
    return Float(kind="equation", box=upright.pixels(formula.box), lines=(*formula.lines, *label))


def _in_points(found: Float, upright: Upright) -> Float:
    return msgspec.structs.replace(found, box=upright.points(found.box))


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


def _read_sideways(region: Region, index: int, upright: Upright, readers: Readers, store: PageStore) -> Region:
    """What is printed sideways, read the right way up: a table with its caption and its notes."""
    area = upright.clear.part(upright.pixels(region.box))
    raster = turn(area.padded(round(MARGIN * min(area.width, area.height))), region.turn)
    part = make_page(raster, raster)
    boxes, _ = find_lines(raster, readers)
    images = [raster.crop(box) for box in boxes]
    read = [
        make_line(f"{region.id}l{number}", reading, image, box, part.to_points, LETTERS[readers.reader.name])
        for number, (reading, image, box) in enumerate(zip(readers.reader.read(images), images, boxes, strict=True), 1)
    ]
    lines = _with_scripts(read, boxes, part, readers)
    inside = _inked(raster)
    whole = enclose([inside, *boxes])
    table = msgspec.structs.replace(
        region,
        box=part.points(whole).rounded(),
        lines=tuple(line for line, box in zip(lines, boxes, strict=True) if line.text and not _is_sliver(box, inside)),
        column=-1 - region.column,
        decision=Decision(outcome="re-read", reasons=("printed sideways",)),
        to_upright=part.to_page.then(upright.to_page.inverse()),
    )
    return _with_picture(table, index, part, store)


def _is_sliver(box: Box, area: Box) -> bool:
    """Whether a line is the end of one beside the area, cut off by its border."""
    reach = SLIVER * box.height
    is_at_border = box.x0 - area.x0 < reach or area.x1 - box.x1 < reach
    return is_at_border and box.width < THIN_SLIVER * box.height


def _inked(raster: Raster) -> Box:
    """The part of a picture that is not its white margin."""
    margin = MARGIN / (1 + 2 * MARGIN) * min(raster.width, raster.height)
    return Box(margin, margin, raster.width - margin, raster.height - margin)


def _with_picture(region: Region, index: int, upright: Upright, store: PageStore) -> Region:
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
    pixels = upright.raster.crop(box_px)
    lines = [corner.inverse().box(line.box) for line in region.lines]
    across, down = find_rules(pixels, line_height)
    across = without_strokes(across, lines)
    dashes = find_dashes(pixels, lines, across, line_height)
    return msgspec.structs.replace(
        with_dashes(region, [corner.box(box) for box in dashes.alone], dashes.lines),
        image=image,
        rules_across=tuple(corner.box(rule).rounded() for rule in across),
        rules_down=tuple(corner.box(rule).rounded() for rule in down),
    )


def _with_formula_crop(region: Region, index: int, upright: Upright, store: PageStore) -> Region:
    """A formula with its picture, which shows what the detector's boxes miss at its rim, but not its number."""
    lines = _without_number(region)
    box = upright.pixels(enclose(lines) if lines else region.box)
    rim = FORMULA_RIM * min(line.height for line in lines) / upright.to_points.a if lines else 0.0
    box = Box(box.x0 - rim, box.y0 - rim, box.x1 + rim, box.y1 + rim)
    return msgspec.structs.replace(region, image=store.save_crop(index, region.id, "formula", upright.raster, box))


def _without_number(region: Region) -> list[Box]:
    """The boxes of a formula's lines, without that of its number."""
    parts = (part for line in region.lines for part in number_apart(line))
    return [part.box for part in parts if not is_label(part.text)]


def with_latex(regions: Sequence[Region], drawn: Sequence[LayerChar], upright: Upright) -> tuple[Region, ...]:
    """The regions with what their formulas of ``drawn`` type say, where that is sure."""
    to_upright = upright.to_page.inverse()
    placed = [(char, to_upright.box(char.ink or char.box)) for char in drawn if char.text.strip()]
    return tuple(
        msgspec.structs.replace(region, latex=_latex(region, regions, placed, upright) or "")
        if region.kind == "equation"
        else region
        for region in regions
    )


def _latex(
    region: Region, regions: Sequence[Region], placed: Sequence[tuple[LayerChar, Box]], upright: Upright
) -> str | None:
    """What a formula says: by the type in it, and by that around it which stands in no line of text."""
    own = _without_number(region)
    if region.decision.outcome == "re-read" or not own:
        return None
    box = enclose(own)
    others = (part.box for other in regions for line in other.lines for part in number_apart(line))
    around = [box for box in others if box not in own]
    inside = [
        (char, ink)
        for char, ink in placed
        if _is_near(ink, box, NEAR_FORMULA * char.size) and not any(_holds(line, ink) for line in around)
    ]
    if not inside:
        return None
    whole, rim = enclose(ink for _, ink in inside), OVER_TYPE * max(char.size for char, _ in inside)
    area = upright.pixels(Box(whole.x0 - rim, whole.y0 - rim, whole.x1 + rim, whole.y1 + rim))
    # Whole pixels, as they are cut out.
    area = Box(max(0, int(area.x0)), max(0, int(area.y0)), int(area.x1) + 1, int(area.y1) + 1)
    pixels = upright.raster.crop(area)
    return latex_of([char for char, _ in inside], upright.to_page.inverse(), pixels, upright.points(area))


def _is_near(ink: Box, box: Box, reach: float) -> bool:
    x, y = ink.center
    return box.x0 - reach < x < box.x1 + reach and box.y0 - reach < y < box.y1 + reach


def _holds(line: Box, ink: Box) -> bool:
    x, y = ink.center
    return line.x0 <= x <= line.x1 and line.y0 <= y <= line.y1
