"""Print that stands in no text of the document (set aside, not read, running heads) is brought back into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from recover.fence.call import call
from recover.limits import Limits
from recover.model.document import Account, Document, OpenPlace, PageAccount, PageLine, Span
from recover.model.geometry import Box
from recover.review.from_document import box_of
from recover.review.log import Action, Misfit
from recover.review.working_copy import Block, WorkingCopy, char_box
from recover.text.join import separator


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


# A region that a person drew is read anew, in a process of its own that holds the networks.

# White around the region, in pixels: the finder misses print that touches the rim.
MARGIN = 12
FUNCTION = "recover.review.regions:read_inside"


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A page's picture, the page's size in points, and the region on it in points."""

    picture: str
    width: float
    height: float
    box: Box


def read_region(picture: Path, size: tuple[float, float], box: Box) -> str:
    """What stands in ``box`` of a page of ``size``, its lines joined as in a paragraph; raises RecoverError."""
    task = Drawn(picture=str(picture), width=size[0], height=size[1], box=box)
    lines = [line.decode() for line in call(FUNCTION, task, subject=picture.name, limits=Limits())]
    text = ""
    for line in lines:
        text += (separator(text, line) if text else "") + line
    return text


def read_inside(arguments: bytes) -> Iterator[bytes]:
    """The same inside the fence; yields the lines from the top."""
    import numpy as np  # noqa: PLC0415 the side outside needs none of this
    from PIL import Image  # noqa: PLC0415

    from recover.engines.readers import open_readers  # noqa: PLC0415
    from recover.settings import Settings  # noqa: PLC0415

    drawn = msgspec.msgpack.decode(arguments, type=Drawn)
    with Image.open(drawn.picture) as picture:
        across, down = picture.width / drawn.width, picture.height / drawn.height
        box = drawn.box
        part = picture.convert("L").crop(
            (round(box.x0 * across), round(box.y0 * down), round(box.x1 * across), round(box.y1 * down))
        )
    pixels = np.pad(np.asarray(part), MARGIN, constant_values=255)
    readers = open_readers(Settings())
    found = sorted(readers.finder.find(pixels), key=lambda line: (line[1] + line[3], line[0]))
    rows = [(max(0, int(x0)), max(0, int(y0)), int(x1) + 1, int(y1) + 1) for x0, y0, x1, y1, _ in found]
    images = [pixels[y0:y1, x0:x1] for x0, y0, x1, y1 in rows] or [pixels]
    yield from (reading.text.encode() for reading in readers.reader.read(images) if reading.text.strip())
