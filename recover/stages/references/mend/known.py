"""Signs that worn print lost between names, titles and journals, told by the names and journals of other entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from recover.model.csl import CslItem
from recover.model.document import Repair
from recover.text.vocabulary import Vocabulary

_HAN = "\u4e00-\u9fff"
_NAME, _JOURNAL = re.compile(rf"[{_HAN}]{{2,4}}"), re.compile(rf"[{_HAN}（）()·]{{4,24}}")
_SIGN = re.compile(rf"(?<=[{_HAN}])\s?[:：·.．、，,;；'`-]\s?(?=[{_HAN}])")
# So many entries must have a name of two characters for it to be known; of a longer one, or a journal, one is enough.
LEAST, LONG = 2, 3
_BETWEEN = "two names that other entries print apart"
_BEHIND = "a name that other entries print ends here"
_BEFORE = "a journal that other entries name begins here"
_ENDS = "a journal that other entries name ends here"
WHY_SIGN = "other entries print this journal without the sign"


def with_authors(words: Vocabulary, authors: Iterable[str]) -> Vocabulary:
    """``words`` with the Chinese names of the paper's own authors, whom its list mostly cites too."""
    return msgspec.structs.replace(words, names=frozenset(name for name in authors if _NAME.fullmatch(name)))


def with_known(words: Vocabulary, items: Iterable[CslItem]) -> Vocabulary:
    """``words`` with the Chinese names and journals that ``items`` have."""
    names: Counter[str] = Counter()
    journals: Counter[str] = Counter()
    for item in items:
        names.update({name.literal or name.family for name in item.author})
        journals[item.container_title] += 1
    return msgspec.structs.replace(words, names=words.names | _often(names, _NAME), journals=_often(journals, _JOURNAL))


def _often(counts: Counter[str], shape: re.Pattern[str]) -> frozenset[str]:
    return frozenset(
        text for text, count in counts.items() if shape.fullmatch(text) and count >= (1 if len(text) >= LONG else LEAST)
    )


def as_others_print(items: Sequence[CslItem]) -> list[str]:
    """The journal of each item as other items print it: without a sign that worn print put between its characters."""
    printed = {item.container_title for item in items if item.container_title}
    return [
        plain if (plain := _SIGN.sub("", item.container_title)) in printed else item.container_title for item in items
    ]


def mend_known(text: str, words: Vocabulary) -> tuple[str, tuple[Repair, ...]]:
    """The text with the signs put back that what is known shows to be missing."""
    repairs: list[Repair] = []
    for pattern, now, why in _patterns(words.names, words.journals):
        hit = pattern.search(text)
        while hit is not None:
            set_anew = hit.expand(now)
            repairs.append(Repair(field="", was=hit[0].strip(), now=set_anew.strip(), why=why))
            text = text[: hit.start()] + set_anew + text[hit.end() :]
            hit = pattern.search(text, hit.start() + len(set_anew))
    return text, tuple(repairs)


@lru_cache(maxsize=8)
def _patterns(names: frozenset[str], journals: frozenset[str]) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    found = []
    if names:
        known = "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
        listed = rf"(?:^|(?<=[,，、])|(?<=[,，、]\s))(?P<name>{known})"
        found.append((re.compile(rf"{listed}\s?(?=(?:{known})[,，、.．等])"), r"\g<name>，", _BETWEEN))
        found.append((re.compile(rf"{listed}[.．。]\s?(?=(?:{known})[,，、])"), r"\g<name>，", _BETWEEN))
        found.append(
            (re.compile(rf"{listed}\s?(?=[{_HAN}A-Za-z\d][{_HAN}A-Za-z\d\- ]{{5,}})(?!等)"), r"\g<name>. ", _BEHIND)
        )
    if journals:
        known = "|".join(sorted(map(re.escape, journals), key=lambda title: (-len(title), title)))
        before_year = r"(?=[,，.．。、;；:：]?\s?(?:19|20)\d{2}\b)"
        found.append(
            (re.compile(rf"(?<=[{_HAN}a-z\d])\s?[，,、]?(?P<title>{known}){before_year}"), r". \g<title>", _BEFORE)
        )
        found.append(
            (
                re.compile(rf"(?P<title>{known})[、:：;；.．。]?\s?(?=(?:19|20)\d{{2}}\s?[,，;；.])"),
                r"\g<title>, ",
                _ENDS,
            )
        )
    return tuple(found)
