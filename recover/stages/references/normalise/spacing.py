"""Spaces that recognition lost or added around punctuation: ``cells.Proc`` and ``2010 , 90 ( 1 )``."""

from __future__ import annotations

import re

_HAN = "\u3400-\u9fff"
# A sentence's stop before a word in capitals or quotation marks; dotted initials (J.A.) hold single letters only.
_NEXT = r"[A-Z][A-Za-z]|[A-Z][\s\-][A-Za-z]|[a-z]{1,3}[A-Z]|\d+\s|[\"“]"
_AFTER_STOP = re.compile(
    rf"(?<=[a-z\d)\]®])(?<!\s[a-z])\.(?={_NEXT})(?!\d)|(?<=[\s,;.][A-Z])\.(?=[A-Z][a-zA-Z]{{2}}|[\"“]|[A-Z]-?[a-z]|A\s|[a-z]{{1,3}}[A-Z])"
)
_AFTER_INITIALS = re.compile(rf"(?<=\s[A-Z]{{2}}|[A-Z]{{3}})\.(?={_NEXT})|(?<=\s(?:Jr|Sr))\.(?=[A-Z\"“])")
# N,N-dimethyl keeps its comma tight.
_AFTER_COMMA = re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])(?![A-Z]-)")
_AFTER_COLON = re.compile(r"(?<=[A-Za-z)])[:;?](?=[A-Za-z\"“])")
_AFTER_YEAR_STOP = re.compile(r"(?<=[A-Za-z])\.(?=(?:19|20)\d{2}\s?[;,])")
_LOST = (_AFTER_STOP, _AFTER_INITIALS, _AFTER_COMMA, _AFTER_COLON, _AFTER_YEAR_STOP)
_TIGHT = re.compile(r"[^\s\d][.,:;?][^\W_\d]|[.:][\"“]|[A-Za-z]\.[12]\d{3}")
_ADDED = re.compile(
    rf"(?<=[\d)\]）］{_HAN}])\s+(?=[,;:.)(\[（，．：；])|(?<=[(\[（])\s+(?=[\d{_HAN}])|(?<=[(\[（]\d)\s+(?=[)\]）])"
    r"|(?<=[a-zA-Z\]])\s+(?=[,.](?:\s|$))|(?<=\d)\s+(?=[-–]\s?\d)|(?<=\d[-–])\s+(?=\d)"
)
_GAP = re.compile(r"\d\s|[)\](\[（\u3400-\u9fff]\s|\s[,.]")


def respace(text: str) -> str:
    """The string with the spaces that its punctuation asks for; addresses must be out of it already."""
    if _GAP.search(text):
        text = _ADDED.sub("", text)
    if _TIGHT.search(text):
        for pattern in _LOST:
            text = pattern.sub(_spaced, text)
    return text


def _spaced(hit: re.Match[str]) -> str:
    return hit[0] + " "
