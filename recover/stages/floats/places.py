"""Where things that stand apart from the text are printed: in which section, behind which of its paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from recover.model.document import Section, Span
from recover.model.flow import FlowLine


class Place(msgspec.Struct, frozen=True):
    """A section's id and the index of a paragraph in it, -1 before the first; no section before all of them."""

    section: str = ""
    after: int = -1


def line_places(sections: Sequence[Section]) -> dict[str, Place]:
    """The place behind each line of the document, by the line's key; a line in two paragraphs lies in the last."""
    places: dict[str, Place] = {}
    for section in sections:
        places.update(_behind(section.title_spans, Place(section.id)))
        for number, paragraph in enumerate(section.paragraphs):
            places.update(_behind(paragraph.spans, Place(section.id, number)))
    return places


def _behind(spans: Sequence[Span], place: Place) -> dict[str, Place]:
    return {span.line: place for span in spans if span.line}


def place_at(position: int, lines: Sequence[FlowLine], places: Mapping[str, Place]) -> Place:
    """The place of what is printed behind the first ``position`` lines of the flow.

    Inside a paragraph that is the place behind it; lines in no section (front matter, entries of the list) are
    passed over.
    """
    return next((places[line.key] for line in reversed(lines[:position]) if line.key in places), Place())
