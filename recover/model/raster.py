"""A page's picture together with the map from its pixels to the page."""

from __future__ import annotations

import dataclasses

import numpy as np
import numpy.typing as npt

from recover.model.geometry import Box, Transform

Pixels = npt.NDArray[np.uint8]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """Grey pixels (height x width, uint8) and the map from pixel coordinates to points on the page."""

    pixels: Pixels
    to_page: Transform

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def scale(self) -> float:
        """Points a pixel."""
        return float((self.to_page.a**2 + self.to_page.d**2) ** 0.5)

    def part(self, box: Box) -> Raster:
        """The pixels inside ``box`` as a raster of their own."""
        corner = Transform(c=float(max(0, int(box.x0))), f=float(max(0, int(box.y0))))
        return Raster(pixels=self.crop(box), to_page=corner.then(self.to_page))

    def padded(self, margin: int) -> Raster:
        """The pixels with so much white around them."""
        corner = Transform(c=float(-margin), f=float(-margin))
        return Raster(pixels=np.pad(self.pixels, margin, constant_values=255), to_page=corner.then(self.to_page))

    def crop(self, box: Box) -> Pixels:
        """The pixels inside ``box`` (pixels), cut to the picture; may be empty."""
        x0, y0 = max(0, int(box.x0)), max(0, int(box.y0))
        return self.pixels[y0 : max(y0, int(np.ceil(box.y1))), x0 : max(x0, int(np.ceil(box.x1)))]
