"""The book's table of contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recover.export.content import heading, main_language, title
from recover.export.markup import Markup, tag
from recover.export.references import body_sections
from recover.model.document import Document, Section


def navigation(document: Document) -> bytes:
    """The navigation page: headings nested as their levels say."""
    headed = [section for section in body_sections(document) if heading(section)]
    start = tag("li", tag("a", title(document), href="article.xhtml"))
    items = (start, *_nested(headed))
    lang = main_language(document)
    contents = tag("nav", tag("h1", "目录"), tag("ol", *items), **{"epub:type": "toc"})
    names = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops", "xml:lang": lang}
    page = tag("html", tag("head", tag("title", title(document))), tag("body", contents), lang=lang, **names)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{page}\n'.encode()


def _nested(sections: Sequence[Section]) -> Iterator[Markup]:
    """An item a heading, with those that are deeper and follow it inside."""
    at = 0
    while at < len(sections):
        end = at + 1
        while end < len(sections) and sections[end].level > sections[at].level:
            end += 1
        under = tag("ol", *_nested(sections[at + 1 : end])) if end > at + 1 else ""
        yield tag("li", tag("a", heading(sections[at]), href=f"article.xhtml#{sections[at].id}"), under)
        at = end
