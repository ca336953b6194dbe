"""Sections: headings, labelled notes and the paragraphs under each, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recover.model.document import Paragraph, Problem, Section
from recover.model.flow import Block, Flow, Piece
from recover.stages.outline.candidates import Candidate, find_candidates
from recover.stages.outline.chain import choose_headings
from recover.stages.outline.front import Front, cut_start, read_front
from recover.stages.outline.late import late_front
from recover.stages.outline.levels import heading_levels
from recover.stages.outline.notes import Note, find_notes
from recover.stages.outline.opening import body_start
from recover.stages.outline.titles import split_title
from recover.text.compose import compose
from recover.text.heading_numbers import parse_number
from recover.text.list_heading import is_list_heading

# A numbered block in the reference list is an entry unless it scores like a heading set large, bold and alone.
SURE_HEADING = 3.0


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """The outlined document: front matter, sections, the lines of the reference list, problems.

    ``starts`` holds, for every section, the number of flow lines before it: where floats find their section.
    """

    front: Front
    sections: tuple[Section, ...]
    references: tuple[Piece, ...]
    starts: tuple[int, ...]
    problems: tuple[Problem, ...]


# No Chinese title ends with such a mark.
_END_SPECK = re.compile(r"(?<=[\u4e00-\u9fff])[.·,，、'`]+$")


class _Draft:
    """A section while its paragraphs are gathered."""

    def __init__(self, number: str, level: int, title: str, start: int, block: Block | None = None) -> None:
        self.number = number
        self.level = level
        self.title = title
        self.start = start
        self.block = block
        self.title_pieces: tuple[Piece, ...] = ()
        self.title_en = ""
        self.is_list = False
        self.is_note = False
        self.paragraphs: list[Paragraph] = []


def outline(blocks: Sequence[Block], flow: Flow) -> Outline:
    """Outline a document's blocks."""
    headings = {candidate.index: candidate for candidate in _choose(blocks, flow)}
    body = body_start(blocks, headings, flow)
    late = late_front(blocks, body, flow)
    headings = {index: item for index, item in headings.items() if index >= body and index not in late}
    levels = heading_levels(headings, blocks)
    notes = find_notes(blocks, body)
    starts = _line_counts(blocks)
    drafts: list[_Draft] = []
    references: list[Piece] = []
    for index in range(body, len(blocks)):
        block = blocks[index]
        if index in late:
            continue
        if index in headings:
            drafts.append(_heading(block, headings[index], levels[index], starts[index]))
        elif index in notes and not _is_in_entry(block, notes[index], drafts):
            drafts.append(_note(block, notes[index], starts[index]))
        elif drafts and drafts[-1].is_list:
            references.extend(block.pieces)
        elif drafts and _is_english_title(drafts[-1], block):
            drafts[-1].title_en = compose(block.pieces).text
        else:
            if not drafts:
                drafts.append(_Draft("", 1, "", starts[index]))
            drafts[-1].paragraphs.append(compose(block.pieces))
    front = read_front([*blocks[:body], *(blocks[index] for index in late)], flow)
    sections = tuple(_section(number, draft) for number, draft in enumerate(drafts, 1))
    return Outline(
        front=front,
        sections=sections,
        references=tuple(references),
        starts=tuple(draft.start for draft in drafts),
        problems=_number_problems(drafts),
    )


def _choose(blocks: Sequence[Block], flow: Flow) -> tuple[Candidate, ...]:
    """The document's headings; behind the head of the reference list, entries' numbers must look like headings."""
    candidates = find_candidates(blocks, flow)
    chosen = choose_headings(candidates)
    lists = [item.index for item in chosen if is_list_heading(compose(blocks[item.index].pieces).text)]
    if lists:
        candidates = tuple(item for item in candidates if item.index <= lists[0] or item.score >= SURE_HEADING)
        chosen = choose_headings(candidates)
    if any(item.number is not None for item in chosen):
        return tuple(item for item in chosen if item.number is not None or item.boundary is None)
    return chosen


