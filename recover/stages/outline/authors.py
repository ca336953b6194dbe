"""Authors and keywords as papers print them, taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recover.model.document import Author
from recover.text.names import MARKS, closed_up, without_byline
from recover.text.scripts import is_han

# What ties a name to an affiliation.
_MARK = r"\d*＊△▲#†‡§①②③④⑤⑥⑦⑧⑨⑩"


def split_keywords(texts: Sequence[str]) -> tuple[str, ...]:
    """Keywords of one or more paragraphs; commas part them only where no semicolon does."""
    joined = ";".join(text.strip().rstrip("。.") for text in texts)
    marks = r"[;；]" if re.search(r"[;；]", joined) else r"[,，、]|\u3000+|\s{2,}"
    return tuple(part.strip(" 。.") for part in re.split(marks, joined) if part.strip(" 。."))


def split_authors(chinese: Sequence[str], english: Sequence[str]) -> tuple[Author, ...]:
    """Authors as printed, marks of affiliation removed; the English name stands beside where both lists agree."""
    zh_text, en_text = "，".join(chinese), ", ".join(english)
    zh, en = _names(zh_text), _names(en_text)
    if zh and len(zh) == len(en):
        both = zip(zh, en, strict=True)
        return tuple(Author(name=name, name_en=other, affiliations=_marks(name, zh_text)) for name, other in both)
    return tuple(Author(name=name, affiliations=_marks(name, zh_text if zh else en_text)) for name in (zh or en))


def _marks(name: str, text: str) -> tuple[str, ...]:
    """The marks of affiliation behind a name."""
    letters = r"\s*".join(map(re.escape, name.replace(" ", "")))
    match = re.search(rf"{letters}\s*[\[［(（]?((?:[{_MARK}]{{1,2}}[,，]?)+)", text)
    return tuple(part for part in re.split(r"[,，]", match[1]) if part) if match else ()


def _names(text: str) -> list[str]:
    bare = MARKS.sub("，", without_byline(text))
    if any(map(is_han, bare)):
        bare = re.sub(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])", "\u3000", bare)
    parts = re.split(r"[,，、;；\u3000]+|\band\b|&", bare)
    names = [part.strip(" .·") for part in parts if part.strip(" .·")]
    return closed_up(names)
