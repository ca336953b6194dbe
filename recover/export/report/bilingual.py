"""The report speaks Chinese and English; the style sheet shows the one that is chosen at its top."""

from __future__ import annotations

from collections.abc import Sequence

from recover.export.markup import Child, Markup, join, tag
from recover.text.messages import in_chinese, name_of


def say(message: Child, chinese: Child | None = None) -> Markup:
    """A message in both languages, of which one is shown; what the catalogue lacks is told as it is."""
    other = chinese if chinese is not None else in_chinese(message) if isinstance(message, str) else message
    if other == message:
        return tag("span", message)
    return join((tag("span", other, class_="ui", lang="zh"), tag("span", message, class_="ui", lang="en")))


def name(kind: str, value: str) -> Markup:
    """A value's name in both languages."""
    return say(name_of(kind, value, "en"), name_of(kind, value, "zh"))


def percent(share: float | None) -> Markup:
    """A confidence as people read it."""
    return say("not measured") if share is None else tag("span", f"{share:.0%}")


def table(head: Sequence[Child], rows: Sequence[Sequence[Child]], class_: str = "") -> Markup:
    """A table whose head is announced with its cells."""
    top = tag("tr", *(tag("th", cell, scope="col") for cell in head))
    body = (tag("tr", *(tag("td", cell) for cell in row)) for row in rows)
    return tag("div", tag("table", tag("thead", top), tag("tbody", *body), class_=class_ or None), class_="scroll")


def section(key: str, title: Child, *children: Child) -> Markup:
    """A part of the report under its heading."""
    heading = tag("h2", title, id=f"{key}-title")
    return tag("section", heading, *children, id=key, aria_labelledby=f"{key}-title")


def page_link(page: int | None, shown: frozenset[int]) -> Markup:
    """A page's number, as a link to it if it is shown; a dash where no page is meant."""
    if page is None or page not in shown:
        return tag("span", "–" if page is None else str(page + 1))
    return tag("a", str(page + 1), href=f"#page-{page + 1}")


def language(text: str) -> str:
    """The language to announce a text in: Chinese when any of it is."""
    return "zh" if any("\u3400" <= char <= "\u9fff" for char in text) else "en"
