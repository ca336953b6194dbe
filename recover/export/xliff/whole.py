"""Segments as XLIFF 1.2, the version every translation tool reads.

Raised and lowered characters are inline elements (``g``); italic and bold are left to the translation's own layout. A
term of the glossary is a note on each segment that holds it: inline term marks would show as tags in the
translator's editor, which every translation would then have to carry along.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from recover.export.markup import legal
from recover.export.styled import Styled, stretches
from recover.export.xliff.segments import Block, blocks
from recover.export.xml import Element
from recover.model.document import Document, Term

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def render(document: Document, folder: Path) -> bytes:  # noqa: ARG001 text alone
    """The file's bytes, UTF-8."""
    root = etree.Element(f"{{{NAMESPACE}}}xliff", nsmap={None: NAMESPACE}, version="1.2")
    file = _add(root, "file", legal(""))
    file.set("original", legal(document.source.name))
    file.set("source-language", "zh-CN")
    file.set("target-language", "en")
    file.set("datatype", "plaintext")
    content = _add(file, "body", "")
    terms = [term for term in document.terms if term.zh and term.en]
    for number, block in enumerate(blocks(document), 1):
        _group(content, block, number, terms)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add(parent: Element, name: str, text: str) -> Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    child.text = legal(text) or None
    return child


def _add_styled(parent: Element, name: str, styled: Styled) -> Element:
    """The text with its raised and lowered characters as inline elements: 10⁶ and 106 are translated differently."""
    scripts = Styled(styled.text, tuple(mark for mark in styled.marks if mark.kind in ("sup", "sub")))
    child = _add(parent, name, "")
    # Text, if empty, keeps the writer from putting line breaks between the inline elements.
    child.text = ""
    last: Element | None = None
    for number, stretch in enumerate(stretches(scripts), 1):
        if stretch.kinds:
            last = _add(child, "g", stretch.text)
            last.set("id", str(number))
            last.set("ctype", f"x-{stretch.kinds[0]}")
        elif last is None:
            child.text = legal(stretch.text)
        else:
            last.tail = legal(stretch.text) or None
    return child


def _group(content: Element, block: Block, number: int, terms: list[Term]) -> None:
    group = _add(content, "group", "")
    group.set("id", f"b{number}")
    group.set("restype", f"x-{block.kind}")
    for part, text in enumerate(block.segments, 1):
        unit = _add(group, "trans-unit", "")
        unit.set("id", f"b{number}.{part}")
        unit.set(_SPACE, "preserve")
        _fill(unit, block, text, terms)


def _fill(unit: Element, block: Block, styled: Styled, terms: list[Term]) -> None:
    text = styled.text
    _add_styled(unit, "source", styled)
    if block.is_english:
        unit.set("translate", "no")
        _add_styled(unit, "target", styled).set("state", "final")
        return
    if block.printed:
        _add(unit, "target", block.printed).set("state", "needs-review-translation")
    for term in (term for term in terms if term.zh in text):
        note = _add(unit, "note", _pair(term))
        note.set("annotates", "source")
        note.set("from", "glossary")


def _pair(term: Term) -> str:
    return f"{term.zh} = {term.en}" + (f" ({term.abbreviation})" if term.abbreviation else "")
