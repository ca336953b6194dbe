"""The text of a page as it was read, line under line, doubtful characters marked by how doubtful they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from recover.export.characters import line_confidence
from recover.export.markup import Markup, escape, join, tag
from recover.export.report.account import open_boxes, open_places
from recover.export.report.bilingual import language, name, percent, say, table
from recover.export.report.picture import DOUBTFUL, WRONG, main_origin, ordered, page_figure
from recover.model.document import PageAccount, PageLine, PageRecord, PageRegion
from recover.text.messages import in_chinese

BAD = 500


def page_part(page: PageRecord, folder: Path, counts: PageAccount) -> Markup:
    """A page: picture and text side by side, what stands in no text, and what was decided about its text layer."""
    number = page.number + 1
    heading = tag("h3", say(f"Page {number}"), " ", _facts(page), id=f"page-{number}-title")
    text = tag("div", *_regions(page), class_="reading")
    sides = tag("div", page_figure(page, folder, partial(open_boxes, counts)), text, class_="sides")
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
    yield from (_region(region, str(number)) for number, region in enumerate(read, 1))
    aside = [region for region in page.regions if region.order is None]
    if aside:
        yield tag("h4", say("Not part of the text"))
        yield from (_region(region, "") for region in aside)


def _region(region: PageRegion, number: str) -> Markup:
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
    rows = [(_extent(members), name("decision", first.decision), _told(first.reasons)) for first, members in groups]
    head = (say("regions"), say("decision"), say("reasons"))
    summary = tag("summary", say("What was kept and re-read, and why"))
    return tag("details", summary, table(head, rows), open=True)


def _told(reasons: Sequence[str]) -> Markup:
    return say("; ".join(reasons), "；".join(map(in_chinese, reasons))) if reasons else tag("span", "–")


def _extent(members: list[str]) -> str:
    named = [member for member in members if member != "·"]
    aside = len(members) - len(named)
    runs = f"{named[0]}–{named[-1]}" if len(named) > 1 else "".join(named)
    return " ".join(part for part in (runs, "·" * aside) if part)
