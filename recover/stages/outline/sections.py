"""Sections: headings, labelled notes and the paragraphs under each, in reading order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from recover.model.document import Paragraph, Problem, Section
from recover.model.flow import Block, Flow, Piece
from recover.stages.outline.candidates import Candidate, find_candidates
from recover.stages.outline.chain import choose_headings, rank
from recover.stages.outline.front import Front, cut_start, read_front
from recover.stages.outline.titles import split_title
from recover.text.compose import compose
from recover.text.heading_numbers import parse_number
from recover.text.labels import find_label
from recover.text.list_heading import is_list_heading

# Labels that open a section of their own behind the text.
NOTE_ROLES = frozenset({"note", "funding", "cite", "dates", "author-note", "class", "editor"})
# A numbered block in the reference list is an entry unless it scores like a heading set large, bold and alone.
SURE_HEADING = 3.0
FRONT_ROLES = frozenset({"abstract-zh", "abstract-en", "keywords-zh", "keywords-en"})


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """The outlined document: front matter, sections, the lines of the reference list, problems.

    ``starts`` holds, for every section, the number of flow lines before it: where floats find their section.
    """

    front: Front
    sections: tuple[Section, ...]
    references: tuple[Piece, ...]
    starts: tuple[int, ...]
    problems: tuple[Problem, ...]


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
    body = _body_start(blocks, headings, flow)
    headings = {index: candidate for index, candidate in headings.items() if index >= body}
    levels = _levels(headings.values())
    starts = _line_counts(blocks)
    drafts: list[_Draft] = []
    late_front: list[Block] = []
    references: list[Piece] = []
    for index in range(body, len(blocks)):
        block = blocks[index]
        if index in headings:
            drafts.append(_heading(block, headings[index], levels, starts[index]))
            continue
        text = compose(block.pieces).text
        label = find_label(text)
        in_list = bool(drafts) and drafts[-1].is_list
        if label is not None and label.role in FRONT_ROLES:
            late_front.append(block)
        elif label is not None and label.role in NOTE_ROLES:
            drafts.append(_note(block, label.printed, label.end, starts[index]))
        elif in_list:
            references.extend(block.pieces)
        elif drafts and _is_english_title(drafts[-1], block, text):
            drafts[-1].title_en = text
        else:
            if not drafts:
                drafts.append(_Draft("", 1, "", starts[index]))
            drafts[-1].paragraphs.append(compose(block.pieces))
    front = read_front([*blocks[:body], *late_front], flow)
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
    if not lists:
        return chosen
    return choose_headings([item for item in candidates if item.index <= lists[0] or item.score >= SURE_HEADING])


def _body_start(blocks: Sequence[Block], headings: Mapping[int, Candidate], flow: Flow) -> int:
    """The first block after the front matter: a heading, or the first paragraph set as the text is."""
    pages = flow.lines[0].page + 2 if flow.lines else 0
    opening = [index for index, block in enumerate(blocks) if block.first.page < pages]
    labelled = [index for index in opening if _is_front_label(compose(blocks[index].pieces).text)]
    numbered = [index for index, candidate in headings.items() if candidate.number is not None]
    first = min((index for index in numbered if not labelled or index > min(labelled)), default=None)
    if not labelled:
        return 0 if first is None or _has_title(blocks[:first], flow) is False else _text_after(0, first, blocks, flow)
    last = max(index for index in labelled if first is None or index < first)
    known = [index for index, item in headings.items() if item.number is None and last < index < (first or len(blocks))]
    end = min([*known, first if first is not None else len(blocks)])
    return _text_after(last + 1, end, blocks, flow)


def _text_after(start: int, end: int, blocks: Sequence[Block], flow: Flow) -> int:
    """The first block from ``start`` that is a paragraph of the text; ``end`` when none is."""
    return next((index for index in range(start, end) if _is_text(blocks[index], flow)), end)


def _is_text(block: Block, flow: Flow) -> bool:
    """Whether a block without a label is set like the text: its size, its length, a sentence's end."""
    text = compose(block.pieces).text
    if find_label(text) is not None or abs(block.first.size - flow.body_size) > 0.07 * flow.body_size:
        return False
    return len(block.pieces) >= 3 or (len(text) > 60 and text.rstrip()[-1:] in "。.")


def _has_title(blocks: Sequence[Block], flow: Flow) -> bool:
    """Whether a paper's title stands among the blocks."""
    return any(block.first.size > 1.2 * flow.body_size and block.first.kind == "title" for block in blocks)


def _is_front_label(text: str) -> bool:
    label = find_label(text)
    return label is not None and label.role in FRONT_ROLES | {"class"}


def _levels(headings: object) -> dict[int, int]:
    """Levels from 1 for the ranks that occur, so that a paper that begins with 1.1 still has level 1 headings."""
    numbers = [item.number for item in headings if item.number is not None]  # type: ignore[attr-defined]
    ranks = sorted({rank(number) for number in numbers})
    return {value: position for position, value in enumerate(ranks, 1)}


def _line_counts(blocks: Sequence[Block]) -> list[int]:
    counts, total = [], 0
    for block in blocks:
        counts.append(total)
        total += len(block.pieces)
    return counts


def _heading(block: Block, candidate: Candidate, levels: Mapping[int, int], start: int) -> _Draft:
    title_pieces, text_pieces = _parted(block, candidate)
    title_text = compose(title_pieces).text
    number = parse_number(title_text) if candidate.number is not None else None
    title, title_en = split_title(title_text[number.end :] if number else title_text)
    level = levels[rank(number)] if number and rank(number) in levels else 1
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


def _note(block: Block, label: str, end: int, start: int) -> _Draft:
    draft = _Draft("", 1, label, start, block)
    draft.is_note = True
    pieces = cut_start(block.pieces, end)
    if pieces:
        draft.paragraphs.append(compose(pieces))
    return draft


def _is_english_title(draft: _Draft, block: Block, text: str) -> bool:
    """A short English line right under a Chinese heading, set like a title."""
    if draft.paragraphs or draft.title_en or draft.is_note or not draft.block:
        return False
    paragraph = compose(block.pieces)
    return paragraph.lang == "en" and len(block.pieces) == 1 and len(text) < 80 and block.first.kind == "title"


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
