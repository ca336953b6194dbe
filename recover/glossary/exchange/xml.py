"""What the XML formats share: a parser that fetches nothing, languages, texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import msgspec
from lxml import etree

from recover.errors import UnreadableInput
from recover.glossary.concept import Concept, Status
from recover.glossary.exchange.spreadsheets import Imported, concept_of
from recover.glossary.table import COLUMNS, cells

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def parse_xml(content: bytes, subject: str) -> etree._Element:
    """The root of a file; entities are not resolved and no DTD is loaded, wherever it says one is."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableInput(
            subject, f"is not well-formed XML ({error.msg})", "export it again from its program"
        ) from error


def write_xml(root: etree._Element) -> bytes:
    """A file with its declaration, indented."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(etree.QName(element).localname)


def language_of(element: etree._Element) -> str:
    """``zh`` or ``en`` for their many codes, else empty."""
    code = (element.get(LANG) or element.get("lang") or "").lower()
    if code.startswith(("zh", "cmn")):
        return "zh"
    return "en" if code.startswith("en") else ""


def text_in(element: etree._Element) -> str:
    """All text inside an element, its white space made plain."""
    return " ".join("".join(element.itertext()).split())


# TermBase eXchange, TBX-Basic: ISO 30042:2008 (``martif``) and ISO 30042:2019 (``tbx``, version 3).


class Dialect(msgspec.Struct, frozen=True):
    """What a version calls the levels of an entry."""

    namespace: str
    root: str
    header: str
    entry: str
    language: str
    term: str


V2008 = Dialect("", "martif", "martifHeader", "termEntry", "langSet", "tig")
V3 = Dialect("urn:iso:std:iso:30042:ed-2", "tbx", "tbxHeader", "conceptEntry", "langSec", "termSec")

STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
# Other tools write the statuses in these words too.
READ_STATUS = {value: key for key, value in STATUS.items()} | {
    "preferred": "preferred", "admitted": "admitted", "deprecated": "forbidden", "superseded": "forbidden",
    "supersededTerm-admn-sts": "forbidden",
}  # fmt: skip


class Wording(msgspec.Struct, frozen=True):
    """A term of an entry, with what is said about it."""

    text: str
    status: str
    is_abbreviation: bool


def write_tbx3(concepts: Sequence[Concept]) -> bytes:
    """ISO 30042:2019, in the DCA style."""
    root = etree.Element(f"{{{V3.namespace}}}tbx", nsmap={None: V3.namespace}, style="dca", type="TBX-Basic")
    return _write(V3, root, concepts)


def write_tbx2008(concepts: Sequence[Concept]) -> bytes:
    """ISO 30042:2008, which most translation tools still read."""
    return _write(V2008, etree.Element("martif", type="TBX-Basic"), concepts)


def _write(dialect: Dialect, root: etree._Element, concepts: Sequence[Concept]) -> bytes:
    root.set(LANG, "en")
    description = _child(root, dialect, dialect.header, "fileDesc")
    _child(description, dialect, "titleStmt", "title").text = "Glossary"
    _child(description, dialect, "sourceDesc", "p").text = "Exported by recover"
    if dialect is V2008:
        rules = _child(root[0], dialect, "encodingDesc", "p")
        rules.set("type", "XCSURI")
        rules.text = "TBXBasicXCSV02.xcs"
    body = _child(root, dialect, "text", "body")
    for number, concept in enumerate(concepts, 1):
        _write_entry(_child(body, dialect, dialect.entry), dialect, number, concept)
    return write_xml(root)


def _child(parent: etree._Element, dialect: Dialect, *names: str) -> etree._Element:
    for name in names:
        parent = etree.SubElement(parent, f"{{{dialect.namespace}}}{name}" if dialect.namespace else name)
    return parent


def _typed(parent: etree._Element, dialect: Dialect, name: str, kind: str, text: str) -> None:
    if text:
        element = _child(parent, dialect, name)
        element.set("type", kind)
        element.text = text


def _write_entry(entry: etree._Element, dialect: Dialect, number: int, concept: Concept) -> None:
    entry.set("id", f"c{number}")
    _typed(entry, dialect, "descrip", "subjectField", concept.domain)
    _typed(entry, dialect, "admin", "source", concept.source)
    if concept.note:
        _child(entry, dialect, "note").text = concept.note
    for code, forms in (("zh-CN", concept.zh_forms), ("en", concept.en_forms)):
        section = _child(entry, dialect, dialect.language)
        section.set(LANG, code)
        for place, form in enumerate(forms):
            # The first wording carries the row's status; variants are admitted beside it.
            _write_term(section, dialect, form, STATUS[concept.status if place == 0 else "admitted"])
    if concept.abbreviation:
        _write_term(section, dialect, concept.abbreviation, STATUS["admitted"], "abbreviation")


def _write_term(section: etree._Element, dialect: Dialect, form: str, status: str, kind: str = "") -> None:
    term = _child(section, dialect, dialect.term)
    _child(term, dialect, "term").text = form
    _typed(term, dialect, "termNote", "termType", kind)
    _typed(term, dialect, "termNote", "administrativeStatus", status)


def read_tbx(content: bytes, _named: Mapping[str, str], subject: str) -> Imported:
    """Either version; entries without a term in both languages are left out."""
    root = parse_xml(content, subject)
    if local(root) not in (V2008.root, V3.root):
        raise UnreadableInput(subject, f"is not a TBX file (its root is {local(root)})", "export it again as TBX-Basic")
    concepts, skipped = [], []
    for entry in root.iter(f"{{*}}{V2008.entry}", f"{{*}}{V3.entry}"):
        concept = _read_entry(entry)
        if concept:
            concepts.append(concept)
        else:
            skipped.append(f"line {entry.sourceline}: no term in both languages")
    return Imported(tuple(concepts), tuple(skipped))


def _read_entry(entry: etree._Element) -> Concept | None:
    wordings: dict[str, list[Wording]] = {"zh": [], "en": [], "": []}
    for section in entry.iter("{*}langSet", "{*}langSec"):
        wordings[language_of(section)].extend(_wordings(section))
    zh = _main_first([w for w in wordings["zh"] if not w.is_abbreviation])
    en = _main_first([w for w in wordings["en"] if not w.is_abbreviation])
    if not zh or not en:
        return None
    return Concept(
        zh=zh[0].text,
        en=en[0].text,
        abbreviation=";".join(w.text for w in wordings["en"] if w.is_abbreviation),
        zh_variants=tuple(w.text for w in zh[1:]),
        en_variants=tuple(w.text for w in en[1:]),
        domain=_said(entry, "subjectField"),
        status=cast("Status", READ_STATUS.get(zh[0].status, "preferred")),
        note=_note(entry),
        source=_said(entry, "source"),
    )


def _main_first(wordings: list[Wording]) -> list[Wording]:
    """The preferred wording leads; where none is marked, the first."""
    return sorted(wordings, key=lambda wording: READ_STATUS.get(wording.status) != "preferred")


def _wordings(section: etree._Element) -> Iterator[Wording]:
    for term in section.iter("{*}term"):
        around = term.getparent()
        notes = {note.get("type"): text_in(note) for note in around.iter("{*}termNote")} if around is not None else {}
        kind = notes.get("termType", "")
        text = text_in(term)
        if text:
            yield Wording(
                text, notes.get("administrativeStatus", ""), kind in ("abbreviation", "acronym", "initialism")
            )


def _said(entry: etree._Element, kind: str) -> str:
    found = [text_in(child) for child in entry.iter("{*}descrip", "{*}admin") if child.get("type") == kind]
    return found[0] if found else ""


def _note(entry: etree._Element) -> str:
    found = [text_in(child) for child in entry if local(child) == "note"]
    return found[0] if found else ""


# Translation Memory eXchange 1.4: a unit a concept, what TMX has no place for in properties.

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
