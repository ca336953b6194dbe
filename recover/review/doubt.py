"""How likely each character of a line is wrong, from what its reader thought and from how usual the text would be.

A reader's confidence alone finds half as many errors among the characters it is least sure of: 请导多能 is read
with confidence, but 诱导多能, its second reading, is made of words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from recover.model.document import PageLine
from recover.review.lexicon import Lexicon
from recover.review.sheet import Range
from recover.text.compare import comparable
from recover.text.scripts import is_han

# Less than this is not worth a person's look.
WORTH_A_LOOK = 0.02
# Neighbours this doubtful are looked at together; a surer one beside a doubtful one would only cost a look.
JOINED = 0.25
LONGEST = 4
# A reader this sure, or a rival this weak, is not weighed any further: errors among them are one in thousands.
SURE = 985
WEAK = 20
RIVALS = 4
AROUND = 3
# Weights of a logistic regression on heavily worn scans of the samples, rounded: the logit of the reader's
# doubt, what the best rival reading saves in the words around it, and where each kind of character starts.
READER, SAVED, MOST_SAVED = 0.8, 0.5, 15.0
START = {"han": -1.5, "digit": 0.4, "latin": 0.1, "mark": -0.2, "speck": 1.5}
# Small marks, which dirt on the page passes for.
SPECKS = frozenset(".·'`|°*\"-~,:;_^")
# What speaks against a Latin letter as strongly as a word speaks against a wrong character: a small letter among
# capitals, an accent that the reader itself is not sure of, a word that only the rival makes one of the document's.
ODD_LETTER = 5.0
OWN_WORD = 2
# A mark is dear where the document puts it seldom between characters of two kinds: what it costs there, over what
# the usual marks cost; one that stands nowhere else costs UNHEARD.
EXPECTED, UNHEARD = 4.0, 8.0


# A citation mark, and how much less likely (log odds) it makes an error in its brackets and commas.
CITATION = re.compile(r"\[\d{1,3}(?:[,，–-]\d{1,3})*\]")
LONGEST_MARK, WITNESSED = 16, 2.5
Others = Sequence[tuple[str, int]]


class Doubt(msgspec.Struct, frozen=True, order=True):
    """``line.text[at:end]`` is wrong with likelihood ``score``; ordered worst first."""

    order: tuple[float, int, str, int]
    line: str
    at: int
    end: int
    score: float


class Language(msgspec.Struct, frozen=True):
    """What is usual: Chinese words, the Latin words of the document with their counts, its marks (``marks_of``)."""

    words: Lexicon
    own: Mapping[str, int]
    marks: Mapping[str, float]


def score_line(line: PageLine, language: Language, around: tuple[str, str] = ("", "")) -> list[float]:
    """The likelihood of an error for each character; ``around`` is what stands before and behind the line."""
    others, shift = dict(line.doubts), len(around[0])
    text = around[0] + line.text + around[1]
    return [
        _likelihood(text, shift + at, value, others.get(at, ()), language)
        for at, value in enumerate(line.confidences[: len(line.text)])
    ]


def _likelihood(text: str, at: int, value: int, others: Others, language: Language) -> float:
    char = text[at]
    if char.isspace() or value < 0 or value >= SURE:
        return 0.0
    # A reader that wavers between ； and ; is sure of the print all the same.
    twins = {other for other, _ in others if other and other != char and same_print(other) == same_print(char)}
    value += sum(max(0, confidence) for other, confidence in others if other in twins)
    others = [pair for pair in others if pair[0] not in twins]
    sure = min(max(value / 1000, 0.001), 0.999)
    logit = READER * math.log((1 - sure) / sure) + START["speck" if char in SPECKS else _kind(char)]
    rivals = [other for other, confidence in others if len(other) <= 1 and confidence >= WEAK][:RIVALS]
    logit += SAVED * min(MOST_SAVED, _saved(text, at, rivals, language))
    logit -= WITNESSED * _is_in_citation(text, at)
    return 1 / (1 + math.exp(-logit))


def _is_in_citation(text: str, at: int) -> bool:
    """Whether a sign is one of a whole citation mark's, whose other signs vouch for it; figures are looked at."""
    reach = text[max(0, at - LONGEST_MARK) : at + LONGEST_MARK]
    place = at - max(0, at - LONGEST_MARK)
    return not text[at].isdigit() and any(hit.start() <= place < hit.end() for hit in CITATION.finditer(reach))


