"""The account of a document: every character found in its file in one class, and what stands in no text listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from recover.lexicon.characters import is_han
from recover.model.document import CAPTION, TABLE_NOTE, Document, Figure, Section, Span, Table
from recover.model.geometry import Box, enclose
from recover.model.records import Account, OpenPlace, PageAccount, PageLine, PageRecord, Problem
from recover.text.labels import find_label
from recover.text.messages import counted
from recover.text.names import cover_field
from recover.text.vocabulary import HYPHENS

# The characters of the pages' lines, each taken by the text of one class at most.


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """Characters of a line that no text took: ``line.text[start:end]``."""

    page: int
    line: PageLine
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


class Ledger:
    """Which characters of which line are taken."""

    def __init__(self, pages: Sequence[PageRecord]) -> None:
        lines = [(page.number, line) for page in pages for region in page.regions for line in region.lines]
        self._lines = {line.id: line for _, line in lines}
        self._pages = {line.id: page for page, line in lines}
        # The number of the kind that took a character, counted from 1; 0 where none did.
        self._taken = {line.id: bytearray(len(line.text)) for _, line in lines}

    def take(self, claim: Claim) -> Counter[int]:
        """The claim's characters by page: those of its text, without what an earlier text took already."""
        fresh: Counter[int] = Counter()
        repeated = 0
        places = [(span.line, span.at, span.at + span.end - span.start) for span in claim.spans]
        places += [(line, 0, len(self._taken.get(line, b""))) for line in claim.lines]
        for line, start, end in places:
            new, old = self._mark(line, start, end, claim.kind)
            repeated += old
            fresh[self._pages.get(line, claim.page)] += new
        if repeated and not fresh.total():
            return fresh
        # A text has less than its lines where a heading's number lost its mark, more where a bracket was put in.
        rest = max(0, count(claim.text) - repeated) - fresh.total()
        first = next((page for page, number in fresh.items() if number + rest >= 0), claim.page)
        fresh[first] += rest
        return fresh

    def _mark(self, line: str, start: int, end: int, kind: Kind) -> tuple[int, int]:
        """Take a stretch of a line: how many of its characters nobody had taken, and how many somebody had."""
        taken = self._taken.get(line)
        if taken is None:
            return 0, 0
        text = self._lines[line].text
        places = [at for at in range(max(0, start), min(end, len(text))) if not text[at].isspace()]
        old = sum(taken[at] > 0 for at in places)
        for at in places:
            taken[at] = taken[at] or 1 + KINDS.index(kind)
        return len(places) - old, old

    def left(self) -> Iterator[Run]:
        """What nobody took, longest runs of it, white space aside."""
        for key, line in self._lines.items():
            taken = self._taken[key]
            start = 0
            while start < len(line.text):
                end = start
                while end < len(line.text) and not taken[end]:
                    end += 1
                run = _trimmed(Run(page=self._pages[key], line=line, start=start, end=end))
                if run.text:
                    yield run
                start = max(end, start + 1)

    def taker(self, line: PageLine, at: int) -> Kind | None:
        """The class whose text shows the character at ``at``; None where none does, or behind the line's end."""
        taken = self._taken[line.id]
        number = taken[at] if at < len(taken) else 0
        return KINDS[number - 1] if number else None


def count(text: str) -> int:
    """The characters of a text, white space aside."""
    return sum(not char.isspace() for char in text)


def _trimmed(run: Run) -> Run:
    start = run.end - len(run.text.lstrip())
    return msgspec.structs.replace(run, start=start, end=max(start, run.start + len(run.text.rstrip())))


def run_box(run: Run) -> Box:
    """Where a run stands on its page."""
    xs, ys = run.line.quad[::2], run.line.quad[1::2]
    if len(run.line.edges) < 2 * run.end or not run.line.text:
        return Box(min(xs), min(ys), max(xs), max(ys))
    left, right = run.line.edges[2 * run.start] / 1000, run.line.edges[2 * run.end - 1] / 1000
    corners = [_between(run.line.quad, edge, share) for edge in ((0, 2), (6, 4)) for share in (left, right)]
    return Box(
        min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners)
    ).rounded()


def _between(quad: tuple[float, ...], edge: tuple[int, int], share: float) -> tuple[float, float]:
    first, last = edge
    return (
        quad[first] + (quad[last] - quad[first]) * share,
        quad[first + 1] + (quad[last + 1] - quad[first + 1]) * share,
    )


# What each text of a document claims: a class of the account, and the places in lines where it was read.

