"""One page from its file to its reading: the stages of a page, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import msgspec

from recover.engines.layout_cdla import find_blocks
from recover.engines.orientation import find_turn
from recover.engines.readers import Readers
from recover.engines.restorer import restore
from recover.errors import UnreadableInput
from recover.model.block import Block
from recover.model.document import Correction, Problem
from recover.model.geometry import Box, Transform, enclose
from recover.model.layer import LayerChar
from recover.model.page import Decision, Line, PageReading, Region, RegionKind, Rejected
from recover.model.raster import Raster
from recover.model.reading import Reading
from recover.page_marks import without_watermark
from recover.page_photograph import PHOTOGRAPH, flat_photograph, photograph_problem
from recover.page_store import PageStore
from recover.page_turn import LYING, VerticalReader, find_rotation, is_vertical, legibility, may_stand
from recover.settings import Settings
from recover.stages.acquire.hidden import without_hidden
from recover.stages.acquire.source import PageSource
from recover.stages.clean.inverse import dark_on_light
from recover.stages.clean.straighten import make_upright, turn
from recover.stages.clean.worn import clear_print
from recover.stages.layout.dashes import find_dashes, with_dashes
from recover.stages.layout.floats import Float, find_floats, line_kinds, without_area
from recover.stages.layout.formulas import FoundFormula, find_formulas
from recover.stages.layout.regions import order_regions
from recover.stages.layout.rules import find_rules
from recover.stages.layout.sideways import SURE, find_sideways, lies_in
from recover.stages.legibility.decide import decide
from recover.stages.legibility.page_layer import PageLayer, prepare_layer
from recover.stages.legibility.problems import layer_problems
from recover.stages.legibility.reconcile import reconcile
from recover.stages.legibility.unused import unused_characters, unused_layer
from recover.stages.legibility.verdict import Evidence, Verdict, summarise
from recover.stages.legibility.witness import LayerLine, layer_lines, without_parts
from recover.stages.ocr.bare import bare_ink, bound, reach_stops
from recover.stages.ocr.boxes import tidy, type_size
from recover.stages.ocr.gutters import split_at_gutters
from recover.stages.ocr.ink import Mask, ink_mask
from recover.stages.ocr.lines import layer_line, make_line
from recover.stages.ocr.lost_minus import with_lost_minuses
from recover.stages.ocr.second_look import places_with_room, right_edges, with_second_look
from recover.stages.ocr.standing import read_standing, standing_line
from recover.stages.order.columns import Column, order_columns
from recover.stages.order.margins import margin_marks
from recover.stages.order.standing import runs_down, standing_titles
from recover.stages.type_styles.scripts import mark_scripts
from recover.stages.unread.page import with_unread
from recover.text.formula_labels import is_label

# A line's box over its type's size. A formula's picture is so much wider than its lines, in their heights.
BOX_OVER_TYPE, FORMULA_RIM = 1.3, 0.2

# White around what is read apart, as a share of its shorter side: detectors know pages, which have margins.
MARGIN = 0.15


class Upright(msgspec.Struct, frozen=True, kw_only=True):
    """The upright page: as scanned, as it is read from, and the maps from pixels to its points and to the original.

    ``stands``: its print is vertical, and lies here on its side, a column to a line.
    """

    raster: Raster
    clear: Raster
    to_points: Transform
    to_page: Transform
    stands: bool = False

    def points(self, box: Box) -> Box:
        return self.to_points.box(box)

    def pixels(self, box: Box) -> Box:
        return self.to_points.inverse().box(box)

    def ink(self, box: Box) -> Mask:
        """1 where there is ink in a line's box (pixels)."""
        return ink_mask(self.raster.crop(box))

    def in_points(self) -> Raster:
        """The page as scanned, its pixels mapped to the points of the upright page."""
        return Raster(pixels=self.raster.pixels, to_page=self.to_points)


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
    repair = partial(restore, cpu=readers.cpu)
    turned, _ = find_turn(original.pixels, readers.cpu)
    rotation = find_rotation(original, turned, readers)
    straight, condition = make_upright(original, rotation, is_picture=is_picture)
    marked, restored = clear_print(straight, repair, is_picture=is_picture)
    clear, marks = without_watermark(marked, readers.reader.read)
    boxes = find_boxes(clear, readers)
    seen, ink = tidy_lines(clear, boxes)
    stands = may_stand(seen, condition.skew) and is_vertical(turn(original, rotation), readers)
    if stands:
        straight, condition = make_upright(original, (rotation + LYING) % 360, is_picture=is_picture)
        marked, restored = clear_print(straight, repair, is_picture=is_picture)
        clear, marks = without_watermark(marked, readers.reader.read)
        readers = msgspec.structs.replace(readers, reader=VerticalReader(readers.reader))
        seen, ink = find_lines(clear, readers)
    flat = None
    if is_picture and not stands:
        # A page in shadow is easily taken for a watermark: it is not to be missed here.
        boxes = find_boxes(marked, readers) if marks else boxes
        flat = flat_photograph(turn(original, rotation), boxes, readers)
    if flat is not None:
        straight, condition = make_upright(flat, is_level=True)
        condition = msgspec.structs.replace(condition, steps=(PHOTOGRAPH, *condition.steps))
        marked, restored = clear_print(straight, repair, is_picture=is_picture)
        clear, marks = without_watermark(marked, readers.reader.read)
        seen, ink = find_lines(clear, readers)
    upright = _upright(straight, clear, stands=stands)
    characters, unread = _characters(source, index, settings)
    own = () if is_picture else _own_lines(characters, seen, upright)
    areas = () if stands else _sideways(clear, seen, readers)
    lines = tuple(line for line in _with_own(seen, own, upright) if not any(lies_in(line, area.box) for area in areas))
    found = arrange(clear, lines, ink, readers, areas)
    layer = prepare_layer(
        characters,
        found.lines,
        own,
        upright.in_points(),
        upright.to_page.inverse(),
        None if is_picture else upright.ink,
    )
    faults = {} if is_picture or not any(text.text for text in layer.texts) else source.font_faults(index)
    final, verdicts = _read_lines(found, layer, faults, upright, readers, settings, is_picture=is_picture)
    regions = _regions(found, final, verdicts, upright)
    page = PageReading(
        index=index,
        width=width,
        height=height,
        dpi=round(72 / original.scale, 1),
        kind="blank" if not found.lines and not found.floats else "scan" if is_picture else "digital",
        rotation=rotation,
        skew=condition.skew,
        cleanup=(*condition.steps, *restored),
        to_page=upright.to_page,
        regions=_with_crops(regions, index, upright, readers, store),
        rejected=(*_rejected(layer, final, verdicts, upright), *marks),
        corrections=_decoded(index, layer, upright),
        problems=(
            *unread,
            *((photograph_problem(index),) if flat is not None else ()),
            *layer_problems(index, layer, final, verdicts),
            *_damage(index, source.damage(index, original)),
        ),
        image=store.save_view(index, original),
        precision=readers.precision,
    )
    return with_unread(page, clear, readers.reader.read)


