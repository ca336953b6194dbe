"""The pictures of pipeline.md, made from a sample: ``python docs/make_pictures.py``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from recover.engines.page_networks import find_blocks
from recover.engines.readers import open_readers
from recover.model.geometry import Box
from recover.model.raster import Raster
from recover.pipeline.page_find import Found, find_all
from recover.settings import Settings
from recover.stages.acquire.source import open_source
from recover.stages.clean.straighten import make_upright

ROOT = Path(__file__).parent
SAMPLE = ROOT.parent / "samples" / "als_kai.pdf"
PAGE = 1
WIDTH_PX, QUALITY = 620, 70
Picture = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]

# Blue, green, red, as OpenCV wants them.
COLOURS: dict[str, Colour] = {
    "text": (180, 120, 40),
    "title": (40, 40, 200),
    "figure": (60, 150, 40),
    "table": (150, 40, 150),
    "figure-caption": (60, 190, 120),
    "table-caption": (200, 90, 200),
    "header": (130, 130, 130),
    "footer": (130, 130, 130),
}
OTHER: Colour = (0, 120, 220)


def main() -> None:
    """Draw one page after each stage that sees it whole."""
    source = open_source(SAMPLE)
    readers = open_readers(Settings())
    original = source.raster(PAGE)
    straight, _ = make_upright(original, is_picture=source.is_picture(PAGE))
    found = find_all(straight, readers)
    save("1-scan", coloured(original))
    save("2-straight", coloured(straight))
    save("3-lines", boxes_on(straight, ((box, COLOURS["text"]) for box in found.lines)))
    blocks = find_blocks(straight.pixels, readers.threads)
    save("4-blocks", boxes_on(straight, ((block.box, COLOURS.get(block.kind, OTHER)) for block in blocks), thick=4))
    save("5-order", order_on(straight, found))


def coloured(raster: Raster) -> Picture:
    """The page with three channels, to draw on."""
    return np.asarray(cv2.cvtColor(raster.pixels, cv2.COLOR_GRAY2BGR), np.uint8)


def boxes_on(raster: Raster, boxes: Iterable[tuple[Box, Colour]], *, thick: int = 2) -> Picture:
    """The page with boxes in their colours."""
    picture = coloured(raster)
    for box, colour in boxes:
        cv2.rectangle(picture, (int(box.x0), int(box.y0)), (int(box.x1), int(box.y1)), colour, thick)
    return picture


def order_on(raster: Raster, found: Found) -> Picture:
    """A line from middle to middle of what is read after each other, and each column's number at its start."""
    picture = coloured(raster)
    boxes = [*found.lines, *(item.box for item in found.floats)]
    members = [index for column in found.columns for index in column]
    points = [tuple(map(int, boxes[index].center)) for index in members]
    for start, end in pairwise(points):
        cv2.line(picture, start, end, (40, 40, 200), 3, cv2.LINE_AA)
    for number, column in enumerate(found.columns, 1):
        label(picture, boxes[column[0]], str(number))
    return picture


def label(picture: Picture, box: Box, text: str) -> None:
    """Write ``text`` on a disk at the start of ``box``."""
    center = (int(box.x0) + 20, int(box.center[1]))
    cv2.circle(picture, center, 30, (40, 40, 200), -1, cv2.LINE_AA)
    origin = (center[0] - 11 * len(text), center[1] + 12)
    cv2.putText(picture, text, origin, cv2.FONT_HERSHEY_SIMPLEX, 1.1, (255, 255, 255), 3, cv2.LINE_AA)


def save(name: str, picture: Picture) -> None:
    """Write ``pictures/NAME.jpg``, small enough for a page of documentation."""
    scale = WIDTH_PX / picture.shape[1]
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    folder = ROOT / "pictures"
    folder.mkdir(exist_ok=True)
    options: Sequence[int] = (cv2.IMWRITE_JPEG_QUALITY, QUALITY)
    (folder / f"{name}.jpg").write_bytes(cv2.imencode(".jpg", small, options)[1].tobytes())


if __name__ == "__main__":
    main()
