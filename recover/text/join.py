"""Text from pieces: the one place that decides about spaces and hyphens at a seam."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

import msgspec

from recover.lexicon.characters import is_wide, language
from recover.lexicon.english import zipf
from recover.model.document import Paragraph, Span
from recover.model.flow import Piece
from recover.model.page import READERS
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


# Text from pieces of lines, with the place of every character.


def compose(pieces: Sequence[Piece]) -> Paragraph:
    """One paragraph of ``pieces`` joined as print joins them; what a seam drops or adds has no span."""
    text = ""
    spans: list[Span] = []
    for piece in map(trim, pieces):
        drop, between = seam(text, piece.text) if text else (0, "")
        if drop:
            text, spans = text[:-drop], _shortened(spans, len(text) - drop)
        start = len(text) + len(between)
        text += between + piece.text
        spans.extend(piece_spans(piece, start))
    return Paragraph(text=text, lang=language(text), confidence=mean_confidence(pieces), spans=tuple(spans))


def trim(piece: Piece) -> Piece:
    """The piece without white space at its ends."""
    text = piece.text
    start = piece.start + len(text) - len(text.lstrip())
    return Piece(piece.line, start, max(start, piece.end - (len(text) - len(text.rstrip()))))


def piece_spans(piece: Piece, offset: int) -> list[Span]:
    """Spans of a piece that begins at ``offset`` of a text, one for each reader in turn."""
    spans = []
    for reader, run in groupby(range(piece.start, piece.end), key=lambda at: piece.line.line.readers[at]):
        places = list(run)
        spans.append(_span(piece, places[0], places[-1] + 1, offset + places[0] - piece.start, reader))
    return spans


def _span(piece: Piece, first: int, last: int, start: int, reader: str) -> Span:
    line = piece.line.line
    measured = [value for value in line.confidences[first:last] if value >= 0]
    return Span(
        start=start,
        end=start + last - first,
        page=piece.line.page,
        box=piece.line.to_page.box(line.char_box(first, last)).rounded(),
        origin=READERS[reader],
        confidence=round(sum(measured) / len(measured), 4) if measured else None,
        line=piece.line.key,
        at=first,
    )


def _shortened(spans: Sequence[Span], length: int) -> list[Span]:
    """Spans of a text that was cut to ``length``."""
    kept = [span for span in spans if span.start < length]
    if kept and kept[-1].end > length:
        last = kept[-1]
        kept[-1] = msgspec.structs.replace(last, end=length)
    return kept


def mean_confidence(pieces: Sequence[Piece]) -> float | None:
    """The mean over all measured characters; None when nobody measured one."""
    measured = [
        value for piece in pieces for value in piece.line.line.confidences[piece.start : piece.end] if value >= 0
    ]
    return round(sum(measured) / len(measured), 4) if measured else None
