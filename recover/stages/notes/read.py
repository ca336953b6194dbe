"""Notes as the document has them, from their lines and the text that calls them."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.document import Note, NoteAnchor, Section
from recover.model.flow import FlowLine
from recover.model.geometry import enclose
from recover.stages.notes.anchors import find_anchors
from recover.stages.notes.part import MarkedNote, part_notes
from recover.text.compose import compose


def read_notes(
    lines: Sequence[FlowLine], sections: Sequence[Section], *, on_page: bool
) -> tuple[tuple[Note, ...], tuple[FlowLine, ...]]:
    """The notes with marks on ``lines``, and the lines that belong to none.

    Footnotes are called ``on_page``, endnotes anywhere in ``sections``.
    """
    parted = part_notes(lines)
    anchors = find_anchors(parted.notes, sections, on_page=on_page)
    return tuple(_note(item, anchor) for item, anchor in zip(parted.notes, anchors, strict=True)), parted.others


def _note(item: MarkedNote, anchor: NoteAnchor | None) -> Note:
    paragraph = compose(item.pieces)
    boxes = [span.box for span in paragraph.spans if span.page == paragraph.spans[0].page]
    return Note(
        mark=item.mark.printed,
        text=paragraph.text,
        page=item.page,
        box=enclose(boxes) if boxes else item.pieces[0].line.to_page.box(item.pieces[0].line.box).rounded(),
        anchor=anchor,
        confidence=paragraph.confidence,
        spans=paragraph.spans,
        mark_spans=compose((item.place,)).spans,
    )
