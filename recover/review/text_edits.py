"""A text that a person changed, told as corrections of the lines it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from rapidfuzz.distance import Levenshtein

from recover.model.document import MarkKind, Span
from recover.model.geometry import Box
from recover.model.records import Correction, PageLine
from recover.model.styles import spliced
from recover.review.log import Action, Misfit
from recover.review.places import block_place, line_place
from recover.review.working_copy import Block, Range, WorkingCopy, after_edit, char_box, extent, toggled


class Change(msgspec.Struct, frozen=True):
    """``text[start:end]`` of a block becomes ``now``."""

    start: int
    end: int
    now: str


def changes(was: str, now: str) -> tuple[Change, ...]:
    """The smallest edits from one text to the other, neighbours joined, the last first.

    The last comes first so that applying one leaves the offsets of the others as they are.
    """
    found: list[Change] = []
    for code in Levenshtein.opcodes(was, now):
        if code.tag == "equal":
            continue
        part = now[code.dest_start : code.dest_end]
        if found and found[-1].end == code.src_start:
            found[-1] = Change(found[-1].start, code.src_end, found[-1].now + part)
        else:
            found.append(Change(code.src_start, code.src_end, part))
    return tuple(reversed(found))


def actions_for(sheet: WorkingCopy, block: Block, change: Change, stamp: Action) -> Iterator[Action]:
    """The actions that make ``change``, from the last to the first; ``stamp`` carries when and in which group.

    What crosses from one line to the next is cut there: the first part takes the new text, the others go.
    """
    pieces = list(_pieces(block, change))
    for index in reversed(range(len(pieces))):
        start, end, line_id, at = pieces[index]
        was = block.text[start:end]
        now = change.now if index == 0 else ""
        if not was and not now:
            continue
        if line_id:
            line = sheet.lines[line_id]
            place = line_place(sheet, line, at, at + len(was), block.id)
            worst = min((value for value in line.confidences[at : at + len(was)] if value >= 0), default=-1)
            yield msgspec.structs.replace(stamp, kind="text", where=place, was=was, now=now, confidence=worst)
        else:
            yield msgspec.structs.replace(stamp, kind="seam", where=block_place(block, start), was=was, now=now)


def _pieces(block: Block, change: Change) -> Iterator[tuple[int, int, str, int]]:
    """The parts of the changed range that stand on one line each, or on none: start, end, line, offset in it."""
    if change.start == change.end:
        line, at = _insertion(block, change.start)
        yield change.start, change.end, line, at
        return
    start = change.start
    while start < change.end:
        span = next((span for span in block.spans if span.start <= start < span.end and span.line), None)
        if span is not None:
            end = min(change.end, span.end)
            yield start, end, span.line, span.at + start - span.start
        else:
            later = [span.start for span in block.spans if span.start > start and span.line]
            end = min([change.end, *later])
            yield start, end, "", 0
        start = end


def _insertion(block: Block, at: int) -> tuple[str, int]:
    """The line and offset of a gap: behind the character before it, else before the one after it."""
    for span in block.spans:
        if span.line and span.start < at <= span.end:
            return span.line, span.at + at - span.start
    for span in block.spans:
        if span.line and span.start == at:
            return span.line, span.at
    return "", 0


# Changes of a block's text that no printed line holds: a space at a seam, a caption, an empty cell.

KINDS: dict[str, MarkKind] = {"sup": "sup", "sub": "sub", "italic": "italic", "bold": "bold"}


def edit_seam(sheet: WorkingCopy, block: Block, action: Action) -> WorkingCopy:
    """``action.was`` near the named offset of the block becomes ``action.now``."""
    start = _nearest(block.text, action.was, action.where.at)
    end = start + len(action.was)
    spans = tuple(span for span, _ in cut_spans(block.spans, start, end, len(action.now)))
    text = block.text[:start] + action.now + block.text[end:]
    marks = after_edit(block.marks, start, end, len(action.now))
    edited = sheet.with_block(msgspec.structs.replace(block, text=text, spans=spans, marks=marks))
    done = Correction(
        page=block.page,
        box=action.where.box,
        was=action.was,
        now=action.now,
        why="a person read it",
        evidence=f"review.jsonl {action.id}",
    )
    return msgspec.structs.replace(edited, corrections=(*edited.corrections, done))


def set_mark(sheet: WorkingCopy, block: Block, action: Action) -> WorkingCopy:
    """``action.was`` near the named offset is set as ``action.now`` says, or plain again; raises Misfit."""
    if action.now not in KINDS:
        raise Misfit(f"there is no way to set text as {action.now}")
    start = _nearest(block.text, action.was, action.where.at)
    marks = toggled(block.marks, start, start + len(action.was), KINDS[action.now])
    return sheet.with_block(msgspec.structs.replace(block, marks=marks))


def _nearest(text: str, wanted: str, at: int) -> int:
    """Where ``wanted`` stands nearest to ``at``, no further than a short line away."""
    if text[at : at + len(wanted)] == wanted and at <= len(text):
        return at
    places = [start for start in range(max(0, at - 20), at + 21) if text[start : start + len(wanted)] == wanted]
    if not wanted or not places:
        raise Misfit(f"the text reads {text[at : at + max(1, len(wanted))]}")
    return min(places, key=lambda start: abs(start - at))


# Correcting a printed line: the line changes, and with it every block that shows a part of it.

CERTAIN = 1000


def edit_line(sheet: WorkingCopy, line_id: str, at: int, action: Action) -> WorkingCopy:
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


def cut_line(sheet: WorkingCopy, line_id: str, start: int, end: int) -> WorkingCopy:
    """The characters are taken out of the line and of every block that shows them, since another line has them now."""
    line = sheet.lines[line_id]
    page, box = sheet.page_of[line_id], char_box(line, start, end)
    blocks = _edited_blocks(sheet, line_id, (start, end), "", _Person(page, box, line_id))
    checked = _shifted(sheet.checked.get(line_id, ()), start, end, 0)
    return sheet.with_line(replace_in_line(line, start, end, ""), checked).with_block(*blocks)


def check_line(sheet: WorkingCopy, line_id: str, at: int, action: Action) -> WorkingCopy:
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


def _edited_blocks(sheet: WorkingCopy, line: str, cut: Range, now: str, person: _Person) -> list[Block]:
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
