"""The entry's number in front of it: ``[12]``, ``［12］``, ``12.``, ``12、``, ``(12)``, and what OCR makes of it."""

from __future__ import annotations

import re

# Brackets are misread as one another, as l, I, 1 or J; a digit inside as l, I, O or o.
_BRACKETED = re.compile(r"^\s*[\[［【(（{〔|]\s*([\dlIOo]{1,4})\s*[\]］】)）}〕|J]\s*[.:]?\s*")
_DOTTED = re.compile(r"^\s*(\d{1,3})\s*(?:[.．、](?!\d)\s*|\s(?=[^\W\d_]))")
# "[71  SMITH": the closing bracket itself was read as a figure.
_SWALLOWED = re.compile(r"^\s*[\[［]\s?(\d{1,3})[1lI|]\s+(?=[A-Z\u4e00-\u9fff])")
_LOOKALIKE = str.maketrans("lIOo", "1100")


def leading_number(text: str) -> tuple[int, int]:
    """The number in front of ``text`` and where the entry begins; (0, 0) where there is none."""
    hit = _BRACKETED.match(text)
    if hit and any(char.isdigit() for char in hit[1]):
        return int(hit[1].translate(_LOOKALIKE)), hit.end()
    hit = _SWALLOWED.match(text) or _DOTTED.match(text)
    return (int(hit[1]), hit.end()) if hit else (0, 0)


def is_damaged(text: str) -> bool:
    """Whether the brackets around the number were misread: ``(22]``, ``[71``."""
    hit = _BRACKETED.match(text)
    if hit is None:
        return bool(_SWALLOWED.match(text + " A"))
    opening, closing = hit[0].strip()[0], hit[0].rstrip(" .:")[-1]
    return (opening, closing) not in {("[", "]"), ("［", "］"), ("(", ")"), ("（", "）"), ("【", "】"), ("〔", "〕")}
