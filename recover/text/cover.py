"""What stands on the covers of theses and books, and in the declarations behind them, and is no title."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from recover.text.simplify import simplified
from recover.text.wordlists import pairs, words

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
