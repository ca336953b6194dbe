"""Text layers: how much of a garbled one was re-read, and how much of a good one was kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from bench.accuracy.fold import fold
from bench.accuracy.infix import find_infix
from bench.accuracy.measures.score import Share
from bench.accuracy.measures.terms import true_text
from recover.model.document import Document
from recover.model.records import PageLine
from samples.truths import Truth
from samples.wear import TextLayer

_HAN = re.compile(r"[\u4e00-\u9fff]")

# Layers that are right wherever they are; of `mixed` so are the odd pages.
_GOOD = frozenset({"good", "digital"})

# A true line that an English OCR read well differs from the truth by less than this.
_LEGIBLE = 0.25


class LayerScore(msgspec.Struct, frozen=True, kw_only=True):
    """Shares of characters in the lines of which it is known how good their layer is."""

    garbled_reread: Share
    good_kept: Share


def score_layers(document: Document, layer: TextLayer, truth: Truth) -> LayerScore:
    """Compare where each line came from with what its page's layer is worth.

    Over a garbled layer, Chinese read from the print is right, and a line of the layer that isn't printed is wrong.
    Over a good layer, every line must come from it.
    """
    reread = kept = Share(right=0, true=0)
    printed = fold("\n".join((true_text(truth), *_besides(truth))))
    for page, line in _body_lines(document):
        from_layer = line.origin == "text-layer"
        size = len(line.text)
        if layer in _GOOD or (layer == "mixed" and page % 2):
            kept += Share(right=size * from_layer, true=size)
        elif layer != "none" and from_layer and not _is_printed(fold(line.text), printed):
            reread += Share(right=0, true=size)
        elif layer != "none" and not from_layer and _is_chinese(line.text):
            reread += Share(right=size, true=size)
    return LayerScore(garbled_reread=reread, good_kept=kept)


def _besides(truth: Truth) -> Iterator[str]:
    """What else is printed on the lines of an article: labels, numbers with their headings, who wrote it and where."""
    yield from ("摘要", "关键词", "Abstract", "Key words")
    # Short notes share a line.
    yield "".join(note.text for note in truth.notes)
    yield from (f"{section.number}{section.title}" for section in truth.sections)
    yield from (name for language in ("zh", "en") for name in _names(truth, language))
    yield from (truth.affiliations.zh, truth.affiliations.en)
    yield from truth.furniture


def _names(truth: Truth, language: str) -> Iterator[str]:
    names = [getattr(author, language) for author in truth.authors]
    yield from ("，".join(names), ", ".join(names))


def _body_lines(document: Document) -> Iterator[tuple[int, PageLine]]:
    """Lines with their page; furniture has no place in the reading order."""
    for page in document.pages:
        for region in page.regions:
            if region.order is not None:
                yield from ((page.number, line) for line in region.lines)


def _is_chinese(text: str) -> bool:
    return len(_HAN.findall(text)) > len(text) / 2


def _is_printed(line: str, printed: str) -> bool:
    return line in printed or find_infix(line, printed).distance <= _LEGIBLE * len(line)
