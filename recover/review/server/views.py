"""What the browser is told of a document: plain values, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from recover.model.document import Figure, Table
from recover.model.records import PageLine
from recover.review.from_document import box_of
from recover.review.log import Action, Conflict
from recover.review.places import at_in_block
from recover.review.ranking import Doubt
from recover.review.references import FIELDS, field_text
from recover.review.regions import lost_places
from recover.review.session import Session
from recover.review.to_document import blocks_by_page
from recover.review.working_copy import Block, WorkingCopy
from recover.text.messages import in_chinese

View = dict[str, object]


def document_view(desk: Session, key: str) -> View:
    """What is asked for once: pages, outline, floats, and how far the review is."""
    document = desk.sheet.document
    pages = [{"number": page.number, "width": page.width, "height": page.height} for page in document.pages]
    blocks = [desk.sheet.blocks[name] for name in desk.sheet.order]
    return {
        "key": key,
        "name": document.source.name,
        "title": document.title.zh or document.title.en,
        "pages": pages,
        "outline": [
            {"id": block.id, "text": block.text, "level": block.level, "page": block.page}
            for block in blocks
            if block.kind == "heading"
        ],
        "floats": [
            {"id": block.id, "label": _label(block) or block.id, "page": block.page}
            for block in blocks
            if block.kind in ("table", "figure")
        ],
        "open": [
            {
                "page": page,
                "number": number,
                "box": place.box,
                "text": place.text,
                "what": place.what,
                "why": _in_both(place.why),
            }
            for page, number, place in lost_places(desk.sheet)
        ],
        **state_view(desk),
    }


def state_view(desk: Session) -> View:
    """How far the review is; part of every answer."""
    checked = sum(end - start for ranges in desk.sheet.checked.values() for start, end in ranges)
    return {
        "version": desk.version,
        "left": len(desk.ranking.doubts),
        "checked": checked,
        "corrected": len(desk.sheet.corrections),
        "undo": len(desk.history.done),
        "redo": len(desk.history.undone),
        "finished": desk.sheet.is_finished,
        "flags": list(_flags(desk.sheet)),
        "conflicts": [_conflict(conflict) for conflict in desk.conflicts],
    }


def _in_both(message: str) -> View:
    return {"en": message, "zh": in_chinese(message)}


def _flags(sheet: WorkingCopy) -> Iterator[View]:
    """The flags, where the text they stand on is now; text that is gone leaves the flag at its place."""
    live = frozenset(sheet.order)
    for flag in sheet.flags:
        block = sheet.blocks[flag.block]
        if flag.block in live:
            start = block.text.find(flag.was, max(0, flag.start - 20)) if flag.was else flag.start
            start = min(flag.start, len(block.text)) if start < 0 else start
            end = min(len(block.text), start + len(flag.was))
            place: View = {"block": block.id, "page": block.page, "start": start, "end": end}
            yield {**place, "at": flag.start, "was": flag.was, "comment": flag.comment}


def _conflict(conflict: Conflict) -> View:
    action = conflict.action
    return {
        "id": action.id,
        "kind": action.kind,
        "page": action.where.page,
        "was": action.was,
        "now": action.now,
        "why": _in_both(conflict.why),
    }


def page_view(desk: Session, number: int) -> View:
    """A page's blocks in order and its lines' places."""
    sheet = desk.sheet
    blocks = blocks_by_page(sheet).get(number, [])
    needed = {span.line for block in blocks for span in block.spans if span.line} | set(sheet.on_page.get(number, ()))
    doubts: dict[str, list[Doubt]] = {}
    for doubt in desk.ranking.on_lines(needed):
        doubts.setdefault(doubt.line, []).append(doubt)
    cells = Counter(block.owner for block in blocks if block.kind == "cell")
    return {
        "number": number,
        "version": desk.version,
        "blocks": [block_view(sheet, block, doubts) for block in blocks if block.kind != "cell"],
        "cells": [block_view(sheet, block, doubts) for block in blocks if block.kind == "cell"],
        "tables": dict(cells),
        "lines": {key: _line_view(sheet, sheet.lines[key]) for key in needed if key in sheet.lines},
    }


def _line_view(sheet: WorkingCopy, line: PageLine) -> View:
    return {"page": sheet.page_of[line.id], "quad": line.quad, "edges": line.edges}


def block_view(sheet: WorkingCopy, block: Block, doubts: dict[str, list[Doubt]]) -> View:
    """A block's text with what stands out in it; offsets count code points."""
    view: View = {
        "id": block.id,
        "kind": block.kind,
        "page": block.page,
        "text": block.text,
        "box": box_of(block),
        "spans": [(span.start, span.end, span.line, span.at) for span in block.spans if span.line],
        "person": [(span.start, span.end) for span in block.spans if span.origin == "person"],
        "checked": _checked(sheet, block),
        "doubts": _doubts(block, doubts),
        "marks": [(mark.start, mark.end, mark.kind) for mark in block.marks],
    }
    if block.kind == "heading":
        view["level"] = block.level
    if block.kind in ("front", "furniture"):
        view["role"] = block.role
    if block.kind in ("table", "figure"):
        view["label"] = _label(block)
    if isinstance(block.source, Table):
        view["merged"] = [(one.row, one.col, one.rowspan, one.colspan) for one in block.source.spans]
    if block.kind == "cell":
        view |= {"owner": block.owner, "row": block.row, "column": block.column}
    if block.csl is not None:
        view |= {"number": block.number, "fields": {name: field_text(block.csl, name) for name in FIELDS}}
    return view


