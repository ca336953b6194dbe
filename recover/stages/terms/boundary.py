"""Where a Chinese term begins that an English name in brackets follows.

Chinese print has no spaces, so the text before ``(mesenchymal stem cell, MSC)`` runs on to the left. Words that
no term begins with bound it; inside that bound the likeliest beginning is found from the glossary, from where
else the document writes the same words, and from the length of the English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from recover.glossary.english import words as english_words
from recover.glossary.squash import is_han
from recover.stages.terms.bounds import CLOSED, OPENERS, belongs, bounds
from recover.stages.terms.bracket import Gloss

# Longer than any term in 9,500 medical ones but a few definitions, counting that letters take more room than Han.
LONGEST = 36
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_LETTER = r"A-Za-z0-9α-ωΑ-ΩⅠ-Ⅻ"
# Many journals set a space between Chinese and letters; between two Chinese characters it parts two things.
INNER = re.compile(
    rf"(?:[{_HAN}{_LETTER}+/,·\-‐‑–']|(?<=[{_LETTER}]) (?=[{_HAN}{_LETTER}])|(?<=[{_HAN}]) (?=[{_LETTER}]))*$"
)


# Of a term in quotation marks before the bracket nothing is in doubt.
QUOTED = re.compile(r"[“‘「『]([^“”‘’「」『』]{2,})[”’」』]$")
SPECIES = re.compile(r"[A-Z][a-z]+ [a-z]{3,}")
COMMUNITIES = ("群落", "植物", "种群", "菌株", "林", "样品")
# The characters that foreign names are written with; none of them ends the name of a drug.
TRANSCRIBED = re.compile(
    "(?:.*[家者授士])?[阿埃艾奥巴贝比波博布查茨达德迪蒂丁多厄恩尔法菲费弗夫福富格哈海汉赫亨华惠霍基吉加杰卡凯科克肯库拉莱兰劳勒雷里丽利列林"
    "鲁路伦罗洛马玛迈曼梅美门米密莫穆纳奈内尼诺欧帕佩皮普奇乔琼日瑞萨塞森沙莎圣史斯司索塔泰坦汤特托瓦万威韦维温沃乌西希夏"
    "谢辛休雅耶伊因泽扎詹朱兹泡耐]{2,9}"
)


class Beginning(msgspec.Struct, frozen=True):
    """A place where the term may begin, and how far that is believed."""

    start: int
    score: float


def run_before(text: str, end: int) -> int:
    """How far left from ``end`` a term could reach: the punctuation before, or the longest term's length."""
    window = text[max(0, end - LONGEST) : end]
    match = INNER.search(window)
    return end - len(match.group()) if match else end


def beginnings(text: str, end: int, en: str, cut: Callable[[str], Sequence[str]]) -> Iterator[int]:
    """The word starts from right to left that a term ending at ``end`` may have, up to a word that bounds it."""
    at = end
    for word in reversed(cut(text[run_before(text, end) : end])):
        if bounds(word, en) and at != end:
            return
        at -= len(word)
        if word.strip(" -,/"):
            yield at


def plausible(zh: str, en: str) -> float:
    """From 0 to 1, how well a Chinese and an English term agree in length.

    Most English words take one and a half to three and a half characters; a long chemical or Latin one as many
    as it has syllables. Numbers in the English must stand in the Chinese too.
    """
    size = sum(map(is_han, zh)) + 2 * len(re.findall(r"[A-Za-z0-9α-ω]+", zh))
    words = [word for word in english_words(en) if word not in LITTLE]
    if not size or not words or not _numbers(en) <= _numbers(zh):
        return 0.0
    syllables = sum(map(_syllables, words))
    if len(words) == 1:
        return 1.0 if 2 <= size <= max(4, syllables + 2) else 0.0
    most = max(3.4 * len(words), syllables)
    return max(0.0, 1.0 - max(0.0, 1.4 * len(words) - size, size - most) / len(words))


