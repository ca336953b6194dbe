"""What the browser asks: the document, a page, the next doubt, what a place may be, where a term stands."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import islice

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from recover.errors import RecoverError
from recover.glossary import places
from recover.glossary.concept import Glossary
from recover.glossary.load import load_stack
from recover.model.geometry import Box
from recover.review.library import Library
from recover.review.log import Misfit
from recover.review.places import alike, find_text, place_of
from recover.review.ranking import Doubt
from recover.review.regions import covered, joined, read_region
from recover.review.server.guard import find_picture
from recover.review.server.views import View, document_view, encode, page_view, range_in_block, state_view
from recover.review.session import Session
from recover.review.suggest import Gaps, gaps_of, lexicon, offers
from recover.review.working_copy import Block, char_box

MOST_PLACES = 50
MOST_FOUND = 1000
# Longer numbers are no offsets, and Python refuses to make numbers of very long ones.
MOST_DIGITS = 10
# A region with a side of fewer points holds no character.
LEAST_SIDE = 3
AROUND = 12


def question_routes(shelf: Library) -> list[Route]:
    """The addresses that are only read."""

    def ask(answer: Callable[[Session, Request], object]) -> Callable[[Request], Response]:
        def asked(request: Request) -> Response:
            desk = shelf.desk(request.path_params["key"])
            desk.refresh()
            return Response(encode(answer(desk, request)), media_type="application/json")

        return asked

    return [
        Route("/api/{key}/document", ask(lambda desk, request: document_view(desk, request.path_params["key"]))),
        Route("/api/{key}/state", ask(lambda desk, _: state_view(desk))),
        Route("/api/{key}/version", ask(lambda desk, _: {"version": desk.version})),
        Route(
            "/api/{key}/pages/{number:page}", ask(lambda desk, request: page_view(desk, request.path_params["number"]))
        ),
        Route("/api/{key}/next", ask(_next)),
        Route("/api/{key}/place", ask(_place)),
        Route("/api/{key}/line", ask(_formatted)),
        Route("/api/{key}/where", ask(_where)),
        Route("/api/{key}/term", ask(_term)),
        Route("/api/{key}/find", ask(_find)),
        Route("/api/{key}/alike", ask(_alike)),
        Route("/api/{key}/read/{number:page}", ask(_read)),
        Route("/api/{key}/count", lambda request: _count(shelf, request)),
        Route("/api/{key}/following", lambda request: _following(shelf, request)),
    ]


def warm_up(shelf: Library) -> None:
    """Load what the first answers need, while the browser starts; what can't be read is told when asked for."""
    if len(shelf.folders) == 1:
        with suppress(RecoverError, Misfit):
            key = next(iter(shelf.folders))
            document_view(shelf.desk(key), key)
    with suppress(RecoverError):
        lexicon()
        _gaps()


def _count(shelf: Library, request: Request) -> Response:
    """The document's row in the queue, with its doubts counted."""
    return Response(encode(shelf.count(request.path_params["key"])), media_type="application/json")


def _following(shelf: Library, request: Request) -> Response:
    """The next document that nobody finished."""
    return Response(encode({"key": shelf.following(request.path_params["key"])}), media_type="application/json")


def _read(desk: Session, request: Request) -> View:
    """What a reader reads in a region of a page, in points."""
    number = request.path_params["number"]
    x0, y0, x1, y1 = (_float(request.query_params.get(name)) for name in ("x0", "y0", "x1", "y1"))
    page = next((page for page in desk.sheet.document.pages if page.number == number), None)
    picture = find_picture(desk.sheet.document, desk.folder, number)
    if page is None or picture is None:
        raise Misfit("this page has no picture")
    box = Box(max(0.0, x0), max(0.0, y0), min(page.width, x1), min(page.height, y1))
    if box.width < LEAST_SIDE or box.height < LEAST_SIDE:
        raise Misfit("there is nothing chosen")
    lines = read_region(picture, (page.width, page.height), box)
    gone = "".join(desk.sheet.lines[key].text[start:end] for key, start, end in covered(desk.sheet, number, box))
    return {"text": joined(lines, number)[0], "lines": lines, "replaces": gone}


def _next(desk: Session, request: Request) -> View:
    """The doubt behind (or, with ``back``, before) the one named by ``line`` and ``at``."""
    query = request.query_params
    here = _doubt_at(desk, query.get("line", ""), _number(query.get("at")), _float(query.get("score")))
    ranking = desk.ranking
    found = ranking.previous(here) if query.get("back") else ranking.next(here)
    return {"doubt": None, **state_view(desk)} if found is None else {**_doubt_view(desk, found), **state_view(desk)}


def _doubt_at(desk: Session, line: str, at: int, score: float) -> Doubt | None:
    """The doubt at a place; where it is settled meanwhile, its place in the order."""
    if line not in desk.sheet.lines:
        return None
    known = desk.ranking.place(line, at)
    order = (-round(score, 4), desk.sheet.page_of[line], f"{desk.ranking.positions[line]:05d}", at)
    return known or Doubt(order=order, line=line, at=at, end=at + 1, score=score)


