"""The report speaks Chinese and English; the style sheet shows the one that is chosen at its top."""

from __future__ import annotations

from collections.abc import Sequence

from recover.export.markup import Child, Markup, join, tag

KINDS = {
    "text": ("正文", "text"),
    "title": ("标题", "heading"),
    "figure": ("图", "figure"),
    "figure-caption": ("图题", "figure caption"),
    "table": ("表", "table"),
    "table-caption": ("表题", "table caption"),
    "header": ("页眉", "running head"),
    "footer": ("页脚", "foot"),
    "reference": ("文献", "references"),
    "equation": ("公式", "equation"),
    "footnote": ("脚注", "footnote"),
    "margin": ("页边", "margin"),
}
DECISIONS = {
    "none": ("无文字层", "no text layer"),
    "keep": ("保留文字层", "text layer kept"),
    "re-read": ("重新识别", "re-read"),
    "reconcile": ("两者对照", "reconciled"),
}
ORIGINS = {
    "text-layer": ("文字层", "text layer"),
    "ppocr": ("PP-OCR", "PP-OCR"),
    "tesseract": ("Tesseract", "Tesseract"),
    "person": ("人工", "a person"),
}
STAGES = {
    "account": ("字符去向", "account"),
    "acquire": ("读取页面", "opening pages"),
    "clean": ("校正", "straightening"),
    "layout": ("版面", "layout"),
    "legibility": ("文字层", "text layer"),
    "ocr": ("识别", "recognition"),
    "order": ("阅读顺序", "reading order"),
    "outline": ("标题结构", "headings"),
    "floats": ("图表", "figures and tables"),
    "citations": ("引文标记", "citations"),
    "references": ("参考文献", "references"),
    "terms": ("术语", "terms"),
}


def say(chinese: Child, english: Child) -> Markup:
    """The same in both languages; one of them is shown."""
    return join((tag("span", chinese, class_="ui", lang="zh"), tag("span", english, class_="ui", lang="en")))


def name(names: dict[str, tuple[str, str]], key: str) -> Markup:
    """A value's name in both languages; a value without one names itself."""
    return say(*names.get(key, (key, key)))


def percent(share: float | None) -> Markup:
    """A confidence as people read it."""
    return say("未测", "not measured") if share is None else tag("span", f"{share:.0%}")


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