def _label(block: Block) -> str:
    return block.source.label if isinstance(block.source, Figure | Table) else ""


def _checked(sheet: WorkingCopy, block: Block) -> list[tuple[int, int]]:
    return [
        (max(start, span.at) - span.at + span.start, min(end, span.at + span.end - span.start) - span.at + span.start)
        for span in block.spans
        for start, end in sheet.checked.get(span.line, ())
        if max(start, span.at) < min(end, span.at + span.end - span.start)
    ]


def _doubts(block: Block, doubts: dict[str, list[Doubt]]) -> list[View]:
    found = []
    for line in dict.fromkeys(span.line for span in block.spans):
        for doubt in doubts.get(line, ()):
            place = range_in_block(block, line, doubt.at, doubt.end)
            if place:
                found.append(
                    {
                        "start": place[0],
                        "end": place[1],
                        "line": line,
                        "at": doubt.at,
                        "score": doubt.score,
                    }
                )
    return sorted(found, key=lambda one: int(str(one["start"])))


def range_in_block(block: Block, line: str, start: int, end: int) -> tuple[int, int] | None:
    """Where characters of a line stand in a block, as far as it shows them."""
    places = [place for at in range(start, end) if (place := at_in_block(block, line, at)) is not None]
    return (min(places), max(places) + 1) if places else None


def pages_of(desk: Session, actions: Iterable[Action]) -> Sequence[int]:
    """The pages whose view actions changed: that of the place and those of the blocks that show it."""
    blocks = desk.sheet.blocks
    pages = set[int]()
    for action in actions:
        if action.kind in ("undo", "redo"):
            pages.update(pages_of(desk, [one for one in desk.actions if one.group == action.of]))
        if action.kind in ("term", "finish"):
            continue
        pages.add(action.where.page)
        if action.lines:
            shown = (key for line in desk.sheet.on_page[action.where.page] for key in desk.sheet.users.get(line, ()))
            pages.update(blocks[key].page for key in shown)
        for key in (*desk.sheet.users.get(action.where.line, ()), action.where.block, action.now, action.was):
            if key in blocks:
                pages.add(blocks[key].page)
    return sorted(pages)


def changed_place(desk: Session, actions: Sequence[Action]) -> View | None:
    """Where the actions, or those that they took back or brought back, first changed something; None for nowhere."""
    groups = {action.of for action in actions if action.kind in ("undo", "redo")}
    meant = [action for action in desk.actions if action.group in groups] if groups else actions
    for action in meant:
        where = action.where
        for key in (where.block, *desk.sheet.users.get(where.line, ())):
            block = desk.sheet.blocks.get(key)
            if block is None or key not in desk.sheet.order:
                continue
            place = (
                range_in_block(block, where.line, where.at, where.at + 1) if where.line else (where.at, where.at + 1)
            )
            if place:
                start, end = place[0], min(place[1], len(block.text))
                return {"block": key, "page": block.page, "start": min(start, end), "end": end}
    return None


def encode(view: object) -> bytes:
    """The view as JSON."""
    return msgspec.json.encode(view)
