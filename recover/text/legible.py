"""Whether a piece of text is language or the leavings of an OCR that didn't know the script.

Several small signs, each of which may be wrong on its own: words that English has, words that Chinese has, letters
that make no words, capitals in the middle of words, signs no text has in such numbers, Han that nobody writes,
private characters. Names, symbols of genes and formulas are no words and no nonsense either: alone they count as
legible, in a crowd of their like they count for little.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

from recover.lexicon.characters import simplified
from recover.lexicon.english import zipf
from recover.lexicon.tables import characters, chinese_words, tokenizer

Kind = Literal["english", "chinese", "mixed", "symbols", "unreadable", "empty"]

_TOKEN = re.compile(
    r"(?P<han>[\u3400-\u9fff\uf900-\ufaff]+)|(?P<latin>[A-Za-zÀ-ɏͰ-Ͽ](?:[A-Za-zÀ-ɏͰ-Ͽ0-9'’]*[A-Za-zÀ-ɏͰ-Ͽ0-9])?)"
    r"|(?P<number>\d[\d.,:;\-–/()%]*)|(?P<private>[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff])|(?P<sign>[^\s\w])|(?P<other>\w)"
)
_SHORT_WORDS = frozenset(
    [
        "a",
        "i",
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "he",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "on",
        "or",
        "so",
        "to",
        "up",
        "us",
        "we",
        "et",
        "al",
        "vs",
        "am",
        "go",
    ]
)
_SYMBOL = re.compile(
    r"^(?:[A-Z]{2,5}|[a-z]{0,3}[A-Z]{1,6}[a-z]{0,4}\d{1,4}[A-Za-z]{0,3}\d{0,4}|[a-z]{1,2}[A-Z]{2,5}s?|[A-Z]{2,5}s|[A-Z]{1,3}[a-z]?\d{1,3}|[a-z]{1,4}\d{1,6})$"
)
_NAME = re.compile(r"^[A-Z][a-z'’]+$")
# Three authors in a row (ZHAO W, FU XY, DUAN HM) are no accident, whatever their letters.
_NAMES = re.compile(r"(?:\b[A-Z][A-Za-z'’\-]+(?:\s[A-Z][A-Za-z'’\-]+)?\s[A-Z]{1,3}(?:,\s|\.|\s?et al|$)\s?){3,}")
_SHAPE = re.compile(r"^(?:[a-zà-ɏͰ-Ͽ'’]+|[A-ZÀ-Þ][a-zà-ɏ'’]+|[A-ZÀ-Þ]+)$")
_HARD = re.compile(
    r"[bcdfghjklmnpqrstvwxz]{5,}|^[bcdfghjklmnpqrstvwxz]{4,}$|[aeiou]{4,}|q[^u]|[jvwx][bcdfgjkmpqtvwxz]", re.IGNORECASE
)
_SPACED_HAN = re.compile(r"[\u4e00-\u9fff]\s(?=[\u4e00-\u9fff])")
_ODD = frozenset("{}|\\~^`#@$%&*=<>_©®™¢£¥§¶•°¬¦“”‘’!")
_USUAL = frozenset(".,;:()[]-–—/'\"+±%×·，。、；：（）“”‘’《》—…!?！？<>=≤≥")
# Zipf units; below the first a four-letter string is likelier a misreading than a word.
_WORD_ZIPF = 1.6
_SHORT_WORD_ZIPF = 3.6
_COMMON_HAN = 400
# Letters that stand alone in formulas.
_VARIABLES = frozenset("nptxyzαβγδκμ")
_CROWD = 0.45
_LEGIBLE = 0.55


class Legibility(msgspec.Struct, frozen=True, kw_only=True):
    """``score`` from 0 (nonsense) to 1 (language), what kind of text it is, and what spoke against it."""

    score: float
    kind: Kind
    reasons: tuple[str, ...] = ()

    @property
    def is_legible(self) -> bool:
        return self.score >= _LEGIBLE


class _Tally:
    """Weights of the text's characters by what they were found to be."""

    def __init__(self) -> None:
        self.words = self.han = self.symbols = self.letters = self.rare = self.signs = self.private = 0.0
        self.numbers = self.signs_usual = self.strange = 0.0


def legibility(text: str) -> Legibility:
    """Judge ``text``: a line, a paragraph or a region; short pieces are judged leniently."""
    tally = _tally(text)
    weight = (
        tally.words
        + tally.han
        + tally.symbols
        + tally.letters
        + tally.rare
        + tally.private
        + tally.signs
        + tally.strange
    )
    if not weight:
        return Legibility(score=1.0 if tally.numbers else 0.5, kind="symbols" if text.strip() else "empty")
    neutral = tally.symbols / weight
    good = tally.words + tally.han + tally.symbols * (0.85 if neutral < _CROWD or _is_brief(text) else 0.2)
    spaced = min(0.3, 0.5 * len(_SPACED_HAN.findall(text)) / max(1, len(text)))
    score = max(0.0, min(1.0, good / weight - spaced))
    return Legibility(score=round(score, 3), kind=_kind(tally, score), reasons=_reasons(tally, weight, neutral, spaced))


