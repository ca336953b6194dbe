"""Characters of a layer that their own outlines contradict: ½ as large as a Chinese character, º on the base line.

A font's map may be wrong for a few of its glyphs only. The outline is what one sees; where it is of another size or
stands at another height than the character's, the map has erred, and the print must be read.
"""

from __future__ import annotations

from recover.model.geometry import Box
from recover.model.layer import LayerText
from recover.text.scripts import is_han

# Shares of the type size. Outlines of Chinese characters measure 0.8 to 0.95 both ways; of Latin letters only a few
# are as broad, and none of these as high.
HAN_SIZED = 0.8
# Chinese characters of few strokes are flat or thin, but long; smaller than this both ways is a mark.
LEAST_HAN = 0.4
# Marks are small; Latin signs of the middle (=, -, ~) are flat.
LARGEST_MARK, HIGHEST_DASH = 0.7, 0.45
# Raised letters and figures end so high above the base line at least, which lies so high in the cell.
RAISED, BASE = 0.15, 0.13

_MARKS = frozenset(".,:;·'\"`´¨¸°ºª¹²³’‘、。，；：．")
_RAISED = frozenset("ºª°¹²³")
_DASHES = frozenset("=-~–—−¬")
# As broad and as high as a Chinese character in most typefaces.
_BROAD = frozenset("@©®™ÅÄÖÕÔÂÃÆŒ½¼¾%‰")
_FRACTIONS = frozenset("½¼¾")


def misfits(layer: LayerText) -> tuple[bool, ...]:
    """For each character whether its outline cannot be its own."""
    if not layer.inks:
        return (False,) * len(layer.text)
    return tuple(
        ink is not None and _is_misfit(at, layer.text, box, ink)
        for at, (box, ink) in enumerate(zip(layer.boxes, layer.inks, strict=True))
    )


def _is_misfit(at: int, text: str, cell: Box, ink: Box) -> bool:
    char, size = text[at], max(1e-6, cell.height)
    width, height = ink.width / size, ink.height / size
    if is_han(char):
        return max(width, height) < LEAST_HAN
    if char in _RAISED:
        return (cell.y1 - ink.y1) / size - BASE < RAISED
    if char in _MARKS:
        return max(width, height) > LARGEST_MARK
    if char in _DASHES:
        return height > HIGHEST_DASH
    if char in _FRACTIONS:
        return _is_among_han(at, text)
    return ord(char) < 0x250 and char not in _BROAD and min(width, height) > HAN_SIZED


def _is_among_han(at: int, text: str) -> bool:
    """Whether Chinese characters stand on both sides: fractions follow figures."""
    return 0 < at < len(text) - 1 and is_han(text[at - 1]) and is_han(text[at + 1])
