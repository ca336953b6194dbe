"""The upright page: turned by quarters, straightened, made flat and evened out, with the map back to the original."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np

from recover.model.geometry import Transform
from recover.model.raster import Pixels, Raster
from recover.stages.clean.bend import bend_of, mean_slope, measure_bend, unbend
from recover.stages.clean.borders import whiten_borders
from recover.stages.clean.inverse import page_dark_on_light
from recover.stages.clean.light import UNEVEN, flatten, unevenness
from recover.stages.clean.skew import WHITE, lean_of, page_ink

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
