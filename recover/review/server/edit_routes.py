"""What the browser does: every post is checked, logged and on the disk before it is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from recover.model.document import MarkKind
from recover.model.geometry import Box
from recover.model.records import PageLine
from recover.review.library import Library
from recover.review.log import Action, Misfit
from recover.review.places import Target
from recover.review.server.views import View, changed_place, encode, pages_of, state_view
from recover.review.session import Session

# A stray upload must not fill the memory; the longest paragraph is far shorter.
LARGEST_POST = 1_000_000


class Post(msgspec.Struct, forbid_unknown_fields=True):
    """What every post may hold."""


class Write(Post):
    """A block's text was ``was`` and becomes ``now``."""

    block: str
    was: str
    now: str


class Check(Post):
    """Characters of a line are right as read."""

    line: str
    at: int
    end: int
    was: str


class Act(Post):
    """A change of structure or of a reference's field."""

    kind: Literal["move", "role", "merge", "split", "field", "table"]
    block: str
    now: str = ""
    at: int = 0
    field: str = ""


class TermPost(Post):
    """A term; with ``glossary`` it goes into the user's own glossary too."""

    zh: str
    en: str
    abbreviation: str = ""
    glossary: bool = False


class TargetPost(Post):
    """``was`` stands at ``start`` of the block."""

    block: str
    start: int
    was: str


class Everywhere(Post):
    """All places become ``now``, in one step."""

    places: list[TargetPost]
    now: str


class SetMarks(Post):
    """Characters of a block are set as ``kind``, or plain again."""

    block: str
    start: int
    end: int
    kind: MarkKind


class Finish(Post):
    """The document is done, or is not."""

    finished: bool


class FlagPost(Post):
    """A second reader is to look at characters of a block; an empty comment takes the flag away."""

    block: str
    start: int
    end: int
    comment: str


class ExportPost(Post):
    """Formats by their names."""

    formats: list[str]


class Restore(Post):
    """What stands in no text is brought back.

    An open place of a page is named by its number, a running head by its ``block``; a ``box`` was drawn by a person,
    ``lines`` were read in it, and ``apart`` makes a block of its own of them.
    """

    page: int = 0
    number: int = -1
    text: str = ""
    block: str = ""
    box: Box | None = None
    lines: tuple[PageLine, ...] = ()
    apart: bool = False


class Turn(Post):
    """Undo and redo need nothing."""


Given = TypeVar("Given", bound=Post)


def deed_routes(shelf: Library) -> list[Route]:
    """The addresses that are posted to."""

    def deed(path: str, kind: type[Given], do: Callable[[Session, Given], Sequence[Action]]) -> Route:
        async def done(request: Request) -> Response:
            body = await _body(request)
            if isinstance(body, Response):
                return body
            given = msgspec.json.decode(body, type=kind)
            return await run_in_threadpool(_answer, shelf, request.path_params["key"], lambda desk: do(desk, given))

        return Route(f"/api/{{key}}/{path}", done, methods=["POST"])

    return [
        deed("write", Write, lambda desk, given: desk.write(given.block, given.was, given.now)),
        deed("everywhere", Everywhere, _everywhere),
        deed("marks", SetMarks, lambda desk, given: desk.set_marks(given.block, given.start, given.end, given.kind)),
        deed("check", Check, lambda desk, given: desk.check(given.line, given.at, given.end, given.was)),
        deed("act", Act, _act),
        deed("restore", Restore, _restore),
        deed("finish", Finish, lambda desk, given: desk.finish(is_finished=given.finished)),
        deed("flag", FlagPost, lambda desk, given: desk.flag(given.block, given.start, given.end, given.comment)),
        deed("terms", TermPost, _term),
        Route("/api/{key}/export", partial(_export, shelf), methods=["POST"]),
        deed("undo", Turn, lambda desk, _: [desk.undo()]),
        deed("redo", Turn, lambda desk, _: [desk.redo()]),
    ]


async def _body(request: Request) -> bytes | Response:
    """What was posted, or why it isn't taken."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return PlainTextResponse("send JSON", 415)
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_POST:
                return PlainTextResponse("too much", 413)
    except ClientDisconnect:  # nobody waits for the answer
        return PlainTextResponse("the post broke off", 400)
    return body


async def _export(shelf: Library, request: Request) -> Response:
    """Write formats of the reviewed document into its folder; the names of the files."""
    body = await _body(request)
    if isinstance(body, Response):
        return body
    given = msgspec.json.decode(body, type=ExportPost)
    folder = shelf.desk(request.path_params["key"]).folder
    written = await run_in_threadpool(shelf.export, folder, tuple(given.formats))
    return Response(encode({"files": [path.name for path in written]}), media_type="application/json")


def _answer(shelf: Library, key: str, do: Callable[[Session], Sequence[Action]]) -> Response:
    desk = shelf.desk(key)
    desk.refresh()
    before = desk.version
    actions = do(desk)
    # A window that knew another version than `before` missed something, and looks at everything anew.
    view: View = {
        **state_view(desk),
        "before": before,
        "pages": pages_of(desk, actions),
        "place": changed_place(desk, actions),
    }
    return Response(encode(view), media_type="application/json")


def _act(desk: Session, given: Act) -> Sequence[Action]:
    if given.at < 0:
        raise Misfit("an offset counts from 0")
    return desk.act(given.kind, given.block, now=given.now, at=given.at, field=given.field)


def _restore(desk: Session, given: Restore) -> Sequence[Action]:
    if given.box is not None:
        return desk.restore_drawn(given.page, given.box, given.text, given.lines, is_apart=given.apart)
    return desk.into_text(given.block) if given.block else desk.restore(given.page, given.number, given.text)


def _everywhere(desk: Session, given: Everywhere) -> Sequence[Action]:
    targets = [Target(place.block, place.start, place.was) for place in given.places]
    return desk.write_everywhere(targets, given.now)


def _term(desk: Session, given: TermPost) -> Sequence[Action]:
    if given.glossary:
        from recover.glossary import session as glossaries  # noqa: PLC0415 only here
        from recover.glossary.concept import Concept  # noqa: PLC0415

        glossaries.add("mine", Concept(given.zh.strip(), given.en.strip(), given.abbreviation.strip()))
    return desk.add_term(given.zh, given.en, given.abbreviation)
