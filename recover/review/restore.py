"""Print that stands in no text of the document (set aside, not read, running heads) is brought back into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from recover.model.document import Account, Document, OpenPlace, PageAccount, PageLine, Span
from recover.model.geometry import Box
from recover.review.from_document import box_of
from recover.review.log import Action, Misfit
from recover.review.working_copy import Block, WorkingCopy, char_box


def open_places(sheet: WorkingCopy) -> Iterator[tuple[int, int, OpenPlace]]:
    """Page, number on the page, and place of all that still stands in no text."""
    gone = set(sheet.restored)
    for page in sheet.document.account.pages:
        for number, place in enumerate(page.open):
            if (page.page, place.box) not in gone:
                yield page.page, number, place


def restore(sheet: WorkingCopy, action: Action) -> WorkingCopy:
    """The sheet with a paragraph that says what stands at the action's place; raises Misfit."""
    page, box = action.where.page, action.where.box
    if box is None or not action.now.strip():
        raise Misfit("there is no text to bring back")
    key = f"restored:{page + 1}.{box.x0:.0f}.{box.y0:.0f}"
    if key in sheet.blocks:
        raise Misfit("it was brought back already")
    spans = tuple(_spans(sheet, page, box, action.now))
    block = Block(id=key, kind="paragraph", page=page, text=action.now, spans=spans, box=box)
    order = list(sheet.order)
    order.insert(order.index(action.field) + 1 if action.field in order else 0, key)
    made = sheet.with_block(block).with_order(order)
    return msgspec.structs.replace(made, restored=(*sheet.restored, (page, box)))


def _spans(sheet: WorkingCopy, page: int, box: Box, text: str) -> Iterator[Span]:
    """The line that the text was read in, where it was read in one."""
    for key in sheet.on_page.get(page, ()):
        line = sheet.lines[key]
        at = line.text.find(text)
        if at >= 0 and _is_at(line, at, at + len(text), box):
            yield Span(start=0, end=len(text), page=page, box=box, origin=line.origin, line=key, at=at)
            return


def _is_at(line: PageLine, start: int, end: int, box: Box) -> bool:
    here = char_box(line, start, end)
    return here.intersection(box) > 0.5 * min(here.area, box.area)


def behind(sheet: WorkingCopy, page: int, box: Box) -> str:
    """The block of the text that a place is read after: the last above it in its column, else the last before it."""
    text = [sheet.blocks[key] for key in sheet.order if sheet.blocks[key].kind in ("heading", "paragraph")]
    here = [(block, Box(*found)) for block in text if block.page == page and (found := box_of(block))]
    above = [pair for pair in here if pair[1].y0 <= box.y0 and min(pair[1].x1, box.x1) > max(pair[1].x0, box.x0)]
    if above:
        return max(above, key=lambda pair: pair[1].y0)[0].id
    before = [block.id for block in text if block.page < page]
    return before[-1] if before else ""


def with_restored(document: Document, sheet: WorkingCopy) -> Document:
    """The document whose account no longer lists what was brought back; it counts among the text."""
    if not sheet.restored:
        return document
    pages = tuple(_without(page, sheet.restored) for page in document.account.pages)
    account = Account(**{**msgspec.structs.asdict(document.account), "pages": pages})
    return msgspec.structs.replace(document, account=account)


def _without(page: PageAccount, restored: Sequence[tuple[int, Box]]) -> PageAccount:
    return msgspec.structs.replace(
        page, open=tuple(place for place in page.open if (page.page, place.box) not in restored)
    )
