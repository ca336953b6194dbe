"""Names and words that recognition ran together or misread, mended by the rest of the list and the document's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from statistics import mode
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from recover.lexicon.characters import is_han, unaccented
from recover.lexicon.chinese import is_in_word
from recover.lexicon.english import zipf
from recover.model.document import Repair
from recover.stages.references.journals import is_journal_word
from recover.stages.references.values import is_surname
from recover.text.vocabulary import Vocabulary

# Names that OCR ran together or broke, mended by what the other names of the same list look like.

_CAPITALS = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ'’\- ]+\s[A-ZÀ-Þ]{1,4}(?:\s(?:Jr|Sr|II|III))?$")
_GLUED = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ\-]{2,}$")
_QUOTED = re.compile(r"^([A-ZÀ-Þ][A-ZÀ-Þ\-]{2,})\s?['’`‘]\s?([A-ZÀ-Þ]{1,3})$")
_QUOTES = re.compile(r"['’`‘]{2}|(?<=[A-Z]{3})['’`‘]\s")
_TWO_GLUED = re.compile(r"^([A-ZÀ-Þ]{2,})\s+([A-ZÀ-Þ]{3,})$")
_LOOKALIKE = re.compile(r"[l|10]")
_CAPITAL = str.maketrans("l|10", "IIIO")
_SPECKLED = re.compile(
    r"^(?=.*[.:*•·'\"“”‘°])['\"“”‘•*·.]*\s?([A-ZÀ-Þ][A-ZÀ-Þ\-]+)(?:\s?[.:*•·'\"“”‘°]+\s?|\s)([A-Z]{1,4})[*•·'\"“”‘°]*$"
)
_SUFFIXED = re.compile(r"^([A-ZÀ-Þ][A-ZÀ-Þ'’\- ]+\s[A-Z]{1,3})\sJ[tnfi]$")
_KNOWN = 2.0  # Zipf units: a name that the news knows.
_VOWEL = re.compile(r"[AEIOUYÀ-Ý]")

_SHAPES = (
    (_SPECKLED, r"\1 \2", "a speck before a name or between it and its initials"),
    (_SUFFIXED, r"\1 Jr", "the suffix behind initials is Jr"),
    (_QUOTED, r"\1 \2", "initials follow a space, the other names of the list show it"),
)


def mend_names(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Repair, ...]]:
    """Mend a list set as ``SURNAME AB``; any other list is left as it stands."""
    if not _needs_mending(names):
        return names, ()
    mended: list[str] = []
    repairs: list[Repair] = []
    usual = _usual_initials(names)
    for name in names:
        now, why = _mend(name, usual)
        mended.extend(now)
        if why:
            repairs.append(Repair(field="author", was=name, now=", ".join(now), why=why))
    return tuple(mended), tuple(repairs)


def _needs_mending(names: tuple[str, ...]) -> bool:
    """Only beside names in capitals with initials is one without them, or with small letters, suspicious."""
    if not any(map(_CAPITALS.match, names)) or any(name == name.lower() for name in names):
        return False
    return not all(map(_CAPITALS.match, names)) or any(_is_two(name) or _QUOTES.search(name) for name in names)


def _usual_initials(names: tuple[str, ...]) -> int:
    """How many initials most of the well-read names have."""
    counts = [len(name.rsplit(" ", 1)[1]) for name in names if _CAPITALS.match(name)]
    return min(2, mode(counts)) if counts else 1


def _mend(name: str, usual: int) -> tuple[tuple[str, ...], str]:
    for pattern, now, why in _SHAPES:
        if hit := pattern.match(name):
            return (hit.expand(now),), why
    if _LOOKALIKE.search(name) and _LOOKALIKE.sub("", name).upper() == _LOOKALIKE.sub("", name):
        return (name.translate(_CAPITAL),), "the list is set in capitals: l, | and 1 are I, 0 is O"
    if _QUOTES.search(name):
        return (_QUOTES.sub("’", name),), "one apostrophe was read as two"
    if _is_two(name):
        first, second = name.split(None, 1)
        return (
            _split(first, usual),
            _split(second, usual),
        ), "two names whose initials were run into them, the comma lost"
    if _GLUED.match(name) and not is_surname(name):
        now = _split(name, usual)
        return (
            ((now,), "the other names of the list have initials: they were run into the surname")
            if now
            else ((name,), "")
        )
    return (name,), ""


def _is_two(name: str) -> bool:
    """``XUL CHENL``: no one has initials of three letters and more that end in a known surname and a letter."""
    hit = _TWO_GLUED.match(name)
    return bool(hit and _surname_in(hit[1]) and _surname_in(hit[2]) and not is_surname(hit[1]))


def _split(glued: str, usual: int) -> str:
    """The surname and its initials: a known surname if one fits, else as many initials as the other names have."""
    known = _surname_in(glued) or _name_in(glued)
    cut = len(known) if known else len(glued) - usual
    family = glued[:cut]
    return f"{family} {glued[cut:]}" if len(family) > 1 and _VOWEL.search(family) else ""


def _surname_in(glued: str) -> str:
    """The longest known surname that leaves one to three letters for initials."""
    for rest in (1, 2, 3):
        if len(glued) - rest >= 2 and is_surname(glued[:-rest]):
            return glued[:-rest]
    return ""


def _name_in(glued: str) -> str:
    """The commonest name among those that one to three letters less leave (``FELDMANEL``); empty if none is known."""
    rated = [(zipf(glued[:-rest]), glued[:-rest]) for rest in (1, 2, 3) if len(glued) > rest + 2]
    best = max(rated, default=(0.0, ""))
    return best[1] if best[0] >= _KNOWN else ""


# Chinese characters that their reader doubted, mended by what the document writes around the same ones elsewhere.

# No word of the lists is longer than this on either side of a character.
_REACH = 4
# So often the document must write what is put in.
_SURELY = 2


def mend_characters(text: str, words: Vocabulary) -> tuple[str, tuple[Repair, ...]]:
    """The text with doubted characters that stand in no word as the document writes them, where that makes a word."""
    repairs: list[Repair] = []
    for at in range(len(text) if words.doubted else 0):
        if not is_han(text[at]) or not words.doubts(text, at) or _in_word(text, at):
            continue
        seen: Counter[str] = Counter()
        for start in range(max(0, at - 2), at + 1):
            seen.update(words.written.get(f"{text[start:at]}_{text[at + 1 : start + 3]}", {}))
        now, times = seen.most_common(1)[0] if seen else ("", 0)
        mended = text[:at] + now + text[at + 1 :]
        if times < _SURELY or now == text[at] or not _takes_up(text, mended, at):
            continue
        why = "no word, and its reader doubted it; the document writes this one beside the same characters"
        shown = slice(max(0, at - 1), at + 2)
        repairs.append(Repair(field="", was=text[shown], now=mended[shown], why=why))
        text = mended
    return text, tuple(repairs)


def _takes_up(text: str, mended: str, at: int) -> bool:
    """Whether the new character makes a word with one beside it that stood in none: 穿髓 is 脊髓, 分泌谱 no 分泌量."""
    beside = [place for place in (at - 1, at + 1) if 0 <= place < len(text) and is_han(text[place])]
    return any(_in_word(mended, place) and not _in_word(text, place) for place in beside)


def _in_word(text: str, at: int) -> bool:
    start = max(0, at - _REACH)
    return is_in_word(text[start : at + _REACH + 1], at - start)


# Words of a title that recognition misread by a letter, mended by the words that the document writes elsewhere.

# No word has more letters; each is tried in many forms.
_WORD = re.compile(r"(?<![\w/.@])[^\W\d_]{4,40}(?![\w/@])")
_GREEK = re.compile(r"(?<![\w/])[^\W_]+(?:[-\u2010][^\W_]+)*")
_CAPITAL_Y = re.compile(r"(?<=-)Y$")
_IN_CAPITALS = re.compile(r"^\W{0,3}[A-ZÀ-Þ\-'’]{2,}\s[A-Z]{1,4}[,.]")
_STRAY_STOP = re.compile(r"(?<![\w-])([a-z]{2,})\.(\s)(?=([a-z]{3,})\b)")
_WITHIN_A_PHRASE = re.compile(r"(?<=\s)(of|the|and|for|with|from|into)([.-])(\s)(?=[A-Za-z])(?!(?:and|or|to)\s)")
# "Cel. lular": a hyphen at a line's end read as a stop.
_BROKEN = re.compile(r"(?<![\w-])([^\W\d_]{2,})\.\s([a-z]{2,})(?![\w.])")
# An abbreviation in small letters ends with a stop.
_ENDED = frozenset("vs cf ca sp spp ssp subsp var approx al".split())  # noqa: SIM905 - a list of words
# What is read as a letter in a word of capitals; so many times the document writes the word.
_FIGURED, _LETTERS, _WRITTEN = (
    re.compile(r"(?<![\w-])(?=[A-Z]*[0158][A-Z]*(?!\w))[A-Z0158]{3,}"),
    str.maketrans("0158", "OISB"),
    3,
)
# A small word of English that got an accent.
_SMALL = re.compile(r"(?<=[a-z]{2}\s|[a-z],\s)[^\W\d_A-Z]{1,3}(?=\s([a-z]{3,}))")
_SMALL_WORDS = frozenset("a an and as at by for in is of on or the to".split())  # noqa: SIM905 - a list of words
# Letters that worn print makes of one another.
_ALIKE = {
    "l": "tiIj", "t": "lfr", "i": "ljt", "j": "i", "I": "l", "c": "eo", "e": "co", "h": "b", "b": "h", "n": "ur",
    "u": "n", "g": "q", "q": "g", "f": "t", "r": "t", "o": "ce", "a": "o", "ß": "f",
}  # fmt: skip
_RUN_TOGETHER = (
    ("m", "rn"), ("rn", "m"), ("ii", "n"), ("cl", "d"), ("d", "cl"), ("in", "m"), ("tn", "m"), ("un", "m"), ("nn", "m"),
    ("fl", "fil"), ("fe", "fie"), ("fb", "fib"), ("fn", "fin"),
)  # fmt: skip
_UNKNOWN = 1.0

_COMMON, _VERY_COMMON, _HARDLY_A_WORD = 3.0, 3.5, 1.5
# A misreading may recur, and take a word this rare, where the letters are those that worn print makes of others.
_CERTAIN, _RARE = 4.0, 2.5
_OFTEN, _LONG = 3, 6
# Of words as common as this none of 1,339 clean entries has an unknown one two letters away, of rarer ones four.
_EVERYDAY = 4.5
# Words so long have no neighbours by chance.
_VERY_LONG, _RARE_LONG = 12, 1.2


def mend_words(text: str, words: Vocabulary) -> tuple[str, tuple[Repair, ...]]:
    """The text with its misread words mended; nothing is done without a document's words to witness."""
    if not words.counts:
        return text, ()
    repairs: list[Repair] = []

    def mend(hit: re.Match[str]) -> str:
        is_name = hit[0][0].isupper() and not capitals
        now = _mended(hit[0], words, is_name=is_name)
        now = _as_doubted(hit, words) if now == hit[0] and not is_name and words.doubted else now
        if now != hit[0]:
            why = "no word, but one that the document or the language writes, misread by a letter"
            repairs.append(Repair(field="", was=hit[0], now=now, why=why))
        return now

    def respell(hit: re.Match[str]) -> str:
        now = words.greek.get(hit[0]) or words.greek.get(_CAPITAL_Y.sub("y", hit[0]), hit[0])
        if now != hit[0]:
            why = "the document writes this word with a Greek letter elsewhere"
            repairs.append(Repair(field="", was=hit[0], now=now, why=why))
        return now

    capitals = bool(_IN_CAPITALS.match(text))
    text = _WORD.sub(mend, text)
    text = _with_small_words(_with_letters(text, words, repairs), repairs)
    if words.greek:
        text = _GREEK.sub(respell, text)
    return _without_stray_stops(text, repairs), tuple(repairs)


