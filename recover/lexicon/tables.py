"""Lists of words and characters, each loaded once: made from jieba's and wordfreq's when the package is built."""

from __future__ import annotations

import functools
import logging
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from recover.errors import MissingComponent

if TYPE_CHECKING:
    from jieba import Tokenizer

FOLDER = Path(__file__).with_name("data")
REMEDY = "pip install --force-reinstall recover-ocr; in a checkout: pip install -e ."

T = TypeVar("T")


class Words(msgspec.Struct, frozen=True):
    """Chinese words with their counts, the beginnings of words with 0, and the sum of the counts."""

    counts: dict[str, int]
    total: int


@functools.cache
def chinese_words() -> Words:
    """Jieba's dictionary."""
    return _load("jieba", Words)


@functools.cache
def characters() -> dict[str, int]:
    """How often each character stands in jieba's words, each word weighed by its count."""
    return _load("characters", dict[str, int])


@functools.cache
def english_shares() -> dict[str, float]:
    """The share in running text of 300,000 words that English texts hold, in small letters."""
    return _load("english", dict[str, float])


@functools.cache
def chinese_shares() -> dict[str, float]:
    """The share in running text of the commonest Chinese words."""
    return _load("chinese", dict[str, float])


@functools.cache
def simplified_characters() -> dict[int, str]:
    """The simplified character of each traditional one, one for one."""
    return _load("simplified", dict[int, str])


@functools.cache
def tokenizer() -> Tokenizer:
    """A tokenizer with jieba's dictionary, for all who change nothing in it."""
    return own_tokenizer()


def own_tokenizer() -> Tokenizer:
    """A tokenizer with a copy of jieba's dictionary, whose words can be changed without changing another's."""
    with warnings.catch_warnings():
        # jieba asks for pkg_resources and has unescaped patterns; neither is the user's concern.
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415 a sixth of a second, and many texts need no segmentation
    jieba.setLogLevel(logging.WARNING)
    words = chinese_words()
    made = jieba.Tokenizer()
    made.FREQ, made.total, made.initialized = dict(words.counts), words.total, True
    return made


def _load(name: str, kind: type[T]) -> T:
    path = FOLDER / f"{name}.msgpack"
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise MissingComponent(path.name, "the list is not in the package", REMEDY) from error
