"""Whether a line holds nothing but persons' names, as the line of authors under a title does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from recover.text.scripts import is_han
from recover.text.simplify import simplified
from recover.text.wordlists import words

# Marks of affiliation, degrees, and what says of a name what it is: （执笔）, 著, 译.
MARKS = re.compile(
    r"[\d*＊△▲#＃†‡§①②③④⑤⑥⑦⑧⑨⑩⁎^✉¹²³⁴⁵]+(?:\s*[,，]\s*[\d*＊△▲#†‡§]+)*|[\[\]［］()（）]|\b(?:MD|PhD|Dr|Prof)\b\.?"
)
_PARTS = re.compile(r"[,，、;；\s\u3000]+|\band\b|&")
_SAID = words("byline_words")
_ROLE = re.compile(rf"(?:{'|'.join(_SAID)})[:：/／]?$")
_ROLE_APART = re.compile(rf"[\s\u3000]+(?:{'|'.join(_SAID)})$")
# A single character is a family name as well, unless something parts it from the names: 文/王明.
_BEFORE = "|".join(word if len(word) > 1 else rf"{word}(?=[\s:：/／|｜])" for word in _SAID)
_LEAD = re.compile(rf"^[\s\u3000]*(?:{_BEFORE})?[\s\u3000]*[:：/／|｜]?[\s\u3000]*[□■○●◎]?")
_LATIN_NAME = re.compile(r"^(?:[A-ZÀ-Þ][\w'’.-]*\s+){1,3}[A-ZÀ-Þ][\w'’.-]*$|^[A-ZÀ-Þ]\.?\s?[A-ZÀ-Þ][\w'’-]+$")
MOST_NAMES, LONGEST_NAME, LONGEST_SPACED = 40, 4, 3
# So many of the names begin with a known family name.
KNOWN = 0.6


def are_names(text: str) -> bool:
    """``王明，李小红1*``, ``王　明 李小红``, ``Wang Ming, Li Hong``, ``□ 王明``; a name of one word says too little."""
    bare = MARKS.sub("，", _LEAD.sub("", text.strip(), count=1)).strip(" ，,、")
    return _are_chinese(bare) if any(map(is_han, bare)) else _are_latin(bare)


def without_byline(text: str) -> str:
    """A line of names without what says that they are: 本报记者, 文/, □, and 著 behind them."""
    return _ROLE_APART.sub("", _LEAD.sub("", text.strip(), count=1))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(name for line in words("surnames") for name in line.split())


def has_surname(name: str) -> bool:
    """Whether a Chinese name begins with a known family name and has one or two characters more."""
    plain = simplified(name)
    is_double = plain[:2] in _surnames() and 3 <= len(plain) <= LONGEST_NAME
    return is_double or (plain[:1] in _surnames() and 2 <= len(plain) <= 3)


def _are_chinese(bare: str) -> bool:
    parts = closed_up([part for part in _PARTS.split(bare) if part])
    names = [name for part in parts if (name := _ROLE.sub("", part))]
    if not 0 < len(names) <= MOST_NAMES or not all(_may_be_name(name) for name in names):
        return False
    return sum("·" in name or has_surname(name) for name in names) >= KNOWN * len(names)


def _may_be_name(name: str) -> bool:
    is_foreign = "·" in name and len(name) <= 16
    return all(is_han(char) or char == "·" for char in name) and (is_foreign or 2 <= len(name) <= LONGEST_NAME)


def closed_up(parts: Sequence[str]) -> list[str]:
    """Names set apart put together: single characters in a row are one name of two or three (王 明), or several."""
    closed: list[str] = []
    for is_single, run in groupby(parts, key=lambda part: len(part) == 1 and is_han(part)):
        group = list(run)
        if not is_single:
            closed.extend(group)
        elif len(group) == LONGEST_SPACED:
            closed.append("".join(group))
        else:
            closed.extend("".join(group[at : at + 2]) for at in range(0, len(group), 2))
    return closed


def _are_latin(bare: str) -> bool:
    parts = [part.strip(" .") for part in re.split(r"[,，;；]+|\band\b|&", bare) if part.strip(" .")]
    return 0 < len(parts) <= MOST_NAMES and all(_LATIN_NAME.match(part) for part in parts)
