"""The entry's number in front of it: ``[12]``, ``［12］``, ``12.``, ``12、``, ``⑫``, and their misreadings."""

from __future__ import annotations

import re
import unicodedata

_CIRCLED = "\u2460-\u2473"
# Brackets are misread as one another, as l, I, 1 or J; a digit inside as l, I, O or o, or with a bracket as ④.
_BRACKETED = re.compile(
    rf"^[\s•·*'‘\"]*[\[［【(（{{〔|]\s*([\dlIOoi.·{_CIRCLED}]{{1,4}})\s*\\?\s*[\]］】)）}}〕|J]\s*[.:]?\s*"
)
_DOTTED = re.compile(r"^\s*(\d{1,3})\s*(?:[.．、](?!\d)\s*|\s(?=[^\W\d_]))")
_RING = re.compile(rf"^\s*([{_CIRCLED}])[.．、]?\s*(?=\S)")
# "[39 j白书宁": of the closing bracket is left what looks like a j.
_STUB = re.compile(r"^\s*[\[［]\s?(\d{1,3})\s?[jJ]\s?(?=[\u4e00-\u9fff])")
# "[71  SMITH": the closing bracket itself was read as a figure.
_SWALLOWED = re.compile(r"^\s*[\[［]\s?(\d{1,3})[1lI|]\s+(?=[A-Z\u4e00-\u9fff])")
_LOOKALIKE = str.maketrans({"l": "1", "I": "1", "i": "1", "O": "0", "o": "0", ".": "", "·": ""})
_ONES = frozenset("lIi")
_PAIRS = frozenset(["[]", "［］", "()", "（）", "【】", "〔〕"])


def leading_number(text: str) -> tuple[int, int]:
    """The number in front of ``text`` and where the entry begins; (0, 0) where there is none."""
    hit = _BRACKETED.match(text)
    if hit and (any(char.isnumeric() for char in hit[1]) or (hit[1] in _ONES and hit[0].lstrip()[0] in "[［")):
        return _figure(hit[1]), hit.end()
    hit = _STUB.match(text) or _SWALLOWED.match(text) or _DOTTED.match(text) or _RING.match(text)
    return (_figure(hit[1]), hit.end()) if hit else (0, 0)


def _figure(printed: str) -> int:
    """``1l`` is 11; ``④`` is 4."""
    return int(unicodedata.normalize("NFKC", printed).strip(".·").translate(_LOOKALIKE))


def is_damaged(text: str) -> bool:
    """Whether the brackets around the number were misread, or the number in them: ``(22]``, ``[71``, ``[④]``."""
    hit = _BRACKETED.match(text)
    if hit is None:
        return bool(_STUB.match(text + "\u4e00") or _SWALLOWED.match(text + " A"))
    printed = hit[0].strip(" .:")
    return printed[0] + printed[-1] not in _PAIRS or not printed[1:-1].strip().isdecimal()
