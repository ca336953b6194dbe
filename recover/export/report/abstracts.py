"""Both abstracts side by side; a term in one is a link to the same term in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import msgspec

from recover.export.markup import Markup, escape, tag
from recover.export.report.bilingual import say, section
from recover.model.document import Document


class Mark(msgspec.Struct, frozen=True):
    """A term's place in a paragraph of an abstract, and its number among the document's terms."""

    start: int
    end: int
    term: int


def abstracts(document: Document) -> Markup:
    """The abstracts in two columns, paragraphs beside each other where they are as many."""
    title = say("摘要对照", "Abstracts side by side")
    chinese, english = document.abstracts.zh, document.abstracts.en
    if not chinese and not english:
        return section("abstracts", title, tag("p", say("没有摘要。", "There are none.")))
    left = _column(document, chinese, "zh")
    right = _column(document, english, "en")
    pairs = zip_longest(left, right, fillvalue=tag("div")) if len(left) == len(right) else _stacked(left, right)
    cells = [cell for pair in pairs for cell in pair]
    note = tag("p", say("带线的术语链接到另一种语言。", "Underlined terms link to the other language."), class_="facts")
    return section("abstracts", title, note, tag("div", *cells, class_="abstracts"))


def _stacked(left: Sequence[Markup], right: Sequence[Markup]) -> list[tuple[Markup, Markup]]:
    return [(tag("div", *left), tag("div", *right))]


def _column(document: Document, paragraphs: Sequence[str], lang: str) -> list[Markup]:
    marks = [_marks(document, f"abstract-{lang}", index) for index in range(len(paragraphs))]
    seen: set[int] = set()
    return [
        tag("p", *_linked(text, found, lang, seen, _both(document)), lang=lang)
        for text, found in zip(paragraphs, marks, strict=True)
    ]


def _marks(document: Document, section_id: str, paragraph: int) -> list[Mark]:
    """Places in the paragraph, the longest where they overlap, in order."""
    found = [
        Mark(mention.start, mention.end, number)
        for number, term in enumerate(document.terms)
        for mention in term.mentions
        if (mention.section, mention.paragraph) == (section_id, paragraph)
    ]
    chosen: list[Mark] = []
    for mark in sorted(found, key=lambda item: (item.start - item.end, item.start)):
        if all(mark.end <= other.start or other.end <= mark.start for other in chosen):
            chosen.append(mark)
    return sorted(chosen, key=lambda item: item.start)


def _both(document: Document) -> frozenset[int]:
    """The terms that stand, unhidden by longer ones, in both abstracts."""
    sides = [
        {mark.term for index in range(len(texts)) for mark in _marks(document, f"abstract-{lang}", index)}
        for lang, texts in (("zh", document.abstracts.zh), ("en", document.abstracts.en))
    ]
    return frozenset(sides[0] & sides[1])


def _linked(text: str, marks: Sequence[Mark], lang: str, seen: set[int], both: frozenset[int]) -> Iterator[Markup]:
    other = "en" if lang == "zh" else "zh"
    at = 0
    for mark in marks:
        yield escape(text[at : mark.start])
        target = f"#{other}-{mark.term}" if mark.term in both else f"#term-{mark.term}"
        name = None if mark.term in seen else f"{lang}-{mark.term}"
        shown = "both" if mark.term in both else "single"
        yield tag("a", text[mark.start : mark.end], href=target, id=name, class_=f"term {shown} t{mark.term}")
        seen.add(mark.term)
        at = mark.end
    yield escape(text[at:])
