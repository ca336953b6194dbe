"""A page with some of its lines replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from recover.model.document import Correction
from recover.model.page import Line, PageReading


def with_lines(
    page: PageReading, lines: Mapping[tuple[int, int], Line], corrections: Sequence[Correction] = ()
) -> PageReading:
    """The page with other lines, by their region and number in it, and what was done added to its corrections."""
    regions = [
        msgspec.structs.replace(
            region, lines=tuple(lines.get((number, at), line) for at, line in enumerate(region.lines))
        )
        for number, region in enumerate(page.regions)
    ]
    return msgspec.structs.replace(page, regions=tuple(regions), corrections=(*page.corrections, *corrections))
