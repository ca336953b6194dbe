"""``document.hocr.html``: hOCR 1.2: pages, areas, lines, words and characters with boxes and confidence.

Boxes are pixels at the resolution the page was read at; elements stand in reading order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from recover.export.alto import words
from recover.export.characters import Placed, corners, line_box, line_confidence
from recover.export.content import main_language, title
from recover.export.markup import Markup, tag
from recover.model.document import Document
from recover.model.geometry import Box, enclose
from recover.model.records import PageLine, PageRecord, PageRegion

_CAPABILITIES = "ocr_page ocr_carea ocr_par ocr_line ocr_header ocr_footer ocr_float ocrx_word ocrx_cinfo"
_HEADERS = {"header": "ocr_header", "footer": "ocr_footer", "margin": "ocr_float"}


def render(document: Document, folder: Path) -> bytes:  # noqa: ARG001 pictures are the pages' own
    """The file's bytes: XHTML, UTF-8."""
    lang = main_language(document)
    head = tag(
        "head",
        tag("title", title(document)),
        tag("meta", charset="utf-8"),
        tag("meta", name="ocr-system", content="recover"),
        tag("meta", name="ocr-capabilities", content=_CAPABILITIES),
        tag("meta", name="ocr-number-of-pages", content=str(len(document.pages))),
        tag("meta", name="ocr-langs", content="zh en"),
        tag("meta", name="ocr-scripts", content="Hans Latn"),
    )
    pages = (_page(page, document) for page in document.pages)
    names = {"xmlns": "http://www.w3.org/1999/xhtml", "xml:lang": lang}
    whole = tag("html", head, tag("body", *pages), lang=lang, **names)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{whole}\n'.encode()


def _page(record: PageRecord, document: Document) -> Markup:
    scale = (record.dpi or 72) / 72
    image = document.source.name.replace('"', "'").replace(";", ",")
    facts = (
        f'image "{image}"',
        _bbox(Box(0, 0, record.width, record.height), scale),
        f"ppageno {record.number}",
        f"scan_res {record.dpi or 72:.0f} {record.dpi or 72:.0f}",
    )
    regions = sorted(record.regions, key=lambda item: (item.order is None, item.order or 0))
    areas = (_area(region, scale) for region in regions)
    return tag("div", *areas, class_="ocr_page", id=f"page-{record.number + 1}", title="; ".join(facts))


def _area(region: PageRegion, scale: float) -> Markup:
    if not region.lines:
        return tag("div", class_="ocr_float", id=region.id, title=_bbox(region.box, scale))
    kind = _HEADERS.get(region.kind, "ocr_carea") if region.order is None else "ocr_carea"
    place = _bbox(region.box, scale)
    lines = tag("p", *(_line(line, scale) for line in region.lines), class_="ocr_par", title=place)
    return tag("div", lines, class_=kind, id=region.id, title=place)


def _line(line: PageLine, scale: float) -> Markup:
    facts = [_bbox(line_box(line), scale), _baseline(line, scale)]
    confidence = line_confidence(line.confidences)
    if confidence is not None:
        facts.append(f"x_wconf {confidence * 100:.0f}")
    return tag("span", *_spaced(line, scale), class_="ocr_line", id=line.id, title="; ".join(facts))


def _baseline(line: PageLine, scale: float) -> str:
    """Slope, and offset from the box's bottom left corner."""
    *_, right, left = corners(line)
    run = right[0] - left[0]
    slope = (right[1] - left[1]) / run if run else 0.0
    return f"baseline {slope:.4f} {round((left[1] - line_box(line).y1) * scale)}"


def _spaced(line: PageLine, scale: float) -> Iterator[str]:
    for number, word in enumerate(words(line)):
        if number:
            yield " "
        yield _word(word, scale)


def _word(word: Sequence[Placed], scale: float) -> Markup:
    facts = [_bbox(enclose(char.box for char in word), scale)]
    confidence = line_confidence([char.confidence for char in word])
    if confidence is not None:
        facts.append(f"x_wconf {confidence * 100:.0f}")
    return tag("span", *(_char(char, scale) for char in word), class_="ocrx_word", title="; ".join(facts))


def _char(char: Placed, scale: float) -> Markup:
    facts = _bbox(char.box, scale).replace("bbox", "x_bboxes")
    known = f"; x_confs {char.confidence / 10:.0f}" if char.confidence >= 0 else ""
    shown = tag(char.script, char.text) if char.script else char.text
    return tag("span", shown, class_="ocrx_cinfo", title=facts + known)


def _bbox(box: Box, scale: float) -> str:
    return "bbox " + " ".join(str(round(value * scale)) for value in (box.x0, box.y0, box.x1, box.y1))
