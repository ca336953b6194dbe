"""The search page: what was found in all documents on the shelf, and the chosen hit boxed on its page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import jinja2
import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from recover.errors import RecoverError
from recover.model.geometry import Box
from recover.review.library import Library
from recover.search.find import Found, Hit, Paper, search_folder
from recover.search.library import glossary_of
from recover.search.locate import PageOutlines
from recover.search.passages import section_kinds
from recover.search.query import Filters

LIMIT = 20
LANGUAGES = ("zh", "en")


class ShownHit(msgspec.Struct, frozen=True, kw_only=True):
    """A hit as the page shows it: its sentence in pieces, every other one found, and the address that chooses it."""

    hit: Hit
    pieces: tuple[str, ...]
    address: str
    is_chosen: bool


class ShownPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page of the chosen hit: its picture, its size in points, the boxes, and where it is proofread."""

    picture: str
    width: float
    height: float
    number: int
    boxes: tuple[Box, ...]
    reader: str


def search_page(request: Request, shelf: Library, environment: jinja2.Environment) -> Response:
    """Answer ``/search?q=…&lang=…&section=…&hit=PAPER.HIT``."""
    asked = {name: request.query_params.get(name, "")[:1000] for name in ("q", "lang", "section", "hit")}
    return HTMLResponse(environment.get_template("search.html").render(_context(shelf, asked)))


def _context(shelf: Library, asked: dict[str, str]) -> dict[str, object]:
    context: dict[str, object] = {"asked": asked, "sections": section_kinds(), "name": shelf.root.name}
    if not asked["q"].strip():
        return context
    filters = Filters(
        lang=asked["lang"] if asked["lang"] in LANGUAGES else "",
        section_kinds=(asked["section"],) if asked["section"] in section_kinds() else (),
    )
    try:
        found = search_folder(shelf.root, asked["q"], glossary_of(()), filters, LIMIT)
    except RecoverError as error:
        return {**context, "fault": str(error)}
    chosen = _chosen(found, asked["hit"])
    papers = [(paper, _shown(paper, at, asked, chosen)) for at, paper in enumerate(found.papers)]
    return {**context, "found": found, "papers": papers, "page": _page(shelf, found, chosen)}


def _chosen(found: Found, said: str) -> tuple[int, int]:
    """The places of the paper and of its hit that an address names, the first ones where it names none."""
    paper, _, hit = said.partition(".")
    if not (paper.isascii() and paper.isdecimal() and hit.isascii() and hit.isdecimal() and len(said) < 9):
        return 0, 0
    is_there = int(paper) < len(found.papers) and int(hit) < len(found.papers[int(paper)].hits)
    return (int(paper), int(hit)) if is_there else (0, 0)


def _shown(paper: Paper, at: int, asked: dict[str, str], chosen: tuple[int, int]) -> list[ShownHit]:
    return [
        ShownHit(
            hit=hit,
            pieces=_pieces(hit),
            address="/search?" + urlencode({**asked, "hit": f"{at}.{number}"}),
            is_chosen=(at, number) == chosen,
        )
        for number, hit in enumerate(paper.hits)
    ]


def _pieces(hit: Hit) -> tuple[str, ...]:
    """The sentence cut at the places found: text, found, text, found, text."""
    pieces, end = [], 0
    for spot in hit.spots:
        pieces += [hit.sentence[end : spot.start], hit.sentence[spot.start : spot.end]]
        end = spot.end
    return (*pieces, hit.sentence[end:])


def _page(shelf: Library, found: Found, chosen: tuple[int, int]) -> ShownPage | None:
    hits: Sequence[Hit] = found.papers[chosen[0]].hits if found.papers else ()
    hit = hits[chosen[1]] if hits else None
    if hit is None or hit.page is None:
        return None
    folder = (shelf.root / found.papers[chosen[0]].path).resolve()
    key = next((key for key, place in shelf.folders.items() if Path(place).resolve() == folder), "")
    page = PageOutlines(folder).page(hit.page) if key else None
    if page is None:
        return None
    return ShownPage(
        picture=f"/read/{key}/page/{hit.page}",
        width=page.width,
        height=page.height,
        number=hit.page,
        boxes=tuple(place.box for place in hit.boxes if place.page == hit.page),
        reader=f"/read/{key}",
    )
