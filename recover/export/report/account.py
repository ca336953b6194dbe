"""The account in the report: how many characters each page has in which class, and the places that stand in no text."""

from __future__ import annotations

from collections.abc import Iterator

from recover.export.markup import Markup, tag
from recover.export.report.bilingual import language, name, page_link, say, section, table
from recover.export.report.picture import rectangle
from recover.model.document import Counts, Document, OpenPlace, PageAccount
from recover.model.geometry import Transform

CLASSES = {
    "characters": ("字符总数", "characters"),
    "text": ("正文", "text"),
    "front": ("题名摘要等", "front matter"),
    "references": ("文献", "references"),
    "tables": ("表", "tables"),
    "captions": ("图题表题", "captions"),
    "notes": ("注释", "notes"),
    "formulas": ("公式", "formulas"),
    "figures": ("图中文字", "in figures"),
    "furniture": ("页眉页脚", "running heads"),
    "rejected": ("未采用", "set aside"),
    "unread": ("未识别", "unread"),
}
WHAT = {"rejected": ("未采用", "set aside"), "unread": ("未识别", "unread")}


def account(document: Document) -> Markup:
    """A row a page, classes that hold nothing left out, and the sums."""
    sums = document.account
    shown = [key for key in CLASSES if getattr(sums, key) or key in ("characters", "unread")]
    pages = frozenset(page.number for page in document.pages)
    head = (say("页", "page"), *(name(CLASSES, key) for key in shown))
    rows = [(page_link(page.page, pages), *_numbers(page, shown)) for page in sums.pages]
    rows.append((say("合计", "all"), *_numbers(sums, shown)))
    told = say(
        "文件中的每个字符恰好归入一类。未采用与未识别之处在页面图上框出。",
        "Every character found in the file is in exactly one class. What was set aside or not read is boxed.",
    )
    title = say("字符去向", "Where every character went")
    return section("account", title, tag("p", told), table(head, rows, class_="account"))


def _numbers(counts: Counts, shown: list[str]) -> list[str]:
    return [f"{getattr(counts, key):,}" for key in shown]


def open_places(page: PageAccount) -> Markup:
    """The page's places that stand in no text, each with what could be read of it and why it was left out."""
    if not page.open:
        return Markup()
    head = (say("类", "class"), say("文字", "text"), say("原因", "why"))
    rows = [
        (name(WHAT, item.what), tag("span", item.text or "–", lang=language(item.text)), item.why) for item in page.open
    ]
    summary = tag("summary", say("不在任何文本中之处", "What stands in no text"), f" ({len(page.open)})")
    return tag("details", summary, table(head, rows), open=True)


def open_boxes(page: PageAccount, turn: Transform) -> Iterator[Markup]:
    """The same places on the page's picture."""
    for item in page.open:
        yield tag("rect", tag("title", _told(item)), **rectangle(turn.box(item.box)), class_=item.what)


def _told(item: OpenPlace) -> str:
    return f"{WHAT[item.what][1]}: {item.text} ({item.why})"