def _upright(straight: Raster, clear: Raster, *, stands: bool) -> Upright:
    scale = straight.scale
    to_points = Transform(a=scale, e=scale)
    return Upright(
        raster=straight,
        clear=clear,
        to_points=to_points,
        to_page=to_points.inverse().then(straight.to_page),
        stands=stands,
    )


def find_all(straight: Raster, readers: Readers) -> Found:
    """Lines, floats and the order in which they are read."""
    return arrange(straight, *find_lines(straight, readers), readers)


def find_lines(straight: Raster, readers: Readers) -> tuple[tuple[Box, ...], Mask]:
    """The lines of print, in pixels, and the page's ink without its smallest shapes."""
    return tidy_lines(straight, find_boxes(straight, readers))


def find_boxes(straight: Raster, readers: Readers) -> tuple[Box, ...]:
    """The boxes of lines as the detector finds them, in pixels."""
    return tuple(Box(*line[:4]) for line in readers.finder.find(straight.pixels))


def tidy_lines(straight: Raster, seen: Sequence[Box]) -> tuple[tuple[Box, ...], Mask]:
    """The lines of print from the detector's boxes, and the page's ink without its smallest shapes."""
    ink = bare_ink(straight.pixels, type_size(seen) or 1.0)
    lines = reach_stops(tidy(split_at_gutters(seen, ink)), straight.pixels, type_size(seen) or 1.0)
    return lines, ink


