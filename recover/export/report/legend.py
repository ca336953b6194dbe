"""What the report's colours and marks mean, and the controls that choose among them without a script."""

from __future__ import annotations

from recover.export.markup import Markup, join, tag
from recover.export.report.bilingual import name, say
from recover.text.messages import names


def legend() -> Markup:
    """What the colours mean, and which of them are shown."""
    colours = tag(
        "fieldset",
        tag("legend", say("Colours show")),
        radio("by", "by-kind", say("kind of region"), is_chosen=True),
        radio(
            "by",
            "by-decision",
            say("text layer decision"),
        ),
        radio("by", "by-origin", say("who read it")),
        class_="controls",
    )
    layers = tag(
        "fieldset",
        tag("legend", say("On the picture")),
        _check("show-regions", say("regions")),
        _check("show-order", say("reading order")),
        _check("show-open", say("what stands in no text")),
        _check("show-doubts", say("doubtful characters")),
        class_="controls",
    )
    marks = tag(
        "p",
        tag("mark", "≥70%", class_="c1"),
        " ",
        tag("mark", "≥50%", class_="c2"),
        " ",
        tag("mark", "<50%", class_="c3"),
        " ",
        say("characters read with a confidence under 90%"),
        class_="key",
    )
    keys = (_key("kind", "k", "region"), _key("decision", "d", "decision"), _key("origin", "o", "origin"))
    return join((tag("div", colours, layers, class_="bar"), *keys, marks))


def _key(which: str, prefix: str, kind: str) -> Markup:
    items = (tag("li", tag("span", class_=f"chip {prefix}-{key}"), " ", name(kind, key)) for key in names(kind))
    return tag("ul", *items, class_=f"key key-{which}")


def radio(group: str, key: str, label: Markup | str, *, is_chosen: bool = False) -> Markup:
    """One choice of a group, with its label."""
    return tag("label", tag("input", type="radio", name=group, id=key, checked=is_chosen), " ", label)


def _check(key: str, label: Markup) -> Markup:
    return tag("label", tag("input", type="checkbox", id=key, checked=True), " ", label)
