"""A region that a person drew on a page is read anew, in a process of its own that holds the networks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from recover.fence.call import call
from recover.limits import Limits
from recover.model.geometry import Box
from recover.text.join import separator

# White around the region, in pixels: the finder misses print that touches the rim.
MARGIN = 12
FUNCTION = "recover.review.reading:read_inside"


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A page's picture, the page's size in points, and the region on it in points."""

    picture: str
    width: float
    height: float
    box: Box


def read_region(picture: Path, size: tuple[float, float], box: Box) -> str:
    """What stands in ``box`` of a page of ``size``, its lines joined as in a paragraph; raises RecoverError."""
    task = Drawn(picture=str(picture), width=size[0], height=size[1], box=box)
    lines = [line.decode() for line in call(FUNCTION, task, subject=picture.name, limits=Limits())]
    text = ""
    for line in lines:
        text += (separator(text, line) if text else "") + line
    return text


def read_inside(arguments: bytes) -> Iterator[bytes]:
    """The same inside the fence; yields the lines from the top."""
    import numpy as np  # noqa: PLC0415 the side outside needs none of this
    from PIL import Image  # noqa: PLC0415

    from recover.engines.readers import open_readers  # noqa: PLC0415
    from recover.settings import Settings  # noqa: PLC0415

    drawn = msgspec.msgpack.decode(arguments, type=Drawn)
    with Image.open(drawn.picture) as picture:
        across, down = picture.width / drawn.width, picture.height / drawn.height
        box = drawn.box
        part = picture.convert("L").crop(
            (round(box.x0 * across), round(box.y0 * down), round(box.x1 * across), round(box.y1 * down))
        )
    pixels = np.pad(np.asarray(part), MARGIN, constant_values=255)
    readers = open_readers(Settings())
    found = sorted(readers.finder.find(pixels), key=lambda line: (line[1] + line[3], line[0]))
    rows = [(max(0, int(x0)), max(0, int(y0)), int(x1) + 1, int(y1) + 1) for x0, y0, x1, y1, _ in found]
    images = [pixels[y0:y1, x0:x1] for x0, y0, x1, y1 in rows] or [pixels]
    yield from (reading.text.encode() for reading in readers.reader.read(images) if reading.text.strip())
