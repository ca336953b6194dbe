"""A page's picture under an overlay, and the text as it was read, doubtful characters marked."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path

from PIL import Image

from recover.export.characters import line_confidence, placed_characters
from recover.export.markup import Markup, escape, join, language, name, page_link, percent, say, section, table, tag
from recover.model.document import Document
from recover.model.geometry import Box, Transform
from recover.model.records import Counts, OpenPlace, PageAccount, PageLine, PageRecord, PageRegion
from recover.text.messages import in_chinese, name_of, names

# 20 pages of this in base64 are 3.9 MB, which leaves a megabyte for the text and its marks.
BUDGET = 145_000
# Tried in turn: the width in pixels and the JPEG quality.
STEPS = ((900, 40), (800, 35), (700, 30), (600, 25), (450, 20))


def page_picture(path: Path) -> bytes:
    """The page's JPEG, recompressed if it is too large; empty when there is no picture to read."""
    try:
        content = path.read_bytes()
        return content if len(content) <= BUDGET else _shrunk(content)
    except OSError:  # a report is worth having without a picture that is gone or damaged
        return b""


def _shrunk(content: bytes) -> bytes:
    for width, quality in STEPS:
        with Image.open(io.BytesIO(content)) as picture:
            small = picture.convert("L")
            small.thumbnail((width, 2 * width))
            buffer = io.BytesIO()
            small.save(buffer, "JPEG", quality=quality, optimize=True)
        if buffer.tell() <= BUDGET:
            break
    return buffer.getvalue()


# The account in the report: how many characters each page has in which class, and the places that stand in no text.

# As the table shows them; a class that holds nothing has no column.
CLASSES = names("class")


def account(document: Document) -> Markup:
    """A row a page, classes that hold nothing left out, and the sums."""
    sums = document.account
    shown = [key for key in CLASSES if getattr(sums, key) or key in ("characters", "unread")]
    pages = frozenset(page.number for page in document.pages)
    head = (say("page"), *(name("class", key) for key in shown))
    rows = [(page_link(page.page, pages), *_numbers(page, shown)) for page in sums.pages]
    rows.append((say("all"), *_numbers(sums, shown)))
    told = say(
        "Every character found in the file is in exactly one class. What stands nowhere in the text is boxed.",
    )
    title = say("Where every character went")
    return section("account", title, tag("p", told), table(head, rows, class_="account"))


def _numbers(counts: Counts, shown: list[str]) -> list[str]:
    return [f"{getattr(counts, key):,}" for key in shown]


def open_places(page: PageAccount) -> Markup:
    """The page's places that stand in no text, each with what could be read of it and why it was left out."""
    if not page.open:
        return Markup()
    head = (say("class"), say("text"), say("why"))
    rows = [
        (name("class", item.what), tag("span", item.text or "–", lang=language(item.text)), say(item.why))
        for item in page.open
    ]
    summary = tag("summary", say("What stands in no text"), f" ({len(page.open)})")
    return tag("details", summary, table(head, rows), open=True)


def open_boxes(page: PageRecord, counts: PageAccount, turn: Transform) -> Iterator[Markup]:
    """On the page's picture, those whose print stands nowhere: not what a bad layer reads in lines of the text."""
    rows = [line.box for region in page.regions if region.order is not None for line in region.lines]
    for item in (place for place in counts.open if place.is_lost(rows)):
        yield tag("rect", tag("title", _told(item)), **rectangle(turn.box(item.box)), class_=item.what)


def _told(item: OpenPlace) -> str:
    return f"{name_of('class', item.what, 'en')}: {item.text} ({item.why})"


# Per mille; below the first a character is marked in the text, below the second on the picture too.
DOUBTFUL, WRONG = 900, 700


