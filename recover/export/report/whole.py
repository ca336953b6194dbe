"""The report as one file: what to check first, then the abstracts, the pages, and the lists."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

from recover.export.markup import Markup, join, tag
from recover.export.report.abstracts import abstracts
from recover.export.report.bilingual import DECISIONS, KINDS, ORIGINS, name, say, section
from recover.export.report.parts import corrections, problems, references, terms
from recover.export.report.reading import doubt_level, page_part
from recover.model.document import Document

SOURCE_KINDS = {
    "scan": ("扫描件", "scan"),
    "digital": ("电子原版", "born digital"),
    "mixed": ("混合", "mixed"),
    "text": ("文本", "text"),
}


def render(document: Document, folder: Path) -> bytes:
    """A self-contained HTML file with no script, which no recovered text can add one to."""
    style = _style(document)
    page = tag("html", _head(document, style), _body(document, folder), lang="zh")
    return f"<!doctype html>\n{page}\n".encode()


def _style(document: Document) -> str:
    """The style sheet, with a rule a term that lights up its other mentions in the abstracts."""
    fixed = (files("recover.export.report") / "style.css").read_text("utf-8")
    rules = (
        f".abstracts:has(.t{number}:is(:hover,:focus)) .t{number}{{background:#ffe08a}}"
        for number, term in enumerate(document.terms)
        if any(mention.section.startswith("abstract") for mention in term.mentions)
    )
    return fixed + "".join(rules)


def _head(document: Document, style: str) -> Markup:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", **{"http-equiv": "Content-Security-Policy", "content": policy}),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{_title(document)} – recover"),
        tag("style", Markup(style)),
    )


def _title(document: Document) -> str:
    return document.title.zh or document.title.en or document.source.name


def _body(document: Document, folder: Path) -> Markup:
    pages = section(
        "pages", say("逐页对照", "Page by page"), _legend(), *(page_part(page, folder) for page in document.pages)
    )
    main = tag(
        "main",
        problems(document),
        abstracts(document),
        pages,
        corrections(document),
        references(document),
        terms(document),
    )
    skip = tag("a", say("跳到问题", "Skip to the problems"), href="#problems", class_="skip")
    return tag("body", skip, _header(document), _contents(document), main)


def _header(document: Document) -> Markup:
    languages = tag(
        "fieldset",
        tag("legend", "语言 / Language"),
        _radio("ui", "ui-en", "English", is_chosen=True),
        _radio("ui", "ui-zh", "中文"),
        class_="controls",
    )
    english = tag("p", document.title.en, lang="en", class_="subtitle") if document.title.en else ""
    return tag("header", languages, tag("h1", _title(document)), english, _summary(document))


def _summary(document: Document) -> Markup:
    chars = [
        pair
        for page in document.pages
        for region in page.regions
        for line in region.lines
        for pair in zip(line.text, line.confidences, strict=True)
    ]
    doubtful = sum(doubt_level(*pair) > 0 for pair in chars)
    facts = (
        (say("文件", "file"), document.source.name),
        (say("类型", "kind"), name(SOURCE_KINDS, document.source.kind)),
        (say("页数", "pages"), str(document.source.pages)),
        (say("问题", "problems"), tag("a", str(len(document.problems)), href="#problems")),
        (say("存疑字符", "doubtful characters"), f"{doubtful} / {len(chars)}"),
        (say("更正", "corrections"), tag("a", str(len(document.corrections)), href="#corrections")),
        (say("参考文献", "references"), tag("a", str(len(document.references)), href="#references")),
        (say("术语", "terms"), tag("a", str(len(document.terms)), href="#terms")),
    )
    return tag("dl", *(tag("div", tag("dt", label), tag("dd", value)) for label, value in facts))


def _contents(document: Document) -> Markup:
    links = (
        ("problems", say("问题", "Problems")),
        ("abstracts", say("摘要", "Abstracts")),
        *(
            (f"page-{page.number + 1}", say(f"第 {page.number + 1} 页", f"p. {page.number + 1}"))
            for page in document.pages
        ),
        ("corrections", say("更正", "Corrections")),
        ("references", say("参考文献", "References")),
        ("terms", say("术语", "Terms")),
    )
    items = (tag("li", tag("a", label, href=f"#{key}")) for key, label in links)
    return tag("nav", tag("ul", *items), aria_label="目录 / Contents")


def _legend() -> Markup:
    """What the colours mean, and which of them are shown."""
    colours = tag(
        "fieldset",
        tag("legend", say("颜色表示", "Colours show")),
        _radio("by", "by-kind", say("区域类型", "kind of region"), is_chosen=True),
        _radio(
            "by",
            "by-decision",
            say("文字层取舍", "text layer decision"),
        ),
        _radio("by", "by-origin", say("文字来源", "who read it")),
        class_="controls",
    )
    layers = tag(
        "fieldset",
        tag("legend", say("图上显示", "On the picture")),
        _check("show-regions", say("区域", "regions")),
        _check("show-order", say("阅读顺序", "reading order")),
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


def _radio(group: str, key: str, label: Markup | str, *, is_chosen: bool = False) -> Markup:
    return tag("label", tag("input", type="radio", name=group, id=key, checked=is_chosen), " ", label)


def _check(key: str, label: Markup) -> Markup:
    return tag("label", tag("input", type="checkbox", id=key, checked=True), " ", label)
