"""The two abstracts of a paper, sentence to sentence, and what one of them leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from recover.model.document import AbstractPair, Document, Mention, Term

CHINESE_END = re.compile(r"[。！？；!?]+[”’」』]?|\.(?=\s|$)|(?<=[\u4e00-\u9fff])\.")
ENGLISH_END = re.compile(r"[.!?;]+[”’\"]?(?=\s+[\"“(]?[A-Z0-9①-⑳]|\s*$)")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9]*")
# The parts of a structured abstract begin with the same word in every journal.
LABELS = (
    ("背景", "background"), ("目的", "objective"), ("目的", "aim"), ("目的", "purpose"), ("方法", "method"),
    ("结果", "result"), ("结论", "conclusion"),
)  # fmt: skip
# Where the sentences stand, as mentions name it.
ZH, EN = "abstract-zh", "abstract-en"
# Chinese says in one character what takes English three and a half letters and spaces.
LETTERS_PER_HAN = 3.5
# How many sentences on either side may stand for each other.
BEADS = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1), (1, 3), (3, 1))
# A sentence left alone must cost more than a poor pair of near length, less than a wrong one.
ALONE = -0.6


class Sentence(msgspec.Struct, frozen=True):
    """``text[start:end]`` of a paragraph of the abstract."""

    paragraph: int
    start: int
    end: int
    text: str


class Traits(msgspec.Struct, frozen=True):
    """What can be recognised of a sentence in another language."""

    terms: frozenset[int]
    numbers: frozenset[str]
    names: frozenset[str]
    labels: frozenset[int]
    size: float


def align_abstracts(document: Document) -> tuple[AbstractPair, ...]:
    """The sentences of both abstracts in order, those that say the same together."""
    zh = sentences(document.abstracts.zh, CHINESE_END)
    en = sentences(document.abstracts.en, ENGLISH_END)
    zh_traits = [_traits(sentence, _terms_in(ZH, sentence, document.terms), 1.0) for sentence in zh]
    en_traits = [_traits(sentence, _terms_in(EN, sentence, document.terms), LETTERS_PER_HAN) for sentence in en]
    return tuple(
        _pair(zh[slice(*ours)], en[slice(*theirs)], _join(zh_traits[slice(*ours)]), _join(en_traits[slice(*theirs)]))
        for ours, theirs in _best_path(zh_traits, en_traits)
    )


def sentences(paragraphs: Iterable[str], end: re.Pattern[str]) -> list[Sentence]:
    """The sentences of an abstract; every character but the white space between them is in one."""
    found = []
    for number, text in enumerate(paragraphs):
        bounds = [0, *(match.end() for match in end.finditer(text)), len(text)]
        for start, stop in pairwise(bounds):
            inner = text[start:stop].strip()
            if inner:
                first = start + text[start:stop].index(inner)
                found.append(Sentence(number, first, first + len(inner), inner))
    return found


def _terms_in(section: str, sentence: Sentence, terms: Sequence[Term]) -> frozenset[int]:
    return frozenset(n for n, term in enumerate(terms) if any(_is_in(m, section, sentence) for m in term.mentions))


def _is_in(mention: Mention, section: str, sentence: Sentence) -> bool:
    here = mention.section == section and mention.paragraph == sentence.paragraph
    return here and sentence.start <= mention.start < sentence.end


def _traits(sentence: Sentence, terms: frozenset[int], letters: float) -> Traits:
    text = sentence.text
    labels = frozenset(
        n for n, pair in enumerate(LABELS) if any(text.lower().lstrip("【[ ").startswith(w) for w in pair)
    )
    numbers = frozenset(
        number.replace(",", "") for number in NUMBER.findall(re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text))
    )
    return Traits(terms, numbers, frozenset(LATIN.findall(text)), labels, len(text) / letters)


def _join(traits: Sequence[Traits]) -> Traits:
    none: frozenset[int] = frozenset()
    return Traits(
        none.union(*(t.terms for t in traits)),
        frozenset[str]().union(*(t.numbers for t in traits)),
        frozenset[str]().union(*(t.names for t in traits)),
        none.union(*(t.labels for t in traits)),
        sum(t.size for t in traits),
    )


def _score(zh: Traits, en: Traits) -> float:
    """How well two runs of sentences agree: shares of what could agree, and their lengths."""
    shares = [_share(zh.terms, en.terms), _share(zh.numbers, en.numbers), _share(zh.names, en.names)]
    # A label on both sides decides; on one side only it speaks against the pair.
    label = 1.5 if zh.labels & en.labels else -1.0 if zh.labels and en.labels else 0.0
    shorter, longer = sorted((zh.size, en.size))
    return sum(shares) + label + shorter / longer - 0.5 if longer else 0.0


def _share(ours: frozenset[int] | frozenset[str], theirs: frozenset[int] | frozenset[str]) -> float:
    both = len(ours & theirs)
    return 2.0 * both / (len(ours) + len(theirs)) if both else 0.0


Place = tuple[int, int]


def _best_path(zh: Sequence[Traits], en: Sequence[Traits]) -> list[tuple[Place, Place]]:
    """The sequence of beads with the highest score, by dynamic programming (Gale and Church, 1993)."""
    best: dict[Place, float] = {(0, 0): 0.0}
    came: dict[Place, Place] = {}
    for at in ((i, j) for i in range(len(zh) + 1) for j in range(len(en) + 1)):
        if at not in best:
            continue
        for ours, theirs in BEADS:
            to = at[0] + ours, at[1] + theirs
            if to[0] > len(zh) or to[1] > len(en):
                continue
            score = best[at] + _bead(zh[at[0] : to[0]], en[at[1] : to[1]])
            if score > best.get(to, float("-inf")):
                best[to], came[to] = score, at
    return _walk_back(came, (len(zh), len(en)))


def _bead(zh: Sequence[Traits], en: Sequence[Traits]) -> float:
    if not zh or not en:
        return ALONE
    # Each joining costs as much as leaving a sentence alone, so that it must bring what both show.
    return _score(_join(zh), _join(en)) + ALONE * (len(zh) + len(en) - 2)


def _walk_back(came: dict[Place, Place], at: Place) -> list[tuple[Place, Place]]:
    path = []
    while at != (0, 0):
        before = came[at]
        path.append(((before[0], at[0]), (before[1], at[1])))
        at = before
    return path[::-1]


def _pair(zh: Sequence[Sentence], en: Sequence[Sentence], ours: Traits, theirs: Traits) -> AbstractPair:
    return AbstractPair(
        zh=tuple(_place(ZH, sentence) for sentence in zh),
        en=tuple(_place(EN, sentence) for sentence in en),
        terms=tuple(sorted(ours.terms & theirs.terms)),
        numbers=tuple(sorted(ours.numbers & theirs.numbers)),
        score=round(_score(ours, theirs), 3) if zh and en else None,
    )


def _place(section: str, sentence: Sentence) -> Mention:
    return Mention(section=section, paragraph=sentence.paragraph, start=sentence.start, end=sentence.end)
