"""The web application: addresses, what they answer, and nothing that isn't on the shelf."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import jinja2
import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from recover.errors import MALFORMED, RecoverError
from recover.review.actions import Misfit
from recover.review.server import addresses
from recover.review.server.deeds import deed_routes
from recover.review.server.guard import Guard
from recover.review.server.pictures import picture
from recover.review.server.questions import question_routes
from recover.review.server.search_page import search_page
from recover.review.shelf import Shelf
from recover.text.messages import CHOICE, LANGUAGES, in_chinese, language, words

HERE = Path(__file__).parent.parent


def build_app(shelf: Shelf, *, token: str, port: int) -> Starlette:
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


def _queue(request: Request, shelf: Shelf, environment: jinja2.Environment) -> Response:  # noqa: ARG001
    if len(shelf.folders) == 1 and shelf.root in shelf.folders.values():
        return RedirectResponse(f"/read/{next(iter(shelf.folders))}", 303)
    return HTMLResponse(environment.get_template("queue.html").render(queue=shelf.queue(), name=shelf.root.name))


def _words(request: Request) -> Response:  # noqa: ARG001
    """The interface's words in both languages, and the language that was chosen, if any was."""
    told: dict[str, object] = {name: words(name) for name in LANGUAGES}
    chosen = language() if os.environ.get(CHOICE) or language() == "zh" else ""
    return Response(msgspec.json.encode({**told, "language": chosen}), media_type="application/json")


def _reader(request: Request, shelf: Shelf, environment: jinja2.Environment) -> Response:
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
