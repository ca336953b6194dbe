"""One page from its file to its reading: the stages of a page, in order."""

from __future__ import annotations

from collections.abc import Sequence

from recover.engines.readers import Readers
from recover.errors import UnreadableInput
from recover.model.geometry import Box
from recover.model.page import LayerChar, PageReading
from recover.model.records import Problem
from recover.pipeline.page_cache import PageStore
from recover.pipeline.page_find import arrange, find_turned
from recover.pipeline.page_lines import decoded_corrections, minus_corrections, read_lines
from recover.pipeline.page_regions import make_regions
from recover.pipeline.page_upright import Upright, clean_page, without_stamps
from recover.settings import Settings
from recover.stages.acquire.layer import without_hidden
from recover.stages.acquire.source import PageSource
from recover.stages.layout.regions import lies_in
from recover.stages.layout.rules import with_drawn_rules
from recover.stages.legibility.page_layer import layer_problems, prepare_layer
from recover.stages.legibility.witness import LayerLine, layer_lines, without_marks, without_parts
from recover.stages.unread import with_unread


def read_page(source: PageSource, index: int, readers: Readers, settings: Settings, store: PageStore) -> PageReading:
    """Read page ``index`` of an open file; raises RecoverError when the page cannot be opened or read."""
    width, height = source.size(index)
    is_picture = source.is_picture(index)
    original = source.raster(index)
    legible, stamps = without_stamps(original, source.coloured(index), readers)
    cleaned = clean_page(legible, index, readers, is_picture=is_picture)
    upright, readers = cleaned.upright, cleaned.readers
    characters, unread = _characters(source, index, settings)
    seen = cleaned.seen if is_picture else _without_marks(cleaned.seen, characters, upright)
    own = () if is_picture else _own_lines(characters, seen, upright)
    turned = () if upright.stands else find_turned(upright.clear, seen, readers)
    lines = tuple(line for line in _with_own(seen, own, upright) if not any(lies_in(line, area.box) for area in turned))
    undrawn = frozenset(upright.pixels(line.box) for line in own if not line.is_printed)
    found = arrange(upright.clear, lines, cleaned.ink, readers, turned, undrawn)
    ink_of = None if is_picture else upright.ink
    layer = prepare_layer(characters, found.lines, own, upright.in_points(), upright.to_page.inverse(), ink_of)
    faults = {} if is_picture or not any(text.text for text in layer.texts) else source.font_faults(index)
    read = read_lines(found, layer, faults, upright, readers, settings, is_picture=is_picture)
    drawn = () if is_picture else characters
    regions, torn = make_regions(found, read, index, upright, readers, store, drawn=drawn)
    if not is_picture and any(region.kind == "table" for region in regions):
        regions = with_drawn_rules(regions, source.drawn_rules(index), upright.to_page.inverse())
    page = PageReading(
        index=index,
        width=width,
        height=height,
        dpi=round(72 / original.scale, 1),
        kind="blank" if not found.lines and not found.floats else "scan" if is_picture else "digital",
        rotation=cleaned.rotation,
        skew=cleaned.skew,
        cleanup=cleaned.steps,
        to_page=upright.to_page,
        regions=regions,
        rejected=(*read.rejected, *stamps, *cleaned.marks),
        corrections=(*decoded_corrections(index, layer, upright), *minus_corrections(index, read, upright)),
        problems=(
            *unread,
            *cleaned.problems,
            *layer_problems(index, layer, read.lines, read.verdicts),
            *torn,
            *_damage(index, source.damage(index, original)),
        ),
        image=store.save_view(index, original),
        precision=readers.precision,
    )
    return with_unread(page, upright.clear, readers.reader.read)


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


def _without_marks(seen: Sequence[Box], characters: Sequence[LayerChar], upright: Upright) -> tuple[Box, ...]:
    """The lines but those of a watermark's words, as the text layer tells them."""
    if not any(char.is_mark for char in characters):
        return tuple(seen)
    boxes = [upright.points(line) for line in seen]
    kept = frozenset(without_marks(boxes, characters, upright.to_page.inverse()))
    return tuple(line for line, box in zip(seen, boxes, strict=True) if box in kept)


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


def _damage(index: int, found: Sequence[str]) -> tuple[Problem, ...]:
    """What the page should show and doesn't."""
    remedy = "text may be missing or wrong here: get another copy of the file, or scan the page again"
    return tuple(Problem(stage="acquire", page=index, message=message, remedy=remedy) for message in found)
