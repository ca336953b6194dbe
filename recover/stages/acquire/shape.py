"""Pages of a size or shape that no paper has: made to do harm, or broken."""

from __future__ import annotations

# About 3.5 m square: no page of print. A3 scanned at 600 dpi and saved as if at 72 has 70 million square points.
ABSURD_AREA_PT2 = 100_000_000
# A page this much longer than wide is a line. Receipts and scrolls stay far below.
ABSURD_RATIO = 5000


def shape_fault(width: float, height: float) -> str:
    """What is wrong with a page of so many points; empty for one that may be."""
    if not (width > 0 and height > 0):
        return f"{width:g} x {height:g} points are no size of a page"
    if not width * height <= ABSURD_AREA_PT2:
        return f"{width:.0f} x {height:.0f} points are too large for a page"
    if not max(width, height) <= ABSURD_RATIO * min(width, height):
        return f"{width:g} x {height:g} points are no shape of a page"
    return ""
