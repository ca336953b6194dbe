"""Pages of which a reader doubted some characters, for the corrector's tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from recover.model.page import Alternative, Doubt, Insertion, Line, PageReading, Region
from recover.stages.correct.place import Place, places
from tests.printed_lines import make_line

Doubts = Mapping[int, Sequence[tuple[str, float]]]


def doubtful_line(text: str, doubts: Doubts | None = None, *, own: float = 0.6, name: str = "l1") -> Line:
    """A line with, by offset, what else its reader saw; it read what it doubted with ``own``."""
    told = doubts or {}
    return msgspec.structs.replace(
        make_line(text, name=name),
        weights=(0.1,) * len(text),
        tops=(0.1,) * len(text),
        bottoms=(0.9,) * len(text),
        confidences=tuple(own if at in told else 0.999 for at in range(len(text))),
        doubts=tuple(
            Doubt(at, tuple(Alternative(char, share, "p") for char, share in others)) for at, others in told.items()
        ),
    )


def with_insertion(line: Line, at: int, text: str, share: float) -> Line:
    return msgspec.structs.replace(line, insertions=(Insertion(at, text, share),))


def page_of(*lines: Line) -> PageReading:
    """A page of one region, its lines one below the other."""
    region = Region(id="r1", kind="text", box=lines[0].box, lines=lines)
    return PageReading(index=0, width=600, height=800, dpi=200, regions=(region,))


def place_of(*lines: Line) -> Place:
    """The first line where it stands."""
    return next(place for _, _, place in places(page_of(*lines)))


def text_of(page: PageReading) -> str:
    return "".join(line.text for region in page.regions for line in region.lines)
