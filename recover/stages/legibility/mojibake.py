"""Chinese whose bytes were taken for Latin letters (À£ÑñÐÔ for 溃疡性): turned back where the bytes decode."""

from __future__ import annotations

import re

import msgspec

from recover.model.geometry import Box, enclose
from recover.model.layer import LayerText
from recover.text.legible import legibility
from recover.text.scripts import is_han

# GBK writes a character in two bytes. Two of them in a row make no western word: Müller and naïveté have none.
_PAIRS = re.compile(rb"(?:[\x81-\xfe][\x40-\x7e\x80-\xfe]){2,}|\xa3[\xa1-\xfe]|\xa1[\xa1-\xbf]")
# Full-width marks alone (£¬ for ，): a pound sign before another sign is no English either.
_MARKS = re.compile(rb"(?:\xa3[\xa1-\xfe]|\xa1[\xa1-\xbf])+")
# Both bytes of the characters in everyday use are above this; so many of a run's must be.
_EVERYDAY, _MOST = 0xA1, 0.75


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A line with its Chinese back, what was turned back, and the places of the new characters."""

    layer: LayerText
    was: tuple[str, ...]
    now: tuple[str, ...]
    boxes: tuple[Box, ...]


def decode_gbk(layer: LayerText) -> Decoded | None:
    """The layer's line with Latin letters that are GBK bytes turned back; None where there are none."""
    data = _bytes(layer.text)
    runs = [match.span() for match in _PAIRS.finditer(data) if _is_chinese(match[0])] if _may_hold(data) else []
    if not runs:
        return None
    return Decoded(
        layer=_joined(layer, data, runs),
        was=tuple(layer.text[start:end] for start, end in runs),
        now=tuple(data[start:end].decode("gbk") for start, end in runs),
        boxes=tuple(enclose(layer.boxes[start:end]) for start, end in runs),
    )


def looks_misdecoded(text: str) -> bool:
    """Whether most of a text is letters between À and ÿ and their like, which no language has in such number."""
    strange = sum(0xA1 <= ord(char) <= 0xFF for char in text)
    return strange >= 4 and 2 * strange > len(text.replace(" ", ""))


def _may_hold(data: bytes) -> bool:
    return sum(byte >= _EVERYDAY for byte in data) >= 2


def _bytes(text: str) -> bytes:
    """One byte a character, 0 for what no western encoding has in one."""
    return b"".join(_byte(char) for char in text)


def _byte(char: str) -> bytes:
    for encoding in ("latin-1", "cp1252"):
        try:
            return char.encode(encoding)
        except UnicodeEncodeError:
            continue
    return b"\0"


def _is_chinese(run: bytes) -> bool:
    if _MARKS.fullmatch(run):
        return True
    try:
        text = run.decode("gbk")
    except UnicodeDecodeError:
        return False
    everyday = sum(lead >= _EVERYDAY and trail >= _EVERYDAY for lead, trail in zip(run[::2], run[1::2], strict=True))
    return everyday >= _MOST * len(text) and any(map(is_han, text)) and legibility(text).is_legible


def _joined(layer: LayerText, data: bytes, runs: list[tuple[int, int]]) -> LayerText:
    """The layer with each pair of letters in ``runs`` as one character."""
    text, boxes, fonts, inks = [], [], [], []
    at, inside = 0, {place for start, end in runs for place in range(start, end)}
    while at < len(layer.text):
        width = 2 if at in inside else 1
        text.append(data[at : at + 2].decode("gbk") if width == 2 else layer.text[at])
        boxes.append(enclose(layer.boxes[at : at + width]))
        fonts.append(layer.fonts[at])
        inks.append(layer.inks[at] if layer.inks and width == 1 else None)
        at += width
    return LayerText(text="".join(text), boxes=tuple(boxes), fonts=tuple(fonts), inks=tuple(inks))
