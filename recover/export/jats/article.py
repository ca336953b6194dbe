"""The article as JATS Publishing 1.0 markup: its front matter, and elements whose text is legal and escaped."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from recover.export.content import Publication, main_language, notes, publication, title
from recover.export.jats.body import LANG, XLINK, add, add_back, add_body, add_if, add_styled
from recover.export.markup import Element
from recover.export.styled import Styled, abstract_texts, paragraph_text, title_text
from recover.model.document import Author, Document


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
    article = etree.Element("article", nsmap={"xlink": XLINK})
    article.set("article-type", "research-article")
    article.set("dtd-version", "1.0")
    article.set(LANG, main_language(document))
    add_front(article, document)
    add_body(article, document)
    add_back(article, document)
    return bytes(etree.tostring(article, xml_declaration=True, encoding="UTF-8", doctype=DOCTYPE))
