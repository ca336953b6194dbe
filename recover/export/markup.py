"""HTML, XHTML and XML from the inside out: text is escaped unless a ``tag`` made it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from html import escape as _escape
from typing import TypeAlias

from lxml import etree

from recover.text.messages import in_chinese, name_of

Element: TypeAlias = etree._Element  # noqa: SLF001 lxml names its element type so


# HTML and XHTML from the inside out: text is escaped unless a ``tag`` made it, so nothing recovered can act.

Attribute = str | int | float | bool | None

# XML 1.0 cannot hold these at all, not even escaped; a text layer can.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta"})
_ADDRESSES = frozenset({"href", "src", "xlink:href"})
# A page fragment, a web address, a picture held in the file, or a plain relative path; never a script.
_SAFE_ADDRESS = re.compile(r"#|https?://|data:image/(png|jpeg);base64,|[\w.-]+(/[\w.-]+)*(#.*)?$")


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


Child = str | Iterable[str]


def legal(text: str) -> str:
    """The text with what XML cannot hold replaced by U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def escape(text: str) -> Markup:
    """Text as it is shown, for elements and attributes; markup stays itself."""
    return text if isinstance(text, Markup) else Markup(_escape(legal(text)))


def join(children: Iterable[Child]) -> Markup:
    """Children one after the other, whatever isn't markup escaped."""
    return Markup("".join(escape(child) if isinstance(child, str) else join(child) for child in children))


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """An element; ``class_`` means ``class``, ``aria_label`` means ``aria-label``.

    An attribute of None or False is left out; an address that could run a script is left out too.
    """
    opening = f"<{name}{_attributes(attributes)}"
    if name in _VOID and not children:
        return Markup(f"{opening}/>")
    return Markup(f"{opening}>{join(children)}</{name}>")


def _attributes(attributes: dict[str, Attribute]) -> str:
    return "".join(_attribute(name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False or (name in _ADDRESSES and not is_safe_address(str(value))):
        return ""
    return f' {name}="{name if value is True else escape(str(value))}"'


def is_safe_address(address: str) -> bool:
    """Whether following the address can only show something."""
    return _SAFE_ADDRESS.match(address) is not None


def inert_head(style: str, *children: Markup) -> Markup:
    """The head of a page that runs no script and fetches nothing; its policy lets in the one sheet ``style``."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", **{"http-equiv": "Content-Security-Policy", "content": policy}),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        *children,
        tag("style", Markup(style)),
    )


# What a report says in both languages.


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
