"""A page's reading with the print that stands in no line of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from recover.model.geometry import Box, Transform
from recover.model.page import PageReading, Rejected
from recover.model.raster import Pixels, Raster
from recover.model.reading import Reading
from recover.stages.unread.patches import find_patches
from recover.stages.unread.places import WHY, unread_places

# The type size of a page without lines, in points.
USUAL_SIZE = 12.0

ReadImages = Callable[[Sequence[Pixels]], Sequence[Reading]]


def with_unread(page: PageReading, raster: Raster, read: ReadImages) -> PageReading:
    """``page`` with what ``raster``, the picture it was read from, shows outside its lines, figures and tables."""
    scale = raster.scale
    to_points = Transform(a=scale, e=scale)
    to_pixels = to_points.inverse()
    covered = [to_pixels.box(box) for box in _covered(page)]
    patches = find_patches(raster.pixels, covered, _type_size(page) / scale)
    places = unread_places(patches, lambda boxes: read([raster.crop(box) for box in boxes]))
    if not places:
        return page
    unread = tuple(
        Rejected(box=page.to_page.box(to_points.box(place.box)).rounded(), text=place.text, why=WHY, what="unread")
        for place in places
    )
    return msgspec.structs.replace(page, rejected=(*page.rejected, *unread))


def _covered(page: PageReading) -> list[Box]:
    """What was read or stands apart, on the upright page."""
    to_upright = page.to_page.inverse()
    lines = [region.to_upright.box(line.box) for region in page.regions for line in region.lines if line.text.strip()]
    floats = [
        region.to_upright.box(region.box) for region in page.regions if region.kind in ("figure", "table", "equation")
    ]
    return [*lines, *floats, *(to_upright.box(item.box) for item in page.rejected)]


def _type_size(page: PageReading) -> float:
    """The usual line height, long lines counting more."""
    lines = sorted((line.height, line.box.width) for region in page.regions for line in region.lines if line.text)
    half = sum(width for _, width in lines) / 2
    for height, width in lines:
        half -= width
        if half <= 0:
            return height
    return USUAL_SIZE
