"""The text of JATS: sections inside sections, figures, tables, citation marks, and the reference list they point to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from recover.export.content import (
    Float,
    PrintedCell,
    Publication,
    body,
    described,
    head_rows,
    listed,
    main_language,
    notes,
    printed_rows,
    publication,
    runs,
    title,
    words_inside,
)
from recover.export.markup import Element, is_safe_address, legal
from recover.export.mathml import MATHML, mathml
from recover.export.styled import (
    Styled,
    abstract_texts,
    english_caption,
    entry_keys,
    joined,
    list_title,
    paragraph_text,
    reference_text,
    stretches,
    title_text,
)
from recover.model.csl import CslItem, CslName
from recover.model.document import Author, Document, Formula, MarkKind, Paragraph, Reference, Section, Table

XLINK = "http://www.w3.org/1999/xlink"
LANG, HREF = "{http://www.w3.org/XML/1998/namespace}lang", f"{{{XLINK}}}href"


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A new last child; ``ref_type`` means ``ref-type``, and an empty attribute is left out."""
    child = etree.SubElement(parent, name)
    if text:
        child.text = legal(text)
    for key, value in attributes.items():
        if value:
            child.set(key.replace("_", "-"), legal(value))
    return child


def add_if(parent: Element, name: str, text: str, **attributes: str) -> None:
    """A new last child, if there is any text for it."""
    if text.strip():
        add(parent, name, text, **attributes)


def append_text(parent: Element, text: str) -> None:
    """Text after whatever the element holds already."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + legal(text)
    else:
        parent.text = (parent.text or "") + legal(text)


_NAMES: dict[MarkKind, str] = {"sup": "sup", "sub": "sub", "italic": "italic", "bold": "bold"}


def append_styled(parent: Element, styled: Styled) -> None:
    """The text after whatever the element holds already, its marked stretches in elements."""
    for stretch in stretches(styled):
        append_stretch(parent, stretch.text, stretch.kinds)


def append_stretch(parent: Element, text: str, kinds: Sequence[MarkKind]) -> None:
    """A stretch inside its elements, the first kind outermost."""
    if not kinds:
        append_text(parent, text)
        return
    element = parent
    for kind in kinds:
        element = add(element, _NAMES[kind])
    append_text(element, text)


def add_styled(parent: Element, name: str, styled: Styled, **attributes: str) -> Element:
    """A new last child that holds the text."""
    child = add(parent, name, **attributes)
    append_styled(child, styled)
    return child


# The reference list of JATS: every entry's fields marked up, and the entry as printed beside them.

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


def add_body(article: Element, document: Document) -> None:
    """The ``body`` element."""
    root = add(article, "body")
    path: list[tuple[int, Element]] = []
    known = listed(document)
    for number, item in enumerate(body(document), 1):
        place = path[-1][1] if path else root
        if isinstance(item, Section):
            _open_section(root, path, item)
        elif isinstance(item, Paragraph):
            _paragraph(place, item, known)
        elif isinstance(item, Formula):
            _formula(place, item, f"f{number}")
        else:
            _float(place, item, f"f{number}")
    _fill_empty(root)


def _open_section(root: Element, path: list[tuple[int, Element]], section: Section) -> None:
    """A section under the last one of a lesser level; what stands before the first heading is no section."""
    if not (section.number or section.title or section.title_en):
        return
    while path and path[-1][0] >= section.level:
        path.pop()
    element = add(path[-1][1] if path else root, "sec", id=section.id)
    if section.number:
        add(element, "label", section.number)
    add_styled(element, "title", joined((Styled(section.title, section.title_marks), Styled(section.title_en))))
    path.append((section.level, element))


def _fill_empty(root: Element) -> None:
    """A section with nothing in it isn't valid; a paragraph with nothing is."""
    for section in (root, *root.iter("sec")):
        if not any(child.tag not in {"label", "title"} for child in section):
            add(section, "p")


def _paragraph(parent: Element, paragraph: Paragraph, known: Sequence[str]) -> None:
    element = add(parent, "p")
    for run in runs(paragraph, known):
        if run.citation is None:
            append_stretch(element, run.text, run.kinds)
            continue
        targets = " ".join(f"ref-{number}" for number in run.targets)
        if targets:
            add(add(element, "sup"), "xref", run.text, ref_type="bibr", rid=targets)
        else:
            add(element, "sup", run.text)


def _formula(parent: Element, formula: Formula, key: str) -> None:
    element = add(parent, "disp-formula", id=key)
    add_if(element, "label", formula.label)
    mathematics = mathml(formula.latex, "mml")
    if mathematics is not None:
        both = add(element, "alternatives")
        add(both, "tex-math", formula.latex or "")
        both.append(mathematics)
    elif formula.image:
        add(element, "graphic").set(HREF, formula.image)
    else:
        append_styled(element, Styled(formula.text, formula.marks))


def _float(parent: Element, item: Float, key: str) -> None:
    is_table = isinstance(item, Table)
    wrap = add(parent, "table-wrap" if is_table else "fig", id=key, position="anchor")
    add_if(wrap, "label", item.label)
    _caption(wrap, item)
    if isinstance(item, Table) and item.rows:
        _table(wrap, item)
        return
    if words_inside(item):
        add(wrap, "alt-text", described(item))
    if item.image:
        add(wrap, "graphic").set(HREF, item.image)
    elif is_table:
        add(add(add(add(wrap, "table"), "tbody"), "tr"), "td")


