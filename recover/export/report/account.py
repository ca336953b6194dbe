"""The account in the report: how many characters each page has in which class, and the places that stand in no text."""

from __future__ import annotations

from collections.abc import Iterator

from recover.export.markup import Markup, tag
from recover.export.report.bilingual import language, name, page_link, say, section, table
from recover.export.report.picture import rectangle
from recover.model.document import Counts, Document, OpenPlace, PageAccount
from recover.model.geometry import Transform
from recover.text.messages import name_of, names

# As the table shows them; a class that holds nothing has no column.
CLASSES = names("class")


def account(document: Document) -> Markup:
    """A row a page, classes that hold nothing left out, and the sums."""
    sums = document.account
    shown = [key for key in CLASSES if getattr(sums, key) or key in ("characters", "unread")]
    pages = frozenset(page.number for page in document.pages)
    head = (say("page"), *(name("class", key) for key in shown))
    rows = [(page_link(page.page, pages), *_numbers(page, shown)) for page in sums.pages]
    rows.append((say("all"), *_numbers(sums, shown)))
    told = say(
        "Every character found in the file is in exactly one class. What was set aside or not read is boxed.",
    )
    title = say("Where every character went")
    return section("account", title, tag("p", told), table(head, rows, class_="account"))


def _numbers(counts: Counts, shown: list[str]) -> list[str]:
    return [f"{getattr(counts, key):,}" for key in shown]


def open_places(page: PageAccount) -> Markup:
    """The page's places that stand in no text, each with what could be read of it and why it was left out."""
    if not page.open:
        return Markup()
    head = (say("class"), say("text"), say("why"))
    rows = [
        (name("class", item.what), tag("span", item.text or "–", lang=language(item.text)), say(item.why))
        for item in page.open
    ]
    summary = tag("summary", say("What stands in no text"), f" ({len(page.open)})")
    return tag("details", summary, table(head, rows), open=True)


def open_boxes(page: PageAccount, turn: Transform) -> Iterator[Markup]:
    """The same places on the page's picture."""
    for item in page.open:
        yield tag("rect", tag("title", _told(item)), **rectangle(turn.box(item.box)), class_=item.what)


def _told(item: OpenPlace) -> str:
    return f"{name_of('class', item.what, 'en')}: {item.text} ({item.why})"
