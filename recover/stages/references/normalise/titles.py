"""Titles without the marks around them: quotation marks of the style, stops, language notes."""

from __future__ import annotations

import re

_TRAIL = " .,;:，．。；：\t"
_PAIRS = {'"': '"', "“": "”", "‘": "’", "«": "»"}
_LANGUAGE = re.compile(
    r"\s*[\[(]\s*(?:in|article in)\s+[A-Z][a-z]+(?:,? with [^()\[\]]{3,30})?\s*[\])]$", re.IGNORECASE
)


def read_title(text: str) -> str:
    """The bare title; quotation marks go only when they hold all of it."""
    text = text.strip().strip(_TRAIL).strip()
    close = _PAIRS.get(text[:1])
    if close and len(text) > 2:
        body = text[1:].rstrip(_TRAIL)
        if body.endswith((close, '"')) and body[:-1].count(close) == body[:-1].count(text[0]) * (close != text[0]):
            text = body[:-1].strip().rstrip(_TRAIL).strip()
        elif close not in body and '"' not in body:
            text = body
    elif text.endswith('"') and text.count('"') == 1:
        text = text[:-1].rstrip(_TRAIL)
    return _LANGUAGE.sub("", text).rstrip(_TRAIL)
