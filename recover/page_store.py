"""Pictures that belong to a page, kept in a folder while the document is put together."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from recover.errors import UnwritableOutput
from recover.model.geometry import Box
from recover.model.raster import Pixels, Raster

# Pages are shown in reports at this width; at 20 pages a report stays under 5 MB.
VIEW_WIDTH_PX = 900
VIEW_QUALITY = 45
# Beside each view lies a larger one for proofreading, where strokes must be told apart.
LARGE_WIDTH_PX = 1650
LARGE_QUALITY = 55


class PageStore:
    """Writes a page's view and the crops of its floats under ``folder``; names are relative to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save_view(self, index: int, raster: Raster) -> str:
        """The page as it is shown in the report: a small grey JPEG."""
        name = f"pages/page-{index + 1:04d}"
        self._write(f"{name}.large.jpg", _scaled(raster, LARGE_WIDTH_PX), [cv2.IMWRITE_JPEG_QUALITY, LARGE_QUALITY])
        return self._write(f"{name}.jpg", _scaled(raster, VIEW_WIDTH_PX), [cv2.IMWRITE_JPEG_QUALITY, VIEW_QUALITY])

    def save_crop(self, index: int, region_id: str, kind: str, raster: Raster, box_px: Box) -> str:
        """A float's pixels as a PNG; empty when there are none."""
        pixels = raster.crop(box_px)
        if pixels.size == 0:
            return ""
        return self._write(f"{kind}s/page-{index + 1:04d}-{region_id}.png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 6])

    def _write(self, name: str, pixels: Pixels, options: list[int]) -> str:
        path = self.folder / name
        encoded = cv2.imencode(path.suffix, pixels, options)[1].tobytes()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(encoded)
        except OSError as error:
            raise UnwritableOutput(
                str(path), error.strerror or str(error), "free space or choose another -o"
            ) from error
        return name


def _scaled(raster: Raster, width_px: int) -> Pixels:
    """The pixels, no wider than ``width_px``; a strip of a page keeps at least one row."""
    scale = min(1.0, width_px / raster.width)
    size = (max(1, round(raster.width * scale)), max(1, round(raster.height * scale)))
    return np.asarray(cv2.resize(raster.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
