"""Where in the text the marks of notes stand: on the note's page, in the notes' order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from recover.model.document import NoteAnchor, Paragraph, Section
from recover.stages.notes.part import MarkedNote

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
) -> tuple[NoteAnchor | None, ...]:
    """The anchor of every note, None where its mark was not read; endnotes are called on any page."""
    places = {
        mark: list(_places(mark, sections)) for mark in {note.mark.printed for note in notes if note.mark.printed}
    }
    used: set[tuple[str, int, int]] = set()
    found: list[NoteAnchor | None] = []
    for note in notes:
        free = [place for place in places.get(note.mark.printed, []) if place.order not in used]
        near = [place for place in free if not on_page or place.page == note.page]
        best = next((place for place in near if place.is_set_as_mark), None)
        chosen = best or (near[0] if note.mark.kind == "circled" and near else None)
        if chosen is not None:
            used.add(chosen.order)
        found.append(chosen.anchor if chosen is not None else None)
    return tuple(found)


def _places(mark: str, sections: Sequence[Section]) -> Iterator[_Place]:
    for section in sections:
        for index, paragraph in enumerate(section.paragraphs):
            for match in _pattern(mark).finditer(paragraph.text):
                at = match.start()
                yield _Place(
                    anchor=NoteAnchor(section=section.id, paragraph=index, at=at),
                    page=_page(paragraph, at),
                    is_set_as_mark=_is_set_as_mark(paragraph, at, mark),
                )


def _pattern(mark: str) -> re.Pattern[str]:
    """A mark as the text may print it: one that stands in brackets in any."""
    figures = re.fullmatch(rf"{_OPEN}\s?(\d+)\s?{_CLOSE}", mark)
    return re.compile(rf"{_OPEN}\s?{figures[1]}\s?{_CLOSE}" if figures else re.escape(mark))


def _page(paragraph: Paragraph, at: int) -> int | None:
    return next((span.page for span in paragraph.spans if span.start <= at < span.end), None)


def _is_set_as_mark(paragraph: Paragraph, at: int, mark: str) -> bool:
    """Whether the characters are raised, or a mark in brackets or a ring behind a clause or at a sentence's end."""
    if any(item.kind == "sup" and item.start <= at < item.end for item in paragraph.marks):
        return True
    if mark[-1].isdecimal():
        return False
    return at > 0 and (paragraph.text[at - 1] in _BEHIND or (not mark[0].isalnum() and mark[0] not in _CIRCLES))


_CIRCLES = frozenset(map(chr, range(0x2460, 0x2474)))
