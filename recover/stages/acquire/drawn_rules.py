"""What a page of drawn type says of its rules: strokes too thin or pale to be seen on its picture, and edges of tints.

pdfplumber takes lines, rectangles and curves apart into edges, with the page's rotation and crop undone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pdfplumber

from recover.model.geometry import Box, overlap

# In points: shorter edges belong to signs; a stroke as thick as this is a bar, and edges as near as this are one.
SHORTEST, THICKEST, NEAR = 6.0, 3.0, 1.0
# A tint that covers this share of the page is its paper.
PAPER = 0.7
# On white, a tint lighter than this can't be told from the paper.
WHITEST = 0.985

Rules = tuple[tuple[Box, ...], tuple[Box, ...]]
Object = dict[str, Any]


def drawn_rules(path: Path, password: str | None, page: int) -> Rules:
    """Rules across and down, as boxes in points of the page as it is shown; none where it cannot be taken apart."""
    try:
        with pdfplumber.open(path, password=password or "", pages=[page + 1]) as pdf:
            return _rules(pdf.pages[0])
    except Exception:  # noqa: BLE001 pdfminer meets damaged files with errors of every kind; the picture is still there
        return (), ()


def _rules(page: Any) -> Rules:
    left, top = page.cropbox[:2]
    strokes = [_placed(edge, left, top) for edge in (*page.lines, *page.curve_edges) if _is_seen(edge)]
    boxes = [item for item in page.rects if _is_seen(item)]
    thin = [box for item in boxes if min((box := _placed(item, left, top)).width, box.height) < THICKEST]
    tints = [
        (box, _colour(item))
        for item in boxes
        if min((box := _placed(item, left, top)).width, box.height) >= THICKEST
        and box.area < PAPER * page.width * page.height
    ]
    across = [box for box in (*strokes, *thin) if box.width > max(SHORTEST, box.height)]
    down = [box for box in (*strokes, *thin) if box.height > max(SHORTEST, box.width)]
    return (
        _once((*across, *_level_edges(tints)), lambda box: (box.y0, box.x0, box.x1)),
        _once((*down, *_upright_edges(tints)), lambda box: (box.x0, box.y0, box.y1)),
    )


def _placed(item: Object, left: float, top: float) -> Box:
    return Box(item["x0"] - left, item["top"] - top, item["x1"] - left, item["bottom"] - top).rounded()


def _is_seen(item: Object) -> bool:
    """Whether it is stroked, or filled with what isn't white."""
    if item.get("stroke") and min(_colour(item, "stroking_color")) < WHITEST:
        return True
    return bool(item.get("fill")) and min(_colour(item)) < WHITEST


def _colour(item: Object, name: str = "non_stroking_color") -> tuple[float, ...]:
    """Red, green and blue, or grey, from 0 to 1; of inks the white that they leave, of patterns black."""
    value = item.get(name)
    parts = tuple(value) if isinstance(value, tuple | list) else (value,)
    numbers = tuple(float(part) for part in parts if isinstance(part, int | float))
    if len(numbers) != len(parts):
        return (0.0,)
    return tuple(1 - min(1.0, ink + numbers[3]) for ink in numbers[:3]) if len(numbers) == 4 else numbers


def _level_edges(tints: Sequence[tuple[Box, tuple[float, ...]]]) -> list[Box]:
    """Upper and lower edges of tints, but where the next one goes on in the same colour."""
    return [
        Box(box.x0, y, box.x1, y)
        for box, colour in tints
        for y in (box.y0, box.y1)
        if not any(
            other is not box
            and shade == colour
            and min(abs(other.y0 - y), abs(other.y1 - y)) < NEAR
            and overlap(box.x0, box.x1, other.x0, other.x1) > box.width / 2
            for other, shade in tints
        )
    ]


def _upright_edges(tints: Sequence[tuple[Box, tuple[float, ...]]]) -> list[Box]:
    turned = [(Box(box.y0, box.x0, box.y1, box.x1), colour) for box, colour in tints]
    return [Box(edge.y0, edge.x0, edge.y1, edge.x1) for edge in _level_edges(turned)]


def _once(boxes: Sequence[Box], place: Callable[[Box], tuple[float, ...]]) -> tuple[Box, ...]:
    """The boxes in the order of their places, those left out that an earlier one says."""
    kept: list[Box] = []
    for box in sorted(boxes, key=place):
        if not any(all(abs(a - b) < NEAR for a, b in zip(place(box), place(one), strict=True)) for one in kept[-40:]):
            kept.append(box)
    return tuple(kept)
