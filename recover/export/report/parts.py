"""The report's lists: problems, corrections, references with their repairs, and terms."""

from __future__ import annotations

from recover.export.html import inline
from recover.export.markup import Markup, join, language, name, page_link, percent, say, section, table, tag
from recover.export.report.abstracts import term_doubts
from recover.export.styled import links, reference_text
from recover.model.document import Document, Reference, Repair, Term
from recover.text.messages import counted


def problems(document: Document) -> Markup:
    """What a person should look at first."""
    title = say("Problems to check")
    if not document.problems:
        return section("problems", title, tag("p", say("None were found.")))
    shown = _shown(document)
    head = (say("page"), say("stage"), say("problem"), say("what to do"))
    rows = [
        (page_link(item.page, shown), name("stage", item.stage), say(item.message), say(item.remedy))
        for item in sorted(document.problems, key=lambda item: -1 if item.page is None else item.page)
    ]
    return section("problems", title, table(head, rows, class_="problems"))


def _shown(document: Document) -> frozenset[int]:
    return frozenset(page.number for page in document.pages)


def _seen(text: str) -> str:
    """The text where a change of nothing but spaces is seen too."""
    return text if text.strip() else "␣" * len(text) or "∅"


def corrections(document: Document) -> Markup:
    """Every change to what was read, with its evidence."""
    title = say("Corrections")
    if not document.corrections:
        return section("corrections", title, tag("p", say("Nothing read was changed.")))
    shown = _shown(document)
    head = (say("page"), say("was"), say("now"), say("why"), say("evidence"))
    rows = [
        (
            page_link(item.page, shown),
            tag("del", _seen(item.was)),
            tag("ins", _seen(item.now)),
            say(item.why),
            say(item.evidence),
        )
        for item in document.corrections
    ]
    return section("corrections", title, table(head, rows))


def references(document: Document) -> Markup:
    """The list, each entry with what was understood of it and what was mended."""
    title = say("References")
    shown = _shown(document)
    entries = tag("ol", *(_reference(item, shown) for item in document.references), class_="references")
    mended = sum(bool(item.repairs) for item in document.references)
    count = say(
        f"{counted(len(document.references), 'entry', 'entries')}, {mended} of them mended.",
    )
    return section("references", title, tag("p", count), entries)


def _reference(reference: Reference, shown: frozenset[int]) -> Markup:
    text = tag("p", inline(reference_text(reference)), lang=language(reference.raw))
    printed = tag(
        "p", say("as printed"), ": ", tag("span", _seen(reference.raw), lang=language(reference.raw)), class_="raw"
    )
    raw = join((text, printed)) if reference.text else text
    found = join(join((" ", tag("a", label, href=address, rel="noreferrer"))) for label, address in links(reference))
    facts = tag(
        "p", percent(reference.confidence), " · ", page_link(reference.page, shown), " · ", _fields(reference), found
    )
    facts = Markup(facts.replace("<p>", '<p class="facts">', 1))
    repairs = tag("ul", *map(_repair, reference.repairs), class_="repairs") if reference.repairs else ""
    if not reference.number:
        return tag("li", raw, facts, repairs, class_="unnumbered")
    return tag("li", raw, facts, repairs, value=reference.number, id=f"ref-{reference.number}")


def _fields(reference: Reference) -> Markup:
    csl = reference.csl
    authors = "; ".join(person.literal or f"{person.family} {person.given}".strip() for person in csl.author)
    year = str(csl.issued.date_parts[0][0]) if csl.issued and csl.issued.date_parts and csl.issued.date_parts[0] else ""
    volume = csl.volume + (f"({csl.issue})" if csl.issue else "")
    values = (authors, csl.title, csl.container_title, year, volume, csl.page)
    return join((name("type", csl.type), " | ", " | ".join(value for value in values if value)))


def _repair(repair: Repair) -> Markup:
    change = (
        tag("code", name("field", repair.field)),
        ": ",
        tag("del", _seen(repair.was)),
        " → ",
        tag("ins", _seen(repair.now)),
    )
    return tag("li", *change, tag("small", " ", say(repair.why)))


def terms(document: Document) -> Markup:
    """What is doubtful about the document's terms, and all of them, the most frequent first."""
    title = say("Terms")
    head = (
        say("Chinese"),
        say("English"),
        say("abbreviation"),
        say("count"),
        say("both languages seen"),
        say("source"),
    )
    rows = [_term(number, term) for number, term in enumerate(document.terms)]
    doubts = (term_doubts(document), tag("h3", say("All terms"))) if document.term_doubts else ()
    return section("terms", title, *doubts, table(head, rows, class_="terms"))


def _term(number: int, term: Term) -> tuple[Markup | str, ...]:
    chinese = tag("span", term.zh, lang="zh", id=f"term-{number}")
    aligned = say("yes") if term.aligned else "–"
    return (
        chinese,
        tag("span", term.en, lang="en"),
        term.abbreviation,
        str(term.count),
        aligned,
        name("termsource", term.source),
    )
