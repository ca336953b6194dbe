"""``alto.xml``: ALTO 4.4 for digitisation shops: blocks, lines, words and characters with boxes and confidence.

Boxes are pixels at the resolution the page was read at. One file holds all pages; the reading order is stated, and
running heads and the like stand outside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from recover.export.characters import Placed, line_box, line_confidence, placed_characters
from recover.export.markup import Element, legal
from recover.model.document import Document
from recover.model.geometry import Box, enclose
from recover.model.records import PageLine, PageRecord, PageRegion

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
_STYLES = {"sup": "superscript", "sub": "subscript"}
_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def render(document: Document, folder: Path) -> bytes:  # noqa: ARG001 pictures are the pages' own
    """The file's bytes, UTF-8."""
    root = etree.Element(f"{{{NAMESPACE}}}alto", nsmap={None: NAMESPACE, "xsi": _SCHEMA_INSTANCE})
    root.set(f"{{{_SCHEMA_INSTANCE}}}schemaLocation", f"{NAMESPACE} {SCHEMA}")
    root.set("SCHEMAVERSION", "4.4")
    _description(root, document)
    _reading_order(root, document)
    layout = _add(root, "Layout")
    for page in document.pages:
        _page(layout, page)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _add(parent: Element, name: str, **attributes: object) -> Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    for key, value in attributes.items():
        child.set(key, legal(str(value)))
    return child


def _description(root: Element, document: Document) -> None:
    description = _add(root, "Description")
    _add(description, "MeasurementUnit").text = "pixel"
    _add(_add(description, "sourceImageInformation"), "fileName").text = legal(document.source.name)
    processing = _add(description, "Processing", ID="recover")
    _add(processing, "processingCategory").text = "contentGeneration"
    software = _add(processing, "processingSoftware")
    _add(software, "softwareName").text = "recover"


def _reading_order(root: Element, document: Document) -> None:
    read = [
        region.id
        for page in document.pages
        for region in sorted(page.regions, key=lambda item: item.order or 0)
        if region.order is not None and region.lines
    ]
    if read:
        group = _add(_add(root, "ReadingOrder"), "OrderedGroup", ID="order")
        for number, name in enumerate(read, 1):
            _add(group, "ElementRef", ID=f"order-{number}", REF=_id(name))


def _page(layout: Element, record: PageRecord) -> None:
    scale = (record.dpi or 72) / 72
    width, height = round(record.width * scale), round(record.height * scale)
    page = _add(layout, "Page", ID=f"page-{record.number + 1}", PHYSICAL_IMG_NR=record.number + 1)
    page.set("WIDTH", str(width))
    page.set("HEIGHT", str(height))
    space = _add(page, "PrintSpace", HPOS=0, VPOS=0, WIDTH=width, HEIGHT=height)
    for region in sorted(record.regions, key=lambda item: (item.order is None, item.order or 0)):
        _block(space, region, scale)


def _block(space: Element, region: PageRegion, scale: float) -> None:
    if not region.lines:
        _add(space, "Illustration", ID=_id(region.id), **_place(region.box, scale))
        return
    block = _add(space, "TextBlock", ID=_id(region.id), **_place(region.box, scale))
    for line in region.lines:
        _line(block, line, scale)


def _line(block: Element, line: PageLine, scale: float) -> None:
    element = _add(block, "TextLine", ID=_id(line.id), **_place(line_box(line), scale))
    last: Box | None = None
    for number, word in enumerate(words(line)):
        box = enclose(char.box for char in word)
        if last is not None:
            _add(element, "SP", **_place(Box(min(last.x1, box.x0), box.y0, max(last.x1, box.x0), box.y1), scale))
        _word(element, word, f"{_id(line.id)}.{number}", scale)
        last = box


def _word(line: Element, word: Sequence[Placed], name: str, scale: float) -> None:
    content = "".join(char.text for char in word)
    element = _add(line, "String", ID=name, CONTENT=content, **_place(enclose(char.box for char in word), scale))
    confidence = line_confidence([char.confidence for char in word])
    if confidence is not None:
        element.set("WC", f"{confidence:.3f}")
    scripts = {char.script for char in word}
    if len(scripts) == 1 and (style := _STYLES.get(word[0].script)):
        element.set("STYLE", style)
    for number, char in enumerate(word):
        glyph = _add(element, "Glyph", ID=f"{name}.{number}", CONTENT=char.text, **_place(char.box, scale))
        if char.confidence >= 0:
            glyph.set("GC", f"{char.confidence / 1000:.3f}")


def words(line: PageLine) -> Iterator[tuple[Placed, ...]]:
    """The line's characters parted at its spaces; Han stays together, as no spaces part it."""
    chars = placed_characters(line)
    for match in re.finditer(r"\S+", line.text):
        yield chars[match.start() : match.end()]


def _place(box: Box, scale: float) -> dict[str, int]:
    left, top = round(box.x0 * scale), round(box.y0 * scale)
    return {
        "HPOS": left,
        "VPOS": top,
        "WIDTH": max(0, round(box.x1 * scale) - left),
        "HEIGHT": max(0, round(box.y1 * scale) - top),
    }


def _id(name: str) -> str:
    """A name as XML allows it for identifiers."""
    return re.sub(r"[^\w.-]", "-", name) if name[:1].isalpha() else f"i-{name}"