def arrange(
    straight: Raster, lines: tuple[Box, ...], ink: Mask, readers: Readers, turned: Sequence[Float] = ()
) -> Found:
    """What the lines are, which of them stand in floats, and the order in which they are read.

    ``turned`` are the floats that are printed sideways: their lines are none of ``lines``.
    """
    blocks = _blocks(straight, readers)
    floats = find_floats(blocks, lines, ink)
    for area in turned:
        floats = (*without_area(floats, area.box), area)
    bounds = tuple(bound(lines, ink))
    columns = _columns(bounds, floats)
    return Found(lines=lines, kinds=_kinds(blocks, lines, floats), floats=floats, columns=columns, bounds=bounds)


def _blocks(straight: Raster, readers: Readers) -> tuple[Block, ...]:
    """The page's blocks; of vertical print, which lies here on its side, none: the network knows none of its like."""
    return () if isinstance(readers.reader, VerticalReader) else find_blocks(straight.pixels, readers.cpu)


def _inked(raster: Raster) -> Box:
    """The part of a picture that is not its white margin."""
    margin = MARGIN / (1 + 2 * MARGIN) * min(raster.width, raster.height)
    return Box(margin, margin, raster.width - margin, raster.height - margin)


def _sideways(straight: Raster, seen: Sequence[Box], readers: Readers) -> tuple[Float, ...]:
    """Tables printed sideways, each with the turn by which it reads best."""
    found = []
    for area in find_sideways(seen, straight.pixels):
        part = straight.part(area)
        sure = {degrees: legibility(turn(part, degrees), readers) for degrees in (90, 270)}
        best = max(sure, key=sure.__getitem__)
        # Columns of vertical print, turned by 270, read as well as what is printed so: what has them is none.
        if sure[best] >= SURE and (best != LYING or not is_vertical(part, readers)):
            found.append(Float(kind="table", box=area, turn=best))
    return tuple(found)


def _kinds(blocks: Sequence[Block], lines: Sequence[Box], floats: Sequence[Float]) -> tuple[RegionKind, ...]:
    inside = {index for found in floats for index in found.lines}
    free = [line for index, line in enumerate(lines) if index not in inside]
    marks = margin_marks(free, type_size(lines))
    margin = {lines.index(free[mark]) for mark in marks}
    kinds = line_kinds(blocks, lines)
    titles = standing_titles(lines, type_size(lines) or 1.0)
    return tuple(
        "title" if index in titles else "margin" if index in margin else kind for index, kind in enumerate(kinds)
    )


def _columns(lines: Sequence[Box], floats: Sequence[Float]) -> tuple[Column, ...]:
    """Columns of free lines (their index) and floats (numbered after all the lines)."""
    inside = {index for found in floats for index in found.lines}
    em = type_size(lines) or 1.0
    titles = [index for index in standing_titles(lines, em) if index not in inside]
    members = [index for index in range(len(lines)) if index not in inside and index not in titles]
    members += [len(lines) + number for number in range(len(floats))]
    boxes = [lines[member] if member < len(lines) else floats[member - len(lines)].box for member in members]
    ordered = order_columns(boxes, em)
    columns = tuple(tuple(members[position] for position in column) for column in ordered)
    return (tuple(titles), *columns) if titles else columns


def _characters(
    source: PageSource, index: int, settings: Settings
) -> tuple[tuple[LayerChar, ...], tuple[Problem, ...]]:
    """The text layer, and what keeps it from being read."""
    if settings.text_layer == "ignore":
        return (), ()
    try:
        return without_hidden(source.characters(index), source.hidden(index)), ()
    except UnreadableInput as error:
        remedy = "the print was read instead: compare the page with its picture"
        return (), (Problem(stage="acquire", page=index, message=error.cause, remedy=remedy),)


