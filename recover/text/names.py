"""Persons' names, lines that say where authors work, and what stands on covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

import msgspec

from recover.lexicon.characters import is_han, simplified
from recover.text.vocabulary import pairs, words

# Marks of affiliation, degrees, and what says of a name what it is: （执笔）, 著, 译.
MARKS = re.compile(
    r"[\d*＊△▲#＃†‡§①②③④⑤⑥⑦⑧⑨⑩⁎^✉¹²³⁴⁵]+(?:\s*[,，.]\s*[\d*＊△▲#†‡§]+)*|[\[\]［］()（）]|\b(?:MD|PhD|Dr|Prof)\b\.?"
)
_PARTS = re.compile(r"[,，、;；\s\u3000]+|\band\b|&")
_SAID = words("byline_words")
_ROLE = re.compile(rf"(?:{'|'.join(_SAID)})[:：/／]?$")
_ROLE_APART = re.compile(rf"[\s\u3000]+(?:{'|'.join(_SAID)})$")
# A single character is a family name as well, unless something parts it from the names: 文/王明.
_BEFORE = "|".join(word if len(word) > 1 else rf"{word}(?=[\s:：/／|｜])" for word in _SAID)
_LEAD = re.compile(rf"^[\s\u3000]*(?:{_BEFORE})?[\s\u3000]*[:：/／|｜]?[\s\u3000]*[□■○●◎]?")
_LATIN_NAME = re.compile(r"^(?:[A-ZÀ-Þ][\w'’.-]*\s+){1,3}[A-ZÀ-Þ][\w'’.-]*$|^[A-ZÀ-Þ]\.?\s?[A-ZÀ-Þ][\w'’-]+$")
# A foreign author among Chinese ones: John Smith, Johan van der Meer.
_FOREIGN = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:[a-z]{1,3}\s+){0,2}[A-ZÀ-Þ][\w'’.-]*){1,3}(?=[^\w.]|[\u3400-\u9fff]|$)", re.ASCII
)
MOST_NAMES, LONGEST_NAME, LONGEST_SPACED = 40, 4, 3
# So many of the names begin with a known family name.
KNOWN = 0.6


def are_names(text: str) -> bool:
    """``王明，李小红1*``, ``王　明 李小红``, ``Wang Ming, Li Hong``, ``□ 王明``; a name of one word says too little."""
    if _POSTCODE.search(text):
        return False
    bare = MARKS.sub("，", _LEAD.sub("", text.strip(), count=1)).strip(" ，,、·•")
    return _are_chinese(_FOREIGN.sub("，", bare).strip("，")) if any(map(is_han, bare)) else _are_latin(bare)


def without_byline(text: str) -> str:
    """A line of names without what says that they are: 本报记者, 文/, □, and 著 behind them."""
    return _ROLE_APART.sub("", _LEAD.sub("", text.strip(), count=1))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(name for line in words("surnames") for name in line.split())


@cache
def _rare_surnames() -> frozenset[str]:
    return frozenset("".join(words("rare_surnames")))


def may_have_surname(name: str) -> bool:
    """Whether a Chinese name begins with any family name, be it a rare one that is a word as well (巨, 是, 有)."""
    return has_surname(name) or simplified(name)[:1] in _rare_surnames()


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


# Longer numbers tie no name to an affiliation: 54000, Pakistan.
_POSTCODE = re.compile(r"\d{4}")


# Whether a line says where authors work.

AFFILIATION = re.compile("|".join(words("affiliations")), re.IGNORECASE)
_BEHIND_NAMES = re.compile(r"[(（]|(?<=[a-z])\. (?=[A-Z])")
_BRACKET = re.compile(r"[(（]([^()（）]*)")


def tells_where(text: str) -> bool:
    """Whether a line begins by telling where people work: in brackets."""
    bracket = _BRACKET.match(text)
    return bracket is not None and bool(AFFILIATION.search(simplified(bracket[1])))


def names_end(text: str) -> int | None:
    """Where the names end that a line begins with, before what tells where they work; None without any.

    That stands in brackets, or behind a full stop in English: ``XU Wen, HE Lin. School of Nursing, …``.
    """
    for found in _BEHIND_NAMES.finditer(text):
        in_brackets = found[0] in ("(", "（")
        at = found.start() if in_brackets else found.end()
        is_where = (
            tells_where(text[at:]) if in_brackets else bool(AFFILIATION.search(text[at:].split(",", maxsplit=1)[0]))
        )
        if is_where and are_names(text[: found.start()]):
            return at
    return None


# A note on an author behind the list of references: a name, and soon what its bearer is.

_NAMED = re.compile(
    r"^\s*[*＊]?\s*(?P<name>[\u4e00-\u9fff·]{2,8}|[A-Z][\w'’.-]+(?:[\s-][A-Z][\w'’.-]*){1,3})"
    r"\s?(?P<years>[(（]\s?\d{4}\s?年?[\d月]*\s?(?:[—–~～-]+|生)\s?[)）])?(?:[(（][^()（）]{2,30}[)）])?"
    r"(?P<sign>[:：,，]\s?|\s)"
)


def is_biography(text: str) -> bool:
    """``王明，男，1978年生，博士``, ``WANG Ming, born in 1978, Ph. D.``: a note that no label announces."""
    hit = _NAMED.match(text)
    if hit is None or (is_han(hit["name"][0]) and not has_surname(hit["name"])):
        return False
    signs = tuple(value for kind, value in pairs("biography_signs") if kind == "verb" or hit["sign"].strip())
    return hit["years"] is not None or simplified(text[hit.end() :]).lower().startswith(signs)


# What stands on the covers of theses and books, and in the declarations behind them, and is no title.

_SPACE = re.compile(r"[\s\u3000]+")
_GAP = "[ \u3000]*"


class CoverField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a cover: what it tells (title, author, other), and where its value begins."""

    role: str
    end: int


def is_cover_line(text: str) -> bool:
    """``某某大学``, ``硕 士 学 位 论 文``, ``二〇一五年六月``: what a cover prints beside the title."""
    return bool(_whole("cover_lines").match(_bare(text))) or cover_field(text) is not None


def is_declaration(text: str) -> bool:
    """``学位论文独创性声明``: what heads a page of declarations and signatures."""
    return bool(_whole("declarations").match(_bare(text)))


def cover_field(text: str) -> CoverField | None:
    """The field that a line of a cover begins with: ``论文题目：…``, ``作　者　王明``."""
    plain = simplified(text)
    for role, pattern in _fields():
        match = pattern.match(plain)
        if match:
            return CoverField(role=role, end=match.end())
    return None


def _bare(text: str) -> str:
    return _SPACE.sub("", simplified(text)).lower()


@cache
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(words(name))})$")


@cache
def _fields() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A field's characters may stand apart; a colon or white ends it."""
    spaced = (
        (role, re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", _GAP, name)) for role, name in pairs("cover_fields")
    )
    return tuple((role, re.compile(rf"^{_GAP}{name}{_GAP}(?:[:：]|[\u3000 ]){_GAP}")) for role, name in spaced)
