"""Translation Memory eXchange 1.4: a unit a concept, what TMX has no place for in properties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from recover.errors import UnreadableInput
from recover.glossary.concept import Concept
from recover.glossary.exchange.columns import Imported, concept_of
from recover.glossary.exchange.xml import LANG, language_of, local, parse_xml, text_in, write_xml
from recover.glossary.table import COLUMNS, cells

# The columns that TMX says in its own words: the two segments and the note.
SAID = ("zh", "en", "note")


def write_tmx(concepts: Sequence[Concept]) -> bytes:
    """Chinese is the source language; a forbidden pair is no translation and is left out."""
    root = etree.Element("tmx", version="1.4")
    header = etree.SubElement(root, "header")
    header.attrib.update(
        {"creationtool": "recover", "creationtoolversion": "1", "segtype": "phrase", "o-tmf": "recover glossary"}
        | {"adminlang": "en", "srclang": "zh-CN", "datatype": "plaintext"}
    )
    body = etree.SubElement(root, "body")
    for concept in concepts:
        if concept.status != "forbidden":
            _write_unit(etree.SubElement(body, "tu"), concept)
    return write_xml(root)


def _write_unit(unit: etree._Element, concept: Concept) -> None:
    row = dict(zip(COLUMNS, cells(concept), strict=True))
    if concept.note:
        etree.SubElement(unit, "note").text = concept.note
    for name, cell in row.items():
        if cell and name not in SAID:
            etree.SubElement(unit, "prop", type=f"x-{name}").text = cell
    for code, text in (("zh-CN", concept.zh), ("en", concept.en)):
        side = etree.SubElement(unit, "tuv")
        side.set(LANG, code)
        etree.SubElement(side, "seg").text = text


def read_tmx(content: bytes, _named: Mapping[str, str], subject: str) -> Imported:
    """Units with a segment in both languages, as a memory may hold whole sentences too."""
    root = parse_xml(content, subject)
    if local(root) != "tmx":
        raise UnreadableInput(subject, f"is not a TMX file (its root is {local(root)})", "export it again as TMX 1.4")
    concepts, skipped = [], []
    for unit in root.iter("tu"):
        row = _row(unit)
        if row.get("zh") and row.get("en"):
            concepts.append(concept_of(row))
        else:
            skipped.append(f"line {unit.sourceline}: no segment in both languages")
    return Imported(tuple(concepts), tuple(skipped))


def _row(unit: etree._Element) -> dict[str, str]:
    row = {(prop.get("type") or "").removeprefix("x-"): text_in(prop) for prop in unit.iter("prop")}
    row = {name: cell for name, cell in row.items() if name in COLUMNS and name not in SAID}
    notes = [text_in(child) for child in unit if local(child) == "note"]
    row["note"] = notes[0] if notes else ""
    for side in unit.iter("tuv"):
        segment = side.find("seg")
        if segment is not None and language_of(side):
            row.setdefault(language_of(side), text_in(segment))
    return row
