"""Footnotes and endnotes: parted from each other, read, and tied to their marks in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from recover.lexicon.characters import is_han
from recover.model.document import Note, NoteAnchor, Paragraph, Section
from recover.model.flow import FlowLine, Piece
from recover.model.geometry import enclose
from recover.model.records import Problem
from recover.text.join import compose
from recover.text.labels import find_label
from recover.text.numbering import NoteMark, follows, leading_mark, ring
from recover.text.reference_lists import cites_work

# The lines of footnotes parted into notes: each begins with its mark, at a line's start or behind a full stop.

# Behind these another note may begin in the same line.
_INNER = re.compile(r"(?<=[。．.；;])\s*(?=[\u2460-\u2473])")


class MarkedNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note's mark, its place, and the pieces of its text without it."""

    mark: NoteMark
    place: Piece
    pieces: tuple[Piece, ...]

    @property
    def page(self) -> int:
        return self.pieces[0].line.page


class PartedNotes(msgspec.Struct, frozen=True, kw_only=True):
    """Notes with marks, and the lines of footnotes that have none: affiliations, funding, dates."""

    notes: tuple[MarkedNote, ...] = ()
    others: tuple[FlowLine, ...] = ()


def part_notes(lines: Sequence[FlowLine]) -> PartedNotes:
    """The notes on ``lines``; a line without a mark goes on with the note above, also on the page before."""
    notes: list[MarkedNote] = []
    others: list[FlowLine] = []
    is_note = False
    for piece in (part for line in lines for part in _parts(line)):
        mark = leading_mark(piece.text)
        last = notes[-1].mark if notes else None
        if mark is not None and _begins(mark, last, piece) and find_label(piece.text[mark.end :]) is None:
            notes.append(_note(mark, piece))
            is_note = True
        elif _begins_unread(piece, notes[-1] if notes and is_note else None):
            notes.append(_unread(piece, last))
            is_note = True
        elif find_label(piece.text) is not None or not (is_note or _goes_on(piece, notes)):
            others.append(piece.line)
            is_note = False
        else:
            notes[-1] = msgspec.structs.replace(notes[-1], pieces=(*notes[-1].pieces, piece))
            is_note = True
    return PartedNotes(notes=tuple(note for note in notes if note.pieces), others=tuple(dict.fromkeys(others)))


def _note(mark: NoteMark, piece: Piece) -> MarkedNote:
    begins = piece.start + mark.end
    return MarkedNote(
        mark=mark, place=Piece(piece.line, piece.start, begins), pieces=(Piece(piece.line, begins, piece.end),)
    )


def _unread(piece: Piece, last: NoteMark | None) -> MarkedNote:
    """A note whose mark was not read: the one after the note above, or the first."""
    kind, value = (last.kind, last.value + 1) if last else ("circled", 1)
    mark = NoteMark(kind=kind, printed="", value=value, end=0)
    return MarkedNote(mark=mark, place=Piece(piece.line, piece.start, piece.start), pieces=(piece,))


def _parts(line: FlowLine) -> Iterable[Piece]:
    """A line's stretches, cut where another note begins in it."""
    cuts = [0, *(match.end() for match in _INNER.finditer(line.text)), len(line.text)]
    for start, end in pairwise(cuts):
        if line.text[start:end].strip():
            yield Piece(line, start, end)


def _begins(mark: NoteMark, last: NoteMark | None, piece: Piece) -> bool:
    """Whether a mark at a stretch's start is a note's: bare numbers must follow each other, others may skip."""
    if mark.kind in ("circled", "star", "named") or follows(mark, last):
        return True
    return mark.kind == "bracket" and piece.start == 0


def _begins_unread(piece: Piece, above: MarkedNote | None) -> bool:
    """Whether a note begins whose mark was not read: any above is over, and a work is cited from a line's start."""
    return piece.start == 0 and (above is None or _is_over(above)) and cites_work(piece.text)