def page_figure(page: PageRecord, folder: Path, marked: Callable[[Transform], Iterable[Markup]]) -> Markup:
    """The picture with its overlay, turned so that its text stands upright; ``marked`` draws what else is marked."""
    turn, width, height = upright(page)
    drawing = tag(
        "svg",
        _image(page, folder),
        _arrowhead(page),
        tag("g", *(_region(region, turn) for region in page.regions), class_="regions"),
        tag("g", *_doubts(page, turn), class_="doubts"),
        tag("g", *marked(turn), class_="open"),
        tag("g", _path(page, turn), *_numbers_picture(page, turn), class_="order", aria_hidden="true"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        role="group",
        aria_label=f"第 {page.number + 1} 页 / page {page.number + 1}",
    )
    return tag("figure", drawing, class_="sheet")


def upright(page: PageRecord) -> tuple[Transform, float, float]:
    """The map from the page as it lies to the page as it is read, and that page's size."""
    width, height = page.width, page.height
    return {
        0: (Transform(), width, height),
        90: (Transform(0, -1, height, 1, 0, 0), height, width),
        180: (Transform(-1, 0, width, 0, -1, height), width, height),
        270: (Transform(0, 1, 0, -1, 0, width), height, width),
    }[page.rotation % 360]


def _image(page: PageRecord, folder: Path) -> Markup:
    content = page_picture(folder / page.image) if page.image else b""
    if not content:
        return tag("rect", width=page.width, height=page.height, class_="blank")
    turn = upright(page)[0]
    return tag(
        "image",
        href=f"data:image/jpeg;base64,{base64.b64encode(content).decode()}",
        width=page.width,
        height=page.height,
        preserveAspectRatio="none",
        transform=f"matrix({turn.a:g} {turn.d:g} {turn.b:g} {turn.e:g} {turn.c:g} {turn.f:g})",
    )


def _region(region: PageRegion, turn: Transform) -> Markup:
    box = turn.box(region.box)
    label = f"{name_of('region', region.kind, 'en')}, {name_of('decision', region.decision, 'en')}"
    origin = main_origin(region.lines)
    shape = tag("rect", tag("title", label), **rectangle(box), class_=f"k-{region.kind} d-{region.decision} o-{origin}")
    return tag("a", shape, href=f"#t-{region.id}", id=f"b-{region.id}", aria_label=label)


def main_origin(lines: Sequence[PageLine]) -> str:
    """Who read most of these lines; empty when there are none."""
    origins = [line.origin for line in lines]
    return max(sorted(set(origins)), key=origins.count) if origins else ""


def _doubts(page: PageRecord, turn: Transform) -> Iterator[Markup]:
    for region in page.regions:
        for line in region.lines:
            for placed in placed_characters(line):
                if 0 <= placed.confidence < WRONG and placed.text.strip():
                    yield tag("rect", **rectangle(turn.box(placed.box)))


def rectangle(box: Box) -> dict[str, str]:
    """A box as a rectangle's attributes."""
    return {
        "x": f"{box.x0:.1f}",
        "y": f"{box.y0:.1f}",
        "width": f"{box.width:.1f}",
        "height": f"{box.height:.1f}",
    }


def ordered(regions: Iterable[PageRegion]) -> list[PageRegion]:
    """The regions that are read, in their order."""
    return sorted((item for item in regions if item.order is not None), key=lambda item: item.order or 0)


def _starts(page: PageRecord, turn: Transform) -> list[tuple[float, float]]:
    boxes = [turn.box(region.box) for region in ordered(page.regions)]
    return [(max(7.0, box.x0), max(7.0, box.y0 + 3)) for box in boxes]


def _arrowhead(page: PageRecord) -> Markup:
    head = tag("path", d="M0 0L6 3L0 6z")
    name = f"head-{page.number + 1}"
    marker = tag("marker", head, id=name, markerWidth=6, markerHeight=6, refX=5, refY=3, orient="auto")
    return tag("defs", marker)


def _path(page: PageRecord, turn: Transform) -> Markup:
    """Arrows from each region's foot to the next one's beginning."""
    starts = _starts(page, turn)
    feet = [turn.box(region.box).y1 for region in ordered(page.regions)]
    return join(
        tag("path", d=f"M{x0:.1f} {max(y0, foot):.1f}L{x1:.1f} {y1:.1f}", marker_end=f"url(#head-{page.number + 1})")
        for ((x0, y0), foot), ((x1, y1), _) in pairwise(zip(starts, feet, strict=True))
    )


def _numbers_picture(page: PageRecord, turn: Transform) -> Iterator[Markup]:
    for number, (x, y) in enumerate(_starts(page, turn), 1):
        yield tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=6.5)
        yield tag("text", str(number), x=f"{x:.1f}", y=f"{y + 2.6:.1f}")


# The text of a page as it was read, line under line, doubtful characters marked by how doubtful they are.

BAD = 500


