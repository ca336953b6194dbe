"""Sections: headings, labelled notes and the paragraphs under each, in reading order."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

import msgspec

from recover.lexicon.characters import han_share, is_traditional, simplified
from recover.model.document import Section
from recover.model.flow import Block, Flow, FlowLine, Piece
from recover.model.records import Correction, Problem
from recover.stages.outline.candidates import Candidate, Draft, in_script, promised_levels
from recover.stages.outline.chain import choose, end_specks, heading_levels, number_problems
from recover.stages.outline.front import Front, cut_start, read_front
from recover.stages.outline.reference_lists import Note, find_heads, find_note_heads, find_notes, find_unheaded
from recover.stages.outline.titles import (
    is_centred,
    is_more_title,
    is_prose,
    late_front,
    may_be_title,
    split_title,
    title_at,
    title_in_float,
)
from recover.text.join import compose
from recover.text.labels import OPEN_ROLES, find_label, names_itself
from recover.text.names import AFFILIATION, are_names, is_biography
from recover.text.numbering import parse_number
from recover.text.reference_lists import is_known_heading, is_sure_list_heading, looks_like_entry

# A title is set larger than the text by this.
LARGE = 1.25
# Labels of what describes the paper and is no part of its text.
FIELD_ROLES = frozenset({"dates", "class", "cite", "editor"})
# These too, where the label has its text beside it: by itself it heads a part of the paper.
NOTE_FIELDS = frozenset({"funding", "author-note"})
# A title in large type has at most so many lines.
TITLE_LINES = 3
# A text is Chinese with more than this share of Han.
CHINESE = 0.3


def articles_problem(
    blocks: Sequence[Block], headings: Container[int], behind_lists: Container[int], flow: Flow
) -> tuple[Problem, ...]:
    """Says that more than one article stands in the file, where titles with names below do: large, or behind a list."""
    found = [
        index
        for index in range(len(blocks) - 1)
        if index in behind_lists or (index in headings and _is_title(index, blocks, flow))
    ]
    if not found:
        return ()
    titles = " / ".join(compose(blocks[index].pieces).text for index in found)
    message = f"more than one article stands in this file; each of the others is a section here: {titles}"
    page = blocks[found[0]].first.page
    remedy = "the title and authors are those of the first; take the pages apart to have each as a document"
    return (Problem(stage="outline", page=page, message=message, remedy=remedy),)


def _is_title(index: int, blocks: Sequence[Block], flow: Flow) -> bool:
    text, below = compose(blocks[index].pieces).text, blocks[index + 1]
    is_large = blocks[index].first.size > LARGE * flow.body_size and parse_number(text) is None
    return is_large and below.first.size < blocks[index].first.size and are_names(compose(below.pieces).text)


def _begins_article(index: int, blocks: Sequence[Block], body_size: float) -> bool:
    """Whether the title of another article stands behind a list of references: a Chinese line over names."""
    is_large = blocks[index].first.kind == "title" and blocks[index].first.size > LARGE * body_size
    if index + 1 >= len(blocks) or len(blocks[index].pieces) > (TITLE_LINES if is_large else 1):
        return False
    text, below = compose(blocks[index].pieces).text, compose(blocks[index + 1].pieces).text
    is_title = may_be_title(blocks[index]) and not looks_like_entry(text) and han_share(text) > CHINESE
    is_shown = is_large or _is_entry(blocks[index - 1])
    return is_title and is_shown and are_names(below) and han_share(below) > CHINESE and not looks_like_entry(below)


def _is_entry(block: Block) -> bool:
    return block.first.kind == "reference" or looks_like_entry(compose(block.pieces).text)


class ReferenceList(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of a list of references, and the sections (their places in the document) that cite from it."""

    pieces: tuple[Piece, ...]
    sections: range


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """The outlined document: front matter, sections, the lists of references, the lines of endnotes, problems.

    ``starts`` holds, for every section, the number of flow lines before it: where floats find their section.
    """

    front: Front
    sections: tuple[Section, ...]
    references: tuple[ReferenceList, ...]
    endnotes: tuple[FlowLine, ...]
    starts: tuple[int, ...]
    problems: tuple[Problem, ...]
    corrections: tuple[Correction, ...] = ()


