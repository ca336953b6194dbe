"""The web application on this machine: its pages (queue, reader, search), and how it is served."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlencode

import jinja2
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from recover.errors import MALFORMED, RecoverError, UsageError
from recover.model.geometry import Box
from recover.review.library import Export, Library
from recover.review.log import NAME, Log, Misfit
from recover.review.server.edit_routes import deed_routes
from recover.review.server.guard import Guard, picture
from recover.review.server.read_routes import question_routes, warm_up
from recover.search.find import Found, Hit, Paper, search_folder
from recover.search.library import glossary_of
from recover.search.locate import PageOutlines
from recover.search.passages import section_kinds
from recover.search.query import Filters
from recover.text.messages import CHOICE, LANGUAGES, in_chinese, language, words

HERE = Path(__file__).parent.parent


def build_app(shelf: Library, *, token: str, port: int) -> Starlette:
    """The application for one shelf, guarded by ``token`` on ``port``."""
    register_url_convertor("page", PageNumber())
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True)
    routes: list[BaseRoute] = [
        Route("/", lambda request: _queue(request, shelf, environment)),
        Route("/read/{key}", lambda request: _reader(request, shelf, environment)),
        Route("/read/{key}/page/{number:page}", lambda request: picture(request, shelf)),
        Route("/words", _words),
        Route("/search", lambda request: search_page(request, shelf, environment)),
        *question_routes(shelf),
        *deed_routes(shelf),
        Mount("/static", StaticFiles(directory=HERE / "static", follow_symlink=False)),
    ]
    handlers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        Misfit: _misfit,
        RecoverError: _failure,
        **dict.fromkeys(MALFORMED, _malformed),
    }
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, token=token, port=port)],
        exception_handlers=handlers,
    )


def _queue(request: Request, shelf: Library, environment: jinja2.Environment) -> Response:  # noqa: ARG001
    if len(shelf.folders) == 1 and shelf.root in shelf.folders.values():
        return RedirectResponse(f"/read/{next(iter(shelf.folders))}", 303)
    return HTMLResponse(environment.get_template("queue.html").render(queue=shelf.queue(), name=shelf.root.name))


def _words(request: Request) -> Response:  # noqa: ARG001
    """The interface's words in both languages, and the language that was chosen, if any was."""
    told: dict[str, object] = {name: words(name) for name in LANGUAGES}
    chosen = language() if os.environ.get(CHOICE) or language() == "zh" else ""
    return Response(msgspec.json.encode({**told, "language": chosen}), media_type="application/json")


def _reader(request: Request, shelf: Library, environment: jinja2.Environment) -> Response:
    key = request.path_params["key"]
    if key not in shelf.folders:
        return PlainTextResponse("there is no such document", 404)
    is_alone = shelf.folders[key] == shelf.root
    return HTMLResponse(environment.get_template("reader.html").render(key=key, is_alone=is_alone, formats=_formats()))


def _formats() -> list[str]:
    """What can be written: the recovery itself is never written over."""
    from recover.export.formats import FORMATS  # noqa: PLC0415 only here

    return [form.name for form in FORMATS if form.name != "json"]


def _misfit(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return _told(str(error), 409)


def _failure(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return _told(str(error), 500)


def _malformed(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return _told(f"not understood: {error}", 400)


def _told(message: str, status: int) -> Response:
    told = {"error": message, "en": message, "zh": in_chinese(message)}
    return Response(msgspec.json.encode(told), status, media_type="application/json")


# Starting the server: on this machine only, under a fresh token.

LOOPBACK = "127.0.0.1"


def serve(
    folder: Path,
    port: int,
    tell: Callable[[str], None],
    warn: Callable[[str], None],
    *,
    opens_browser: bool,
    export: Export | None = None,
) -> None:
    """Serve the review of ``folder`` until interrupted; ``tell`` is given the address. Raises RecoverError.

    ``export`` writes formats of a folder's reviewed document, else this process does.
    """
    shelf = Library(folder, export)
    for found in shelf.folders.values():
        if damaged := Log(found).damaged():
            lines = ", ".join(map(str, damaged))
            warn(f"{found / NAME}: lines {lines} are damaged: what stood there is left out")
    listening = _listen(port)
    number = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    address = f"http://{LOOPBACK}:{number}/?token={token}"
    config = uvicorn.Config(
        build_app(shelf, token=token, port=number), log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    threading.Thread(target=warm_up, args=(shelf,), daemon=True).start()
    tell(address)
    if opens_browser:
        webbrowser.open(address)
    uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    # Named as TCP, else asyncio leaves Nagle's algorithm on, and long answers wait 40 ms for an acknowledgement.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
        # Whoever is told the address may knock before the server is up: the system keeps the call waiting.
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(
            f"--port {port}", "the port is taken or not allowed", "choose another, or 0 for any"
        ) from error
    return listening


# The search page: what was found in all documents on the shelf, and the chosen hit boxed on its page.

LIMIT = 20


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
        return {**context, "fault": {"en": str(error), "zh": in_chinese(str(error))}}
    chosen = _chosen(found, asked["hit"])
    papers = [(paper, _shown(paper, at, asked, chosen)) for at, paper in enumerate(found.papers)]
    return {**context, "found": found, "papers": papers, "page": _page_of_hit(shelf, found, chosen)}


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


def _page_of_hit(shelf: Library, found: Found, chosen: tuple[int, int]) -> ShownPage | None:
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


# Numbers in addresses: Python itself declines to read thousands of digits.


class PageNumber(Convertor[int]):
    """A page's number; what is longer is no address of this server."""

    regex = "[0-9]{1,9}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)
