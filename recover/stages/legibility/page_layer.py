"""A page's text layer made ready for judging: brought to its lines, its bytes decoded, its gaps and witnesses known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from recover.model.geometry import Box, Transform
from recover.model.layer import LayerChar, LayerText
from recover.model.raster import Pixels, Raster
from recover.stages.legibility.layer import place_layer
from recover.stages.legibility.mojibake import Decoded, decode_gbk
from recover.stages.legibility.uncovered import has_uncovered_print
from recover.stages.legibility.unused import is_slanted
from recover.stages.legibility.witness import LayerLine

ONLY_WITNESS = "its font is not in the file and nothing is drawn: the text layer is the only witness"
DECODED = "Latin letters that are bytes of Chinese (GBK), turned back"


class PageLayer(msgspec.Struct, frozen=True, kw_only=True):
    """The layer's text of every line; what stands in none; what was turned back into Chinese; what nobody drew.

    ``settled`` are the lines that the print cannot prove or disprove, ``bare`` those with print that no character
    covers, ``foreign`` the fonts that are not in the file.
    """

    texts: tuple[LayerText, ...]
    astray: tuple[LayerChar, ...] = ()
    decoded: tuple[Decoded, ...] = ()
    undrawn: tuple[LayerLine, ...] = ()
    settled: Mapping[int, str] = {}
    bare: frozenset[int] = frozenset()
    foreign: frozenset[str] = frozenset()


def prepare_layer(
    characters: Sequence[LayerChar],
    lines: Sequence[Box],
    own: Sequence[LayerLine],
    upright: Raster,
    to_upright: Transform,
    ink_of: Callable[[Box], Pixels] | None,
) -> PageLayer:
    """The layer at ``lines`` (pixels of ``upright``, whose map leads to points); ``own`` are the layer's own lines.

    ``ink_of`` gives the ink of a line of drawn type; None for a scan, whose layer is not part of it.
    """
    level = [char for char in characters if not is_slanted(char)]
    texts, astray = place_layer(level, [upright.to_page.box(line) for line in lines], to_upright)
    astray = (*astray, *(char for char in characters if is_slanted(char) and not char.text.isspace()))
    decoded = {index: one for index, text in enumerate(texts) if text.text and (one := decode_gbk(text))}
    texts = tuple(decoded[index].layer if index in decoded else text for index, text in enumerate(texts))
    undrawn = tuple(line for line in own if not line.is_printed)
    witnesses = [line.box for line in undrawn if line.is_language]
    settled = {
        index: ONLY_WITNESS
        for index, line in enumerate(lines)
        if any(_is_same(upright.to_page.box(line), box) for box in witnesses)
    }
    bare: frozenset[int] = frozenset()
    if ink_of is not None:
        settled |= dict.fromkeys(decoded, DECODED)
        to_pixels = upright.to_page.inverse()
        bare = frozenset(
            index
            for index, line in enumerate(lines)
            if texts[index].text.strip() and has_uncovered_print(ink_of(line), _cells(texts[index], line, to_pixels))
        )
    return PageLayer(
        texts=texts,
        astray=astray,
        decoded=tuple(decoded.values()),
        undrawn=undrawn,
        settled=settled,
        bare=bare - settled.keys(),
        foreign=frozenset(char.font for char in characters if char.is_painted and not char.is_embedded),
    )


def _is_same(box: Box, other: Box) -> bool:
    return box.intersection(other) > 0.9 * max(box.area, other.area)


def _cells(layer: LayerText, line: Box, to_pixels: Transform) -> list[Box]:
    """The characters' cells in pixels of the line's picture."""
    left = max(0, int(line.x0))
    boxes = [to_pixels.box(box) for box, char in zip(layer.boxes, layer.text, strict=True) if not char.isspace()]
    return [Box(box.x0 - left, box.y0, box.x1 - left, box.y1) for box in boxes]
