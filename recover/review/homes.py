"""Where the figures and tables of a proofread document stand now that its headings and paragraphs have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from recover.model.document import Figure, Section, Table
from recover.review.sheet import Sheet
from recover.stages.floats.places import Place, line_places


class Homes(msgspec.Struct, frozen=True):
    """The sections as they were, those there are now, and the place behind each line now."""

    before: tuple[Section, ...]
    now: Mapping[str, Section]
    behind: Mapping[str, Place]

    @classmethod
    def of(cls, sheet: Sheet, sections: Sequence[Section]) -> Homes:
        """The homes on a sheet that says ``sections``."""
        return cls(sheet.document.sections, {section.id: section for section in sections}, line_places(sections))

    def place(self, item: Figure | Table) -> Place:
        """Behind the last line before it that still stands in the text; without any, in its section as it was."""
        own = next((section for section in self.before if section.id == item.section), None)
        if own is None:
            return Place(item.section, item.after)
        for line in reversed(_lines(own, item.after)):
            if line in self.behind:
                return self.behind[line]
        if item.section in self.now:
            return Place(item.section, min(item.after, len(self.now[item.section].paragraphs) - 1))
        return Place(self._last_before(item.section))

    def _last_before(self, name: str) -> str:
        """For a section that is none any more, the last that begins before it."""
        last = ""
        for section in self.before:
            last = section.id if section.id in self.now else last
            if section.id == name:
                break
        return last


def _lines(section: Section, after: int) -> list[str]:
    """The lines of a section's heading and of its paragraphs up to ``after``, in order."""
    spans = [*section.title_spans, *(span for one in section.paragraphs[: after + 1] for span in one.spans)]
    return [span.line for span in spans if span.line]