def _line_counts(blocks: Sequence[Block]) -> list[int]:
    counts, total = [], 0
    for block in blocks:
        counts.append(total)
        total += len(block.pieces)
    return counts


def _heading(block: Block, candidate: Candidate, level: int, start: int) -> _Draft:
    title_pieces, text_pieces = _parted(block, candidate)
    title_text = compose(title_pieces).text
    number = parse_number(title_text) if candidate.number is not None else None
    printed = title_text[number.end :] if number else title_text
    # A title that runs in may be closed like a sentence.
    title, title_en = split_title(
        printed.rstrip().rstrip("。．.") if candidate.boundary is not None else _END_SPECK.sub("", printed.rstrip())
    )
    draft = _Draft(number.printed if number else "", level, title, start, block)
    draft.title_en = title_en
    draft.title_pieces = title_pieces
    draft.is_list = is_list_heading(title_text)
    if text_pieces:
        draft.paragraphs.append(compose(text_pieces))
    return draft


def _parted(block: Block, candidate: Candidate) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """A run-in heading's pieces and its paragraph's."""
    boundary = candidate.boundary
    if boundary is None:
        return block.pieces, ()
    piece = block.pieces[boundary.piece]
    before = Piece(piece.line, piece.start, boundary.at)
    after = Piece(piece.line, boundary.at, piece.end)
    titled = tuple(part for part in (*block.pieces[: boundary.piece], before) if part.text)
    return titled, (after, *block.pieces[boundary.piece + 1 :])


def _is_in_entry(block: Block, note: Note, drafts: Sequence[_Draft]) -> bool:
    """Whether a label stands inside an entry of the list: a DOI is a part of it."""
    in_list = bool(drafts) and drafts[-1].is_list
    return in_list and (note.label.upper() == "DOI" or block.first.kind == "reference")


def _note(block: Block, note: Note, start: int) -> _Draft:
    draft = _Draft("", 1, note.label, start, block)
    draft.is_note = True
    pieces = cut_start(block.pieces, note.end)
    if pieces:
        draft.paragraphs.append(compose(pieces))
    return draft


def _is_english_title(draft: _Draft, block: Block) -> bool:
    """A short English line right under a Chinese heading, set like a title."""
    if draft.paragraphs or draft.title_en or draft.is_note or not draft.block:
        return False
    paragraph = compose(block.pieces)
    is_short = len(block.pieces) == 1 and len(paragraph.text) < 80
    return paragraph.lang == "en" and is_short and block.first.kind == "title"


def _section(number: int, draft: _Draft) -> Section:
    heading = compose(draft.title_pieces) if draft.title_pieces else None
    first = draft.block.first if draft.block else None
    return Section(
        id=f"s{number}",
        number=draft.number,
        level=draft.level,
        title=draft.title,
        title_en=draft.title_en,
        page=first.page if first else (draft.paragraphs[0].spans[0].page if draft.paragraphs else 0),
        paragraphs=tuple(draft.paragraphs),
        box=first.to_page.box(first.box).rounded() if first else None,
        title_spans=heading.spans if heading else (),
    )


def _number_problems(drafts: Sequence[_Draft]) -> tuple[Problem, ...]:
    """Headings whose number does not follow from the one before."""
    problems = []
    last: dict[tuple[int, str], int] = {}
    for draft in drafts:
        number = parse_number(draft.number + " x") if draft.number else None
        if number is None:
            continue
        parent = draft.number.rpartition(".")[0]
        value, before = number.values[-1], last.get((draft.level, parent))
        last = {key: seen for key, seen in last.items() if key[0] <= draft.level}
        last[draft.level, parent] = value
        problem = _number_problem(draft, value, before)
        if problem:
            problems.append(problem)
    return tuple(problems)


def _number_problem(draft: _Draft, value: int, before: int | None) -> Problem | None:
    page = draft.block.first.page if draft.block else None
    if before is not None and value == before:
        message = f"the heading number {draft.number} occurs twice"
    elif value > (before or 0) + 1:
        message = f"a heading is missing before {draft.number} {draft.title}"
    else:
        return None
    return Problem(stage="outline", page=page, message=message, remedy="compare the headings with the page")
