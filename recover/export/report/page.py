"""The report as one file: what to check first, then the abstracts, the pages, and the lists."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from recover.export.markup import Markup, inert_head, join, name, say, section, tag
from recover.export.report.abstracts import abstracts
from recover.export.report.parts import corrections, problems, references, terms
from recover.export.report.readings import account, doubt_level, page_part
from recover.model.document import Document
from recover.model.records import PageAccount
from recover.text.messages import language, names


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


def render(document: Document, folder: Path) -> bytes:
    """A self-contained HTML file with no script, which no recovered text can add one to."""
    style = _style(document)
    page = tag("html", _head(document, style), _body(document, folder), lang="zh")
    return f"<!doctype html>\n{page}\n".encode()


def _style(document: Document) -> str:
    """The style sheet, with a rule a term that lights up its other mentions in the abstracts."""
    fixed = (files("recover.export.report") / "style.css").read_text("utf-8")
    rules = (
        f".abstracts:has(.t{number}:is(:hover,:focus)) .t{number}{{background:var(--mark)}}"
        for number, term in enumerate(document.terms)
        if any(mention.section.startswith("abstract") for mention in term.mentions)
    )
    return fixed + "".join(rules)


def _head(document: Document, style: str) -> Markup:
    hidden = tag("meta", name="referrer", content="no-referrer")
    return inert_head(style, hidden, tag("title", f"{_title(document)} – recover"))


def _title(document: Document) -> str:
    return document.title.zh or document.title.en or document.source.name


def _body(document: Document, folder: Path) -> Markup:
    main = tag(
        "main",
        account(document),
        problems(document),
        abstracts(document),
        _pages(document, folder),
        corrections(document),
        references(document),
        terms(document),
    )
    skip = tag("a", say("Skip to the problems"), href="#problems", class_="skip")
    return tag("body", skip, _header(document), _contents(document), main)


def _pages(document: Document, folder: Path) -> Markup:
    title = say("Page by page")
    if not document.pages:
        told = say(
            "Recovered from a text, so there are no page images to compare it with. document.md holds the text.",
        )
        return section("pages", title, tag("p", told))
    counts = {page.page: page for page in document.account.pages}
    return section(
        "pages",
        title,
        legend(),
        *(page_part(page, folder, counts.get(page.number, PageAccount(page=page.number))) for page in document.pages),
    )


def _header(document: Document) -> Markup:
    languages = tag(
        "fieldset",
        tag("legend", "语言 / Language"),
        radio("ui", "ui-en", "English", is_chosen=language() == "en"),
        radio("ui", "ui-zh", "中文", is_chosen=language() == "zh"),
        class_="controls",
    )
    english = tag("p", document.title.en, lang="en", class_="subtitle") if document.title.en else ""
    return tag("header", languages, tag("h1", _title(document)), english, _summary(document))


def _summary(document: Document) -> Markup:
    facts = (
        (say("file"), document.source.name),
        (say("kind"), name("source", document.source.kind)),
        (say("pages"), str(document.source.pages)),
        (say("problems"), tag("a", str(len(document.problems)), href="#problems")),
        (say("doubtful characters"), _doubts(document)),
        (say("corrections"), tag("a", str(len(document.corrections)), href="#corrections")),
        (say("references"), tag("a", str(len(document.references)), href="#references")),
        (say("terms"), tag("a", str(len(document.terms)), href="#terms")),
        (say("doubts about terms"), _term_doubts(document)),
    )
    return tag("dl", *(tag("div", tag("dt", label), tag("dd", value)) for label, value in facts))


def _term_doubts(document: Document) -> Markup:
    number = str(len(document.term_doubts))
    return tag("a", number, href="#term-doubts") if document.term_doubts else tag("span", number)


def _doubts(document: Document) -> Markup:
    """How many characters were read with doubt, of those whose reader told how sure it was."""
    chars = [
        pair
        for page in document.pages
        for region in page.regions
        for line in region.lines
        for pair in zip(line.text, line.confidences, strict=True)
        if pair[0].strip()
    ]
    measured = [pair for pair in chars if pair[1] >= 0]
    if not measured:
        return say("not measured")
    doubtful = sum(doubt_level(*pair) > 0 for pair in measured)
    rest = len(chars) - len(measured)
    return say(f"{doubtful} of {len(measured)}" + (f", {rest} not measured" if rest else ""))


def _contents(document: Document) -> Markup:
    links = (
        ("account", say("Account")),
        ("problems", say("Problems")),
        ("abstracts", say("Abstracts")),
        *((f"page-{page.number + 1}", say(f"p. {page.number + 1}")) for page in document.pages),
        ("corrections", say("Corrections")),
        ("references", say("References")),
        ("terms", say("Terms")),
    )
    items = (tag("li", tag("a", label, href=f"#{key}")) for key, label in links)
    return tag("nav", tag("ul", *items), aria_label="目录 / Contents")