LITTLE = frozenset(("of", "the", "and", "in", "a", "for", "by", "with", "to", "on"))
NUMERALS = str.maketrans("一二三四五六七八九ⅠⅡⅢⅣⅤ", "12345678912345")


def _numbers(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d", text.translate(NUMERALS)))


def _syllables(word: str) -> int:
    return len(re.findall(r"[aeiouy]+", word)) or 1


class Surroundings(msgspec.Struct, frozen=True):
    """What a document and a glossary say: how often a wording stands alone, its known English, its words."""

    alone: Callable[[str], int]
    english_of: Callable[[str], Sequence[str]]
    cut: Callable[[str], Sequence[str]]


# Of the score below, what a beginning must reach to be believed: set on abstracts of all fields so that hardly
# a wrong pair is left.
BELIEVED = 1.5


def beginning_of(text: str, end: int, gloss: Gloss, around: Surroundings) -> int | None:
    """Where the term that ends at ``end`` and is glossed so in English begins; None where that is doubtful."""
    en = gloss.en
    quoted = QUOTED.search(text[max(0, end - LONGEST) : end + 1])
    if quoted:
        return end - len(quoted.group(1))
    candidates = [*beginnings(text, end, f"{en} {gloss.abbreviation}", around.cut)]
    scored = [
        Beginning(start, _score(text, (start, end), longer, en, around))
        for start, longer in zip(candidates, (*candidates[1:], None), strict=False)
    ]
    best = max(scored, key=lambda beginning: (beginning.score, -beginning.start), default=Beginning(end, 0.0))
    # An English name that says by what has words that stand before 的: 通过指数级富集的配体系统进化.
    is_part = text[: best.start].endswith("的") and " by " in en
    is_doubtful = best.score < BELIEVED or is_part or not _is_term(text[best.start : end], en)
    return None if is_doubtful else best.start


def _is_term(zh: str, en: str) -> bool:
    """Whether a pair is no person's name, and the Chinese no species' name with what grows of it."""
    is_proper = all(word[:1].isupper() for word in en.split())
    if is_proper and ("·" in zh or TRANSCRIBED.fullmatch(zh)):
        return False
    is_species = bool(SPECIES.fullmatch(en)) and (zh.startswith("植物") or zh.endswith(COMMUNITIES))
    return not is_species and not zh.startswith("氏") and "--" not in zh


def _score(text: str, place: tuple[int, int], longer: int | None, en: str, around: Surroundings) -> float:
    start, end = place
    zh = text[start:end]
    known = [other.lower() for other in around.english_of(zh)]
    if en.lower() in known or en.lower().removesuffix("s") in known:
        return 4.0
    length = plausible(zh, en)
    if length < 0.7 or len(zh) < 2:
        return 0.0
    # The English of a shorter term ends the English here: the term goes on to the left.
    too_short = -1.0 if any(en.lower().removesuffix("s").endswith(other) for other in known) else 0.0
    opens = 0.7 if longer is None else -0.5 if belongs(text[longer:start].strip(), en) else 0.0
    return length + too_short + opens + _letters(zh, en) + min(0.8, 0.4 * around.alone(zh))


def _letters(zh: str, en: str) -> float:
    """A term that begins with the letter its English begins with: β淀粉样蛋白, β-amyloid; else it is a part."""
    opening = re.match(r"[A-Za-z0-9α-ω]+", zh)
    return 0.9 if opening and en.lower().startswith(opening.group().lower()) else 0.0


def standing_alone(text: str) -> Callable[[str], int]:
    """Counts how often a wording stands in ``text`` with nothing before it that could belong to it."""

    def count(wording: str) -> int:
        return sum(_is_free(text[max(0, m.start() - 2) : m.start()]) for m in re.finditer(re.escape(wording), text))

    return count


def _is_free(before: str) -> bool:
    return not before or not is_han(before[-1]) or before[-1:] in CLOSED or before in CLOSED or before in OPENERS
