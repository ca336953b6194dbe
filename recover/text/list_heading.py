"""Whether a line is the heading of a reference list."""

from __future__ import annotations

import re
import unicodedata

from recover.text.scripts import unaccented

_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:\.\d)*|[一二三四五六七八九十]+|[（(][一二三四五六七八九十\d]+[)）]|[IVX]{1,4})?[.、．:：]?"
)
_NAMES = (
    "参考文献", "主要参考文献", "参考文献及注释", "参考书目", "引用文献", "參考文獻", "文献", "references", "reference",
    "referencesandnotes", "literaturecited", "bibliography", "workscited", "citedliterature", "referencelist",
)  # fmt: skip
_LONG_NAMES = ("参考文献", "主要参考文献", "references", "参考文献references")
_NAME = re.compile(rf"^(?:{'|'.join(_NAMES)})(?:[(（\[]?(?:{'|'.join(_NAMES)})[)）\]]?)?$")
# An English-only OCR leaves the Chinese half of a bilingual heading as a few signs before the English half.
_GARBLED = re.compile(
    r"^(?=[^R]*[\d=%&#*@~|])\s*\d{0,2}\s*[^\sa-zA-Z]{0,4}[A-Za-z=%#&*@~]{0,8}\s?[^\s]{0,8}\s+"
    r"(?:References|REFERENCES|Reference)\s*:?\s*$"
)


def is_list_heading(text: str) -> bool:
    """``参考文献``, ``4 参考文献 References``, ``参 考 文 献``, also with its Chinese half garbled."""
    if len(text) > 60:
        return False
    bare = _NUMBER.sub("", _plain(text), count=1).strip(".:、")
    return bool(_NAME.match(bare) or _GARBLED.match(text)) or _is_misread(bare)


def _plain(text: str) -> str:
    """No case, space, accents (recognition adds them: ``Refęrences``) or ornaments."""
    letters = unaccented(unicodedata.normalize("NFKC", text).lower())
    return "".join(letters.split()).strip("[]【】〔〕:：.。·•*#=-—_")


def _is_misread(bare: str) -> bool:
    """Whether one character away from a longer heading's name stands nothing else."""
    return any(
        len(bare) == len(name) and sum(a != b for a, b in zip(bare, name, strict=True)) == 1 for name in _LONG_NAMES
    )