Kind = Literal["text", "front", "references", "tables", "captions", "notes", "formulas", "figures", "furniture"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# Blocks of the front matter that are notes.
NOTE_ROLES = frozenset({TABLE_NOTE, "footnote"})


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A text that the document shows, the page it begins on, and where it was read: parts of lines, or whole ones."""

    kind: Kind
    text: str
    page: int
    spans: tuple[Span, ...] = ()
    lines: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    """Every text of the document; what stands in two of its fields comes first where it has a class of its own."""
    for note in document.notes:
        yield Claim(kind="notes", text=note.mark + note.text, page=note.page, spans=(*note.mark_spans, *note.spans))
    for formula in document.formulas:
        label = "" if formula.label in formula.text else formula.label
        yield Claim(kind="formulas", text=formula.text + label, page=formula.page, spans=formula.spans)
    for entry in document.toc:
        text = entry.number + entry.title + entry.label
        yield Claim(kind="front", text=text, page=entry.page, spans=entry.spans)
    for table in document.tables:
        yield from _table(table)
    for figure in document.figures:
        yield from _figure(figure)
    for item in document.furniture:
        lines = (item.line,) if item.line else ()
        yield Claim(kind="furniture", text=item.text, page=item.page, lines=lines)
    for reference in document.references:
        yield Claim(kind="references", text=reference.raw, page=reference.page, spans=reference.spans)
    for section in document.sections:
        yield from _section(section)
    for block in (one for one in document.front if one.role != CAPTION):
        text, spans = block.paragraph.text, block.paragraph.spans
        kind: Kind = "notes" if block.role in NOTE_ROLES else "front"
        yield Claim(kind=kind, text=text, page=_first_page(spans, 0), spans=spans)


def _table(table: Table) -> Iterator[Claim]:
    yield from _captions(table)
    if not table.cells:
        text = "".join(cell for row in table.rows for cell in row)
        yield Claim(kind="tables", text=text, page=table.page)
    for cell in table.cells:
        yield Claim(kind="tables", text=cell.text, page=_first_page(cell.spans, table.page), spans=cell.spans)


def _figure(figure: Figure) -> Iterator[Claim]:
    yield from _captions(figure)
    named = figure.lines if len(figure.lines) == len(figure.text) else ()
    for number, text in enumerate(figure.text):
        yield Claim(kind="figures", text=text, page=figure.page, lines=named[number : number + 1])


def _captions(item: Table | Figure) -> Iterator[Claim]:
    both = ((item.label + item.caption, item.caption_spans), (item.caption_en, item.caption_en_spans))
    for text, spans in both:
        yield Claim(kind="captions", text=text, page=_first_page(spans, item.page), spans=spans)


def _section(section: Section) -> Iterator[Claim]:
    page = section.page
    yield Claim(kind="text", text=section.number + section.title, page=page, spans=section.title_spans)
    yield Claim(kind="text", text=section.title_en, page=page, spans=section.title_en_spans)
    for paragraph in section.paragraphs:
        page = _first_page(paragraph.spans, page)
        yield Claim(kind="text", text=paragraph.text, page=page, spans=paragraph.spans)


def _first_page(spans: Sequence[Span], default: int) -> int:
    return spans[0].page if spans else default


# Characters of a page that no text shows because the document says them in another way.

# A leader runs from a title to its page number, a rule of dots fills a line.
LEADERS = frozenset(".．。·•…⋯‥-–—_ \u3000")
# What closes a heading's number, a label, or an entry's number: 一、 （一） 表1： [1]
CLOSERS = frozenset("、.．。,，:：;；|｜)）]］】〕}」』·\"'")
# An entry's number as it may be read: [12], [④], [l0].
LONGEST_NUMBER = 6
LONGEST_LABEL = 42


def is_implied(run: Run, ledger: Ledger) -> bool:
    """Whether a label, a number's mark, a word's hyphen or a leader is all that a run holds."""
    return (
        _breaks_word(run, ledger)
        or _is_leader(run)
        or _is_mark(run, ledger)
        or _is_label(run)
        or _is_run_in_label(run, ledger)
        or _is_entry_number(run, ledger)
    )


def _breaks_word(run: Run, ledger: Ledger) -> bool:
    """Whether it is the hyphen at a line's end."""
    at_end = not run.line.text[run.end :].strip()
    return at_end and run.text in HYPHENS and run.start > 0 and ledger.taker(run.line, run.start - 1) is not None


def _is_leader(run: Run) -> bool:
    return len(run.text) > 2 and LEADERS.issuperset(run.text)


def _is_mark(run: Run, ledger: Ledger) -> bool:
    """Whether it is the mark behind a number or a label, between what two texts took."""
    follows = run.start > 0 and any(ledger.taker(run.line, at) for at in range(run.start))
    return follows and bool(run.line.text[run.end :].strip()) and CLOSERS.issuperset(run.text.replace(" ", ""))


def _is_label(run: Run) -> bool:
    """Whether it is a label that the role of the text behind it says."""
    label = find_label(run.line.text) or cover_field(run.line.text)
    return label is not None and run.end <= label.end


def _is_run_in_label(run: Run, ledger: Ledger) -> bool:
    """Whether it is a label before a colon, the title of the section whose text goes on behind it."""
    begins = not run.line.text[: run.start].strip() and run.text.endswith((":", "："))
    behind = len(run.line.text) - len(run.line.text[run.end :].lstrip())
    return begins and len(run.text) <= LONGEST_LABEL and ledger.taker(run.line, behind) == "text"


def _is_entry_number(run: Run, ledger: Ledger) -> bool:
    """Whether it is the number before an entry of the list of references, which the entry says itself."""
    begins = not run.line.text[: run.start].strip() and len(run.text) <= LONGEST_NUMBER
    behind = len(run.line.text) - len(run.line.text[run.end :].lstrip())
    return begins and ledger.taker(run.line, behind) == "references" and not any(map(is_han, run.text))


CLASSES = (
    "text", "front", "references", "tables", "captions", "notes", "formulas", "figures", "furniture", "rejected",
    "unread",
)  # fmt: skip
IN_NO_TEXT = "no text of the document shows it"
# Places of one row this near, in their heights, are told as one.
NEAR = 1.5

Places = Mapping[int, Sequence[OpenPlace]]


def with_account(document: Document, set_aside: Places) -> Document:
    """The document with its account; ``set_aside`` are the places of each page that stand in no line."""
    ledger = Ledger(document.pages)
    counts: dict[int, Counter[str]] = {page.number: Counter() for page in document.pages}
    for claim in claims(document):
        for page, number in ledger.take(claim).items():
            counts.setdefault(page, Counter())[claim.kind] += number
    found = {page: gathered(places) for page, places in set_aside.items()}
    for page, place in _dropped(ledger):
        found[page] = (*found.get(page, ()), place)
    pages = tuple(_page(page, counts.get(page, Counter()), found.get(page, ())) for page in sorted({*counts, *found}))
    sums = {name: sum(getattr(page, name) for page in pages) for name in ("characters", *CLASSES)}
    account = Account(**sums, pages=pages)
    return msgspec.structs.replace(document, account=account)


def recounted(document: Document) -> Document:
    """The document with its account taken again, as after a review; what stood in no line stays listed."""
    kept = {page.page: [place for place in page.open if place.why != IN_NO_TEXT] for page in document.account.pages}
    return with_account(document, kept)


def _dropped(ledger: Ledger) -> Iterator[tuple[int, OpenPlace]]:
    """What was read in a line and no text shows."""
    for run in ledger.left():
        if not is_implied(run, ledger):
            yield run.page, OpenPlace(box=run_box(run), text=run.text, what="rejected", why=IN_NO_TEXT)


def _page(number: int, counts: Counter[str], places: Sequence[OpenPlace]) -> PageAccount:
    classes = {name: counts[name] for name in CLASSES[:-2]}
    for what in CLASSES[-2:]:
        classes[what] = sum(characters(place) for place in places if place.what == what)
    return PageAccount(page=number, characters=sum(classes.values()), **classes, open=tuple(places))


def characters(place: OpenPlace) -> int:
    """The characters at an open place; where nobody read them, as many as square ones have room."""
    if place.text.strip():
        return count(place.text)
    short, long = sorted((place.box.width, place.box.height))
    return max(1, round(long / max(short, 1.0)))


def gathered(places: Iterable[OpenPlace]) -> tuple[OpenPlace, ...]:
    """Places side by side that have one reason, as one."""
    rows: list[OpenPlace] = []
    for place in places:
        if rows and _goes_on(rows[-1], place):
            text = rows[-1].text + place.text
            rows[-1] = msgspec.structs.replace(rows[-1], text=text, box=enclose((rows[-1].box, place.box)))
        else:
            rows.append(place)
    return tuple(rows)


def _goes_on(left: OpenPlace, right: OpenPlace) -> bool:
    height = max(left.box.height, right.box.height)
    same = (left.what, left.why) == (right.what, right.why) and bool(left.text) and bool(right.text)
    level = abs(left.box.center[1] - right.box.center[1]) < height / 2
    return same and level and -height < right.box.x0 - left.box.x1 < NEAR * height


def account_problems(document: Document) -> tuple[Problem, ...]:
    """What a reader must know: text that was dropped, print that nobody read, pages with print and no text."""
    return tuple(problem for page in document.account.pages for problem in _problems(page, document))


def _problems(page: PageAccount, document: Document) -> Iterator[Problem]:
    remedy = "look at the places boxed in the report"
    dropped = [place for place in page.open if place.why == IN_NO_TEXT]
    unread = [place for place in page.open if place.what == "unread"]
    if dropped:
        message = f"{sum(map(characters, dropped))} characters stand in no text: {_shown(dropped)}"
        yield Problem(stage="account", page=page.page, message=message, remedy=remedy)
    if unread:
        read = _shown(unread)
        count = counted(len(unread), "place")
        message = f"print was found that could not be read, {count}" + (f": {read}" if read else "")
        yield Problem(stage="account", page=page.page, message=message, remedy=remedy)
    if _is_silent(page, document):
        message = "the page has print, and no text of it was read"
        yield Problem(stage="account", page=page.page, message=message, remedy="look at the page")


def _is_silent(page: PageAccount, document: Document) -> bool:
    """Whether a page has print, but nothing outside its running heads and figures."""
    has_print = page.characters > 0 or any(
        region.kind in ("figure", "table")
        for record in document.pages
        if record.number == page.page
        for region in record.regions
    )
    return has_print and page.characters - page.furniture - page.figures - page.rejected - page.unread == 0


def _shown(places: Sequence[OpenPlace]) -> str:
    text = " / ".join(place.text for place in places if place.text)
    return text if len(text) <= 60 else text[:57] + "..."
