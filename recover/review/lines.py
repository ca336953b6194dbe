"""Correcting a printed line: the line changes, and with it every block that shows a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from recover.model.document import Correction, PageLine, Span
from recover.model.geometry import Box
from recover.model.styles import spliced
from recover.review.actions import Action, Misfit
from recover.review.geometry import char_box, extent
from recover.review.marks import after_edit
from recover.review.sheet import Block, Range, Sheet

CERTAIN = 1000


def edit_line(sheet: Sheet, line_id: str, at: int, action: Action) -> Sheet:
    """``action.was``, which stands at ``at`` of the line, becomes ``action.now``, in the line and wherever it shows."""
    line = sheet.lines[line_id]
    end = at + len(action.was)
    if line.text[at:end] != action.was:
        raise Misfit(f"the line reads {line.text[at:end]}")
    box = char_box(line, at, end)
    page = sheet.page_of[line_id]
    blocks = _edited_blocks(sheet, line_id, (at, end), action.now, _Person(page, box, line_id))
    checked = _shifted(sheet.checked.get(line_id, ()), at, end, len(action.now))
    edited = sheet.with_line(replace_in_line(line, at, end, action.now), checked).with_block(*blocks)
    evidence = f"review.jsonl {action.id}"
    done = Correction(page=page, box=box, was=action.was, now=action.now, why="a person read it", evidence=evidence)
    return msgspec.structs.replace(edited, corrections=(*edited.corrections, done))


def check_line(sheet: Sheet, line_id: str, at: int, action: Action) -> Sheet:
    """A person found ``action.was`` right as it stands."""
    line = sheet.lines[line_id]
    end = at + len(action.was)
    if line.text[at:end] != action.was:
        raise Misfit(f"the line reads {line.text[at:end]}")
    return sheet.with_line(line, (*sheet.checked.get(line_id, ()), (at, end)))


def replace_in_line(line: PageLine, start: int, end: int, now: str) -> PageLine:
    """The line with ``now`` for ``text[start:end]``; the new characters share the place of the old."""
    left, right = extent(line, start, end)
    step = (right - left) / max(1, len(now))
    edges = [round(left + step * number) for index in range(len(now)) for number in (index, index + 1)]
    shift = len(now) - (end - start)
    return msgspec.structs.replace(
        line,
        text=line.text[:start] + now + line.text[end:],
        edges=(*line.edges[: 2 * start], *edges, *line.edges[2 * end :]),
        confidences=(*line.confidences[:start], *(CERTAIN for _ in now), *line.confidences[end:]),
        doubts=tuple((at if at < start else at + shift, others) for at, others in line.doubts if not start <= at < end),
        styles=spliced(line.styles, len(line.text), start, end, len(now)),
    )


def _shifted(checked: Sequence[Range], start: int, end: int, length: int) -> tuple[Range, ...]:
    shift = length - (end - start)
    kept = [(a, min(b, start)) for a, b in checked if a < start]
    later = [(max(a, end) + shift, b + shift) for a, b in checked if b > end]
    return tuple(part for part in (*kept, (start, start + length), *later) if part[0] < part[1])


class _Person(msgspec.Struct, frozen=True):
    """Where a person's characters stand."""

    page: int
    box: Box
    line: str

    def span(self, start: int, end: int, at: int) -> Span:
        return Span(
            start=start, end=end, page=self.page, box=self.box, origin="person", confidence=1.0, line=self.line, at=at
        )


def _edited_blocks(sheet: Sheet, line: str, cut: Range, now: str, person: _Person) -> list[Block]:
    """The blocks that show the line, edited; the new text goes to the first that shows the place."""
    edited = []
    rest = now
    for key in sheet.users.get(line, ()):
        block = sheet.blocks[key]
        place = _place_in_block(block, line, *cut)
        if place is not None and (place[0] < place[1] or rest):
            edited.append(_edit_block(block, line, cut, place, rest, len(now), person))
            rest = ""
        else:
            spans = tuple(_moved(span, line, cut, len(now)) for span in block.spans)
            edited.append(msgspec.structs.replace(block, spans=spans))
    return edited


def _place_in_block(block: Block, line: str, start: int, end: int) -> Range | None:
    """Where ``start:end`` of the line stands in the block; None where the block doesn't show it."""
    spans = [span for span in block.spans if span.line == line]
    if start == end:
        for span in spans:
            if span.at <= start <= span.at + span.end - span.start:
                return span.start + start - span.at, span.start + start - span.at
        return None
    shown = [
        span.start + at - span.at
        for span in spans
        for at in (max(start, span.at), min(end, span.at + span.end - span.start) - 1)
        if max(start, span.at) < min(end, span.at + span.end - span.start)
    ]
    return (min(shown), max(shown) + 1) if shown else None


def _edit_block(  # noqa: PLR0917 two texts, a range in each
    block: Block, line: str, cut: Range, place: Range, now: str, length: int, person: _Person
) -> Block:
    """The block with ``now`` at ``place``; the line's cut took ``length`` characters in all."""
    start, end = place
    spans = [
        _moved(span, line, cut, length) if is_after else span
        for span, is_after in cut_spans(block.spans, start, end, len(now))
    ]
    if now:
        spans.append(person.span(start, start + len(now), cut[0]))
    text = block.text[:start] + now + block.text[end:]
    marks = after_edit(block.marks, start, end, len(now))
    ordered = tuple(sorted(spans, key=lambda span: span.start))
    return msgspec.structs.replace(block, text=text, spans=ordered, marks=marks)


def _moved(span: Span, line: str, cut: Range, length: int) -> Span:
    """A span behind an edit of its line begins later in it."""
    if span.line != line or span.at < cut[1]:
        return span
    return msgspec.structs.replace(span, at=span.at + length - (cut[1] - cut[0]))


def cut_spans(spans: Iterable[Span], start: int, end: int, length: int) -> Iterable[tuple[Span, bool]]:
    """Spans of a text whose ``start:end`` is replaced by ``length`` characters, and whether they stand behind it."""
    shift = length - (end - start)
    for span in spans:
        if span.start < start:
            yield msgspec.structs.replace(span, end=min(span.end, start)), False
        if span.end > end:
            lost = max(0, end - span.start)
            yield (
                msgspec.structs.replace(
                    span, start=max(span.start, end) + shift, end=span.end + shift, at=span.at + lost
                ),
                True,
            )
