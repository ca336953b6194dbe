"""``Authors. Title. Journal year;volume(issue):pages.`` in its many dialects, Chinese lists without marks too."""

from __future__ import annotations

import re

from recover.stages.references.boundary import Boundary, find_boundary
from recover.stages.references.draft import Draft
from recover.stages.references.grammar.authors import AuthorCut, cut_authors
from recover.stages.references.tail import Tail, read_tail

_STATUS = re.compile(r"[.,;\s]+(?:[Ii]n press|[Ff]orthcoming|Epub ahead of print|待发表|出版中)[.\s]*$")
# A Chinese journal that no list knows: the last words of Han behind a mark, in worn print a comma.
_CHINESE_JOURNAL = re.compile(r"[.．。，,]\s*([\u4e00-\u9fff（）()]{2,16})$")
_TRIM = " .,;:，．。；：\t"


def read(text: str) -> Draft | None:
    """A draft when the string ends in a date; None otherwise."""
    tail = read_tail(text)
    if tail is None:
        return None
    head = text[: tail.start].rstrip(_TRIM)
    cut = cut_authors(head)
    source = head[cut.begin :]
    boundary = find_boundary(source)
    title, container = _cut(source, boundary)
    return Draft(
        style="vancouver",
        score=_score(cut, boundary, tail, title),
        authors=head[: cut.end],
        title=title,
        container=container,
        date=f"{tail.year} {tail.day}".strip(),
        volume=tail.volume,
        issue=tail.issue,
        pages=tail.pages,
    )


def _cut(source: str, boundary: Boundary | None) -> tuple[str, str]:
    if boundary is None or boundary.points < 0:
        journal = _CHINESE_JOURNAL.search(source)
        return (source[: journal.start()], journal[1]) if journal else (source, "")
    return source[: boundary.title_end], _STATUS.sub("", source[boundary.begin :]).strip(_TRIM)


def _score(cut: AuthorCut, boundary: Boundary | None, tail: Tail, title: str) -> float:
    """About 1 for a complete reference: authors, a title, a journal's name, and all of the numbers."""
    source = min(1.0, max(0.0, (boundary.points if boundary else 0.0) / 5.0))
    numbers = 0.25 * bool(tail.volume) + 0.35 * bool(tail.pages) + 0.4
    return 0.3 * cut.likeness + 0.3 * source + 0.3 * numbers + 0.1 * (len(title) > 8)
