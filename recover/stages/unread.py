"""Print that stands in no line that was read: patches of ink of a character's size and shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from recover.model.geometry import Box, Transform, enclose
from recover.model.page import PageReading, Reading, Rejected
from recover.model.raster import Pixels, Raster

# Which patches of ink are print that nobody read: those a reader sees characters in, and stacks of shapes as like.

# A reader sees characters where it is this sure of them, and of one alone.
SURE, SURE_ALONE = 0.75, 0.9
# What readers see in a dash, a scratch or a box that stands alone.
STROKES = frozenset("1lI一丨口0Oo")
# So many shapes on one another are characters of a column, which readers of lines don't read.
STACKED = 4
# A page has few such places. Where it has more, the largest are read.
MOST = 12
WHY = "print that stands in no line that was read"

# Readings of boxes in pixels.
ReadBoxes = Callable[[Sequence[Box]], Sequence[Reading]]


class UnreadPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Print outside of all lines: its box in pixels, and what a reader sees in it."""

    box: Box
    text: str


def unread_places(patches: Sequence[Patch], read: ReadBoxes) -> tuple[UnreadPlace, ...]:
    """The patches that are print."""
    largest = sorted(patches, key=lambda patch: -patch.count)[:MOST]
    readings = read([patch.box for patch in largest]) if largest else ()
    places = [
        UnreadPlace(box=patch.box, text=reading.text.strip() if _is_sure(reading) else "")
        for patch, reading in zip(largest, readings, strict=True)
        if _is_sure(reading) or patch.stacked >= STACKED
    ]
    return tuple(sorted(places, key=lambda place: (place.box.y0, place.box.x0)))


def _is_sure(reading: Reading) -> bool:
    letters = [value for char, value in zip(reading.text, reading.confidences, strict=False) if char.isalnum()]
    if not letters or reading.text.strip() in STROKES:
        return False
    return sum(letters) / len(letters) >= (SURE if len(letters) > 1 else SURE_ALONE)


# Patches of ink outside everything that was read, of a character's size and shape.

Mask = npt.NDArray[np.uint8]
# Type is looked at this many pixels high: more would say nothing and take longer.
LOOKED_AT = 14.0
# Ink is darker than what stands around it, within so many pixels, by this much.
AROUND, DARKER = 25, 18
# What was read covers its surroundings by this share of the type size: accents, rims, underlines.
COVER = 0.45
# Strokes this near, in type sizes, are of one character; characters this near, of one place.
PATCHES_STROKES, CHARACTERS = 0.2, 0.9
# A character's sides, in type sizes; its ink as a share of its box.
SMALLEST, THINNEST, LARGEST = 0.5, 0.15, 2.5
FAINTEST, FULLEST = 0.08, 0.72
# A patch shares less than this of its area, or of a line's, with the lines that were read.
SURROUNDED = 0.4
# Ink this near the page's edge, as a share of its sides, is a scan's rim.
RIM = 0.012


class Patch(msgspec.Struct, frozen=True, kw_only=True):
    """A place with ink of ``count`` characters or so, ``stacked`` of them one below the other; the box is in pixels."""

    box: Box
    count: int
    stacked: int = 0


def find_patches(pixels: Pixels, covered: Sequence[Box], size: float) -> tuple[Patch, ...]:
    """Places with ink outside the ``covered`` boxes; ``size`` is the page's type size, everything in pixels."""
    shrink = max(1.0, size / LOOKED_AT)
    ink = _uncovered(_ink(pixels, shrink), covered, size, shrink)
    if not ink.any():
        return ()
    em = size / shrink
    shapes = [box for box, share in _shapes(ink, PATCHES_STROKES * em) if _is_like_character(box, share, em, ink.shape)]
    patches = [_patch(group, em, shrink) for group in _groups(shapes, CHARACTERS * em)]
    return tuple(patch for patch in patches if not _surrounds(patch.box, covered))


def _patch(shapes: Sequence[Box], em: float, shrink: float) -> Patch:
    """Shapes as one place; letters that touch are one shape, as long as so many."""
    count = sum(max(1, round(max(shape.width, shape.height) / em)) for shape in shapes)
    box = enclose(shapes)
    # The edge of a photographed page falls into pieces too, but they are thin.
    broad = sum(min(shape.width, shape.height) > SMALLEST * em for shape in shapes)
    return Patch(box=_scaled(box, shrink), count=count, stacked=broad if box.height > 1.5 * box.width else 0)


def _surrounds(box: Box, covered: Sequence[Box]) -> bool:
    """Whether a line that was read stands in it: a frame or a dark band around the line is no print of its own."""
    return any(box.intersection(other) > SURROUNDED * min(box.area, other.area) for other in covered)


def _ink(pixels: Pixels, shrink: float) -> Mask:
    height, width = pixels.shape[:2]
    small = cv2.resize(
        pixels, (max(1, round(width / shrink)), max(1, round(height / shrink))), interpolation=cv2.INTER_AREA
    )
    dark = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, AROUND, DARKER)
    return np.asarray(dark, dtype=np.uint8)


def _uncovered(ink: Mask, covered: Sequence[Box], size: float, shrink: float) -> Mask:
    for box in covered:
        reach = COVER * min(size, max(1.0, box.height))
        rows = slice(max(0, int((box.y0 - reach) / shrink)), max(0, int((box.y1 + reach) / shrink) + 1))
        ink[rows, max(0, int((box.x0 - reach) / shrink)) : max(0, int((box.x1 + reach) / shrink) + 1)] = 0
    return ink


def _shapes(ink: Mask, near: float) -> list[tuple[Box, float]]:
    """Boxes of ink joined over small white, each with the share of it that is ink."""
    reach = max(1, round(near))
    grown = reach // 2
    joined = cv2.dilate(ink, np.ones((2 * grown + 1, 2 * grown + 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    inked = np.bincount(labels[ink > 0], minlength=count)
    found = []
    for label in range(1, count):
        x, y, width, height = (int(value) for value in stats[label, :4])
        box = Box(x + grown, y + grown, x + width - grown, y + height - grown)
        found.append((box, float(inked[label]) / max(1.0, box.area)))
    return found


def _is_like_character(box: Box, share: float, em: float, page: tuple[int, ...]) -> bool:
    short, long = sorted((box.width, box.height))
    fits = long >= SMALLEST * em and short >= max(THINNEST * em, 2) and short <= LARGEST * em
    is_stroke = short < SMALLEST * em and long > 2 * LARGEST * em
    inside = box.x0 > RIM * page[1] and box.x1 < (1 - RIM) * page[1]
    within = box.y0 > RIM * page[0] and box.y1 < (1 - RIM) * page[0]
    return fits and not is_stroke and FAINTEST < share < FULLEST and inside and within


def _groups(shapes: Sequence[Box], near: float) -> list[list[Box]]:
    """Shapes side by side or one below the other, from the top."""
    groups: list[list[Box]] = []
    for box in sorted(shapes, key=lambda one: (one.y0, one.x0)):
        homes = [group for group in groups if any(_is_near(box, other, near) for other in group)]
        groups = [group for group in groups if group not in homes]
        groups.append([box, *(other for group in homes for other in group)])
    return groups


def _is_near(box: Box, other: Box, near: float) -> bool:
    across = max(box.x0, other.x0) - min(box.x1, other.x1)
    down = max(box.y0, other.y0) - min(box.y1, other.y1)
    return max(across, down) < near and min(across, down) < 0


def _scaled(box: Box, by: float) -> Box:
    return Box(box.x0 * by, box.y0 * by, box.x1 * by, box.y1 * by)


# A page's reading with the print that stands in no line of it.

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
