"""Pages as they are recorded in the document: regions, lines and characters at their place on the original page."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.geometry import Transform
from recover.model.page import READERS, Line, PageReading, Region
from recover.model.records import PageLine, PageRecord, PageRegion


def record_pages(pages: Sequence[PageReading], furniture: frozenset[tuple[int, str]]) -> tuple[PageRecord, ...]:
    """A record a page; furniture keeps its place but has none in the reading order."""
    return tuple(_page(page, furniture) for page in pages)


def _page(page: PageReading, furniture: frozenset[tuple[int, str]]) -> PageRecord:
    order = 0
    regions = []
    for region in page.regions:
        is_furniture = bool(region.lines) and all((page.index, line.id) in furniture for line in region.lines)
        regions.append(_region(page, region, None if is_furniture else order))
        order += not is_furniture
    return PageRecord(
        number=page.index,
        width=round(page.width, 2),
        height=round(page.height, 2),
        dpi=page.dpi,
        rotation=page.rotation,
        skew=page.skew,
        cleanup=page.cleanup,
        image=page.image,
        precision=page.precision,
        regions=tuple(regions),
    )


def _region(page: PageReading, region: Region, order: int | None) -> PageRegion:
    to_page = region.to_upright.then(page.to_page)
    return PageRegion(
        id=f"p{page.index + 1}.{region.id}",
        kind=region.kind,
        box=to_page.box(region.box).rounded(),
        order=order,
        lines=tuple(_line(page, line, to_page) for line in region.lines),
        decision=region.decision.outcome,
        reasons=region.decision.reasons,
    )


def _line(page: PageReading, line: Line, to_page: Transform) -> PageLine:
    box = line.box
    length = max(1e-6, box.width)
    pairs = zip(line.lefts, line.rights, strict=True)
    edges = tuple(round(1000 * (x - box.x0) / length) for pair in pairs for x in pair)
    return PageLine(
        id=f"p{page.index + 1}.{line.id}",
        text=line.text,
        quad=_quad(to_page, line),
        edges=edges,
        confidences=tuple(-1 if value < 0 else round(1000 * value) for value in line.confidences),
        origin=READERS[_main_reader(line)],
        doubts=tuple(
            (doubt.at, tuple((other.text, max(-1, round(1000 * other.confidence))) for other in doubt.alternatives))
            for doubt in line.doubts
        ),
        styles=line.styles if line.styles.strip("0") else "",
    )


def _main_reader(line: Line) -> str:
    return max(sorted(set(line.readers)), key=line.readers.count) if line.readers else "p"


def _quad(to_page: Transform, line: Line) -> tuple[float, ...]:
    box = line.box
    corners = ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
    return tuple(round(value, 2) for corner in corners for value in to_page.point(*corner))