@lru_cache(maxsize=4096)
def same_print(char: str) -> str:
    """One wording for all characters that are printed alike."""
    return comparable(char)


def _kind(char: str) -> str:
    if is_han(char):
        return "han"
    if char.isdigit():
        return "digit"
    return "latin" if char.isalpha() else "mark"


def _saved(text: str, at: int, rivals: Sequence[str], language: Language) -> float:
    """How much more usual the text would be with the best rival in the character's place; 0 where none is better."""
    char = text[at]
    if _is_latin(char):
        return ODD_LETTER if _is_odd(text, at, rivals, language.own) else 0.0
    left, right = text[max(0, at - AROUND) : at], text[at + 1 : at + 1 + AROUND]
    saved = 0.0
    if _kind(char) == "mark":
        joined = language.words.join(left, right) if _is_between_han(left, right) else 0.0
        saved = max(joined, language.marks.get(mark_key(text, at), UNHEARD) - EXPECTED)
    if not any(map(is_han, (char, *filter(None, rivals)))):
        return max(0.0, saved)
    now = language.words.cost(left + char + right)
    return max(0.0, saved, *(now - language.words.cost(left + rival + right) for rival in rivals if rival))


def _is_latin(char: str) -> bool:
    return char.isalpha() and not is_han(char)


def _is_between_han(left: str, right: str) -> bool:
    return bool(left and right) and is_han(left[-1]) and is_han(right[0])


def _is_odd(text: str, at: int, rivals: Sequence[str], own: Mapping[str, int]) -> bool:
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char.islower() and before.isupper() and after.isupper():
        return True
    plain = unicodedata.normalize("NFD", char)[0]
    if plain != char and plain.isascii() and before.isascii() and after.isascii():
        return True
    start, end = word_at(text, at)
    word = text[start:end].lower()
    made = (text[start:at] + rival + text[at + 1 : end] for rival in rivals if rival)
    return own.get(word, 0) < OWN_WORD and any(own.get(other.lower(), 0) >= OWN_WORD for other in made)


def mark_key(text: str, at: int) -> str:
    """A mark with the kinds of its neighbours."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return f"{_neighbour(before)}{text[at]}{_neighbour(after)}"


def _neighbour(char: str) -> str:
    return "_" if not char or char.isspace() else _kind(char)[0]


def marks_of(texts: Iterable[str]) -> dict[str, float]:
    """For each mark between two kinds of characters, how rare it is there: minus the logarithm of its share."""
    counts = Counter(
        mark_key(text, at)
        for text in texts
        for at, char in enumerate(text)
        if not char.isalnum() and not char.isspace()
    )
    totals = Counter[str]()
    for key, count in counts.items():
        totals[key[0] + key[-1]] += count
    return {key: math.log(totals[key[0] + key[-1]] / count) for key, count in counts.items()}


def word_at(text: str, at: int) -> tuple[int, int]:
    """The run of Latin letters around a character."""
    start = end = at
    while start > 0 and _is_latin(text[start - 1]):
        start -= 1
    while end < len(text) and _is_latin(text[end]):
        end += 1
    return start, end


def find_doubts(
    line: PageLine,
    page: int,
    checked: Sequence[Range],
    language: Language,
    position: int = 0,
    around: tuple[str, str] = ("", ""),
) -> tuple[Doubt, ...]:
    """The doubts of a line, neighbours together, without what a person looked at."""
    if not any(0 <= value < SURE for value in line.confidences):
        return ()
    seen = {at for start, end in checked for at in range(start, end)}
    scores = score_line(line, language, around)
    runs: list[list[int]] = []
    for at, score in enumerate(scores):
        if score < WORTH_A_LOOK or at in seen:
            continue
        joins = min(score, scores[at - 1]) >= JOINED
        if runs and runs[-1][-1] == at - 1 and joins and at - runs[-1][0] < LONGEST:
            runs[-1].append(at)
        else:
            runs.append([at])
    return tuple(_doubt(line, page, run, max(scores[at] for at in run), position) for run in runs)


def _doubt(line: PageLine, page: int, run: Sequence[int], score: float, position: int) -> Doubt:
    order = (-round(score, 4), page, f"{position:05d}", run[0])
    return Doubt(order=order, line=line.id, at=run[0], end=run[-1] + 1, score=round(score, 4))