def _caption(wrap: Element, item: Float) -> None:
    if item.caption or item.caption_en:
        caption = add(wrap, "caption")
        own, english = Styled(item.caption, item.caption_marks), english_caption(item)
        add_styled(caption, "title", own if own.text else english)
        if own.text and english.text:
            add_styled(caption, "p", english)


def _table(wrap: Element, item: Table) -> None:
    table = add(wrap, "table")
    heads = head_rows(item)
    groups = [("thead", printed_rows(item)[:heads]), ("tbody", printed_rows(item)[heads:])]
    for name, rows in groups:
        group = add(table, name) if rows else None
        for row in rows:
            if row and group is not None:  # a row that merged cells cover whole would not be valid
                _row(add(group, "tr"), row, "th" if name == "thead" else "td")


def _row(line: Element, row: Sequence[PrintedCell], name: str) -> None:
    for cell in row:
        rows = str(cell.rowspan) if cell.rowspan > 1 else ""
        columns = str(cell.colspan) if cell.colspan > 1 else ""
        add_styled(line, name, cell.styled, rowspan=rows, colspan=columns)


# The article as JATS Publishing 1.0 markup: its front matter, and elements whose text is legal and escaped.


def add_front(article: Element, document: Document) -> None:
    """The ``front`` element, its parts in the order the schema asks for."""
    front = add(article, "front")
    known = publication(document)
    _journal(front, known)
    meta = add(front, "article-meta")
    add_if(meta, "article-id", known.doi, pub_id_type="doi")
    add(add(add(meta, "article-categories"), "subj-group", subj_group_type="heading"), "subject", "Article")
    _titles(meta, document)
    _contributors(meta, document)
    _notes(meta, document)
    _issue(meta, known)
    _abstracts(meta, document)
    _keywords(meta, document)
    counts = add(meta, "counts")
    add(counts, "page-count", count=str(document.source.pages))


def _journal(front: Element, known: Publication) -> None:
    meta = add(front, "journal-meta")
    add(meta, "journal-id", known.journal or "unknown", journal_id_type="publisher-id")
    add(add(meta, "journal-title-group"), "journal-title", known.journal or "unknown")
    # The schema asks for an ISSN; papers rarely print theirs.
    add(meta, "issn")


def _titles(meta: Element, document: Document) -> None:
    group = add(meta, "title-group")
    own = title_text(document, "zh" if document.title.zh else "en")
    own = own if own.text else Styled(title(document))
    add_styled(group, "article-title", own).set(LANG, "zh" if document.title.zh else main_language(document))
    if document.title.zh and document.title.en:
        other = add(group, "trans-title-group")
        other.set(LANG, "en")
        add_styled(other, "trans-title", title_text(document, "en"))


def _contributors(meta: Element, document: Document) -> None:
    if not document.authors:
        return
    group = add(meta, "contrib-group")
    for author in document.authors:
        _author(add(group, "contrib", contrib_type="author"), author)


def _author(contributor: Element, author: Author) -> None:
    names = add(contributor, "name-alternatives")
    add(names, "string-name", author.name)
    if author.name_en:
        add(names, "string-name", author.name_en).set(LANG, "en")


def _notes(meta: Element, document: Document) -> None:
    """Affiliations, funding, dates and the like, as printed."""
    blocks = notes(document)
    if blocks:
        group = add(meta, "author-notes")
        for block in blocks:
            note = add(group, "fn", fn_type="other")
            note.set(LANG, block.lang or "zh")
            add_styled(note, "p", paragraph_text(block.paragraph))


def _issue(meta: Element, known: Publication) -> None:
    # The schema asks for a year; a paper that prints none gets an empty one.
    add(add(meta, "pub-date", pub_type="ppub"), "year", known.year)
    add_if(meta, "volume", known.volume)
    add_if(meta, "issue", known.issue)
    if known.pages:
        add(meta, "fpage", known.first_page)
        add(meta, "lpage", known.last_page)


def _abstracts(meta: Element, document: Document) -> None:
    first = True
    for lang in ("zh", "en"):
        paragraphs = abstract_texts(document, lang)
        if not paragraphs:
            continue
        abstract = add(meta, "abstract" if first else "trans-abstract")
        abstract.set(LANG, lang)
        for text in paragraphs:
            add_styled(abstract, "p", text)
        first = False


def _keywords(meta: Element, document: Document) -> None:
    for lang, words in (("zh", document.keywords.zh), ("en", document.keywords.en)):
        if words:
            group = add(meta, "kwd-group")
            group.set(LANG, lang)
            for word in words:
                add(group, "kwd", word)


DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.0 20120330//EN" '
    '"JATS-journalpublishing1.dtd">'
)


def render(document: Document, folder: Path) -> bytes:  # noqa: ARG001 pictures are linked by their place in the folder
    """The file's bytes, UTF-8."""
    article = etree.Element("article", nsmap={"xlink": XLINK, "mml": MATHML})
    article.set("article-type", "research-article")
    article.set("dtd-version", "1.0")
    article.set(LANG, main_language(document))
    add_front(article, document)
    add_body(article, document)
    add_back(article, document)
    return bytes(etree.tostring(article, xml_declaration=True, encoding="UTF-8", doctype=DOCTYPE))