def _with_letters(text: str, words: Vocabulary, repairs: list[Repair]) -> str:
    """``AL5`` is ALS where the document writes that often, and nowhere else the other."""

    def mend(hit: re.Match[str]) -> str:
        now = hit[0].translate(_LETTERS)
        if words.counts.get(now.lower(), 0) < _WRITTEN or words.counts.get(hit[0].lower(), 0) > 1:
            return hit[0]
        repairs.append(
            Repair(field="title", was=hit[0], now=now, why="the document writes this word with letters alone")
        )
        return now

    return _FIGURED.sub(mend, text)


def _with_small_words(text: str, repairs: list[Repair]) -> str:
    """``ìn`` between two words of English is in."""

    def mend(hit: re.Match[str]) -> str:
        now = unaccented(hit[0])
        if now == hit[0] or now not in _SMALL_WORDS or _zipf(hit[1]) < _COMMON:
            return hit[0]
        repairs.append(
            Repair(field="title", was=f"{hit[0]} {hit[1]}", now=f"{now} {hit[1]}", why="no small word has an accent")
        )
        return now

    return text if text.isascii() else _SMALL.sub(mend, text)


def _mended(word: str, words: Vocabulary, *, is_name: bool) -> str:
    """The likeliest reading; names are no words and stay as printed."""
    if is_name or not word[1:].islower():
        return word
    plain = unaccented(word)
    known = _zipf(word.lower())
    if plain != word and known == 0 and _zipf(plain.lower()) > _UNKNOWN:
        return plain
    better = [
        candidate
        for candidate in (plain, *_candidates(plain))
        if candidate != word and _outweighs(candidate.lower(), word.lower(), known, words)
    ]
    if better:
        return max(better, key=lambda candidate: (words.counts.get(candidate.lower(), 0), _zipf(candidate.lower())))
    if known > _UNKNOWN or words.counts.get(word.lower(), 0) > 1:
        return word
    return _written(plain, words) if plain != word else _near(word, words)


