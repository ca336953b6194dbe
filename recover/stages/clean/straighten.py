"""The upright page: turned by quarters, straightened, made flat and evened out, with the map back to the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import msgspec
import numpy as np

from recover.model.geometry import Box, Transform
from recover.model.raster import Pixels, Raster
from recover.stages.clean.bend import WHITE, bend_of, lean_of, mean_slope, measure_bend, page_ink, unbend
from recover.stages.clean.light import UNEVEN, flatten, page_dark_on_light, unevenness, whiten_borders

# Lines read to compare two ways up.
SAMPLE_LINES = 6
# Fewer boxes show no direction.
LEAST_LINES = 3
# A page lies on its side when this share of its print is in boxes higher than wide.
STANDING = 0.6
# A page that reads nearly as well as it is has text both ways: a table printed sideways among it.
SURER = 0.05

# How well the print of a raster reads this way up, from 0 to 1.
ReadsWell = Callable[[Raster], float]


def choose_turn(raster: Raster, guess: int, reads_well: ReadsWell) -> int:
    """``guess`` (degrees clockwise) where the page reads better so turned than as it is, else 0."""
    if guess % 360 == 0:
        return 0
    return guess if reads_well(turn(raster, guess)) > reads_well(raster) + SURER else 0


def is_standing(lines: Sequence[Box]) -> bool:
    """Whether most print stands on its side."""
    total = sum(line.area for line in lines)
    standing = sum(line.area for line in lines if line.height > 1.5 * line.width)
    return len(lines) >= LEAST_LINES and standing > STANDING * total


def sample_lines(lines: Sequence[Box]) -> list[Box]:
    """The longest lines that lie."""
    lying = [line for line in lines if line.width > line.height]
    return sorted(lying, key=lambda line: -line.width)[:SAMPLE_LINES]


# A page leaning less than this reads the same; turning it would only blur it.
MIN_SKEW_DEGREES = 0.08


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """What was found and done: quarter turns clockwise in degrees, skew in degrees, the steps applied."""

    rotation: int = 0
    skew: float = 0.0
    steps: tuple[str, ...] = ()


def make_upright(
    raster: Raster, rotation: int = 0, *, is_picture: bool = True, is_level: bool = False
) -> tuple[Raster, Condition]:
    """Turn by ``rotation`` degrees clockwise, then straighten and flatten what a scanner did to the page.

    A page that ``is_level``, because its lines were levelled before, is only evened out.
    """
    turned = turn(raster, rotation)
    steps = []
    negative = page_dark_on_light(turned.pixels)
    if negative is not None:
        turned = Raster(pixels=negative, to_page=turned.to_page)
        steps.append("inverted")
    if not is_picture:
        return turned, Condition(rotation=rotation, steps=tuple(steps))
    borderless = whiten_borders(turned.pixels)
    if borderless is not None:
        turned = Raster(pixels=borderless, to_page=turned.to_page)
        steps.append("borders removed")
    skew = 0.0
    if not is_level:
        turned, skew, done = _levelled(turned)
        steps += done
    if unevenness(turned.pixels) > UNEVEN:
        turned = Raster(pixels=flatten(turned.pixels), to_page=turned.to_page)
        steps.append("flattened")
    return turned, Condition(rotation=rotation, skew=round(skew, 2), steps=tuple(steps))


def _levelled(turned: Raster) -> tuple[Raster, float, list[str]]:
    """The page with its lines straight and level, its skew in degrees, and the steps that were needed."""
    steps = []
    ink = page_ink(turned.pixels)
    skew, bend = lean_of(ink.points), bend_of(ink)
    if bend is not None:
        # Rows of bent lines are sharpest where they happen to agree: the page leans as its lines do on the whole.
        skew = mean_slope(bend, turned.width)
    if abs(skew) >= MIN_SKEW_DEGREES:
        turned = rotate(turned, skew)
        steps.append("straightened")
    bend = measure_bend(turned.pixels) if bend is not None else None
    if bend is not None:
        turned = unbend(turned, bend)
        steps.append("unbent")
    return turned, skew, steps


def turn(raster: Raster, rotation: int) -> Raster:
    """A raster turned clockwise by a multiple of 90 degrees."""
    width, height = raster.width, raster.height
    back = {
        0: Transform(),
        90: Transform(a=0, b=1, c=0, d=-1, e=0, f=height),
        180: Transform(a=-1, c=width, e=-1, f=height),
        270: Transform(a=0, b=-1, c=width, d=1, e=0, f=0),
    }[rotation % 360]
    pixels = np.ascontiguousarray(np.rot90(raster.pixels, -(rotation // 90) % 4))
    return Raster(pixels=pixels, to_page=back.then(raster.to_page))


def rotate(raster: Raster, degrees: float) -> Raster:
    """A raster whose lines fell by ``degrees``, made level; what comes in at the corners is white."""
    height, width = raster.pixels.shape
    forward = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    pixels: Pixels = cv2.warpAffine(
        raster.pixels,
        forward,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=WHITE,
    )
    (a, b, c), (d, e, f) = (tuple(float(value) for value in row) for row in forward)
    back = Transform(a, b, c, d, e, f).inverse()
    return Raster(pixels=pixels, to_page=back.then(raster.to_page))
