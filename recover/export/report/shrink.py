"""Page pictures small enough that a report of 20 pages stays under 5 MB, whatever the scan."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

# 20 pages of this in base64 are 3.9 MB, which leaves a megabyte for the text and its marks.
BUDGET = 145_000
# Tried in turn: the width in pixels and the JPEG quality.
STEPS = ((900, 40), (800, 35), (700, 30), (600, 25), (450, 20))


def page_picture(path: Path) -> bytes:
    """The page's JPEG, recompressed if it is too large; empty when there is no picture to read."""
    try:
        content = path.read_bytes()
        return content if len(content) <= BUDGET else _shrunk(content)
    except OSError:  # a report is worth having without a picture that is gone or damaged
        return b""


def _shrunk(content: bytes) -> bytes:
    for width, quality in STEPS:
        with Image.open(io.BytesIO(content)) as picture:
            small = picture.convert("L")
            small.thumbnail((width, 2 * width))
            buffer = io.BytesIO()
            small.save(buffer, "JPEG", quality=quality, optimize=True)
        if buffer.tell() <= BUDGET:
            break
    return buffer.getvalue()