def page_part(page: PageRecord, folder: Path, counts: PageAccount) -> Markup:
    """A page: picture and text side by side, what stands in no text, and what was decided about its text layer."""
    number = page.number + 1
    heading = tag("h3", say(f"Page {number}"), " ", _facts(page), id=f"page-{number}-title")
    text = tag("div", *_regions(page), class_="reading")
    sides = tag("div", page_figure(page, folder, partial(open_boxes, page, counts)), text, class_="sides")
    return tag(
        "article",
        heading,
        sides,
        open_places(counts),
        _decisions(page),
        id=f"page-{number}",
        class_="page",
        aria_labelledby=f"page-{number}-title",
    )


def _facts(page: PageRecord) -> Markup:
    size = f"{page.width:.0f} × {page.height:.0f} pt, {page.dpi:.0f} dpi"
    skew = say(f"skew {page.skew:g}°") if page.skew else ""
    turn = say(f"turned {page.rotation}°") if page.rotation else ""
    return tag("small", join(_spaced([part for part in (tag("span", size), skew, turn) if part])))


def _regions(page: PageRecord) -> Iterator[Markup]:
    read = ordered(page.regions)
    yield from (_region_reading(region, str(number)) for number, region in enumerate(read, 1))
    aside = [region for region in page.regions if region.order is None]
    if aside:
        yield tag("h4", say("Not part of the text"))
        yield from (_region_reading(region, "") for region in aside)


def _region_reading(region: PageRegion, number: str) -> Markup:
    origin = main_origin(region.lines)
    facts = [name("region", region.kind), name("decision", region.decision)]
    if origin:
        facts.append(name("origin", origin))
        values = [value for line in region.lines for value in line.confidences]
        facts.append(percent(line_confidence(values)))
    badge = tag("a", number or "·", href=f"#b-{region.id}", class_="badge", aria_label=f"→ {number or region.kind}")
    head = tag("div", badge, " ", join(_spaced(facts)), class_="facts")
    chips = f"block k-{region.kind} d-{region.decision} o-{origin}"
    return tag("div", head, *map(_line, region.lines), id=f"t-{region.id}", class_=chips, tabindex="-1")


def _spaced(parts: Sequence[str]) -> Iterator[str]:
    for index, part in enumerate(parts):
        if index:
            yield " · "
        yield part


def _line(line: PageLine) -> Markup:
    return tag("p", *_marked(line), lang=language(line.text), id=f"l-{line.id}")


def _marked(line: PageLine) -> Iterator[Markup]:
    """Runs of equal doubt; a mark tells its lowest confidence and what else was read there."""
    others = {at: "/".join(text for text, _ in readings if text) for at, readings in line.doubts}
    pairs = enumerate(zip(line.text, line.confidences, strict=True))
    for level, run in groupby(pairs, key=lambda item: doubt_level(*item[1])):
        chars = list(run)
        text = "".join(char for _, (char, _) in chars)
        if level:
            worst = min(value for _, (_, value) in chars) / 10
            also = "".join(others.get(at, "") for at, _ in chars)
            yield tag("mark", text, class_=f"c{level}", title=f"{worst:.0f}%" + (f" ({also}?)" if also else ""))
        else:
            yield escape(text)


def doubt_level(char: str, confidence: int) -> int:
    """0 for sure or unmeasured, 3 for the worst."""
    if confidence < 0 or not char.strip():
        return 0
    return sum(confidence < limit for limit in (DOUBTFUL, WRONG, BAD))


def _decisions(page: PageRecord) -> Markup:
    """What was done with the text layer, neighbours of one mind in one row."""
    groups: list[tuple[PageRegion, list[str]]] = []
    numbers = {region.id: str(number) for number, region in enumerate(ordered(page.regions), 1)}
    for region in page.regions:
        if not groups or (region.decision, region.reasons) != (groups[-1][0].decision, groups[-1][0].reasons):
            groups.append((region, []))
        groups[-1][1].append(numbers.get(region.id, "·"))
    rows = [
        (_extent(members), name("decision", first.decision), _told_reading(first.reasons)) for first, members in groups
    ]
    head = (say("regions"), say("decision"), say("reasons"))
    summary = tag("summary", say("What was kept and re-read, and why"))
    return tag("details", summary, table(head, rows), open=True)


def _told_reading(reasons: Sequence[str]) -> Markup:
    return say("; ".join(reasons), "；".join(map(in_chinese, reasons))) if reasons else tag("span", "–")


def _extent(members: list[str]) -> str:
    named = [member for member in members if member != "·"]
    aside = len(members) - len(named)
    runs = f"{named[0]}–{named[-1]}" if len(named) > 1 else "".join(named)
    return " ".join(part for part in (runs, "·" * aside) if part)
