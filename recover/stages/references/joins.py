"""How two lines of an entry join: hyphens kept or dropped, spaces between words, none within Chinese."""

from __future__ import annotations

import re
from functools import lru_cache

_HYPHEN = "-‐\u00ad"
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_FIRST_WORD = re.compile(r"^([^\W\d_]+)")
_ADDRESS = re.compile(r"(?:https?://|www\.|doi\.org|\b10\.\d{4,9}/)\S*[/.\-_?=&%]$")
_BEFORE_PAGES = re.compile(r"[\d)）][:：;；(]$")
# Zipf units: a compound's parts are both commoner than the compound written in one by more than this.
_MARGIN = 0.6
_HARDLY_A_WORD = 1.5


def joint(left: str, right: str) -> tuple[int, str]:
    """How many characters of ``left``'s end go, and what stands between: ``(1, "")`` drops a soft hyphen."""
    if not left or not right:
        return 0, ""
    if left[-1] == "\u00ad":
        return 1, ""
    if left[-1] in _HYPHEN and len(left) > 1 and not left[-2].isspace():
        return (1, "") if _is_soft(left[:-1], right) else (0, "")
    if _WIDE.match(left[-1]) or _WIDE.match(right[0]):
        return 0, ""
    return 0, "" if _is_tight(left, right) else " "


def _is_tight(left: str, right: str) -> bool:
    """Addresses, page numbers after their colon, and what a dash or slash joins have no space."""
    if _ADDRESS.search(left[-200:]) or (_BEFORE_PAGES.search(left) and right[0].isdigit()):
        return True
    return left[-1] in "–—/" and bool(left[-2:-1].strip())


def _is_soft(left: str, right: str) -> bool:
    """Whether a hyphen at a line's end only breaks a word; ``TDP-`` and ``43``, ``Cell-`` and ``Derived`` keep it."""
    before, after = _LAST_WORD.search(left), _FIRST_WORD.match(right)
    if before is None or after is None or after[1][0].isupper() or not before[1][-1].islower():
        return False
    if any(char.isdigit() or char in _HYPHEN for char in left.rsplit(" ", 1)[-1]):
        return False
    return _breaks_word(before[1].lower(), after[1].lower())


@lru_cache(maxsize=1 << 16)
def _breaks_word(before: str, after: str) -> bool:
    whole, first, second = (_zipf(word) for word in (before + after, before, after))
    if whole > 0:
        return whole >= min(first, second) - _MARGIN
    return min(first, second) < _HARDLY_A_WORD


def _zipf(word: str) -> float:
    from wordfreq import zipf_frequency  # noqa: PLC0415 - its list takes half a second to load

    return float(zipf_frequency(word, "en"))
