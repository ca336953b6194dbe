"""Citation marks: bracketed numbers, ranges and lists, as printed or with one bracket misread."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from recover.lexicon.characters import is_han, simplified, unaccented
from recover.model.csl import CslItem
from recover.model.document import Citation, Paragraph, Reference, Section
from recover.model.records import Correction, Problem
from recover.stages.citations.damaged import close_marks, fill_gaps, mend_marks
from recover.text.reference_lists import looks_like_entry

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
    """Marks in ``text``; numbers over ``highest`` (the list's last, 0 when unknown) are none, nor is an entry's own."""
    citations = []
    is_entry = MARK.match(text) is not None and looks_like_entry(text)
    for match in MARK.finditer(text, 1 if is_entry else 0):
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


# Citations by author and year: （王小明，2015；Smith & Jones, 2012), 王小明（2015）, tied to the entries they name.

_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?"
_BRACKETS = re.compile(r"[(（]([^()（）]{4,200})[)）]")
# A part of a bracket: names, then one year or several, then what page is meant.
_PART = re.compile(
    rf"(?P<names>[^;；]*?[^\s;；,，\d])\s*[,，、]?\s*(?P<years>{_YEAR}(?:\s*[,，、]\s*{_YEAR})*)(?P<rest>\s*[:：,，]?[^;；]{{0,20}})$"
)
_ONLY_YEARS = re.compile(rf"^\s*(?P<years>{_YEAR}(?:\s*[,，、]\s*{_YEAR})*)\s*(?:[:：,，][^;；]{{0,20}})?$")
_INTRODUCED = re.compile(
    r"^(?:参见|参看|参阅|详见|转引自|引自|见|如|例如|see also|see|cf\.?|e\.g\.,?|i\.e\.,?)[\s:：,，]*", re.IGNORECASE
)
# What may stand between the first author's name and a bracket with the year.
_OTHERS = re.compile(
    r"(?:\s*(?:等人?|等学者|et al\.?|及其同事|and colleagues)"
    r"|\s*(?:和|与|及|、|，|,|and|&)\s*[^，。；,;（()）]{1,24}?){0,3}\s*$",
    re.IGNORECASE,
)
# The first author, as an entry begins.
_FIRST = re.compile(r"[\u3400-\u9fff]{2,4}(?=[\s,，、;；.。．(（:：])|[A-ZÀ-Þ][\w'’-]+(?=[,，\s])")
# A name is looked for so far before its year.
REACH = 60


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as citations name it: its place, its first author's names as they may be written, and its year."""

    at: int
    names: tuple[str, ...]
    year: str
    suffix: str


class AuthorYears:
    """The entries of a list, found by author and year."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self._references = references
        self._known = [known for at, item in enumerate(references) if (known := _known(at, item)) is not None]

    def citations(self, text: str) -> tuple[Citation, ...]:
        """The citations in a text, in order, each naming one entry or several."""
        found = [citation for match in _BRACKETS.finditer(text) for citation in self._in_bracket(text, match)]
        return tuple(sorted(found, key=lambda citation: citation.start))

    def _in_bracket(self, text: str, match: re.Match[str]) -> Iterator[Citation]:
        only = _ONLY_YEARS.match(match[1])
        if only:
            yield from self._behind_name(text, match, only["years"])
            return
        at = match.start(1)
        for part in re.split(r"([;；])", match[1]):
            yield from self._part(part, at)
            at += len(part)

    def _part(self, part: str, at: int) -> Iterator[Citation]:
        match = _PART.search(part)
        if match is None:
            return
        names = _INTRODUCED.sub("", match["names"].strip())
        entries = self._entries(match["years"], lambda known: any(_begins(names, name) for name in known.names))
        if entries:
            start = at + match.end("names") - len(names)
            yield self._citation(start, at + match.end("years"), entries)

    def _behind_name(self, text: str, match: re.Match[str], years: str) -> Iterator[Citation]:
        before = text[max(0, match.start() - REACH) : match.start()]
        places: dict[int, int] = {}
        for known in self._known:
            for name in known.names:
                at = _last_place(before, name)
                if at is not None and _OTHERS.match(before[at + len(name) :]):
                    places[known.at] = max(at, places.get(known.at, -1))
        entries = self._entries(years, lambda known: known.at in places)
        if entries:
            start = match.start() - len(before) + min(places[at] for at in entries)
            yield self._citation(start, match.end(), entries)

    def _entries(self, years: str, fits: Callable[[_Known], bool]) -> list[int]:
        """The entries of each year that fit; where a letter is printed behind it, those with that letter."""
        found: list[int] = []
        for year in re.findall(_YEAR, years):
            alike = [known for known in self._known if known.year == year[:4] and fits(known)]
            exact = [known for known in alike if known.suffix == year[4:]]
            found.extend(known.at for known in (exact or alike) if known.at not in found)
        return found

    def _citation(self, start: int, end: int, entries: Sequence[int]) -> Citation:
        numbers = tuple(self._references[at].number for at in entries if self._references[at].number)
        return Citation(start=start, end=end, numbers=numbers, references=tuple(entries))


def _known(at: int, reference: Reference) -> _Known | None:
    """How an entry is cited; its own words tell where its fields don't."""
    dates = reference.csl.issued.date_parts if reference.csl.issued else ()
    printed = re.search(rf"(?<!\d)({_YEAR})(?![\d-])", reference.raw)
    year = str(dates[0][0]) if dates and dates[0] else printed[1][:4] if printed else ""
    names = [*_names(reference.csl), *(match[0] for match in [_FIRST.match(reference.raw.strip())] if match)]
    suffix = re.search(rf"{year}([a-z])\b", reference.raw) if year else None
    shown = tuple(dict.fromkeys(_folded(name) for name in names if len(name.strip()) > 1))
    return _Known(at=at, names=shown, year=year, suffix=suffix[1] if suffix else "") if shown and year else None


def _names(csl: CslItem) -> Iterator[str]:
    """The first author's name in full where it is Chinese, else the family name."""
    for name in (csl.author or csl.editor)[:1]:
        yield name.literal
        yield name.family + name.given if any(map(is_han, name.family)) else unaccented(name.family)


def _folded(name: str) -> str:
    return simplified(name.strip()).casefold()


def _begins(names: str, name: str) -> bool:
    """Whether a list of names begins with a name, whole: Li is no beginning of Lin."""
    plain = simplified(names).casefold()
    if name.isascii():
        plain = unaccented(plain)
    after = plain[len(name) : len(name) + 1]
    return plain.startswith(name) and not (after.isalpha() and not is_han(after))


def _last_place(text: str, name: str) -> int | None:
    plain = simplified(text).casefold()
    at = plain.rfind(name)
    if at < 0:
        return None
    before = plain[at - 1 : at]
    return None if name.isascii() and before.isalpha() and not is_han(before) else at
