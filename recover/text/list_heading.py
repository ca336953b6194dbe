"""Whether a line is the heading of a reference list."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:\.\d)*|[一二三四五六七八九十]+|[（(][一二三四五六七八九十\d]+[)）]|[IVX]{1,4})?[.、．:：]?"
)
_NAMES = (
    "参考文献", "主要参考文献", "参考文献及注释", "参考书目", "引用文献", "參考文獻", "文献", "references", "reference",
    "referencesandnotes", "literaturecited", "bibliography", "workscited", "citedliterature", "referencelist",
)  # fmt: skip
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
    plain = "".join(unicodedata.normalize("NFKC", text).split()).lower().strip("[]【】〔〕:：.。·•*#=-—_")
    return bool(_NAME.match(_NUMBER.sub("", plain, count=1).strip(".:、")) or _GARBLED.match(text))
