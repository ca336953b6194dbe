"""The article as JATS Publishing 1.0 markup, which every later version still accepts."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from recover.export.content import main_language
from recover.export.jats.body import add_body
from recover.export.jats.build import LANG, XLINK
from recover.export.jats.front import add_front
from recover.export.jats.references import add_back
from recover.model.document import Document

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
