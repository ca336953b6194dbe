"""The picture of a page with the hits on it boxed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from recover.errors import UnreadableInput
from recover.model.geometry import Box
from recover.search.locate import PageOutlines

# The larger view that lies beside each page's picture, where there is one.
LARGE = ".large.jpg"
COLOUR = (200, 60, 20)
# White around the words inside the box, in pixels.
MARGIN_PX = 4


def boxed_page(folder: Path, number: int, boxes: Sequence[Box]) -> bytes:
    """A PNG of page ``number`` (from 0) of a recovered folder, ``boxes`` (in points) drawn on it.

    Raises UnreadableInput where the folder keeps no picture of the page.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 most searches show no picture

    page = PageOutlines(folder).page(number)
    path = page_picture(folder, page.image) if page else None
    if page is None or path is None:
        raise UnreadableInput(f"{folder} page {number + 1}", "has no picture", "recover the file again")
    with Image.open(path) as image:
        shown = image.convert("RGB")
    across, down = shown.width / page.width, shown.height / page.height
    draw = ImageDraw.Draw(shown)
    for box in boxes:
        left, top = box.x0 * across - MARGIN_PX, box.y0 * down - MARGIN_PX
        draw.rectangle((left, top, box.x1 * across + MARGIN_PX, box.y1 * down + MARGIN_PX), outline=COLOUR, width=3)
    content = io.BytesIO()
    shown.save(content, "PNG")
    return content.getvalue()


def page_picture(folder: Path, name: str) -> Path | None:
    """The file of a page's picture inside ``folder``, the larger one where it is kept; None where there is none."""
    if not name:
        return None
    small = folder / name
    large = small.with_name(small.name.removesuffix(small.suffix) + LARGE)
    root = folder.resolve()
    found = (path for path in (large, small) if path.is_file() and path.resolve().is_relative_to(root))
    return next(found, None)
