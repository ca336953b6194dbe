"""What the report's colours and marks mean, and the controls that choose among them without a script."""

from __future__ import annotations

from recover.export.markup import Markup, join, tag
from recover.export.report.bilingual import DECISIONS, KINDS, ORIGINS, say


def legend() -> Markup:
    """What the colours mean, and which of them are shown."""
    colours = tag(
        "fieldset",
        tag("legend", say("颜色表示", "Colours show")),
        radio("by", "by-kind", say("区域类型", "kind of region"), is_chosen=True),
        radio(
            "by",
            "by-decision",
            say("文字层取舍", "text layer decision"),
        ),
        radio("by", "by-origin", say("文字来源", "who read it")),
        class_="controls",
    )
    layers = tag(
        "fieldset",
        tag("legend", say("图上显示", "On the picture")),
        _check("show-regions", say("区域", "regions")),
        _check("show-order", say("阅读顺序", "reading order")),
        _check("show-open", say("未采用与未识别之处", "what stands in no text")),
        _check("show-doubts", say("存疑字符", "doubtful characters")),
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
        say("识别置信度低于 90% 的字符", "characters read with a confidence under 90%"),
        class_="key",
    )
    keys = (_key("kind", "k", KINDS), _key("decision", "d", DECISIONS), _key("origin", "o", ORIGINS))
    return join((tag("div", colours, layers, class_="bar"), *keys, marks))


def _key(which: str, prefix: str, names: dict[str, tuple[str, str]]) -> Markup:
    items = (tag("li", tag("span", class_=f"chip {prefix}-{key}"), " ", say(*both)) for key, both in names.items())
    return tag("ul", *items, class_=f"key key-{which}")


def radio(group: str, key: str, label: Markup | str, *, is_chosen: bool = False) -> Markup:
    """One choice of a group, with its label."""
    return tag("label", tag("input", type="radio", name=group, id=key, checked=is_chosen), " ", label)


def _check(key: str, label: Markup) -> Markup:
    return tag("label", tag("input", type="checkbox", id=key, checked=True), " ", label)
