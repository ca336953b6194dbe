"""A title that the layout network took for a picture: large type with an ornament around it, on the first page."""

from __future__ import annotations

from recover.model.document import Author, Bilingual
from recover.model.flow import Flow
from recover.model.page import Line
from recover.stages.outline.authors import split_authors
from recover.text.names import are_names
from recover.text.scripts import is_han

# Type of this size over the text's is a title's; a line's box is so much higher than its type.
LARGE, BOX_OVER_TYPE = 1.5, 1.15
# A title has so many Chinese characters, and stands over no more lines.
LEAST, MOST, LINES = 4, 40, 4


def title_in_float(flow: Flow) -> tuple[Bilingual, tuple[Author, ...]]:
    """The title and the names drawn into a figure of the first page; empty where none shows one."""
    first = flow.lines[0].page if flow.lines else 0
    for item in flow.floats:
        if item.page != first or item.region.kind != "figure":
            continue
        large = [line for line in item.region.lines if _is_large(line, flow.body_size) and not are_names(line.text)]
        text = "".join(line.text.strip() for line in sorted(large, key=lambda line: line.box.center[1]))
        if 0 < len(large) <= LINES and LEAST <= sum(map(is_han, text)) <= len(text) <= MOST:
            names = [line.text for line in item.region.lines if are_names(line.text)]
            return Bilingual(zh=text), split_authors(names, [])
    return Bilingual(), ()


def _is_large(line: Line, body: float) -> bool:
    # A line that runs down is as wide as its type.
    return min(line.height, line.box.width) / BOX_OVER_TYPE > LARGE * body
