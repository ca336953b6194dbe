"""Text layers: how much of a garbled one was re-read, and how much of a good one was kept."""

from __future__ import annotations

import re

import msgspec

from bench.accuracy.measures.score import Share
from recover.model.document import Document, PageLine
from samples.wear import TextLayer

_HAN = re.compile(r"[\u4e00-\u9fff]")


class LayerScore(msgspec.Struct, frozen=True, kw_only=True):
    """Shares of characters in lines whose layer's quality is known for certain."""

    garbled_reread: Share
    good_kept: Share


def score_layers(document: Document, layer: TextLayer) -> LayerScore:
    """Lines of Chinese over a garbled layer must not come from it, lines over a good one must."""
    reread = kept = Share(right=0, true=0)
    for page in document.pages:
        for line in (line for region in page.regions for line in region.lines):
            quality = _quality(layer, page.number, line)
            from_layer = line.origin == "text-layer"
            if quality == "garbled":
                reread += Share(right=0 if from_layer else len(line.text), true=len(line.text))
            elif quality == "good":
                kept += Share(right=len(line.text) if from_layer else 0, true=len(line.text))
    return LayerScore(garbled_reread=reread, good_kept=kept)


def _quality(layer: TextLayer, page: int, line: PageLine) -> str:
    """``garbled``, ``good``, or empty where the layer is neither for certain."""
    is_chinese = len(_HAN.findall(line.text)) > len(line.text) / 2
    if layer in {"good", "digital"} or (layer == "mixed" and page % 2):
        return "good"
    # English over an English-only OCR may be kept or not; so may headings in a font that wasn't garbled.
    return "garbled" if layer != "none" and is_chinese and layer != "garbled-font" else ""