def _written(word: str, words: Vocabulary) -> str:
    """The word that the document often writes and that differs by a letter, an accent on it left out."""
    rated = process.extract(word.lower(), words.counts.keys(), scorer=Levenshtein.distance, score_cutoff=1)
    often = [other for other, _, _ in rated if words.counts[other] >= _OFTEN and other[0] == word[0].lower()]
    return word[0] + often[0][1:] if len(often) == 1 and len(word) >= _LONG else word


def _near(word: str, words: Vocabulary) -> str:
    """The common word of the document one edit from a long unknown one; an ending may be another form of the word."""
    if len(word) < _LONG:
        return word
    small = word.lower()
    rated = process.extract(small, words.counts.keys(), scorer=Levenshtein.distance, score_cutoff=1)
    near = [other for other, distance, _ in rated if distance and other[0] == small[0] and other[-2:] == small[-2:]]
    best = max(near, key=_zipf, default="") or max(_edits(small), key=_zipf)
    least = _RARE_LONG if len(word) >= _VERY_LONG else _COMMON if near else _VERY_COMMON
    return word[0] + best[1:] if _zipf(best) >= least else word


def _as_doubted(hit: re.Match[str], words: Vocabulary) -> str:
    """A long word that no one writes and whose reader doubted it, as the common one up to two letters away.

    The document must write that often.
    """
    word, small = hit[0], hit[0].lower()
    is_doubted = any(words.doubts(hit.string, at) for at in range(*hit.span()))
    if not is_doubted or not word[1:].islower() or len(word) < _LONG or _zipf(small):
        return word
    rated = process.extract(small, words.counts.keys(), scorer=Levenshtein.distance, score_cutoff=2, limit=None)
    near = [other for other, _, _ in rated if other[0] == small[0] and words.counts[other] >= _OFTEN]
    common = [other for other in near if _zipf(other) >= _EVERYDAY]
    return word[0] + common[0][1:] if len(common) == 1 else word