def _own_lines(characters: Sequence[LayerChar], seen: Sequence[Box], upright: Upright) -> tuple[LayerLine, ...]:
    """Lines of the text layer that no detector found."""
    boxes = [upright.points(line) for line in seen]
    return layer_lines(characters, boxes, upright.to_page.inverse(), upright.in_points())


def _with_own(seen: Sequence[Box], own: Sequence[LayerLine], upright: Upright) -> tuple[Box, ...]:
    if not own:
        return tuple(seen)
    kept = without_parts([upright.points(line) for line in seen], own)
    boxes = [upright.pixels(box) for box in (*kept, *(line.box for line in own))]
    return tuple(sorted(boxes, key=lambda item: (item.y0, item.x0)))


def _read_lines(
    found: Found,
    layer: PageLayer,
    faults: Mapping[str, str],
    upright: Upright,
    readers: Readers,
    settings: Settings,
    *,
    is_picture: bool,
) -> tuple[list[Line], tuple[Verdict, ...]]:
    """Every line as it stands in the end, and the verdicts on their layer."""
    read: dict[int, Line] = {}
    readings: dict[int, Reading] = {}

    em = type_size(found.lines)
    downwards = set() if upright.stands else {i for i, line in enumerate(found.lines) if runs_down(line, em)}

    def read_lines(indexes: Sequence[int]) -> list[Line]:
        missing = [index for index in indexes if index not in read]
        level = [index for index in missing if index not in downwards]
        images = [dark_on_light(upright.clear.crop(found.lines[index])) for index in level]
        for index, image, seen in zip(level, images, readers.reader.read(images), strict=True):
            box, reading = found.lines[index], seen if upright.stands else with_lost_minuses(seen, image)
            read[index] = make_line(f"l{index + 1}", reading, image, box, upright.to_points, readers.reader.letter)
            readings[index] = reading
        down = [index for index in missing if index in downwards]
        columns = [dark_on_light(upright.clear.crop(found.lines[index])) for index in down]
        for index, reading in zip(down, read_standing(columns, readers.reader.read), strict=True):
            box = found.lines[index]
            read[index] = standing_line(f"l{index + 1}", reading, box, upright.to_points, readers.reader.letter)
        return [read[index] for index in indexes]

    evidence = Evidence(
        layer=layer.texts,
        boxes=tuple(upright.points(line) for line in found.lines),
        faults=faults,
        read=read_lines,
        settled=layer.settled,
        bare=layer.bare,
        foreign=layer.foreign,
    )
    verdicts = decide(evidence, settings.text_layer, is_picture=is_picture)
    read_lines([index for index, verdict in enumerate(verdicts) if verdict.outcome != "keep"])

    edges = right_edges(found.columns, read)
    inside = {index for one in found.floats for index in one.lines}

    def final_line(index: int, verdict: Verdict) -> Line:
        if verdict.outcome in ("none", "re-read") and index in downwards:
            return read[index]
        if verdict.outcome in ("none", "re-read") and upright.stands:
            # Ink and white are measured of characters that stand; these lie on their side.
            return msgspec.structs.replace(read[index], weights=(), tops=(), bottoms=(), insertions=())
        if verdict.outcome in ("none", "re-read"):
            # Cells and labels end without a stop.
            if index in inside:
                return read[index]
            return _seen_twice(read[index], readings[index], found.lines[index], edges.get(index), upright, readers)
        box = found.lines[index]
        kept = layer_line(
            f"l{index + 1}", layer.texts[index], upright.clear.crop(box), upright.points(box), upright.to_points
        )
        if verdict.outcome == "keep":
            return kept
        return reconcile(kept, read[index], verdict.trusted, is_drawn=not is_picture)

    return [final_line(index, verdict) for index, verdict in enumerate(verdicts)], verdicts


