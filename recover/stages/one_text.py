"""One text: what repairs a paragraph repairs its lines, and pages say what the paragraphs made of them say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from recover.lexicon.characters import simplified
from recover.model.document import Document, Paragraph, Section, Span
from recover.model.geometry import Transform
from recover.model.page import READERS, Line, PageReading, Region
from recover.model.records import PageLine, PageRecord, PageRegion, Record
from recover.model.styles import spliced

# A recorded line with characters replaced or put in; what is put in has no width of its own.


class Edit(msgspec.Struct, frozen=True):
    """``length`` characters at ``at`` of a line become ``text``: one for one, or new ones for none."""

    at: int
    length: int
    text: str


def edited(line: PageLine, edits: Sequence[Edit]) -> PageLine:
    """The line after all ``edits``, which are given in places of the line as it was."""
    for edit in sorted(edits, key=lambda one: (one.at, one.length), reverse=True):
        line = _replaced(line, edit) if edit.length else _put_in(line, edit)
    return line


def shifted(at: int, edits: Sequence[Edit]) -> int:
    """Where the character that stood at ``at`` stands after the edits."""
    return at + sum(len(edit.text) for edit in edits if not edit.length and edit.at <= at)


def _replaced(line: PageLine, edit: Edit) -> PageLine:
    text = line.text[: edit.at] + edit.text + line.text[edit.at + edit.length :]
    return msgspec.structs.replace(line, text=text)


def _put_in(line: PageLine, edit: Edit) -> PageLine:
    count = len(edit.text)
    edge = line.edges[2 * edit.at - 1] if edit.at else 0
    return msgspec.structs.replace(
        line,
        text=line.text[: edit.at] + edit.text + line.text[edit.at :],
        edges=(*line.edges[: 2 * edit.at], *(edge for _ in range(2 * count)), *line.edges[2 * edit.at :]),
        confidences=(*line.confidences[: edit.at], *(-1 for _ in range(count)), *line.confidences[edit.at :]),
        doubts=tuple((at + count if at >= edit.at else at, readings) for at, readings in line.doubts),
        styles=spliced(line.styles, len(line.text), edit.at, edit.at, count),
    )


# The pages' lines say what the paragraphs made of them say: every repair stands in both.

# What has no spans, or holds the lines themselves.
_WITHOUT_SPANS = frozenset({"pages", "account", "terms", "corrections", "problems", "furniture", "source"})


def with_mended_lines(document: Document) -> Document:
    """The document with its paragraphs' repairs in its lines too, and all places in these lines moved with them."""
    lines = {line.id: line for page in document.pages for region in page.regions for line in region.lines}
    edits: dict[str, list[Edit]] = {}
    for paragraph in _paragraphs(document):
        for key, edit in _edits(paragraph, lines):
            if edit not in edits.setdefault(key, []):
                edits[key].append(edit)
    for section in document.sections:
        for key, edit in _number_edits(section, lines):
            edits.setdefault(key, []).append(edit)
    if not edits:
        return document
    changed = {name: _moved(getattr(document, name), edits) for name in _names(document)}
    return msgspec.structs.replace(document, **changed, pages=_pages(document, edits))


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    yield from (paragraph for section in document.sections for paragraph in section.paragraphs)
    yield from (block.paragraph for block in document.front)


def _number_edits(section: Section, lines: Mapping[str, PageLine]) -> Iterator[tuple[str, Edit]]:
    """Where a heading's number is told in the other script than its line has it: 貳 for 贰."""
    line = lines.get(section.title_spans[0].line) if section.title_spans else None
    if line is None or not section.number:
        return
    start = len(line.text) - len(line.text.lstrip())
    read = line.text[start : start + len(section.number)]
    if read != section.number and simplified(read) == simplified(section.number):
        pairs = enumerate(zip(read, section.number, strict=True))
        yield from ((line.id, Edit(start + at, 1, now)) for at, (was, now) in pairs if was != now)


def _edits(paragraph: Paragraph, lines: Mapping[str, PageLine]) -> Iterator[tuple[str, Edit]]:
    """Where a paragraph says something else than its lines."""
    spans = sorted(paragraph.spans, key=lambda span: span.start)
    for number, span in enumerate(spans):
        line = lines.get(span.line)
        if line is None:
            continue
        told = paragraph.text[span.start : span.end]
        read = line.text[span.at : span.at + len(told)]
        if len(read) == len(told):
            pairs = enumerate(zip(read, told, strict=True))
            yield from ((span.line, Edit(span.at + at, 1, now)) for at, (was, now) in pairs if was != now)
        end = spans[number + 1].start if number + 1 < len(spans) else len(paragraph.text)
        if put_in := _put_in_lines(paragraph.text[span.end : end], spans[number + 1 : number + 2], span):
            yield span.line, Edit(span.at + span.end - span.start, 0, put_in)


