"""Who may ask, and for which pictures: this machine's browser alone, for files that the document names."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recover.model.document import Document
from recover.review.library import Library

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
READING = ("GET", "HEAD")
# The program's own scripts say nothing of any document; what is theirs to tell is never kept.
OWN_FILES = "private, max-age=600"


class Guard:
    """Wraps the application; nothing of it answers before every check is passed."""

    def __init__(self, app: ASGIApp, *, token: str, port: int) -> None:
        self.app = app
        self.token = token
        # Cookies are shared by all ports of a host, so the port is in the name.
        self.cookie = f"recover-review-{port}"
        self.hosts = frozenset(f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        answer = self._refusal(scope) or self._welcome(scope)
        keep = OWN_FILES if answer is None and str(scope["path"]).startswith("/static/") else "no-store"
        await (answer or self.app)(scope, receive, _with_headers(send, keep))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        # A page of another site that points its name here (DNS rebinding) still sends its own name as host.
        if headers.get("host", "") not in self.hosts:
            return PlainTextResponse("this host is not served", 421)
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and scope["method"] not in READING:
            return PlainTextResponse("other sites may not post here", 403)
        if scope["method"] not in READING and headers.get("origin") not in self._origins(headers):
            return PlainTextResponse("other sites may not post here", 403)
        if not self._known(scope, headers):
            return PlainTextResponse("open the address that recover review printed", 403)
        return None

    def _origins(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        return (f"http://{headers['host']}",)

    def _known(self, scope: Scope, headers: Headers) -> bool:
        given = [value for name, value in _query(scope) if name == "token"] if scope["method"] in READING else []
        given += [_cookies(headers).get(self.cookie, ""), headers.get("x-review-token", "")]
        return any(secrets.compare_digest(value.encode(), self.token.encode()) for value in given if value)

    def _welcome(self, scope: Scope) -> Response | None:
        """A token in the address moves into a cookie, so that it stays out of the history and of what is copied."""
        query = _query(scope)
        if not any(name == "token" for name, _ in query):
            return None
        rest = urlencode([pair for pair in query if pair[0] != "token"])
        # Slashes at the head would make the path another host's address.
        path = "/" + str(scope["path"]).lstrip("/\\")
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
        return answer


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)


def _cookies(headers: Headers) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _with_headers(send: Send, keep: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", keep)
        await send(message)

    return sending


# Page pictures, and only these: a file is served when the document names it and it lies inside the folder.

TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
LARGE = ".large.jpg"


def picture(request: Request, shelf: Library) -> Response:
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
