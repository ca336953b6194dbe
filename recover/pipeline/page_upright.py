"""A page made upright: turned, straightened, cleared of wear and watermarks, a photograph's pages levelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import msgspec

from recover.engines.page_networks import find_turn, restore
from recover.engines.readers import Readers
from recover.model.geometry import Box, Transform
from recover.model.page import Reading, Rejected
from recover.model.raster import Pixels, Raster
from recover.model.records import Problem
from recover.pipeline.page_find import (
    LYING,
    VerticalReader,
    find_boxes,
    find_rotation,
    is_vertical,
    may_stand,
    tidy_lines,
)
from recover.stages.clean.light import clear_print
from recover.stages.clean.photograph import flat_pages, is_tangled
from recover.stages.clean.stamps import clear_stamps
from recover.stages.clean.straighten import make_upright, turn
from recover.stages.clean.watermark import clear_watermark, level_mark
from recover.stages.ocr.ink import Mask, ink_mask
from recover.stages.ocr.vertical import without_level_rules, without_standing_rules

WHY = "a watermark across the page"
# White around a stamp that is read apart, as a share of its shorter side.
AROUND = 0.5
WHY_STAMP = "a coloured stamp over the text"
# The step of the clean-up, as it is told in the document.
PHOTOGRAPH = "photographed pages levelled"


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


class Cleaned(msgspec.Struct, frozen=True, kw_only=True):
    """An upright page with what was done to it, its readers, and the lines and ink that were seen on it."""

    upright: Upright
    readers: Readers
    rotation: int
    skew: float
    steps: tuple[str, ...]
    seen: tuple[Box, ...]
    ink: Mask
    marks: tuple[Rejected, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A straightened page: as scanned, cleared of wear, and cleared of its watermark too."""

    straight: Raster
    marked: Raster
    clear: Raster
    skew: float
    steps: tuple[str, ...]
    marks: tuple[Rejected, ...]


def clean_page(original: Raster, index: int, readers: Readers, *, is_picture: bool) -> Cleaned:
    """The page as it is read, and the readers for its print: those of columns where it is vertical."""
    turned, _ = find_turn(original.pixels, readers.cpu)
    rotation = find_rotation(original, turned, readers)
    sheet = _sheet(original, rotation, readers, is_picture=is_picture)
    boxes = find_boxes(sheet.clear, readers)
    seen, ink = tidy_lines(sheet.clear, boxes)
    stands = may_stand(seen, sheet.skew) and is_vertical(turn(original, rotation), readers)
    flat = None
    if stands:
        sheet = _sheet(original, (rotation + LYING) % 360, readers, is_picture=is_picture)
        sheet = _cleared(sheet, without_level_rules)
        readers = msgspec.structs.replace(readers, reader=VerticalReader(readers.reader))
    elif is_picture:
        # A page in shadow is easily taken for a watermark: it is not to be missed here.
        boxes = find_boxes(sheet.marked, readers) if sheet.marks else boxes
        flat = _flat_photograph(turn(original, rotation), boxes, readers)
        if flat is not None:
            sheet = _sheet(flat, None, readers, is_picture=is_picture)
    if stands or flat is not None:
        seen, ink = tidy_lines(sheet.clear, find_boxes(sheet.clear, readers))
    if stands:
        # Not before its lines were found: a rule between bands is where the columns end.
        sheet = _cleared(sheet, without_standing_rules)
    return Cleaned(
        upright=make_page(sheet.straight, sheet.clear, stands=stands),
        readers=readers,
        rotation=rotation,
        skew=sheet.skew,
        steps=sheet.steps,
        seen=seen,
        ink=ink,
        marks=sheet.marks,
        problems=() if flat is None else (_photograph_problem(index),),
    )


def _cleared(sheet: _Sheet, clear: Callable[[Pixels], Pixels]) -> _Sheet:
    bare = Raster(pixels=clear(sheet.clear.pixels), to_page=sheet.clear.to_page)
    return msgspec.structs.replace(sheet, clear=bare)


def make_page(straight: Raster, clear: Raster, *, stands: bool = False) -> Upright:
    """A straightened page with the maps from its pixels."""
    scale = straight.scale
    to_points = Transform(a=scale, e=scale)
    return Upright(
        raster=straight,
        clear=clear,
        to_points=to_points,
        to_page=to_points.inverse().then(straight.to_page),
        stands=stands,
    )


def _sheet(original: Raster, rotation: int | None, readers: Readers, *, is_picture: bool) -> _Sheet:
    """The page straightened and cleared; without a ``rotation`` it is level already."""
    level = rotation is None
    straight, condition = (
        make_upright(original, is_level=True)
        if rotation is None
        else make_upright(original, rotation, is_picture=is_picture)
    )
    marked, restored = clear_print(straight, partial(restore, cpu=readers.cpu), is_picture=is_picture)
    clear, marks = _without_watermark(marked, readers.reader.read)
    return _Sheet(
        straight=straight,
        marked=marked,
        clear=clear,
        skew=condition.skew,
        steps=(*((PHOTOGRAPH,) if level else ()), *condition.steps, *restored),
        marks=marks,
    )


def _without_watermark(
    page: Raster, read: Callable[[Sequence[Pixels]], Sequence[Reading]]
) -> tuple[Raster, tuple[Rejected, ...]]:
    """The page without its watermark, and the watermark with what it says."""
    cleared = clear_watermark(page.pixels)
    if cleared is None:
        return page, ()
    (reading,) = read([level_mark(cleared)])
    mark = Rejected(box=page.to_page.box(cleared.watermark.box).rounded(), text=reading.text, why=WHY)
    return Raster(pixels=cleared.page, to_page=page.to_page), (mark,)


def without_stamps(page: Raster, coloured: Pixels | None, readers: Readers) -> tuple[Raster, tuple[Rejected, ...]]:
    """The page without coloured stamps over its text, and the stamps with what they say."""
    cleared = None if coloured is None else clear_stamps(page.pixels, coloured)
    if cleared is None:
        return page, ()
    found = []
    for box, mark in cleared.stamps:
        alone = Raster(pixels=mark, to_page=page.to_page).padded(round(AROUND * min(mark.shape)))
        lines = readers.reader.read([alone.crop(line) for line in find_boxes(alone, readers)])
        text = " ".join(line.text for line in lines if line.text)
        found.append(Rejected(box=page.to_page.box(box).rounded(), text=text, why=WHY_STAMP))
    return Raster(pixels=cleared.page, to_page=page.to_page), tuple(found)


def _flat_photograph(turned: Raster, lines: Sequence[Box], readers: Readers) -> Raster | None:
    """The flat pages of a photograph whose ``lines``, straightened as a scan's, still reach into each other."""
    if not is_tangled(lines):
        return None
    flat = flat_pages(turned, readers.finder.courses(turned.pixels))
    if flat is None or is_tangled([Box(*line[:4]) for line in readers.finder.find(flat.pixels)]):
        return None
    return flat


def _photograph_problem(index: int) -> Problem:
    """That a page is a photograph, of which only the print and what stands in it was read."""
    return Problem(
        stage="clean",
        page=index,
        message="a photograph of bent or tilted pages: levelled by their lines, and cut from what lies around",
        remedy="compare the page with its picture, or scan it flat",
    )