def _doubt_view(desk: Session, doubt: Doubt) -> View:
    block, start, end = _shown(desk, doubt.line, doubt.at, doubt.end)
    return {
        "doubt": {"line": doubt.line, "at": doubt.at, "end": doubt.end, "score": doubt.score},
        **_place_view(desk, block, start, end, doubt.line, doubt.at),
    }


def _shown(desk: Session, line: str, start: int, end: int) -> tuple[Block, int, int]:
    for key in desk.sheet.users.get(line, ()):
        block = desk.sheet.blocks[key]
        place = range_in_block(block, line, start, end) if key in desk.sheet.order else None
        if place:
            return block, *place
    raise Misfit("no block shows this place")


def _place(desk: Session, request: Request) -> View:
    """What stands at ``line`` and ``at`` and what it may be."""
    line, at = request.query_params.get("line", ""), _number(request.query_params.get("at"))
    if line not in desk.sheet.lines:
        raise Misfit("there is no such line")
    doubt = desk.ranking.place(line, at)
    if doubt:
        return _doubt_view(desk, doubt)
    block, start, end = _shown(desk, line, at, at + 1)
    return {"doubt": None, **_place_view(desk, block, start, end, line, at)}


def _place_view(desk: Session, block: Block, start: int, end: int, line_id: str, at: int) -> View:
    line = desk.sheet.lines[line_id]
    measured = [value for value in line.confidences[at : at + end - start] if value >= 0]
    return {
        "block": block.id,
        "page": block.page,
        "print": desk.sheet.page_of[line_id],
        "start": start,
        "end": end,
        "was": block.text[start:end],
        "before": block.text[max(0, start - AROUND) : start],
        "after": block.text[end : end + AROUND],
        "box": char_box(line, at, at + end - start),
        "confidence": min(measured) / 1000 if measured else None,
        "offers": offers(desk.sheet, block, start, end, line_id, at, _gaps()),
    }


def _where(desk: Session, request: Request) -> View:
    """Where a block stands."""
    block = desk.block(request.query_params.get("block", ""))
    place = place_of(block, 0)
    view: View = {"block": block.id, "page": block.page, "print": desk.sheet.page_of.get(place[0], block.page)}
    nothing: View = {"start": 0, "end": 0, "was": "", "before": "", "after": "", "confidence": None, "doubt": None}
    return {**view, **nothing, "offers": []}


def _gaps() -> Gaps:
    return gaps_of(_glossary(tuple(places.names())))


@lru_cache(maxsize=2)
def _glossary(names: tuple[str, ...]) -> Glossary:
    return load_stack(list(names)) if names else Glossary("none", ())


def _formatted(desk: Session, request: Request) -> View:
    """A reference as a reference list prints it."""
    from recover.export.bibliography import lines  # noqa: PLC0415 loads the style processor

    block = desk.block(request.query_params.get("block", ""))
    if block.csl is None:
        raise Misfit("this block is no reference")
    # A list of one is numbered 1, however the entry is numbered in its own.
    return {"line": lines([block.csl])[0].replace("[1]", f"[{block.number}]", 1)}


def _find(desk: Session, request: Request) -> View:
    """Where a text stands, also on pages that the browser has not loaded."""
    query = request.query_params
    found = list(
        islice(find_text(desk.sheet, query.get("text", ""), is_cased=bool(query.get("cased"))), MOST_FOUND + 1)
    )
    return {"places": found[:MOST_FOUND], "is_more": len(found) > MOST_FOUND}


def _alike(desk: Session, request: Request) -> View:
    """Where a correction that was just made would be right as well."""
    query = request.query_params
    block = desk.sheet.blocks.get(query.get("block", ""))
    was, now, start = query.get("was", ""), query.get("now", ""), _number(query.get("start"))
    if block is None or not was or block.text[start : start + len(now)] != now:
        return {"places": []}
    return {"places": list(islice(alike(desk.sheet, block, start, now, was), MOST_FOUND))}


def _term(desk: Session, request: Request) -> View:
    """Where the wordings ``zh`` and ``en`` stand, and which terms the glossaries know like them."""
    from recover.glossary.search import search  # noqa: PLC0415 only here

    wordings = [word for name in ("zh", "en") if (word := request.query_params.get(name, "").strip())]
    glossary = _glossary(tuple(places.names()))
    known = [found for word in wordings for found in search(glossary, word, 4)]
    return {
        "places": list(_places(desk, wordings))[:MOST_PLACES],
        "known": [{"zh": one.concept.zh, "en": one.concept.en, "score": one.score / 100} for one in known],
    }


def _places(desk: Session, wordings: list[str]) -> Iterator[View]:
    for key in desk.sheet.order:
        block = desk.sheet.blocks[key]
        for word in wordings:
            at = block.text.lower().find(word.lower())
            while at >= 0:
                end = at + len(word)
                around = block.text[max(0, at - AROUND) : end + AROUND]
                yield {"block": key, "page": block.page, "start": at, "end": end, "around": around}
                at = block.text.lower().find(word.lower(), end)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else 0


def _float(text: str | None) -> float:
    try:
        value = float(text or 0)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0
