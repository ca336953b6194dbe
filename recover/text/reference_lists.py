"""What heads a list of references, of notes, or of contents, and whether a text is shaped like an entry."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from recover.lexicon.characters import simplified, unaccented
from recover.text.vocabulary import words

_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[章节部编篇]|\d{1,2}(?:\.\d)*|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]+|[（(][一二三四五六七八九十\d]+[)）]|[ivx]{1,4}(?=[.、:]))?[.、．:：]?"
)
_ATTACHED = re.compile(r"^附(?:录[a-z\d一二三四五]?)?[:：.、]?(?=.)")
# What is printed around a heading.
_FRAME = "[]【】〔〕〖〗<>《》「」『』{}()（）:：.。·•*#=-—_~▲■●◆"
# An English-only OCR leaves the Chinese half of a bilingual heading as a few signs before the English half.
_GARBLED = re.compile(
    r"^(?=[^R]*[\d=%&#*@~|])\s*\d{0,2}\s*[^\sa-zA-Z]{0,4}[A-Za-z=%#&*@~]{0,8}\s?[^\s]{0,8}\s+"
    r"(?:References|REFERENCES|Reference)\s*:?\s*$"
)
_LONGEST = 60
# Names so long may be misread in one character.
_SAFE = 4
_LONG_NAMES = ("参考文献", "主要参考文献", "references", "参考文献references")


def is_list_heading(text: str) -> bool:
    """``参考文献``, ``4 参考文献 References``, ``附：引用文献目录``, also with the Chinese half garbled."""
    if len(text) > _LONGEST:
        return False
    bare = _bare(text)
    return bool(_pattern("list_headings").match(bare) or _GARBLED.match(text)) or _is_misread(bare)


def is_note_heading(text: str) -> bool:
    """``注释：``, ``【注　释】``, ``Notes``: what heads endnotes."""
    return len(text) <= _LONGEST and bool(_pattern("note_headings").match(_bare(text)))


def is_contents_heading(text: str) -> bool:
    """``目　录``, ``目次``, ``CONTENTS``: what heads a contents page."""
    return len(text) <= _LONGEST and bool(_pattern("contents_headings").match(_bare(text)))


def is_known_heading(text: str) -> bool:
    """``结　语``, ``Introduction``, ``致謝``: what heads a part of a paper without a number."""
    if len(text) > _LONGEST:
        return False
    bare = _plain(text)
    return bool(_pattern("known_headings").match(bare)) or is_sure_list_heading(text)


def is_sure_list_heading(text: str) -> bool:
    """Whether a heading of a list is one whatever follows; 文献 alone may stand in a table or a sentence."""
    return len(_bare(text)) >= _SAFE and is_list_heading(text)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """One of the names of a list, or two languages' side by side."""
    names = "|".join(re.escape(word) for word in words(name))
    return re.compile(rf"^(?:{names})[)）\]】]?(?:[(（\[/|]?(?:{names})[)）\]]?)?$")


def _bare(text: str) -> str:
    """The words alone: no number, nothing that says it is attached."""
    bare = _NUMBER.sub("", _plain(text), count=1).strip(".:、")
    return _ATTACHED.sub("", bare).strip(_FRAME)


def _plain(text: str) -> str:
    """Simplified, no case, space, accents (recognition adds them: ``Refęrences``) or ornaments."""
    letters = simplified(unaccented(unicodedata.normalize("NFKC", text).lower()))
    return "".join(letters.split()).strip(_FRAME)


def _is_misread(bare: str) -> bool:
    """Whether one character away from a longer heading's name stands nothing else."""
    return any(
        len(bare) == len(name) >= _SAFE and sum(a != b for a, b in zip(bare, name, strict=True)) == 1
        for name in _LONG_NAMES
    )


# Whether a text is shaped like an entry of a reference list, whatever stands above it.

# What an entry shows, and how much each sign says; print that is no entry shows one of them now and then.
_SIGNS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (0.8, re.compile(r"^\s*(?:[\[［【〔(（]\s?\d{1,3}\s?[\]］】〕)）]|\d{1,3}\s*[.．、]|[\u2460-\u2473])")),
    (1.5, re.compile(r"[\[［](?:[JMDCPSRNZGA]|EB|DB|CP|CM)(?:/[A-Z]{2})?[\]］]")),
    (
        1.2,
        re.compile(
            r"(?:19|20)\d\d[a-z]?\s*[,，;；.]\s*\d{1,4}\s*[(（]|\d{1,4}\s*[(（][\w\s/-]{1,8}[)）]\s*[:：,，.]\s*[A-Za-z]?\d"
        ),
    ),
    (1.0, re.compile(r"^[^。]{2,90}?[(（](?:19|20)\d\d[a-z]?[)）]\s*[。.．,，:：]")),
    (0.7, re.compile(r"^[^。]{2,60}?[,，.．]\s*(?:18|19|20)\d\d[a-z]?\s*[.．。]\s*\S")),
    (
        0.8,
        re.compile(
            r"[:：,，.]\s*(?:pp?\.\s*)?[A-Za-z]?\d+\s*[-–—~～]\s*[A-Za-z]?\d+\s*[.。]?$|第\s*\d+(?:\s*[-–—~～]\s*\d+)?\s*[页頁]"
        ),
    ),
    (
        0.8,
        re.compile(
            r"出版社|书局|書局|书店|書店|印书馆|[学學][报報]|杂志|雜誌|\bPress\b|\bJournal\b|\bProc\.|\bvol\.|doi|https?://",
            re.IGNORECASE,
        ),
    ),
    (0.5, re.compile(r"《[^》]{2,60}》")),
    (0.9, re.compile(r"(?:18|19|20)\d\d\s*年?\s*[,，]?\s*第\s*\d+\s*[期卷辑號号]")),
    (0.4, re.compile(r"(?:18|19|20)\d\d\s*[年)）]?\s*[.。]?$")),
)
LIKELY = 1.5
# A note that shows as much cites a work; remarks of the author show at most one sign.
CITING = 1.2
# Entries are shorter than this; a paragraph of the text may speak of a press and its pages too.
LONGEST = 420


def entry_likeness(text: str) -> float:
    """The sum of the signs that ``text`` is an entry; from LIKELY on it is one rather than not."""
    return sum(weight for weight, sign in _SIGNS if sign.search(text)) if len(text) <= LONGEST else 0.0


def looks_like_entry(text: str) -> bool:
    """Whether ``text`` is an entry rather than anything else."""
    return entry_likeness(text) >= LIKELY


def cites_work(text: str) -> bool:
    """Whether a note cites a work rather than remarks on something."""
    return entry_likeness(text) >= CITING