def _put_in_lines(text: str, following: Sequence[Span], span: Span) -> str:
    """What a repair put in behind a span: not the space or hyphen of a seam, unless the line goes on behind it."""
    goes_on = any(other.line == span.line and other.at == span.at + span.end - span.start for other in following)
    return text if goes_on else text.strip(" -\u3000")


def _names(document: Document) -> list[str]:
    return [name for name in document.__struct_fields__ if name not in _WITHOUT_SPANS]


def _moved(value: object, edits: Mapping[str, Sequence[Edit]]) -> object:
    """A part of the document with its spans at their new places in the lines."""
    if isinstance(value, tuple):
        return tuple(_moved(item, edits) for item in value)
    if isinstance(value, Paragraph):
        spans = tuple(_holding(span, value.text, edits) for span in value.spans)
        return msgspec.structs.replace(value, spans=tuple(_moved_span(span, edits) for span in spans))
    if isinstance(value, Span):
        return _moved_span(value, edits)
    if isinstance(value, Record):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changed = {name: _moved(part, edits) for name, part in fields.items() if isinstance(part, (tuple, Record))}
        different = {name: part for name, part in changed.items() if part is not fields[name] and part != fields[name]}
        return msgspec.structs.replace(value, **different) if different else value
    return value


def _holding(span: Span, text: str, edits: Mapping[str, Sequence[Edit]]) -> Span:
    """The span with what was put in behind it, which its line has now."""
    end = span.at + span.end - span.start
    for edit in edits.get(span.line, ()):
        if not edit.length and edit.at == end and text.startswith(edit.text, span.end):
            return msgspec.structs.replace(span, end=span.end + len(edit.text))
    return span


def _moved_span(span: Span, edits: Mapping[str, Sequence[Edit]]) -> Span:
    if span.line not in edits:
        return span
    at = shifted(span.at, edits[span.line])
    return msgspec.structs.replace(span, at=at) if at != span.at else span


def _pages(document: Document, edits: Mapping[str, Sequence[Edit]]) -> tuple[object, ...]:
    return tuple(
        msgspec.structs.replace(
            page,
            regions=tuple(
                msgspec.structs.replace(
                    region,
                    lines=tuple(edited(line, edits[line.id]) if line.id in edits else line for line in region.lines),
                )
                for region in page.regions
            ),
        )
        for page in document.pages
    )


# Pages as they are recorded: regions, lines and characters at their place on the original page.


def record_pages(pages: Sequence[PageReading], furniture: frozenset[tuple[int, str]]) -> tuple[PageRecord, ...]:
    """A record a page; furniture keeps its place but has none in the reading order."""
    return tuple(_page(page, furniture) for page in pages)


def _page(page: PageReading, furniture: frozenset[tuple[int, str]]) -> PageRecord:
    order = 0
    regions = []
    for region in page.regions:
        is_furniture = bool(region.lines) and all((page.index, line.id) in furniture for line in region.lines)
        regions.append(_region(page, region, None if is_furniture else order))
        order += not is_furniture
    return PageRecord(
        number=page.index,
        width=round(page.width, 2),
        height=round(page.height, 2),
        dpi=page.dpi,
        rotation=page.rotation,
        skew=page.skew,
        cleanup=page.cleanup,
        image=page.image,
        precision=page.precision,
        regions=tuple(regions),
    )


def _region(page: PageReading, region: Region, order: int | None) -> PageRegion:
    to_page = region.to_upright.then(page.to_page)
    return PageRegion(
        id=f"p{page.index + 1}.{region.id}",
        kind=region.kind,
        box=to_page.box(region.box).rounded(),
        order=order,
        lines=tuple(_line(page, line, to_page) for line in region.lines),
        decision=region.decision.outcome,
        reasons=region.decision.reasons,
    )


def _line(page: PageReading, line: Line, to_page: Transform) -> PageLine:
    box = line.box
    length = max(1e-6, box.width)
    pairs = zip(line.lefts, line.rights, strict=True)
    edges = tuple(round(1000 * (x - box.x0) / length) for pair in pairs for x in pair)
    return PageLine(
        id=f"p{page.index + 1}.{line.id}",
        text=line.text,
        quad=_quad(to_page, line),
        edges=edges,
        confidences=tuple(-1 if value < 0 else round(1000 * value) for value in line.confidences),
        origin=READERS[_main_reader(line)],
        doubts=tuple(
            (doubt.at, tuple((other.text, max(-1, round(1000 * other.confidence))) for other in doubt.alternatives))
            for doubt in line.doubts
        ),
        styles=line.styles if line.styles.strip("0") else "",
    )


def _main_reader(line: Line) -> str:
    return max(sorted(set(line.readers)), key=line.readers.count) if line.readers else "p"


def _quad(to_page: Transform, line: Line) -> tuple[float, ...]:
    box = line.box
    corners = ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
    return tuple(round(value, 2) for corner in corners for value in to_page.point(*corner))