# No Chinese title ends with such a mark.
_END_SPECK = re.compile(r"(?<=[\u4e00-\u9fff])[.·,，、'`]+$")


def outline(blocks: Sequence[Block], flow: Flow) -> Outline:
    """Outline a document's blocks."""
    heads, note_heads = find_heads(blocks), find_note_heads(blocks)
    headings = {candidate.index: candidate for candidate in choose(blocks, flow, (*heads, *note_heads))}
    body = body_start(blocks, headings, flow)
    lists = sorted({*heads, *(index for index in headings if is_sure_list_heading(compose(blocks[index].pieces).text))})
    articles = _articles(blocks, body, lists, flow)
    notes = find_notes(blocks, body)
    fields = _fields(blocks, notes, heads, FIELD_ROLES)
    notes = {index: note for index, note in notes.items() if index not in fields}
    fields |= _fields(blocks, notes, heads, NOTE_FIELDS)
    # The fields of another article stay in its text.
    behind = min(articles, default=len(blocks))
    late = tuple(sorted(index for index in {*late_front(blocks, body, flow), *fields} if index < behind))
    headings = {
        index: item for index, item in headings.items() if index >= body and index not in late and index not in articles
    }
    levels = heading_levels(headings, blocks) | promised_levels(blocks, flow)
    unheaded = find_unheaded(blocks, body) if not heads else range(0)
    starts = _line_counts(blocks)
    drafts: list[Draft] = []
    for index in range(body, len(blocks)):
        block = blocks[index]
        if index in late:
            continue
        if index in headings:
            drafts.append(_heading(block, headings[index], levels[index], starts[index]))
            drafts[-1].is_endnotes = index in note_heads
            drafts[-1].is_list |= index in heads or index in note_heads
        elif index in articles:
            drafts.append(Draft("", 1, compose(block.pieces).text, starts[index], block))
            drafts[-1].title_pieces = block.pieces
        elif index in notes and not _is_in_entry(block, notes[index], drafts):
            drafts.append(_note(block, notes[index], starts[index]))
        elif index - 1 in late and _ends_list(block, drafts):
            drafts.append(Draft("", 1, "", starts[index]))
            drafts[-1].paragraphs.append(compose(block.pieces))
        elif drafts and _is_behind_list(block, drafts[-1]):
            _opened(drafts, starts[index])[-1].paragraphs.append(compose(block.pieces))
        elif index in unheaded or (drafts and drafts[-1].is_list):
            (drafts or _opened(drafts, starts[index]))[-1].entries.extend(block.pieces)
        elif drafts and _is_english_title(drafts[-1], block):
            drafts[-1].title_en = compose(block.pieces).text
            drafts[-1].title_en_pieces = block.pieces
        else:
            (drafts or _opened(drafts, starts[index]))[-1].paragraphs.append(compose(block.pieces))
    is_old = is_traditional("".join(line.text for line in flow.lines))
    corrections = in_script(drafts, is_traditional=is_old)
    sections = tuple(draft.section(number) for number, draft in enumerate(drafts, 1))
    return Outline(
        front=_front([*blocks[:body], *(blocks[index] for index in late)], flow),
        sections=sections,
        references=_reference_lists(drafts),
        endnotes=tuple(piece.line for draft in drafts if draft.is_endnotes for piece in draft.entries),
        starts=tuple(draft.start for draft in drafts),
        problems=(*number_problems(drafts), *articles_problem(blocks, headings, articles, flow)),
        corrections=(*corrections, *end_specks(drafts)),
    )


def _articles(blocks: Sequence[Block], body: int, lists: Sequence[int], flow: Flow) -> tuple[int, ...]:
    """The titles of further articles, each behind a list of references and what is said below it."""
    found = []
    for head, end in pairwise([*lists, len(blocks)]):
        behind = range(max(body, head + 2), end)
        found += [index for index in behind if _begins_article(index, blocks, flow.body_size)][:1]
    return tuple(found)


