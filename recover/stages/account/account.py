"""The account of a document: every character found in its file in one class, and what stands in no text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from recover.model.document import Account, Document, OpenPlace, PageAccount, Problem
from recover.model.geometry import enclose
from recover.stages.account.claims import claims
from recover.stages.account.implied import is_implied
from recover.stages.account.ledger import Ledger, count, run_box
from recover.text.counted import counted

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
