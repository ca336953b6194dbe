"""Pages that were photographed as an open book: when they are flattened, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence

from recover.engines.readers import Readers
from recover.model.document import Problem
from recover.model.geometry import Box
from recover.model.raster import Raster
from recover.stages.clean.photograph import flat_pages, is_tangled

# The step of the clean-up, as it is told in the document.
PHOTOGRAPH = "photographed pages levelled"


def flat_photograph(turned: Raster, lines: Sequence[Box], readers: Readers) -> Raster | None:
    """The flat pages of a photograph whose ``lines``, straightened as a scan's, still reach into each other."""
    if not is_tangled(lines):
        return None
    flat = flat_pages(turned, readers.finder.courses(turned.pixels))
    if flat is None or is_tangled([Box(*line[:4]) for line in readers.finder.find(flat.pixels)]):
        return None
    return flat


def photograph_problem(index: int) -> Problem:
    """That a page is a photograph, of which only the print and what stands in it was read."""
    return Problem(
        stage="clean",
        page=index,
        message="a photograph of bent or tilted pages: levelled by their lines, and cut from what lies around",
        remedy="compare the page with its picture, or scan it flat",
    )
