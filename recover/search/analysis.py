"""How text becomes index tokens: single Chinese characters, Chinese words, and English stems, all with their offsets.

Traditional characters count as their simplified forms, full-width letters as half-width ones, capitals as small.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import msgspec

from recover.lexicon.characters import HAN, unaccented
from recover.lexicon.tables import own_tokenizer

if TYPE_CHECKING:
    import jieba

# A Han character, or a run of other letters and digits. SOD1 is one token, TDP-43 two that stand together.
_UNIT = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")
_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")
# Stems shorter than this stand for too much: the stem of ALS is that of "al." in "et al.".
SHORTEST_STEM = 3


class Token(msgspec.Struct, frozen=True, array_like=True):
    """An index token and the stretch ``start:end`` of the text it stands for."""

    text: str
    start: int
    end: int


def characters(text: str) -> list[Token]:
    """Every Han character and every English word of ``text``, in order: what phrases are looked for in."""
    plain = simplified(text)
    return [Token(_normal(unit[0]), unit.start(), unit.end()) for unit in _UNIT.finditer(plain)]


def words(text: str, cutter: jieba.Tokenizer) -> list[Token]:
    """The Chinese words of two and more characters, long ones with the shorter words inside them."""
    plain = simplified(text)
    return [
        Token(word, run.start() + start, run.start() + end)
        for run in _HAN_RUN.finditer(plain)
        for word, start, end in cutter.tokenize(run[0], mode="search", HMM=False)
        if end - start > 1
    ]


@lru_cache(maxsize=50_000)
def _normal(unit: str) -> str:
    """A token as it is indexed: letters folded, English words stemmed."""
    folded = unaccented(unicodedata.normalize("NFKC", unit)).casefold()
    if not folded.isascii() or not folded.isalpha() or is_symbol(unit):
        return folded
    stem = str(_stemmer().stemWord(folded))
    return stem if len(stem) >= SHORTEST_STEM else folded


def is_symbol(word: str) -> bool:
    """Whether a word is a short form or symbol, which has no inflected forms: ALS, iPSC, SOD1."""
    return sum(map(str.isupper, word)) > 1 or any(map(str.isdigit, word))


def simplified(text: str) -> str:
    """``text`` in simplified characters, as long as it was: offsets stay true."""
    converted = str(_converter().convert(text))
    if len(converted) == len(text):
        return converted
    return "".join(_simple_character(char) for char in text)


@lru_cache(maxsize=20_000)
def _simple_character(char: str) -> str:
    converted = str(_converter().convert(char))
    return converted if len(converted) == 1 else char


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    from opencc import OpenCC  # noqa: PLC0415 its tables are read at once

    converter: _Converter = OpenCC("t2s")
    return converter


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    from snowballstemmer import stemmer  # noqa: PLC0415 only where something is indexed or asked

    found: _Stemmer = stemmer("english")
    return found


def cutter_with(terms: Iterable[str]) -> jieba.Tokenizer:
    """A tokenizer of jieba's that keeps the Chinese ``terms`` whole, whatever its dictionary says."""
    cutter = own_tokenizer()
    for term in _usable(terms):
        cutter.add_word(term)
    return cutter


def _usable(terms: Iterable[str]) -> Iterator[str]:
    for term in sorted({simplified(term) for term in terms}):
        if _HAN_RUN.fullmatch(term):
            yield term


class _Converter(Protocol):
    """What is used of OpenCC."""

    def convert(self, text: str) -> str: ...


class _Stemmer(Protocol):
    """What is used of snowballstemmer."""

    def stemWord(self, word: str) -> str: ...  # noqa: N802 the library's name
