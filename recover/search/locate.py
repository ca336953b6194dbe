"""Where the wordings of a query stand in a passage, on its page, and in the page's picture."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from recover.errors import MALFORMED, UnreadableInput
from recover.model.geometry import Box, enclose
from recover.search.expand import Wording
from recover.search.passages import Passage, Place, Variant, replaced
from recover.search.query import Token, characters


class Spot(msgspec.Struct, frozen=True):
    """``text[start:end]`` of a passage is, or may be (``read_as`` is what it would be), a wording."""

    start: int
    end: int
    read_as: str = ""


class PagePlace(msgspec.Struct, frozen=True):
    """A place on a page: page from 0, box in points."""

    page: int
    box: Box


def spots(passage: Passage, wordings: Sequence[Wording], others: Sequence[Variant]) -> tuple[Spot, ...]:
    """Every place where a wording stands; places where one may stand only where the reader doubted a character."""
    plain = [Spot(start, end) for start, end in _found(passage.text, wordings)]
    taken = {(spot.start, spot.end) for spot in plain}
    doubtful = []
    for one in others:
        text = replaced(passage.text, one)
        for start, end in _found(text, wordings):
            if start <= one.at < end and (start, end) not in taken:
                taken.add((start, end))
                doubtful.append(Spot(start, end, text[start:end]))
    longest = sorted((*plain, *doubtful), key=lambda spot: (spot.start, -spot.end))
    kept: list[Spot] = []
    for spot in longest:
        if not kept or spot.start >= kept[-1].end:
            kept.append(spot)
    return tuple(kept)


def _found(text: str, wordings: Sequence[Wording]) -> Iterator[tuple[int, int]]:
    tokens = characters(text)
    for wording in wordings:
        size = len(wording.tokens)
        for at in range(len(tokens) - size + 1) if size else ():
            if _matches(tokens[at : at + size], wording):
                yield tokens[at].start, tokens[at + size - 1].end


def _matches(tokens: Sequence[Token], wording: Wording) -> bool:
    *head, last = wording.tokens
    if any(token.text != text for token, text in zip(tokens, head, strict=False)):
        return False
    return tokens[-1].text.startswith(last) if wording.is_prefix else tokens[-1].text == last


def page_places(passage: Passage, start: int, end: int, lines: Mapping[str, Outline]) -> tuple[PagePlace, ...]:
    """Where ``text[start:end]`` is printed: a box for every line it stands on."""
    touched = [place for place in passage.places if place.start < end and start < place.end]
    found = ((place, _box(place, max(start, place.start), min(end, place.end), lines)) for place in touched)
    return tuple(PagePlace(place.page, box) for place, box in found if box is not None)


def _box(place: Place, start: int, end: int, lines: Mapping[str, Outline]) -> Box | None:
    line = lines.get(place.line)
    first = place.at + start - place.start
    last = place.at + end - place.start
    if line is not None and 2 * last <= len(line.edges):
        return line.box(first, last)
    if place.box is None:
        return None
    # Without the characters' own edges they share the box evenly.
    width = (place.box.x1 - place.box.x0) / max(1, place.end - place.start)
    left = place.box.x0 + width * (start - place.start)
    return Box(left, place.box.y0, left + width * (end - start), place.box.y1).rounded()


class Outline(msgspec.Struct, frozen=True):
    """A recorded line's outline and its characters' edges, read without the rest of the document."""

    id: str
    quad: tuple[float, ...]
    edges: tuple[int, ...]

    def box(self, start: int, end: int) -> Box:
        """The upright box of its characters ``start:end``, in points."""
        x0, y0, x1, y1, x2, y2, x3, y3 = self.quad
        shares = (min(self.edges[2 * start : 2 * end : 2]) / 1000, max(self.edges[2 * start + 1 : 2 * end : 2]) / 1000)
        points = [(x0 + share * (x1 - x0), y0 + share * (y1 - y0)) for share in shares]
        points += [(x3 + share * (x2 - x3), y3 + share * (y2 - y3)) for share in shares]
        return enclose([Box(x, y, x, y) for x, y in points]).rounded()


class OutlineRegion(msgspec.Struct, frozen=True):
    """A recorded region, for its lines."""

    lines: tuple[Outline, ...]


class PageOutline(msgspec.Struct, frozen=True):
    """A recorded page: size in points, picture inside the folder, and the outlines of its lines."""

    number: int
    width: float
    height: float
    image: str
    regions: tuple[OutlineRegion, ...]


class _Pages(msgspec.Struct, frozen=True):
    pages: tuple[msgspec.Raw, ...]


class PageOutlines:
    """The recorded pages of one document, each decoded when it is asked for."""

    def __init__(self, folder: Path) -> None:
        try:
            self._raw = msgspec.json.decode((folder / "document.json").read_bytes(), type=_Pages).pages
        except (OSError, *MALFORMED):
            # The document has gone or changed since it was indexed: boxes of whole lines are all there is.
            self._raw = ()
        self._pages: dict[int, PageOutline] = {}

    def page(self, number: int) -> PageOutline | None:
        """The page, None where the document records none."""
        # Pages are recorded in order and some may be left out: the i-th is page i or a later one.
        for index in range(min(number, len(self._raw) - 1), -1, -1):
            if number in self._pages:
                break
            page = msgspec.json.decode(self._raw[index], type=PageOutline)
            self._pages[page.number] = page
            if page.number <= number:
                break
        return self._pages.get(number)

    def lines(self, numbers: Sequence[int]) -> dict[str, Outline]:
        """The lines of the pages ``numbers`` by their names."""
        pages = filter(None, map(self.page, sorted(set(numbers))))
        return {line.id: line for page in pages for region in page.regions for line in region.lines}


# The picture of a page with the hits on it boxed.

# The larger view that lies beside each page's picture, where there is one.
LARGE = ".large.jpg"
COLOUR = (200, 60, 20)
# White around the words inside the box, in pixels.
MARGIN_PX = 4


def boxed_page(folder: Path, number: int, boxes: Sequence[Box]) -> bytes:
    """A PNG of page ``number`` (from 0) of a recovered folder, ``boxes`` (in points) drawn on it.

    Raises UnreadableInput where the folder keeps no picture of the page.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 most searches show no picture

    page = PageOutlines(folder).page(number)
    path = page_picture(folder, page.image) if page else None
    if page is None or path is None:
        raise UnreadableInput(f"{folder} page {number + 1}", "has no picture", "recover the file again")
    with Image.open(path) as image:
        shown = image.convert("RGB")
    across, down = shown.width / page.width, shown.height / page.height
    draw = ImageDraw.Draw(shown)
    for box in boxes:
        left, top = box.x0 * across - MARGIN_PX, box.y0 * down - MARGIN_PX
        draw.rectangle((left, top, box.x1 * across + MARGIN_PX, box.y1 * down + MARGIN_PX), outline=COLOUR, width=3)
    content = io.BytesIO()
    shown.save(content, "PNG")
    return content.getvalue()


def page_picture(folder: Path, name: str) -> Path | None:
    """The file of a page's picture inside ``folder``, the larger one where it is kept; None where there is none."""
    if not name:
        return None
    small = folder / name
    large = small.with_name(small.name.removesuffix(small.suffix) + LARGE)
    root = folder.resolve()
    found = (path for path in (large, small) if path.is_file() and path.resolve().is_relative_to(root))
    return next(found, None)
