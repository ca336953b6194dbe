"""How pieces of text become one: the only place that decides about spaces and hyphens at a seam."""

from __future__ import annotations

import re
from functools import lru_cache

from recover.lexicon.english import zipf
from recover.text.scripts import is_wide
from recover.text.vocabulary import HYPHENS, NO_WORDS, Vocabulary

_SOFT_HYPHEN = "\u00ad"
_LAST_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*$")
_FIRST_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_LAST_RUN = re.compile(r"[^\W\d_]+$")
_FIRST_RUN = re.compile(r"[^\W\d_]+")
# "sclero-." - a speck after the hyphen.
_SPECKLED = re.compile(r"[a-z]-[.·•]$")
_ADDRESS = re.compile(r"(?:https?://|www\.|doi\.org|\b10\.\d{4,9}/)\S*[/.\-_?=&%]$")
# Behind the stop that ends an address: a word that other words follow.
_NEXT_WORD = re.compile(r"[A-ZÀ-Þ][\w'’-]*[\s,]")
_BEFORE_PAGES = re.compile(r"[\d)）][:：;；(]$")
# Where a word that is written solid may be as rare as this (Zipf units), compared with the rarer of its parts ...
_MARGIN = 1.0
# ... unless it is as common as this: nobody writes "out-come".
_COMMON = 3.0
_A_WORD = 3.5
_HARDLY_A_WORD = 1.5
# Parts that stand before a word and seldom alone. Those of the first kind are written solid but before few words
# (antisense, anti-inflammatory); those of the second nearly always.
_PREFIX = re.compile(r"anti|non|post|pre|co|semi")
_SOLID = re.compile(
    r"bio|de|dis|electro|hetero|homo|hyper|hypo|immuno|inter|intra|macro|mesen|micro|mono|multi|neuro|oligo|out|over"
    r"|para|peri|photo|pluri|poly|psycho|radio|re|sub|super|supra|thermo|trans|ultra|un|under"
)
_PREFIXED = 1.9


def separator(left: str, right: str) -> str:
    """What stands between two pieces on one line or two: nothing beside Han, a space between words."""
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return ""
    if is_wide(left[-1]) or is_wide(right[0]):
        return ""
    return " "


def seam(left: str, right: str, words: Vocabulary = NO_WORDS) -> tuple[int, str]:
    """How a line's end meets the next line: how many characters to drop from ``left``, and what to put between.

    ``words`` are those that the text writes elsewhere; they are asked first about a hyphen.
    """
    if not left or not right:
        return 0, ""
    if _SPECKLED.search(left) and right[0].islower():
        return (2, "") if _breaks(left[:-2], right, words, soft=False) else (2, "-")
    if left[-1] in HYPHENS and left[-2:-1].strip():
        return (1, "") if _breaks(left[:-1], right, words, soft=left[-1] == _SOFT_HYPHEN) else (0, "")
    return 0, "" if _is_tight(left, right) else separator(left, right)


def _is_tight(left: str, right: str) -> bool:
    """Addresses, page numbers after their colon, and what a dash or slash joins have no space."""
    is_address = bool(_ADDRESS.search(left[-200:])) and not (left[-1] == "." and _NEXT_WORD.match(right))
    if is_address or (_BEFORE_PAGES.search(left) and right[0].isdigit()):
        return True
    if right[0] == "/" and right[:2] != "//":
        return True
    return left[-1] in "–—/" and bool(left[-2:-1].strip())


def _breaks(left: str, right: str, words: Vocabulary, *, soft: bool) -> bool:
    """Whether the hyphen after ``left`` only breaks a word; ``TDP-`` and ``43``, ``Cell-`` and ``Derived`` keep it."""
    if soft:
        return True
    head, tail = _LAST_WORD.search(left), _FIRST_WORD.match(right)
    if head is None or tail is None or left[-1].isdigit() or _ADDRESS.search(left[-200:] + "-"):
        return False
    said = words.settles(head[0], tail[0])
    return said if said is not None else _breaks_by_shape(left, right)


def _breaks_by_shape(left: str, right: str) -> bool:
    before, after = _LAST_RUN.search(left), _FIRST_RUN.match(right)
    if before is None or after is None or len(before[0]) < 2:
        return False
    above = left[before.start() - 1 : before.start()]
    if above.isdigit() or after[0][0].isupper() or not before[0][-1].islower():
        return False
    return _is_broken(before[0].lower(), after[0].lower(), above in HYPHENS and bool(above))


@lru_cache(maxsize=1 << 16)
def _is_broken(before: str, after: str, is_compound: bool) -> bool:
    """By how common the whole and its parts are; a compound's further parts (``first-in-human``) are words."""
    whole, first, second = (zipf(word) for word in (before + after, before, after))
    if is_compound and second >= _A_WORD:
        return False
    if _SOLID.fullmatch(before):
        return whole > 0 or second < _HARDLY_A_WORD
    if _PREFIX.fullmatch(before) and second >= _HARDLY_A_WORD:
        return whole >= _PREFIXED
    if whole > 0:
        return whole >= min(_COMMON, min(first, second) - _MARGIN)
    return second < _HARDLY_A_WORD or (first < _HARDLY_A_WORD and second < _A_WORD)