def _goes_on(piece: Piece, notes: Sequence[MarkedNote]) -> bool:
    """Whether the first line of a page's notes, which has no mark, goes on with the last note of the page before."""
    return bool(notes) and notes[-1].pieces[-1].line.page == piece.line.page - 1 and not _is_over(notes[-1])


def _is_over(note: MarkedNote) -> bool:
    return compose(note.pieces).text.rstrip().endswith(("。", ".", "．"))


# Where in the text the marks of notes stand: on the note's page, in the notes' order.

# A mark stands behind a clause or a quotation rather than before a word.
_OPEN, _CLOSE = r"[\[［〔【]", r"[\]］〕】]"
_BEHIND = frozenset("。．.，,；;：:！？!?”’」』）)》〉、")


class _Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a mark's characters in the text: its anchor, its page, and whether it is set like a mark."""

    anchor: NoteAnchor
    page: int | None
    is_set_as_mark: bool

    @property
    def order(self) -> tuple[str, int, int]:
        return (self.anchor.section, self.anchor.paragraph, self.anchor.at)


def find_anchors(
    notes: Sequence[MarkedNote], sections: Sequence[Section], *, on_page: bool
) -> tuple[tuple[NoteAnchor | None, str], ...]:
    """The anchor of every note and the mark that stands there; None where it was not read.

    Endnotes are called on any page.
    """
    called = _calls(notes)
    cited = any(one.references for section in sections for item in section.paragraphs for one in item.citations)
    places: dict[str, list[_Place]] = {}
    used: set[tuple[str, int, int]] = set()
    found: list[tuple[NoteAnchor | None, str]] = []
    for note, own in zip(notes, called, strict=True):
        chosen, mark = None, own
        for mark in filter(None, (own, "" if cited else _bracketed(note.mark))):
            if mark not in places:
                places[mark] = list(_places(mark, sections))
            free = [place for place in places[mark] if place.order not in used]
            near = [place for place in free if not on_page or place.page == note.page]
            best = next((place for place in near if place.is_set_as_mark), None)
            chosen = best or (near[0] if mark in _CIRCLES and near else None)
            if chosen is not None:
                used.add(chosen.order)
                break
        found.append((chosen.anchor, mark) if chosen is not None else (None, own))
    return tuple(found)


def _bracketed(mark: NoteMark) -> str:
    """What calls a note in brackets whose mark was not read, or read without them: ``[2]``; empty for any other."""
    is_bare = not mark.printed or mark.printed.strip().isdecimal()
    return f"[{mark.value}]" if is_bare and mark.value else ""


def _calls(notes: Sequence[MarkedNote]) -> tuple[str, ...]:
    """Every note's mark; a ring for one that was not read, or as a bare figure among rings (8 for ⑧)."""
    rings = sum(note.mark.kind == "circled" for note in notes)
    return tuple(
        ring(note.mark.value) if _is_ring(note.mark, rings, len(notes)) else note.mark.printed for note in notes
    )


def _is_ring(mark: NoteMark, rings: int, count: int) -> bool:
    is_misread = mark.printed.strip().isdecimal() and 2 * rings > count
    return 0 < mark.value <= len(_CIRCLES) and ((not mark.printed and mark.kind == "circled") or is_misread)


def _places(mark: str, sections: Sequence[Section]) -> Iterator[_Place]:
    for section in sections:
        for index, paragraph in enumerate(section.paragraphs):
            items = _items(paragraph.text)
            for match in _pattern(mark).finditer(paragraph.text):
                at = match.start()
                if at in items:
                    continue
                yield _Place(
                    anchor=NoteAnchor(section=section.id, paragraph=index, at=at),
                    page=_page(paragraph, at),
                    is_set_as_mark=_is_set_as_mark(paragraph, at, mark),
                )


