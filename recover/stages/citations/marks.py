"""Citation marks: bracketed numbers, ranges and lists, as printed or with one bracket misread."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recover.model.document import Citation, Paragraph, Reference, Section
from recover.model.records import Correction, Problem
from recover.stages.citations.author_year import AuthorYears
from recover.stages.citations.damaged import close_marks, fill_gaps, mend_marks

_NUMBERS = r"\d{1,3}(?:\s*[-–—~～,，、;；]\s*\d{1,3})*"
MARK = re.compile(rf"[\[［【〔]\s*({_NUMBERS})\s*[\]］】〕]")
_RANGE = re.compile(r"(\d{1,3})\s*[-–—~～]\s*(\d{1,3})")
# A range over more entries than this is a page range or a dose.
LONGEST_RANGE = 60


def resolve(numbers: str) -> tuple[int, ...]:
    """The numbers a mark names, in order, ranges spelled out; empty when it can be no citation."""
    found: list[int] = []
    for part in re.split(r"\s*[,，、;；]\s*", numbers.strip()):
        span = _RANGE.fullmatch(part)
        if span:
            first, last = int(span.group(1)), int(span.group(2))
            if not first < last <= first + LONGEST_RANGE:
                return ()
            found.extend(range(first, last + 1))
        elif part.isdecimal():
            found.append(int(part))
        else:
            return ()
    return tuple(found) if found and 0 not in found else ()


def find_citations(text: str, highest: int) -> tuple[Citation, ...]:
    """Marks in ``text``; numbers over ``highest`` (the list's last, 0 when unknown) are none."""
    citations = []
    for match in MARK.finditer(text):
        numbers = resolve(match.group(1))
        if numbers and (not highest or max(numbers) <= highest + 5):
            citations.append(Citation(start=match.start(), end=match.end(), numbers=numbers))
    return tuple(citations)


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """Sections whose paragraphs know their citation marks, and the marks that were mended."""

    sections: tuple[Section, ...]
    corrections: tuple[Correction, ...] = ()


class ListScope(msgspec.Struct, frozen=True, kw_only=True):
    """A list of references: the place of its first in the document, and the sections that cite from it (None: all)."""

    references: Sequence[Reference]
    first: int = 0
    sections: range | None = None


def cite_sections(
    sections: Sequence[Section], references: Sequence[Reference], lists: Sequence[ListScope] = ()
) -> Cited:
    """Find the marks in all paragraphs and resolve them against the list, of several each against its own."""
    highest = max((reference.number for reference in references), default=0)
    mended = [mend_marks(paragraph, highest) for section in sections for paragraph in section.paragraphs]
    seen = {
        number for item in mended for mark in find_citations(item.paragraph.text, highest) for number in mark.numbers
    }
    closed = close_marks([item.paragraph for item in mended], seen, highest)
    marks = [
        [(mark.start, mark.numbers) for mark in find_citations(paragraph.text, highest)]
        for paragraph in closed.paragraphs
    ]
    filled = fill_gaps(closed.paragraphs, marks)
    corrections = [correction for item in mended for correction in item.corrections]
    paragraphs = iter(filled.paragraphs)
    mended_sections = [
        msgspec.structs.replace(section, paragraphs=tuple(next(paragraphs) for _ in section.paragraphs))
        for section in sections
    ]
    cited = cite_as_printed(mended_sections, references, lists)
    return Cited(sections=cited, corrections=(*corrections, *closed.corrections, *filled.corrections))


def cite_as_printed(
    sections: Sequence[Section], references: Sequence[Reference], lists: Sequence[ListScope] = ()
) -> tuple[Section, ...]:
    """The sections with their citations, nothing in the text mended."""
    highest = max((reference.number for reference in references), default=0)
    scoped = _lists(len(sections), lists or (ListScope(references=references),))
    return tuple(
        msgspec.structs.replace(
            section, paragraphs=tuple(_with_citations(paragraph, highest, found) for paragraph in section.paragraphs)
        )
        for section, found in zip(sections, scoped, strict=True)
    )


def _lists(count: int, lists: Sequence[ListScope]) -> list[tuple[_Cited, ...]]:
    """For every section the lists that it cites from."""
    known = [(scope.sections, _Cited(scope)) for scope in lists]
    return [
        tuple(cited for sections, cited in known if sections is None or index in sections) for index in range(count)
    ]


class _Cited:
    """A list as citations name its entries: by number, or by author and year where it prints no numbers."""

    def __init__(self, scope: ListScope) -> None:
        self.by_number = {item.number: scope.first + at for at, item in enumerate(scope.references) if item.number}
        self._first = scope.first
        bare = sum(not item.number for item in scope.references)
        self._years = AuthorYears(scope.references) if 2 * bare > len(scope.references) else None

    def by_year(self, text: str) -> tuple[Citation, ...]:
        found = self._years.citations(text) if self._years is not None else ()
        return tuple(
            msgspec.structs.replace(item, references=tuple(self._first + at for at in item.references))
            for item in found
        )


def _with_citations(paragraph: Paragraph, highest: int, lists: Sequence[_Cited]) -> Paragraph:
    by_year = [citation for cited in lists for citation in cited.by_year(paragraph.text)]
    taken = [(citation.start, citation.end) for citation in by_year]
    marks = (mark for mark in find_citations(paragraph.text, highest) if not _overlaps(mark, taken))
    citations = (*by_year, *(_placed(mark, lists) for mark in marks))
    return msgspec.structs.replace(paragraph, citations=tuple(sorted(citations, key=lambda item: item.start)))


def _overlaps(mark: Citation, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < mark.end and mark.start < end for start, end in taken)


def _placed(mark: Citation, lists: Sequence[_Cited]) -> Citation:
    """The mark with the places of its entries in the document's list."""
    places = {number: at for cited in reversed(lists) for number, at in cited.by_number.items()}
    return msgspec.structs.replace(mark, references=tuple(places[item] for item in mark.numbers if item in places))


def citation_problems(sections: Sequence[Section], references: Sequence[Reference]) -> tuple[Problem, ...]:
    """Cited numbers that the list lacks, and entries that nothing cites."""
    cited = {
        number
        for section in sections
        for paragraph in section.paragraphs
        for citation in paragraph.citations
        for number in citation.numbers
    }
    listed = {reference.number for reference in references if reference.number}
    if not cited or not listed:
        return ()
    problems = []
    if cited - listed:
        message = f"cited but not in the list: {_shown(cited - listed)}"
        problems.append(Problem(stage="citations", page=None, message=message, remedy="compare the marks and the list"))
    if listed - cited:
        message = f"in the list but never cited: {_shown(listed - cited)}"
        problems.append(Problem(stage="citations", page=None, message=message, remedy="look for marks lost in reading"))
    return tuple(problems)


def _shown(numbers: set[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers))
