"""Watermarks of a page: taken off the picture it is read from, their words kept among what was set aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from recover.model.page import Rejected
from recover.model.raster import Pixels, Raster
from recover.model.reading import Reading
from recover.stages.clean.watermark import clear_watermark, level_mark

WHY = "a watermark across the page"


def without_watermark(
    page: Raster, read: Callable[[Sequence[Pixels]], Sequence[Reading]]
) -> tuple[Raster, tuple[Rejected, ...]]:
    """The page without its watermark, and the watermark with what it says."""
    cleared = clear_watermark(page.pixels)
    if cleared is None:
        return page, ()
    (reading,) = read([level_mark(cleared)])
    mark = Rejected(box=page.to_page.box(cleared.watermark.box).rounded(), text=reading.text, why=WHY)
    return Raster(pixels=cleared.page, to_page=page.to_page), (mark,)