def _fields(
    blocks: Sequence[Block], notes: Container[int], heads: Sequence[int], roles: Container[str]
) -> frozenset[int]:
    """Blocks whose label names a field of the paper and no part of its text: dates, codes, its editor."""
    listed = min(heads, default=len(blocks))
    return frozenset(
        index
        for index, block in enumerate(blocks)
        if index in notes and _is_field(block, roles, in_list=index > listed)
    )


def _is_field(block: Block, roles: Container[str], *, in_list: bool) -> bool:
    text = compose(block.pieces).text
    label = find_label(text)
    if label is None or label.role not in roles or (in_list and not names_itself(text)):
        return False
    return label.role in FIELD_ROLES or label.end < len(text.rstrip())


def _front(blocks: Sequence[Block], flow: Flow) -> Front:
    """The front matter, its title drawn into a figure where none is printed."""
    front = read_front(blocks, flow)
    if front.title.zh or front.title.en:
        return front
    title, authors = title_in_float(flow)
    return msgspec.structs.replace(front, title=title, authors=front.authors or authors)


def _opened(drafts: list[Draft], start: int) -> list[Draft]:
    """The drafts, begun with one for what stands before the first heading."""
    drafts.append(Draft("", 1, "", start))
    return drafts


def _reference_lists(drafts: Sequence[Draft]) -> tuple[ReferenceList, ...]:
    """Every list with the sections before it, back to the list before; lists in a row serve the same sections."""
    lists: list[ReferenceList] = []
    start = 0
    for index, draft in enumerate(drafts):
        if not draft.entries or draft.is_endnotes:
            continue
        if lists and not any(other.paragraphs for other in drafts[start:index]):
            start = lists[-1].sections.start
        lists.append(ReferenceList(pieces=tuple(draft.entries), sections=range(start, index + 1)))
        start = index + 1
    if lists:
        lists[-1] = msgspec.structs.replace(lists[-1], sections=range(lists[-1].sections.start, len(drafts)))
    return tuple(lists)


def _line_counts(blocks: Sequence[Block]) -> list[int]:
    counts, total = [], 0
    for block in blocks:
        counts.append(total)
        total += len(block.pieces)
    return counts


def _heading(block: Block, candidate: Candidate, level: int, start: int) -> Draft:
    title_pieces, text_pieces = _parted(block, candidate)
    title_text = compose(title_pieces).text
    number = parse_number(title_text) if candidate.number is not None else None
    printed = title_text[number.end :] if number else title_text
    # A title that runs in may be closed like a sentence.
    title, title_en = split_title(
        printed.rstrip().rstrip("。．.") if candidate.boundary is not None else _END_SPECK.sub("", printed.rstrip())
    )
    draft = Draft(number.printed if number else "", level, title, start, block)
    draft.title_en = title_en
    if candidate.boundary is None and (speck := _END_SPECK.search(printed.rstrip())):
        draft.speck = speck[0]
    draft.title_pieces = title_pieces
    draft.is_list = is_sure_list_heading(title_text)
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


def _is_in_entry(block: Block, note: Note, drafts: Sequence[Draft]) -> bool:
    """Whether a label stands inside an entry of the list: a DOI is a part of it."""
    in_list = bool(drafts) and drafts[-1].is_list
    is_named = names_itself(compose(block.pieces).text)
    return in_list and (note.label.upper() == "DOI" or (block.first.kind == "reference" and not is_named))


def _is_behind_list(block: Block, draft: Draft) -> bool:
    """Whether a note on an author, which no label announces, follows the entries of a list."""
    text = compose(block.pieces).text
    return draft.is_list and bool(draft.entries) and is_biography(text) and not looks_like_entry(text)


def _ends_list(block: Block, drafts: Sequence[Draft]) -> bool:
    """Whether text stands behind a list and a field below it, and no further entry."""
    in_list = bool(drafts) and drafts[-1].is_list and bool(drafts[-1].entries)
    return in_list and not _is_entry(block)


