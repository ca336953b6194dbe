"""Print that stands in no text of the document (set aside, not read, running heads) is brought back into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec

from recover.fence.worker_pool import call
from recover.model.document import Document, Span
from recover.model.geometry import Box
from recover.model.page import Reading
from recover.model.records import Account, OpenPlace, PageAccount, PageLine
from recover.review.from_document import box_of
from recover.review.log import Action, Misfit
from recover.review.text_edits import cut_line, cut_spans
from recover.review.working_copy import Block, WorkingCopy, after_edit, char_box
from recover.settings import Limits
from recover.text.join import separator


def open_places(sheet: WorkingCopy) -> Iterator[tuple[int, int, OpenPlace]]:
    """Page, number on the page, and place of all that still stands in no text."""
    gone = set(sheet.restored)
    for page in sheet.document.account.pages:
        for number, place in enumerate(page.open):
            if (page.page, place.box) not in gone:
                yield page.page, number, place


def lost_places(sheet: WorkingCopy) -> Iterator[tuple[int, int, OpenPlace]]:
    """The open places whose print stands in no text, as its reader or anybody else reads it."""
    rows: dict[int, list[Box]] = {}
    in_figures = {line for figure in sheet.document.figures for line in figure.lines}
    for page, number, place in open_places(sheet):
        if page not in rows:
            told = (key for key in sheet.on_page.get(page, ()) if sheet.users.get(key) or key in in_figures)
            rows[page] = [sheet.lines[key].box for key in told]
        if place.is_lost(rows[page]):
            yield page, number, place


def restore(sheet: WorkingCopy, action: Action) -> WorkingCopy:
    """The sheet with a paragraph that says what stands at the action's place; raises Misfit."""
    if action.lines:
        return replace_region(sheet, action)
    page, box = action.where.page, action.where.box
    if box is None or not action.now.strip():
        raise Misfit("there is no text to bring back")
    key = f"restored:{page + 1}.{box.x0:.0f}.{box.y0:.0f}"
    if key in sheet.blocks:
        raise Misfit("it was brought back already")
    spans = tuple(_spans(sheet, page, box, action.now))
    block = Block(id=key, kind="paragraph", page=page, text=action.now, spans=spans, box=box)
    made = _placed(sheet, block, action.field)
    return msgspec.structs.replace(made, restored=(*sheet.restored, (page, box)))


def _placed(sheet: WorkingCopy, block: Block, after: str) -> WorkingCopy:
    """The sheet with a new block behind the block ``after``, first without one."""
    order = list(sheet.order)
    order.insert(order.index(after) + 1 if after in order else 0, block.id)
    return sheet.with_block(block).with_order(order)


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


def read_region(picture: Path, size: tuple[float, float], box: Box) -> tuple[PageLine, ...]:
    """The lines in ``box`` of a page of ``size``, from the top, without names; raises RecoverError."""
    task = Drawn(picture=str(picture), width=size[0], height=size[1], box=box)
    told = call(FUNCTION, task, subject=picture.name, limits=Limits())
    return tuple(msgspec.json.decode(line, type=PageLine) for line in told)


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
        left, top = round(box.x0 * across), round(box.y0 * down)
        part = picture.convert("L").crop((left, top, round(box.x1 * across), round(box.y1 * down)))
    pixels = np.pad(np.asarray(part), MARGIN, constant_values=255)
    readers = open_readers(Settings())
    found = sorted(readers.finder.find(pixels), key=lambda line: (line[1] + line[3], line[0]))
    rows = [(max(0, int(x0)), max(0, int(y0)), int(x1) + 1, int(y1) + 1) for x0, y0, x1, y1, _ in found]
    rows = rows or [(0, 0, pixels.shape[1], pixels.shape[0])]
    readings = readers.reader.read([pixels[y0:y1, x0:x1] for x0, y0, x1, y1 in rows])
    origin = readers.reader.name
    for (x0, y0, x1, y1), reading in zip(rows, readings, strict=True):
        where = Box(
            (left + x0 - MARGIN) / across,
            (top + y0 - MARGIN) / down,
            (left + x1 - MARGIN) / across,
            (top + y1 - MARGIN) / down,
        )
        if reading.text.strip():
            yield msgspec.json.encode(_line_of(reading, where, x1 - x0, origin))


def _line_of(reading: Reading, box: Box, width: int, origin: str) -> PageLine:
    """The reading as a line of the page; each character reaches half way to its neighbours."""
    ends = [0.0, *((a + b) / 2 for a, b in pairwise(reading.centers)), float(width)]
    edges = tuple(min(1000, max(0, round(1000 * x / width))) for pair in pairwise(ends) for x in pair)
    box = box.rounded()
    return PageLine(
        id="",
        text=reading.text,
        quad=(box.x0, box.y0, box.x1, box.y0, box.x1, box.y1, box.x0, box.y1),
        edges=edges,
        confidences=tuple(round(1000 * value) for value in reading.confidences),
        origin=origin,  # type: ignore[arg-type]
    )


# The lines of a region stand in the place of what was read there before.

Stretch = tuple[str, int, int]


def covered(sheet: WorkingCopy, page: int, box: Box) -> tuple[Stretch, ...]:
    """The characters whose middle lies in ``box``: a stretch of each line that has some."""
    return tuple(
        (line.id, inside[0], inside[-1] + 1)
        for key in sheet.on_page.get(page, ())
        for line in (sheet.lines[key],)
        for inside in (_inside(line, box),)
        if inside
    )