def _items(text: str) -> frozenset[int]:
    """Where rings count the items of a sentence (``有三：①甲；②乙``): the first behind a colon, the others in order."""
    first = _FIRST_ITEM.search(text)
    found: list[int] = []
    at = first.end() - 1 if first else -1
    for sign in sorted(_CIRCLES):
        if at < 0 or (found and text[at - 1] not in _BEHIND):
            break
        found.append(at)
        at = text.find(chr(ord(sign) + 1), at)
    return frozenset(found if len(found) > 1 else ())


def _pattern(mark: str) -> re.Pattern[str]:
    """A mark as the text may print it: one that stands in brackets in any."""
    figures = re.fullmatch(rf"{_OPEN}\s?(\d+)\s?{_CLOSE}", mark)
    return re.compile(rf"{_OPEN}\s?{figures[1]}\s?{_CLOSE}" if figures else re.escape(mark))


def _page(paragraph: Paragraph, at: int) -> int | None:
    return next((span.page for span in paragraph.spans if span.start <= at < span.end), None)


def _is_set_as_mark(paragraph: Paragraph, at: int, mark: str) -> bool:
    """Whether the characters are raised, or a mark in brackets or a ring behind a clause or at a sentence's end."""
    raised = [item for item in paragraph.marks if item.kind == "sup" and item.start <= at < item.end]
    if mark[-1].isdecimal():
        # 10⁶ and χ² call nothing.
        behind_word = at > 0 and paragraph.text[at - 1].isalnum() and not is_han(paragraph.text[at - 1])
        return not behind_word and any(paragraph.text[item.start : item.end].strip() == mark for item in raised)
    if raised:
        return True
    return at > 0 and (paragraph.text[at - 1] in _BEHIND or (not mark[0].isalnum() and mark[0] not in _CIRCLES))


_CIRCLES = frozenset(map(chr, range(0x2460, 0x2474)))
_FIRST_ITEM = re.compile(r"[：:]\s?①")


# Notes as the document has them, from their lines and the text that calls them.


def read_notes(
    lines: Sequence[FlowLine], sections: Sequence[Section], *, on_page: bool
) -> tuple[tuple[Note, ...], tuple[FlowLine, ...]]:
    """The notes with marks on ``lines``, and the lines that belong to none.

    Footnotes are called ``on_page``, endnotes anywhere in ``sections``.
    """
    parted = part_notes(lines)
    anchored = zip(parted.notes, find_anchors(parted.notes, sections, on_page=on_page), strict=True)
    return tuple(_note_read(item, *place) for item, place in anchored), parted.others


def _note_read(item: MarkedNote, anchor: NoteAnchor | None, called: str) -> Note:
    paragraph = compose(item.pieces)
    boxes = [span.box for span in paragraph.spans if span.page == paragraph.spans[0].page]
    return Note(
        mark=called if anchor is not None else item.mark.printed,
        text=paragraph.text,
        page=item.page,
        box=enclose(boxes) if boxes else item.pieces[0].line.to_page.box(item.pieces[0].line.box).rounded(),
        anchor=anchor,
        confidence=paragraph.confidence,
        spans=paragraph.spans,
        mark_spans=compose((item.place,)).spans,
    )


def note_problems(notes: Sequence[Note], elsewhere: Iterable[str]) -> tuple[Problem, ...]:
    """A problem for each page with notes whose marks were read nowhere, ``elsewhere`` being what is no section."""
    others = "".join(elsewhere)
    lost: dict[int, list[str]] = {}
    for note in notes:
        if note.anchor is None and note.mark and not _STAR.fullmatch(note.mark) and note.mark not in others:
            lost.setdefault(note.page, []).append(note.mark)
    return tuple(
        Problem(
            stage="notes",
            page=page,
            message=f"notes that nothing in the text calls: {' '.join(marks)}",
            remedy="look for marks lost in reading",
        )
        for page, marks in lost.items()
    )


_STAR = re.compile(r"[*＊∗†‡※]+")
