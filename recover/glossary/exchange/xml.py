"""What the XML formats share: a parser that fetches nothing, languages, texts."""

from __future__ import annotations

from lxml import etree

from recover.errors import UnreadableInput

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