def _edits(word: str) -> Iterator[str]:
    """The words one edit away, ending and first letter kept."""
    for at in range(1, len(word) - 2):
        yield word[:at] + word[at + 1 :]
        for letter in ascii_lowercase:
            yield f"{word[:at]}{letter}{word[at + 1 :]}"
            yield f"{word[:at]}{letter}{word[at:]}"


def _outweighs(candidate: str, word: str, known: float, words: Vocabulary) -> bool:
    """A word no language has yields to one it has; a rare word to one that the document often writes."""
    better = _zipf(candidate)
    if known == 0 and better >= (_RARE if words.counts.get(word, 0) <= 1 else _CERTAIN):
        return True
    if known <= _UNKNOWN and words.counts.get(word, 0) <= 1:
        return better >= _COMMON or words.counts.get(candidate, 0) >= (1 if better >= _KNOWN else 2)
    often = words.counts.get(candidate, 0) >= _OFTEN * words.counts.get(word, 1)
    return often and better - known >= _KNOWN


def _candidates(word: str) -> Iterator[str]:
    for worn, printed in _RUN_TOGETHER:
        if worn in word:
            yield word.replace(worn, printed, 1)
    for at, char in enumerate(word):
        for other in _ALIKE.get(char, ""):
            yield f"{word[:at]}{other}{word[at + 1 :]}"


def _without_stray_stops(text: str, repairs: list[Repair]) -> str:
    """A stop between two plain words in small letters ends nothing."""

    def mend(hit: re.Match[str]) -> str:
        if hit[1] in _ENDED or is_journal_word(hit[1]) or min(_zipf(hit[1]), _zipf(hit[3])) < _COMMON:
            return hit[0]
        why = "a stop before a small letter is a speck"
        repairs.append(Repair(field="title", was=f"{hit[1]}. {hit[3]}", now=f"{hit[1]} {hit[3]}", why=why))
        return hit[1] + hit[2]

    def rejoin(hit: re.Match[str]) -> str:
        why = "no phrase ends with such a word: the sign is a speck"
        repairs.append(Repair(field="", was=hit[1] + hit[2], now=hit[1], why=why))
        return hit[1] + hit[3]

    def unite(hit: re.Match[str]) -> str:
        whole = hit[1] + hit[2]
        if _zipf(hit[2]) >= _HARDLY_A_WORD or _zipf(whole.lower()) < _COMMON or is_journal_word(hit[1] + "."):
            return hit[0]
        repairs.append(Repair(field="", was=hit[0], now=whole, why="a word that a line's end broke, its hyphen a stop"))
        return whole

    text = _BROKEN.sub(unite, text)
    return _WITHIN_A_PHRASE.sub(rejoin, _STRAY_STOP.sub(mend, text))


@lru_cache(maxsize=1 << 16)
def _zipf(word: str) -> float:
    return zipf(word)
