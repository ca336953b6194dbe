"""HTML entities, stray control characters and white space: the string as a reader sees it."""

from __future__ import annotations

import re
from html import unescape

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f]")
_TAGS = re.compile(r"</?(?:i|b|em|sub|sup|span|strong|u|sc)\b[^<>]{0,80}>", re.IGNORECASE)
# Digits and letters only: full-width punctuation may belong to a title and stays as printed.
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def decode(text: str) -> str:
    """Entities decoded (twice: lists pasted from the web hold ``&amp;#38;``), mark-up and runs of space dropped."""
    if "&" in text:
        text = unescape(unescape(text))
    if "<" in text:
        text = _TAGS.sub("", text)
    if not text.isascii():
        text = text.translate(_FULL_WIDTH)
    if not text.isprintable():
        text = _INVISIBLE.sub(lambda hit: " " if hit[0] in "\x0b\x0c" else "", text)
    return " ".join(text.split())
