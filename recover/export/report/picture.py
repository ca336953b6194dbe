"""A page's picture under an overlay: regions, reading order, and the characters that were read with doubt."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from recover.export.characters import placed_characters
from recover.export.markup import Markup, join, tag
from recover.export.report.shrink import page_picture
from recover.model.document import PageLine, PageRecord, PageRegion
from recover.model.geometry import Box, Transform
from recover.text.messages import name_of

# Per mille; below the first a character is marked in the text, below the second on the picture too.
DOUBTFUL, WRONG = 900, 700


def page_figure(page: PageRecord, folder: Path, marked: Callable[[Transform], Iterable[Markup]]) -> Markup:
    """The picture with its overlay, turned so that its text stands upright; ``marked`` draws what else is marked."""
    turn, width, height = upright(page)
    drawing = tag(
        "svg",
        _image(page, folder),
        _arrowhead(page),
        tag("g", *(_region(region, turn) for region in page.regions), class_="regions"),
        tag("g", *_doubts(page, turn), class_="doubts"),
        tag("g", *marked(turn), class_="open"),
        tag("g", _path(page, turn), *_numbers(page, turn), class_="order", aria_hidden="true"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        role="group",
        aria_label=f"第 {page.number + 1} 页 / page {page.number + 1}",
    )
    return tag("figure", drawing, class_="sheet")


def upright(page: PageRecord) -> tuple[Transform, float, float]:
    """The map from the page as it lies to the page as it is read, and that page's size."""
    width, height = page.width, page.height
    return {
        0: (Transform(), width, height),
        90: (Transform(0, -1, height, 1, 0, 0), height, width),
        180: (Transform(-1, 0, width, 0, -1, height), width, height),
        270: (Transform(0, 1, 0, -1, 0, width), height, width),
    }[page.rotation % 360]


def _image(page: PageRecord, folder: Path) -> Markup:
    content = page_picture(folder / page.image) if page.image else b""
    if not content:
        return tag("rect", width=page.width, height=page.height, class_="blank")
    turn = upright(page)[0]
    return tag(
        "image",
        href=f"data:image/jpeg;base64,{base64.b64encode(content).decode()}",
        width=page.width,
        height=page.height,
        preserveAspectRatio="none",
        transform=f"matrix({turn.a:g} {turn.d:g} {turn.b:g} {turn.e:g} {turn.c:g} {turn.f:g})",
    )


def _region(region: PageRegion, turn: Transform) -> Markup:
    box = turn.box(region.box)
    label = f"{name_of('region', region.kind, 'en')}, {name_of('decision', region.decision, 'en')}"
    origin = main_origin(region.lines)
    shape = tag("rect", tag("title", label), **rectangle(box), class_=f"k-{region.kind} d-{region.decision} o-{origin}")
    return tag("a", shape, href=f"#t-{region.id}", id=f"b-{region.id}", aria_label=label)


def main_origin(lines: Sequence[PageLine]) -> str:
    """Who read most of these lines; empty when there are none."""
    origins = [line.origin for line in lines]
    return max(sorted(set(origins)), key=origins.count) if origins else ""


def _doubts(page: PageRecord, turn: Transform) -> Iterator[Markup]:
    for region in page.regions:
        for line in region.lines:
            for placed in placed_characters(line):
                if 0 <= placed.confidence < WRONG and placed.text.strip():
                    yield tag("rect", **rectangle(turn.box(placed.box)))


def rectangle(box: Box) -> dict[str, str]:
    """A box as a rectangle's attributes."""
    return {
        "x": f"{box.x0:.1f}",
        "y": f"{box.y0:.1f}",
        "width": f"{box.width:.1f}",
        "height": f"{box.height:.1f}",
    }


def ordered(regions: Iterable[PageRegion]) -> list[PageRegion]:
    """The regions that are read, in their order."""
    return sorted((item for item in regions if item.order is not None), key=lambda item: item.order or 0)


def _starts(page: PageRecord, turn: Transform) -> list[tuple[float, float]]:
    boxes = [turn.box(region.box) for region in ordered(page.regions)]
    return [(max(7.0, box.x0), max(7.0, box.y0 + 3)) for box in boxes]


def _arrowhead(page: PageRecord) -> Markup:
    head = tag("path", d="M0 0L6 3L0 6z")
    name = f"head-{page.number + 1}"
    marker = tag("marker", head, id=name, markerWidth=6, markerHeight=6, refX=5, refY=3, orient="auto")
    return tag("defs", marker)


def _path(page: PageRecord, turn: Transform) -> Markup:
    """Arrows from each region's foot to the next one's beginning."""
    starts = _starts(page, turn)
    feet = [turn.box(region.box).y1 for region in ordered(page.regions)]
    return join(
        tag("path", d=f"M{x0:.1f} {max(y0, foot):.1f}L{x1:.1f} {y1:.1f}", marker_end=f"url(#head-{page.number + 1})")
        for ((x0, y0), foot), ((x1, y1), _) in pairwise(zip(starts, feet, strict=True))
    )


def _numbers(page: PageRecord, turn: Transform) -> Iterator[Markup]:
    for number, (x, y) in enumerate(_starts(page, turn), 1):
        yield tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=6.5)
        yield tag("text", str(number), x=f"{x:.1f}", y=f"{y + 2.6:.1f}")
