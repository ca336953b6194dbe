"""Both abstracts side by side, sentence by sentence, and the doubts about their terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, zip_longest

import msgspec

from recover.export.markup import Markup, escape, join, language, name, say, section, table, tag
from recover.model.document import Document, Mention, Span, Term, TermDoubt, Wording


class Mark(msgspec.Struct, frozen=True):
    """A term's place in a paragraph of an abstract, and its number among the document's terms."""

    start: int
    end: int
    term: int


class Linking(msgspec.Struct, frozen=True):
    """What the links of both abstracts share: which terms both have, which are in doubt, which have a name by now."""

    both: frozenset[int]
    doubted: frozenset[int]
    named: set[tuple[str, int]]


def abstracts(document: Document) -> Markup:
    """The abstracts in two columns: sentences that say the same beside each other, else paragraphs."""
    title = say("Abstracts side by side")
    chinese, english = document.abstracts.zh, document.abstracts.en
    if not chinese and not english:
        return section("abstracts", title, tag("p", say("There are none.")))
    rows = _sentences(document) if are_paired(document) else _paragraphs(document)
    note = say("Underlined terms link to the other language.")
    return section(
        "abstracts", title, tag("p", note, _told(document), class_="facts"), tag("div", *rows, class_="abstracts")
    )


def are_paired(document: Document) -> bool:
    """Whether sentences are shown beside each other: a document of an older version has no pairs."""
    return bool(document.abstracts.zh and document.abstracts.en and document.abstract_pairs)


def pair_of(document: Document, place: Mention) -> int | None:
    """The number of the pair of sentences that ``place`` begins in, which is shown as ``pair-`` and the number."""
    for number, pair in enumerate(document.abstract_pairs):
        for one in (*pair.zh, *pair.en):
            is_here = (one.section, one.paragraph) == (place.section, place.paragraph)
            if is_here and one.start <= place.start < one.end:
                return number
    return None


def _told(document: Document) -> Markup:
    """What else the lines under terms mean."""
    if not _left_out(document):
        return Markup("")
    link = tag("a", say("Doubts about terms"), href="#term-doubts")
    return join((" ", say("Those with a dashed red line are missing in the other abstract, see"), " ", link, "."))


def _left_out(document: Document) -> frozenset[int]:
    return frozenset(doubt.term for doubt in document.term_doubts if doubt.kind == "untranslated")


def _linking(document: Document) -> Linking:
    return Linking(_both(document), _left_out(document), set())


def _sentences(document: Document) -> list[Markup]:
    linking = _linking(document)
    marks = {
        (name, number): _marks(document, name, number)
        for name, texts in (("abstract-zh", document.abstracts.zh), ("abstract-en", document.abstracts.en))
        for number in range(len(texts))
    }
    return [
        tag(
            "div",
            _side(pair.zh, document.abstracts.zh, "zh", marks, linking),
            _side(pair.en, document.abstracts.en, "en", marks, linking),
            class_="pair",
            id=f"pair-{number}",
        )
        for number, pair in enumerate(document.abstract_pairs)
    ]


def _side(
    places: Sequence[Mention],
    texts: Sequence[str],
    lang: str,
    marks: Mapping[tuple[str, int], Sequence[Mark]],
    linking: Linking,
) -> Markup:
    """One side of a pair: the sentences as they stand in their paragraphs."""
    shown = []
    for number, group in groupby(places, key=lambda place: place.paragraph):
        run = tuple(group)
        start, end = run[0].start, run[-1].end
        here = [
            Mark(mark.start - start, min(mark.end, end) - start, mark.term)
            for mark in marks[f"abstract-{lang}", number]
            if start <= mark.start < end
        ]
        shown.append(tag("p", *_linked(texts[number][start:end], here, lang, linking), lang=lang))
    return tag("div", *shown)


def _paragraphs(document: Document) -> list[Markup]:
    linking = _linking(document)
    left = _column(document, document.abstracts.zh, "zh", linking)
    right = _column(document, document.abstracts.en, "en", linking)
    pairs = zip_longest(left, right, fillvalue=tag("div")) if len(left) == len(right) else _stacked(left, right)
    return [tag("div", *pair, class_="pair") for pair in pairs]


def _stacked(left: Sequence[Markup], right: Sequence[Markup]) -> list[tuple[Markup, Markup]]:
    return [(tag("div", *left), tag("div", *right))]


def _column(document: Document, paragraphs: Sequence[str], lang: str, linking: Linking) -> list[Markup]:
    marks = [_marks(document, f"abstract-{lang}", index) for index in range(len(paragraphs))]
    return [
        tag("p", *_linked(text, found, lang, linking), lang=lang) for text, found in zip(paragraphs, marks, strict=True)
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


def _linked(text: str, marks: Sequence[Mark], lang: str, linking: Linking) -> Iterator[Markup]:
    other = "en" if lang == "zh" else "zh"
    at = 0
    for mark in marks:
        yield escape(text[at : mark.start])
        is_in_both = mark.term in linking.both
        target = f"#{other}-{mark.term}" if is_in_both else f"#term-{mark.term}"
        name = None if (lang, mark.term) in linking.named else f"{lang}-{mark.term}"
        shown = "both" if is_in_both else "lone" if mark.term in linking.doubted else "single"
        yield tag("a", text[mark.start : mark.end], href=target, id=name, class_=f"term {shown} t{mark.term}")
        linking.named.add((lang, mark.term))
        at = mark.end
    yield escape(text[at:])


# Doubts about terms, as a translator or copy editor goes through them: each with the places it stands at.


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
    for one in document.sections:
        if one.id == mention.section:
            return one.title_spans if mention.paragraph < 0 else one.paragraphs[mention.paragraph].spans
    return next((block.paragraph.spans for block in document.front if block.role == mention.section), ())


def _called(document: Document, mention: Mention, part: str) -> Markup:
    """A place of a document without pages, by the section's number or title."""
    found = next((section for section in document.sections if section.id == mention.section), None)
    if found is None:
        return name("place", part)
    text = f"§{found.number}" if found.number else found.title or found.title_en
    return tag("span", text) if text else say("text")
