"""The web application on this machine: addresses, what they answer, and nothing outside the library."""

from __future__ import annotations

import os
import secrets
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import jinja2
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from recover.errors import MALFORMED, RecoverError, UsageError
from recover.review.library import Export, Library
from recover.review.log import NAME, Log, Misfit
from recover.review.server import addresses
from recover.review.server.edit_routes import deed_routes
from recover.review.server.guard import Guard, picture
from recover.review.server.read_routes import question_routes
from recover.review.server.search_page import search_page
from recover.text.messages import CHOICE, LANGUAGES, in_chinese, language, words

HERE = Path(__file__).parent.parent


def build_app(shelf: Library, *, token: str, port: int) -> Starlette:
    """The application for one shelf, guarded by ``token`` on ``port``."""
    addresses.register()
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
    tell(address)
    if opens_browser:
        webbrowser.open(address)
    uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
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
