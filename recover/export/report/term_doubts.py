"""Doubts about terms, as a translator or copy editor goes through them: each with the places it stands at."""

from __future__ import annotations

from collections.abc import Sequence

from recover.export.markup import Markup, join, tag
from recover.export.report.abstracts import are_paired, pair_of
from recover.export.report.bilingual import language, name, say, table
from recover.model.document import Document, Mention, Span, Term, TermDoubt, Wording


def term_doubts(document: Document) -> Markup:
    """The list under its own heading."""
    head = (say("term"), say("doubt"), say("wordings and where they stand"))
    lines = frozenset(line.id for page in document.pages for region in page.regions for line in region.lines)
    rows = [
        (_term(doubt.term, document.terms[doubt.term]), name("doubt", doubt.kind), _wordings(document, doubt, lines))
        for doubt in document.term_doubts
    ]
    heading = tag("h3", say("Doubts about terms"), id="term-doubts")
    note = say(
        "For a person to decide: a term left out or worded in two ways need not be a mistake.",
    )
    return join((heading, tag("p", note, class_="facts"), table(head, rows, class_="term-doubts")))


def _term(number: int, term: Term) -> Markup:
    names = (tag("span", text, lang=language(text)) for text in (term.zh, term.en) if text)
    return tag("a", Markup(" – ".join(names)), href=f"#term-{number}")


def _wordings(document: Document, doubt: TermDoubt, lines: frozenset[str]) -> Markup:
    return tag("ul", *(tag("li", *_wording(document, wording, lines)) for wording in doubt.wordings))


def _wording(document: Document, wording: Wording, lines: frozenset[str]) -> tuple[Markup | str, ...]:
    targets: dict[Markup, str] = {}
    for mention in wording.mentions:
        # Of places that are called alike, as ten on one page, the first is linked.
        label, target = _place(document, mention, lines)
        targets.setdefault(label, target)
    places = (tag("a", label, href=target) if target else label for label, target in targets.items())
    called = tag("b", wording.text, lang=language(wording.text))
    return called, f" ×{len(wording.mentions)}: ", Markup(", ".join(places))


def _place(document: Document, mention: Mention, lines: frozenset[str]) -> tuple[Markup, str]:
    """What a place is called, and the address of it in the report, empty where it is not shown."""
    part, _, number = mention.section.replace(":", "-").partition("-")
    if part == "abstract" and are_paired(document):
        pair = pair_of(document, mention)
        return name("place", part), "" if pair is None else f"#pair-{pair}"
    if part in ("table", "figure") and number.isdigit():
        return _float(document, part, int(number))
    spans = _spans(document, mention)
    span = next((span for span in spans if mention.start < span.end), spans[0] if spans else None)
    if span is None or span.line not in lines:
        return _called(document, mention, part), ""
    page = span.page + 1
    return say(f"p. {page}"), f"#l-{span.line}"


def _float(document: Document, part: str, number: int) -> tuple[Markup, str]:
    item = document.tables[number] if part == "table" else document.figures[number]
    is_shown = any(page.number == item.page for page in document.pages)
    return tag("span", item.label) if item.label else name("place", part), f"#page-{item.page + 1}" if is_shown else ""


def _spans(document: Document, mention: Mention) -> Sequence[Span]:
    for section in document.sections:
        if section.id == mention.section:
            return section.title_spans if mention.paragraph < 0 else section.paragraphs[mention.paragraph].spans
    return next((block.paragraph.spans for block in document.front if block.role == mention.section), ())


def _called(document: Document, mention: Mention, part: str) -> Markup:
    """A place of a document without pages, by the section's number or title."""
    found = next((section for section in document.sections if section.id == mention.section), None)
    if found is None:
        return name("place", part)
    text = f"§{found.number}" if found.number else found.title or found.title_en
    return tag("span", text) if text else say("text")