def _regions(found: Found, final: Sequence[Line], verdicts: Sequence[Verdict], upright: Upright) -> tuple[Region, ...]:
    found = found if upright.stands else _with_formulas(found, final, upright)
    floats = [_in_points(found_float, upright) for found_float in found.floats]
    return order_regions(found.columns, mark_scripts(final), found.kinds, floats, _decisions(found, verdicts))


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


def _seen_twice(line: Line, reading: Reading, box: Box, edge: float | None, upright: Upright, readers: Readers) -> Line:
    """The line; of a restored page, with the marks that its reader nearly sees on the page as scanned."""
    if upright.clear is upright.raster or not reading.marks or not places_with_room(line, edge):
        return line
    pixels = upright.raster.crop(box)
    (second,) = readers.reader.read([pixels])
    as_scanned = make_line(line.id, second, pixels, box, upright.to_points, readers.reader.letter)
    return with_second_look(line, as_scanned, edge)


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


def _with_crops(
    regions: Sequence[Region], index: int, upright: Upright, readers: Readers, store: PageStore
) -> tuple[Region, ...]:
    finished: list[Region] = []
    for region in regions:
        if region.turn:
            finished.append(_read_sideways(region, index, upright, readers, store))
        elif region.kind in ("figure", "table", "equation"):
            finished.append(_finished(region, index, upright, store))
        else:
            finished.append(region)
    return tuple(finished)


def _read_sideways(region: Region, index: int, upright: Upright, readers: Readers, store: PageStore) -> Region:
    """What is printed sideways, read the right way up: a table with its caption and its notes."""
    area = upright.clear.part(upright.pixels(region.box))
    raster = turn(area.padded(round(MARGIN * min(area.width, area.height))), region.turn)
    part = _upright(raster, raster, stands=False)
    boxes, _ = find_lines(raster, readers)
    images = [raster.crop(box) for box in boxes]
    lines = tuple(
        make_line(f"{region.id}l{number}", reading, image, box, part.to_points, readers.reader.letter)
        for number, (reading, image, box) in enumerate(zip(readers.reader.read(images), images, boxes, strict=True), 1)
    )
    whole = enclose([_inked(raster), *boxes])
    table = msgspec.structs.replace(
        region,
        box=part.points(whole).rounded(),
        lines=tuple(line for line in lines if line.text),
        column=-1 - region.column,
        decision=Decision(outcome="re-read", reasons=("printed sideways",)),
        to_upright=part.to_page.then(upright.to_page.inverse()),
    )
    return _finished(table, index, part, store)


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
    pixels = upright.raster.crop(box_px)
    across, down = find_rules(pixels, line_height)
    lines = [corner.inverse().box(line.box) for line in region.lines]
    dashes = find_dashes(pixels, lines, across, line_height)
    return msgspec.structs.replace(
        with_dashes(region, [corner.box(box) for box in dashes.alone], dashes.lines),
        image=image,
        rules_across=tuple(corner.box(rule).rounded() for rule in across),
        rules_down=tuple(corner.box(rule).rounded() for rule in down),
    )


def _decoded(index: int, layer: PageLayer, upright: Upright) -> tuple[Correction, ...]:
    """What was turned back into Chinese, with its place on the original page."""
    return tuple(
        Correction(
            page=index,
            box=upright.to_page.box(box).rounded(),
            was=was,
            now=now,
            why="bytes of Chinese that were taken for Latin letters",
            evidence="the bytes are GBK and make Chinese words",
        )
        for one in layer.decoded
        for was, now, box in zip(one.was, one.now, one.boxes, strict=True)
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


def _rejected(
    layer: PageLayer, final: Sequence[Line], verdicts: Sequence[Verdict], upright: Upright
) -> tuple[Rejected, ...]:
    """All of the text layer that stands in no line."""
    lines = zip(layer.texts, final, verdicts, strict=True)
    replaced = [
        one for text, line, verdict in lines if text.text for one in unused_layer(text, line, verdict, upright.to_page)
    ]
    return (*replaced, *unused_characters(layer.astray))
