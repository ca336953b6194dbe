"""Several articles in one file, as newspapers and short communications print them: each a title over a byline."""

from __future__ import annotations

from collections.abc import Container, Sequence

from recover.model.document import Problem
from recover.model.flow import Block, Flow
from recover.text.compose import compose
from recover.text.heading_numbers import parse_number
from recover.text.names import are_names

# A title is set larger than the text by this.
LARGE = 1.25


def articles_problem(blocks: Sequence[Block], headings: Container[int], flow: Flow) -> tuple[Problem, ...]:
    """Says that more than one article stands in the file, where large unnumbered titles with names below do."""
    found = [index for index in range(len(blocks) - 1) if index in headings and _is_title(index, blocks, flow)]
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
