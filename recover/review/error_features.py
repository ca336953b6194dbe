"""What speaks for an error at a character: what its reader thought, how usual the text would be, who vouches for it.

A reader's confidence alone finds half as many errors among the characters it is least sure of: 请导多能 is read
with confidence, but 诱导多能, its second reading, is made of words; BACKGROUND is a word whatever the reader
thought of its K.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from recover.lexicon.characters import comparable, is_han, unaccented
from recover.lexicon.english import UNKNOWN, frequency
from recover.review.suggest import LONGEST_WORD, Lexicon

# A reader this sure (in thousandths), or a rival this weak, is not weighed any further: errors among them are one in
# thousands, but for small marks in odd places, letters with accents and those that stand alone.
SURE, WEAK = 985, 20
RIVALS = 4
AROUND = 3
MOST_SAVED, MOST_RARE = 15.0, 8.0
# Small marks, which dirt on the page passes for.
SPECKS = frozenset(".·'`|°*\"-,:;_^")
# A word only a rival makes one of the document's speaks as strongly against a letter as a word against a character.
ODD_LETTER = 5.0
OWN_WORD = 2
# Letters that vouch for each other, or that speak against each other, are at least so many.
SHORTEST_KNOWN, SHORTEST_UNKNOWN = 3, 5
# A mark is dear where the document puts it seldom between characters of two kinds; one that stands nowhere else
# costs UNHEARD.
UNHEARD, ODD_MARK = 8.0, 1.0
CITATION = re.compile(r"\[\d{1,3}(?:[,，–-]\d{1,3})*\]")
LONGEST_MARK = 16
# No character from here on is a letter with an accent: those of most lines need no further look.
FIRST_HAN = "\u2e80"
_ANY_MARK = re.compile(r"[^\w\s]|_")
_LETTER_SPACE = re.compile(r"[A-Za-z]\s")
OPENING = "(（[“《"
# For each bracket those that are printed alike, and those that may be its partner.
ALIKE = {
    char: pair[:: 1 if char in pair[0] else -1]
    for pair in (("(（", ")）"), ("[", "]"), ("“", "”"), ("《", "》"))
    for char in "".join(pair)
}
Others = Sequence[tuple[str, int]]


class Language(msgspec.Struct, frozen=True):
    """What is usual: Chinese words, the Latin words of the document with their counts, its marks (``marks_of``).

    ``cited`` are the citation marks that come in their turn.
    """

    words: Lexicon
    own: Mapping[str, int]
    marks: Mapping[str, float]
    cited: Collection[str] = frozenset()


class Signs(msgspec.Struct, frozen=True):
    """What speaks for an error (or against it, by the sign of its weight); 0 where it doesn't."""

    reader: float
    saved: float
    han: float = 0.0
    digit: float = 0.0
    latin: float = 0.0
    mark: float = 0.0
    speck: float = 0.0
    accent: float = 0.0
    known_word: float = 0.0
    unknown_word: float = 0.0
    known_han: float = 0.0
    rare_mark: float = 0.0
    paired: float = 0.0
    cited: float = 0.0
    in_turn: float = 0.0


def signs_of(text: str, at: int, value: int, others: Others, language: Language) -> Signs | None:
    """The signs at ``text[at]``, read with ``value`` thousandths; None where there is nothing to weigh."""
    char = text[at]
    if char.isspace() or value < 0 or (value >= SURE and not _is_out_of_place(text, at, language)):
        return None
    # A reader that wavers between ； and ; is sure of the print all the same.
    twins = {other for other, _ in others if other and other != char and same_print(other) == same_print(char)}
    value += sum(max(0, confidence) for other, confidence in others if other in twins)
    doubt = 1 - min(max(value / 1000, 0.001), 0.999)
    rivals = [other for other, share in others if other not in twins and len(other) <= 1 and share >= WEAK][:RIVALS]
    kind = "speck" if char in SPECKS else kind_of(char)
    saved = min(MOST_SAVED, _saved(text, at, rivals, language))
    known, unknown = _word_signs(text, at, language.own) if kind == "latin" else (0.0, 0.0)
    is_mark = kind in ("mark", "speck")
    cited, in_turn = _citation_signs(text, at, language.cited)
    return msgspec.structs.replace(
        Signs(reader=math.log(doubt / (1 - doubt)), saved=saved),
        accent=float(_has_accent(text, at)),
        known_word=known * (saved == 0),
        unknown_word=unknown,
        known_han=float(kind == "han" and saved == 0 and _is_in_word(text, at, language.words)),
        rare_mark=_rarity(text, at, language) if is_mark else 0.0,
        paired=float(_is_paired(text, at)),
        cited=cited,
        in_turn=in_turn,
        **{kind: 1.0},
    )