def _note(block: Block, note: Note, start: int) -> Draft:
    draft = Draft("", 1, note.label, start, block)
    draft.is_note = True
    pieces = cut_start(block.pieces, note.end)
    if pieces:
        draft.paragraphs.append(compose(pieces))
    return draft


def _is_english_title(draft: Draft, block: Block) -> bool:
    """A short English line right under a Chinese heading, set like a title."""
    if draft.paragraphs or draft.title_en or draft.is_note or not draft.block:
        return False
    paragraph = compose(block.pieces)
    is_short = len(block.pieces) == 1 and len(paragraph.text) < 80
    return paragraph.lang == "en" and is_short and block.first.kind == "title"


# Where the front matter ends: at a heading, or at the first paragraph set as the text is.

# Front matter stands on the first pages; contents pages tell where it ends in longer works.
OPENING_PAGES = 2
# Affiliations are set smaller than the text.
SMALL = 0.95
# Paragraphs that follow an abstract's label may still be the abstract; behind these labels the text can begin.
_LAST_ROLES = frozenset({"keywords-zh", "keywords-en", "class"})


def body_start(blocks: Sequence[Block], headings: Mapping[int, Candidate], flow: Flow) -> int:
    """The first block after the front matter."""
    promised = _first_promised(blocks, flow)
    if promised is not None:
        return promised
    pages = flow.lines[0].page + OPENING_PAGES if flow.lines else 0
    opening = [index for index, block in enumerate(blocks) if block.first.page < pages]
    labelled = [index for index in opening if _front_role(blocks[index])]
    numbered = [index for index, candidate in headings.items() if candidate.number is not None]
    first = min((index for index in numbered if not labelled or index > min(labelled)), default=None)
    if not labelled:
        if first is not None and _has_title(blocks[:first], flow):
            return next((index for index in range(first) if is_prose(blocks[index], flow)), first)
        title = title_at(blocks, headings, flow)
        return _below_title(title, blocks, headings, flow) if title is not None else 0
    last = _last_label([index for index in labelled if first is None or index < first], blocks, flow)
    known = [index for index, item in headings.items() if item.number is None and last < index < (first or len(blocks))]
    end = min([*known, first if first is not None else len(blocks)])
    return _text_after(last + 1, end, blocks, flow)


def _first_promised(blocks: Sequence[Block], flow: Flow) -> int | None:
    """The first heading of the text that the contents page names: it leaves abstracts out of the text."""
    promised = sorted(promised_levels(blocks, flow))
    return next((index for index in promised if _opens_text(compose(blocks[index].pieces).text)), None)


def _opens_text(text: str) -> bool:
    return find_label(text) is None and (parse_number(text) is not None or is_known_heading(text))


def _below_title(title: int, blocks: Sequence[Block], headings: Mapping[int, Candidate], flow: Flow) -> int:
    """The first block under a title that is a heading or a paragraph; names and affiliations are passed."""
    for index in range(title + 1, len(blocks)):
        block = blocks[index]
        text = compose(block.pieces).text
        is_more = index not in headings and (is_centred(block) or is_more_title(block, blocks[title]))
        is_small = block.first.size < SMALL * flow.body_size and bool(AFFILIATION.search(simplified(text)))
        if not are_names(text) and not is_more and not is_small:
            return index
    return len(blocks)


def _front_role(block: Block) -> str:
    """The role of a label that only front matter has; empty for any other block."""
    label = find_label(compose(block.pieces).text)
    return label.role if label is not None and label.role in OPEN_ROLES | {"class"} else ""


def _last_label(labelled: Sequence[int], blocks: Sequence[Block], flow: Flow) -> int:
    """The last label before the text: an abstract may also stand at the paper's end."""
    is_chinese = han_share("".join(line.text for line in flow.lines)) > 0.3
    for index, following in pairwise(labelled):
        between = blocks[index + 1 : following]
        if _front_role(blocks[index]) in _LAST_ROLES and any(_is_body(block, flow, is_chinese) for block in between):
            return index
    return labelled[-1]


def _is_body(block: Block, flow: Flow, is_chinese: bool) -> bool:
    return _is_text(block, flow) and (han_share(compose(block.pieces).text) > 0.3) == is_chinese


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
