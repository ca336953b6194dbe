"""How wide a text prints, in ems of a common sans-serif face: enough to tell which words fill a column."""

from __future__ import annotations

# Advance widths in thousandths of an em, after the metrics Helvetica-like faces share.
_GROUPS = {
    222: "ijl'’‘|!",
    278: "ftI,.:;/\\[]() -r",
    333: "*\"“”-‐{}",
    500: "cksvxyzJ°",
    556: "abdeghnopquL0123456789#$_–",
    584: "+=<>~±×",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUwU",
    778: "GOQ",
    833: "mM",
    944: "W",
    1000: "—%@…®™",
}
_WIDTHS = {char: width for width, chars in _GROUPS.items() for char in chars}
_WIDE = 1000
_OTHER = 556


def width_em(text: str) -> float:
    """The printed width of ``text`` in ems."""
    return sum(_WIDTHS.get(char) or (_WIDE if char >= "\u2e80" else _OTHER) for char in text) / 1000