def _is_out_of_place(text: str, at: int, language: Language) -> bool:
    """Whether a character is worth weighing however sure its reader was."""
    char = text[at]
    if char in SPECKS:
        return _rarity(text, at, language) >= ODD_MARK
    if char.isascii():
        return char.islower() and _is_stray(text, at, at + 1)
    return char < FIRST_HAN and (_has_accent(text, at) or _is_stray(text, at, at + 1))


def _rarity(text: str, at: int, language: Language) -> float:
    return min(MOST_RARE, language.marks.get(mark_key(text, at), UNHEARD))


@lru_cache(maxsize=4096)
def same_print(char: str) -> str:
    """One wording for all characters that are printed alike."""
    return comparable(char)


def kind_of(char: str) -> str:
    """Of the kinds that ``Signs`` has, but for specks."""
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
    is_loose = kind_of(char) == "mark" and bool(left and right) and is_han(left[-1]) and is_han(right[0])
    joined = language.words.join(left, right) if is_loose else 0.0
    if not any(map(is_han, (char, *filter(None, rivals)))):
        return max(0.0, joined)
    now = language.words.cost(left + char + right)
    return max(0.0, joined, *(now - language.words.cost(left + rival + right) for rival in rivals if rival))


def _word_signs(text: str, at: int, own: Mapping[str, int]) -> tuple[float, float]:
    """Whether the letter is one of a known word, or of one that nobody knows."""
    start, end = word_at(text, at)
    word = text[start:end]
    if len(word) < SHORTEST_KNOWN:
        return 0.0, float(_is_stray(text, start, end))
    if own.get(word.lower(), 0) >= OWN_WORD or frequency(word, ()) > UNKNOWN:
        return 1.0, 0.0
    # Words cut off by the line's end are none.
    is_whole = start > 0 and end < len(text)
    return 0.0, float(is_whole and len(word) >= SHORTEST_UNKNOWN and word[1:].islower())


def _is_stray(text: str, start: int, end: int) -> bool:
    """Whether a small letter stands alone between English words, as only "a" does."""
    if end - start != 1 or not text[start].islower() or text[start] == "a" or text[start - 1 : start].isalpha():
        return False
    return bool(_LETTER_SPACE.fullmatch(text[max(0, start - 2) : start])) and bool(
        _LETTER_SPACE.fullmatch(text[end : end + 2][::-1])
    )


def _is_latin(char: str) -> bool:
    return char.isalpha() and not is_han(char)


def _is_odd(text: str, at: int, rivals: Sequence[str], own: Mapping[str, int]) -> bool:
    """Whether it is a small letter among capitals, or only a rival makes its word one of the document's."""
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char.islower() and before.isupper() and after.isupper():
        return True
    start, end = word_at(text, at)
    word = text[start:end].lower()
    made = (text[start:at] + rival + text[at + 1 : end] for rival in rivals if rival)
    return own.get(word, 0) < OWN_WORD and any(own.get(other.lower(), 0) >= OWN_WORD for other in made)


def _has_accent(text: str, at: int) -> bool:
    """A letter with an accent among plain ones, of which English has none."""
    plain = unaccented(text[at])
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return plain != text[at] and plain.isascii() and plain.isalpha() and before.isascii() and after.isascii()


def _is_in_word(text: str, at: int, words: Lexicon) -> bool:
    """Whether a Chinese character belongs to a word of several."""
    return any(
        text[start : start + size] in words.costs
        for size in range(2, LONGEST_WORD + 1)
        for start in range(max(0, at - size + 1), at + 1)
        if at < start + size <= len(text)
    )


def _is_paired(text: str, at: int) -> bool:
    """Whether a bracket's partner stands on the line, with none like itself between them."""
    char = text[at]
    if char not in ALIKE:
        return False
    own, others = ALIKE[char]
    beside = text[at + 1 :] if char in OPENING else text[:at][::-1]
    first = next((other for other in beside if other in own + others), "")
    return first != "" and first in others


def _citation_signs(text: str, at: int, in_turn: Collection[str]) -> tuple[float, float]:
    """Whether a sign is one of a whole citation mark's, whose other signs vouch for it; a figure of one in its turn."""
    first = max(0, at - LONGEST_MARK)
    for hit in CITATION.finditer(text[first : at + LONGEST_MARK]):
        if hit.start() <= at - first < hit.end():
            is_figure = text[at].isdigit()
            return float(not is_figure), float(is_figure and hit[0] in in_turn)
    return 0.0, 0.0


def mark_key(text: str, at: int) -> str:
    """A mark with the kinds of its neighbours."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return f"{_neighbour(before)}{text[at]}{_neighbour(after)}"


def _neighbour(char: str) -> str:
    return "_" if not char or char.isspace() else kind_of(char)[0]


def marks_of(texts: Iterable[str]) -> dict[str, float]:
    """For each mark between two kinds of characters, how rare it is there: minus the logarithm of its share."""
    counts = Counter(mark_key(text, hit.start()) for text in texts for hit in _ANY_MARK.finditer(text))
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