def _is_brief(text: str) -> bool:
    return len(text.split()) <= 3


def _tally(text: str) -> _Tally:
    tally = _Tally()
    for names in _NAMES.finditer(text):
        tally.words += len(names[0].replace(" ", ""))
    for hit in _TOKEN.finditer(_NAMES.sub(" ", text)):
        token = hit[0]
        if hit.lastgroup == "han":
            _add_han(token, tally)
        elif hit.lastgroup == "latin":
            _add_latin(token, tally)
        elif hit.lastgroup == "number":
            tally.numbers += len(token)
        elif hit.lastgroup == "private":
            tally.private += 2
        elif hit.lastgroup == "sign":
            _add_sign(token, tally)
        else:
            tally.strange += 1
    return tally


def _add_sign(sign: str, tally: _Tally) -> None:
    if sign in _ODD and sign not in _USUAL:
        tally.signs += 1
    else:
        tally.signs_usual += 1


def _add_latin(token: str, tally: _Tally) -> None:
    if is_english_word(token):
        tally.words += len(token)
    elif _SYMBOL.match(token) or (len(token) == 1 and (token.isupper() or token in _VARIABLES)):
        tally.symbols += len(token)
    elif token.isupper():
        tally.symbols += 0.3 * len(token)
        tally.letters += 0.7 * len(token)
    elif _NAME.match(token) and not _HARD.search(token):
        tally.words += 0.5 * len(token)
        tally.symbols += 0.5 * len(token)
    else:
        tally.letters += len(token)


@lru_cache(maxsize=1 << 16)
def is_english_word(token: str) -> bool:
    """Whether English (names that English texts hold included) has ``token``, in a shape that words have."""
    if len(token) <= 2:
        return token.lower() in _SHORT_WORDS and not (len(token) == 2 and token.isupper())
    if not _SHAPE.match(token):
        return False
    known = zipf(token)
    return known >= (_SHORT_WORD_ZIPF if len(token) == 3 else _WORD_ZIPF + 0.8 * (len(token) == 4))


def _add_han(run: str, tally: _Tally) -> None:
    frequency = characters()
    for word in _han_words(simplified(run)):  # jieba's dictionary has few traditional words
        if len(word) > 1:
            tally.han += len(word)
        elif frequency.get(word, 0) >= _COMMON_HAN:
            tally.han += 0.6
            tally.symbols += 0.4
        else:
            tally.rare += 1


def odd_han(text: str) -> int:
    """How many of its Chinese characters stand in no word and are hardly ever written: names have one."""
    frequency = characters()
    runs = (hit[0] for hit in _TOKEN.finditer(text) if hit.lastgroup == "han")
    words = (word for run in runs for word in _han_words(run))
    rare = [word for word in words if len(word) == 1 and frequency.get(word, 0) < _COMMON_HAN]
    if len(rare) < 2:
        return len(rare)
    # jieba's dictionary has few traditional words
    return sum(frequency.get(simplified(char), 0) < _COMMON_HAN for char in rare)


def makes_word(text: str, at: int) -> bool:
    """Whether the Chinese character at ``at`` is part of a word of several characters."""
    counts = chinese_words().counts
    starts = [(start, size) for size in (2, 3, 4) for start in range(max(0, at - size + 1), at + 1)]
    return any(counts.get(text[start : start + size], 0) > 0 for start, size in starts if start + size <= len(text))


def _han_words(run: str) -> list[str]:
    return list(tokenizer().cut(run, HMM=False))


def _kind(tally: _Tally, score: float) -> Kind:
    if score < _LEGIBLE:
        return "unreadable"
    if tally.han > 2 * tally.words:
        return "chinese"
    if tally.words > 2 * tally.han:
        return "english"
    return "mixed" if tally.han else "symbols"


def _reasons(tally: _Tally, weight: float, neutral: float, spaced: float) -> tuple[str, ...]:
    shares = (
        (tally.letters / weight, "letters that make no words"),
        (tally.rare / weight, "Chinese characters that are hardly ever written"),
        (tally.private / weight, "private or replacement characters"),
        (tally.signs / weight, "signs that no text has in such number"),
        (tally.strange / weight, "characters of another script"),
        (spaced, "Chinese set apart by spaces"),
        (neutral - _CROWD, "short strings of capitals in a crowd"),
    )
    return tuple(f"{reason} ({share:.0%})" for share, reason in shares if share > 0.1)