def _inside(line: PageLine, box: Box) -> list[int]:
    xs, ys = line.quad[::2], line.quad[1::2]
    if min(xs) > box.x1 or max(xs) < box.x0 or min(ys) > box.y1 or max(ys) < box.y0:
        return []
    centers = (char_box(line, at, at + 1).center for at in range(len(line.text)))
    return [at for at, (x, y) in enumerate(centers) if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1]


def joined(lines: Sequence[PageLine], page: int) -> tuple[str, tuple[Span, ...]]:
    """The lines as a paragraph joins them, and where each stands in it."""
    text, spans = "", []
    for line in lines:
        text += separator(text, line.text)
        known = [value for value in line.confidences if value >= 0]
        confidence = sum(known) / len(known) / 1000 if known else None
        box = char_box(line, 0, len(line.text))
        end = len(text) + len(line.text)
        spans.append(
            Span(start=len(text), end=end, page=page, box=box, origin=line.origin, confidence=confidence, line=line.id)
        )
        text += line.text
    return text, tuple(spans)


def replace_region(sheet: WorkingCopy, action: Action) -> WorkingCopy:
    """The sheet with the action's lines in the place of what its region covers; raises Misfit.

    They stand in the first block of the text that loses characters to them; where none does, in a new paragraph.
    """
    page, box = action.where.page, action.where.box
    if box is None or not any(line.text.strip() for line in action.lines):
        raise Misfit("there is no text to bring back")
    gone = covered(sheet, page, box)
    home = _home(sheet, gone)
    made = sheet
    for line, start, end in gone:
        made = cut_line(made, line, start, end)
    named = tuple(
        msgspec.structs.replace(line, id=f"p{page + 1}.d{action.id}.{number}")
        for number, line in enumerate(action.lines)
    )
    made = made.with_new_lines(page, named)
    text, spans = joined(named, page)
    if home is None:
        key = f"drawn:{page + 1}.{action.id}"
        block = Block(id=key, kind="paragraph", page=page, text=text, spans=spans, box=box)
        return _without_empty(_placed(made, block, action.field), sheet, gone)
    key, at = home
    return _without_empty(made.with_block(_put(made.blocks[key], at, text, spans)), sheet, gone)


def drawn_place(sheet: WorkingCopy, page: int, action: int) -> tuple[Block, int, int]:
    """The block that took the lines of a region, and where they stand in it."""
    prefix = f"p{page + 1}.d{action}."
    line = next(key for key in sheet.on_page[page] if key.startswith(prefix))
    block = sheet.blocks[sheet.users[line][0]]
    spans = [span for span in block.spans if span.line.startswith(prefix)]
    return block, min(span.start for span in spans), max(span.end for span in spans)


def written_line(text: str, box: Box) -> PageLine:
    """A line that a person wrote where nothing was read; its characters share the region's width."""
    box, steps = box.rounded(), range(len(text))
    return PageLine(
        id="",
        text=text,
        quad=(box.x0, box.y0, box.x1, box.y0, box.x1, box.y1, box.x0, box.y1),
        edges=tuple(round(1000 * n / len(text)) for at in steps for n in (at, at + 1)),
        confidences=(1000,) * len(text),
        origin="person",
    )


def _home(sheet: WorkingCopy, gone: Sequence[Stretch]) -> tuple[str, int] | None:
    """The first block that shows something of what goes, and where in it; running heads come last."""
    lines = {line: (start, end) for line, start, end in gone}
    found = []
    for number, key in enumerate(sheet.order):
        block = sheet.blocks[key]
        places = [
            span.start + max(0, lines[span.line][0] - span.at)
            for span in block.spans
            if span.line in lines
            and span.at < lines[span.line][1]
            and lines[span.line][0] < span.at + span.end - span.start
        ]
        if places and block.kind == "cell":
            raise Misfit("a table is edited cell by cell")
        if places:
            found.append((block.kind == "furniture", number, key, min(places)))
    return min(found)[2:] if found else None


def _put(block: Block, at: int, text: str, spans: Sequence[Span]) -> Block:
    """The block with ``text`` at an offset; white at the seams is as between any two lines."""
    left, right = block.text[:at].rstrip(), block.text[at:].lstrip()
    start, end = len(left), len(block.text) - len(right)
    before, after = separator(left, text), separator(text, right)
    whole = left + before + text + after + right
    length = len(before) + len(text) + len(after)
    shift = start + len(before)
    kept = [span for span, _ in cut_spans(block.spans, start, end, length)]
    new = [msgspec.structs.replace(span, start=span.start + shift, end=span.end + shift) for span in spans]
    return msgspec.structs.replace(
        block,
        text=whole,
        spans=tuple(sorted((*kept, *new), key=lambda span: span.start)),
        marks=after_edit(block.marks, start, end, length) if left or right else (),
    )


def _without_empty(made: WorkingCopy, before: WorkingCopy, gone: Sequence[Stretch]) -> WorkingCopy:
    """The sheet without the blocks that lost all their text; figures and tables stay without a caption."""
    touched = {key for line, _, _ in gone for key in before.users.get(line, ())}
    empty = {
        key
        for key in touched
        if before.blocks[key].text.strip()
        and not made.blocks[key].text.strip()
        and made.blocks[key].kind not in ("figure", "table")
    }
    return made.with_order(key for key in made.order if key not in empty) if empty else made
