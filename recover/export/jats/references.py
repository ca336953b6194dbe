"""The reference list of JATS: every entry's fields marked up, and the entry as printed beside them."""

from __future__ import annotations

import re

from recover.export.jats.build import HREF, add, add_if, add_styled
from recover.export.markup import is_safe_address
from recover.export.references import entry_keys, list_title
from recover.export.styled import reference_text
from recover.export.xml import Element
from recover.model.csl import CslItem, CslName
from recover.model.document import Document, Reference

TYPES = {
    "article-journal": "journal",
    "article-magazine": "journal",
    "article-newspaper": "newspaper",
    "book": "book",
    "chapter": "book",
    "paper-conference": "confproc",
    "thesis": "thesis",
    "patent": "patent",
    "report": "report",
    "standard": "standard",
    "webpage": "web",
    "dataset": "data",
    "software": "software",
}


def add_back(article: Element, document: Document) -> None:
    """The ``back`` element; nothing without references."""
    if not document.references:
        return
    entries = add(add(article, "back"), "ref-list")
    add(entries, "title", list_title(document))
    for key, reference in zip(entry_keys(document.references), document.references, strict=True):
        _reference(add(entries, "ref", id=f"ref-{key}"), reference)


def _reference(entry: Element, reference: Reference) -> None:
    """Both forms: fields for programs, the printed line for people."""
    if reference.number:
        add(entry, "label", str(reference.number))
    kind = TYPES.get(reference.csl.type, "other")
    alternatives = add(entry, "citation-alternatives")
    structured = add(alternatives, "element-citation", publication_type=kind)
    _fields(structured, reference.csl)
    add_styled(alternatives, "mixed-citation", reference_text(reference), publication_type=kind)


def _fields(citation: Element, csl: CslItem) -> None:
    _names(citation, csl.author, "author", has_more=csl.custom.get("et-al") == "true")
    _names(citation, csl.editor, "editor")
    in_container = bool(csl.container_title)
    add_if(citation, "article-title" if in_container else "source", csl.title)
    add_if(citation, "source", csl.container_title)
    if csl.issued and csl.issued.date_parts and csl.issued.date_parts[0]:
        add(citation, "year", str(csl.issued.date_parts[0][0]))
    for name, value in (("volume", csl.volume), ("issue", csl.issue)):
        add_if(citation, name, value)
    first, _, last = csl.page.partition("-")
    add_if(citation, "fpage", first.strip())
    add_if(citation, "lpage", last.strip())
    add_if(citation, "edition", csl.edition)
    add_if(citation, "publisher-name", csl.publisher)
    add_if(citation, "publisher-loc", csl.publisher_place)
    add_if(citation, "pub-id", csl.DOI, pub_id_type="doi")
    add_if(citation, "pub-id", csl.PMID, pub_id_type="pmid")
    if csl.URL and is_safe_address(csl.URL) and re.match("https?:", csl.URL):
        add(citation, "ext-link", csl.URL, ext_link_type="uri").set(HREF, csl.URL)


def _names(citation: Element, people: tuple[CslName, ...], role: str, *, has_more: bool = False) -> None:
    if not people:
        return
    group = add(citation, "person-group", person_group_type=role)
    for person in people:
        if person.literal or not person.family:
            add(group, "collab", person.literal or person.given)
        else:
            name = add(group, "name")
            family = " ".join(part for part in (person.non_dropping_particle, person.family) if part)
            add(name, "surname", family)
            add_if(name, "given-names", person.given)
            add_if(name, "suffix", person.suffix)
    if has_more:
        add(group, "etal")
