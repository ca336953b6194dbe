"""The web page: metadata that Zotero and its like read, pictures inside, no script, nothing fetched."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import partial
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

from recover.export.content import main_language, publication, title
from recover.export.html.article import article
from recover.export.markup import Markup, inert_head, tag
from recover.model.document import Document


def render(document: Document, folder: Path) -> bytes:
    """A self-contained HTML file."""
    style = (files("recover.export.html") / "style.css").read_text("utf-8")
    content = tag("main", article(document, partial(embedded, folder)))
    page = tag("html", _head(document, style), tag("body", _coins(document), content), lang=main_language(document))
    return f"<!doctype html>\n{page}\n".encode()


def embedded(folder: Path, name: str) -> str:
    """A picture as an address that holds it; empty when it is gone."""
    kind = "png" if name.endswith(".png") else "jpeg"
    try:
        content = (folder / name).read_bytes()
    except OSError:
        return ""
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _head(document: Document, style: str) -> Markup:
    named = (tag("meta", name=name, content=value) for name, value in metadata(document))
    return inert_head(style, *named, tag("title", title(document)))


def metadata(document: Document) -> Iterator[tuple[str, str]]:
    """Highwire tags, which reference managers and Google Scholar read, and Dublin Core."""
    known = publication(document)
    yield "citation_title", title(document)
    yield from (("citation_author", author.name) for author in document.authors)
    fields = {
        "citation_journal_title": known.journal,
        "citation_publication_date": known.year,
        "citation_volume": known.volume,
        "citation_issue": known.issue,
        "citation_firstpage": known.first_page,
        "citation_lastpage": known.last_page,
        "citation_doi": known.doi,
        "citation_language": main_language(document),
        "citation_keywords": "; ".join((*document.keywords.zh, *document.keywords.en)),
        "DC.title": title(document),
        "DC.language": main_language(document),
        "DC.description": "\n".join(document.abstracts.zh or document.abstracts.en),
    }
    yield from ((name, value) for name, value in fields.items() if value)
    if document.title.zh and document.title.en:
        yield "DC.title.alternative", document.title.en
    yield from (("DC.creator", author.name) for author in document.authors)


def _coins(document: Document) -> Markup:
    """A ContextObject in a span: the oldest way to say what a page is about, and still read everywhere."""
    known = publication(document)
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", title(document)),
        ("rft.jtitle", known.journal),
        ("rft.date", known.year),
        ("rft.volume", known.volume),
        ("rft.issue", known.issue),
        ("rft.pages", known.pages),
        ("rft_id", f"info:doi/{known.doi}" if known.doi else ""),
        *(("rft.au", author.name) for author in document.authors),
    ]
    return tag("span", class_="Z3988", title=urlencode([pair for pair in pairs if pair[1]]))
