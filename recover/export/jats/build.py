"""Elements of JATS, their text made legal and escaped."""

from __future__ import annotations

from lxml import etree

from recover.export.markup import legal
from recover.export.xml import Element

XLINK = "http://www.w3.org/1999/xlink"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HREF = f"{{{XLINK}}}href"


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
