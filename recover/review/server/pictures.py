"""Page pictures, and only these: a file is served when the document names it and it lies inside the folder."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from recover.model.document import Document
from recover.review.shelf import Shelf

TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
LARGE = ".large.jpg"


def picture(request: Request, shelf: Shelf) -> Response:
    """The page's picture, the large one where there is one."""
    desk = shelf.desk(request.path_params["key"])
    path = find_picture(desk.sheet.document, desk.folder, request.path_params["number"])
    if path is None:
        return PlainTextResponse("this page has no picture", 404)
    return FileResponse(path, media_type=TYPES[path.suffix], headers={"cache-control": "private, max-age=60"})


def find_picture(document: Document, folder: Path, number: int) -> Path | None:
    """The file of a page's picture; None where there is none or where it lies outside the folder."""
    name = next((page.image for page in document.pages if page.number == number), "")
    if not name or "\0" in name:
        return None
    small = folder / name
    try:
        found = [path.resolve() for path in (small.with_suffix(LARGE), small)]
        return next((real for real in found if _may_be_shown(real, folder)), None)
    except (OSError, ValueError):  # a name that no disk takes
        return None


def _may_be_shown(real: Path, folder: Path) -> bool:
    return real.is_relative_to(folder.resolve()) and real.is_file() and real.suffix in TYPES
