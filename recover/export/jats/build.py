"""Elements of JATS, their text made legal and escaped."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from recover.export.markup import legal
from recover.export.styled import Styled, stretches
from recover.export.xml import Element
from recover.model.document import MarkKind

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
