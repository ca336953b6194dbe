"""An entry's words: Latin words, runs of small ones, figures, dates, runs of Han, type marks; what each says itself."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

import msgspec
import numpy as np

from recover.stages.references.journals import is_journal_word, journal_key

HAN = "\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff々〇"
_UP = "A-ZÀ-ÖØ-ÞĀ-Ž"
_DASH = r"[-–—−‐‑‒－~～―]"
_CODES = "EB|DB|DS|CP|CM|PP|[JMDCNPSRAGKZBW]"
# A date: a year and month and day, in Han, with a sign, or without the day.
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY_HAN = r"年\s?\d\d?月(?:\s?\d\d?日)?"
_DAY = r"[-–—－./]\s?(?:0?[1-9]|1[0-2])\s?[-–—－./]\s?[0-3]?\d(?!\d)"
_MONTH = r"[-–—－./]\s?(?:0[1-9]|1[0-2])(?![\d\-–—－/])"


class Token(msgspec.Struct, frozen=True, gc=False):
    """``text[start:end]`` of the entry; the signs around it are the gaps to its neighbours."""

    text: str
    start: int
    end: int


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    """The sections of ``cues.txt``: each a name and its words."""
    source = (files("recover.stages.references") / "data" / "cues.txt").read_text("utf-8")
    sections = re.split(r"^# (\w+).*$", source, flags=re.MULTILINE)[1:]
    return {name: tuple(words.split()) for name, words in zip(sections[::2], sections[1::2], strict=True)}


def cues(name: str) -> tuple[str, ...]:
    """The words of a section of ``cues.txt``; ``_`` stands for a space in them."""
    return tuple(word.replace("_", " ") for word in _lists()[name])


@cache
def _pattern() -> re.Pattern[str]:
    small = "|".join(re.escape(word) for word in sorted(cues("small"), key=len, reverse=True)).replace(r"\ ", r"\s")
    # The signs \x80-\xbf stand in words whose encoding was mistaken (FÃ¤llmon).
    word = r"[^\W\d_](?:[^\W_]|[\x80-\xbf])*(?:['’‐\-](?:[^\W_]|[\x80-\xbf])+)*+"
    low = rf"(?=[^\W\d_{HAN}])(?![{_UP}]){word}"
    kinds = (
        rf"(?P<mark>[\[［【〔]\s?(?:{_CODES})\s?(?:[/／]\s?(?:OL|CD|DK|MT|ol))?\s?[\]］】〕])",
        rf"(?<!\d){_YEAR}\s?(?:{_DAY_HAN}|{_DAY}|{_MONTH})",
        r"\d{6,}\.[\dXx](?!\d)",
        rf"[A-Za-z]{{0,5}}\d[A-Za-z\d]*(?:\s?{_DASH}{{1,2}}\s?[A-Za-z]{{0,3}}\d[A-Za-z\d]*)*",
        rf"[{HAN}](?:[{HAN}]|[·•・‧](?=[{HAN}])|-(?=[{HAN}]{{1,5}}[·•・‧]))*",
        rf"(?i:\b(?:{small})(?![^\W_]))",
        rf"{low}(?:\s(?!(?i:(?:{small})(?![^\W_]))){low})*+",
        word,
        "§",
    )
    return re.compile("|".join(kinds))


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words that stand before a name or a source, and behind one, without a sign between."""
    begin = "|".join(sorted(cues("han_before"), key=len, reverse=True))
    end = "|".join(sorted(cues("han_behind"), key=len, reverse=True))
    return re.compile(f"(?:{begin})"), re.compile(rf"^([{HAN}·•・‧-]{{2,}}?)({end})$")


def tokens(text: str) -> list[Token]:
    """The words of ``text`` in order, in linear time."""
    found: list[Token] = []
    for hit in _pattern().finditer(text):
        word = hit[0]
        if "\u3400" <= word[0] <= "\u9fff" and len(word) > 1:
            _add_han(text, word, hit.start(), found)
        else:
            found.append(Token(word, hit.start(), hit.end()))
    return found


def _add_han(text: str, word: str, start: int, found: list[Token]) -> None:
    """A run of Han, cut behind an opening cue and before closing ones (``载孟某主编``)."""
    begin, end = _edges()
    opening = begin.match(word)
    if opening and opening.end() < len(word) and (not start or not text[start - 1].isalnum()):
        found.append(Token(opening[0], start, start + opening.end()))
        start, word = start + opening.end(), word[opening.end() :]
    closing = []
    while len(word) <= 40 and (hit := end.match(word)):
        closing.append(Token(hit[2], start + hit.start(2), start + hit.end(2)))
        word = hit[1]
    found.append(Token(word, start, start + len(word)))
    found.extend(reversed(closing))


_FOLD = str.maketrans(
    "，．。：；（）［］【】、？！　〔〕〈〉「」『』‘’“”′／－–—~～", ",..:;()[][],?! []<><>《》''\"\"'/-----"
)


def folded_gap(gap: str) -> str:
    """The signs between two words, half width, at most three: ``， 《`` as ``,《``; a space where no sign stands."""
    if len(gap) > 8:
        gap = gap[:4] + gap[-4:]
    folded = "".join(gap.translate(_FOLD).split())
    if not folded:
        return "_" if gap else ""
    return folded if len(folded) <= 3 else folded[:1] + folded[-2:]


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in cues(name))


@cache
def _lines(name: str) -> frozenset[str]:
    source = (files("recover.stages.references") / "data" / name).read_text("utf-8")
    return frozenset(word.replace("_", " ") for word in source.split())


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Latin surnames in small letters; Chinese ones, single and compound."""
    han = (files("recover.stages.references") / "data" / "surnames_han.txt").read_text("utf-8").split()
    return frozenset(name.lower() for name in _lines("surnames.txt")), frozenset(han)


@lru_cache(maxsize=1 << 15)
def shape(word: str) -> str:
    """A class of about thirty: how the word is set."""
    first = word[0]
    if first in "[［【〔":
        return "mark"
    if "\u3400" <= first <= "\u9fff" or first in "〇々" or "\u3040" <= first <= "\u30ff":
        return _han_shape(word)
    if any(map(str.isdigit, word)):
        return _figure_shape(word)
    letters = word.replace("-", "").replace("'", "").replace("’", "")
    if letters.isupper():
        return f"C{min(len(letters), 5)}"
    if first.isupper():
        return "Cap" if letters[1:].islower() else "CaP"
    return "low1" if " " not in word else "low"


def _han_shape(word: str) -> str:
    if word[0] == "第" and len(word) > 1:
        return "h第" + word[-1]
    if any(dot in word for dot in "·•・‧"):
        return "h·"
    size = len(word)
    return f"h{size if size < 5 else 6 if size < 7 else 8 if size < 10 else 12 if size < 16 else 20}"


def _figure_shape(word: str) -> str:
    head = re.match(r"[A-Za-z]*", word)
    prefix = "a" if head and head[0] else ""
    if not prefix and re.match(r"(?:1[5-9]|20)\d\d(?:[年\-–—－./]|\s)", word) and not word.isdigit():
        return "day" if len(re.findall(r"\d+", word)) > 2 else "range" if re.search(r"\d{3}$", word) else "month"
    if re.search(r"\d\s?\D{1,3}\s?[A-Za-z]{0,3}\d", word) and re.search(r"[-–—−‐‑‒－~～―]", word):
        return prefix + "range"
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", word):
        return "year"
    if re.fullmatch(r"(?:1[5-9]|20)\d\d[a-z]", word):
        return "yeara"
    return f"{prefix}n{min(len(word), 7)}" if word.isdigit() or prefix else "n" + ("x" if word[-1].isalpha() else "")


@lru_cache(maxsize=1 << 15)
def lists(word: str) -> tuple[str, ...]:
    """The lists the word stands in, and the ends of Chinese ones."""
    small = word.lower()
    found = [name for name in ("months", "small") if small in _words(name)]
    found += [name for name in ("press_words", "body_words") if small in _words(name)]
    latin, han = _surnames()
    if small in latin:
        found.append("surname")
    if word in _lines("places.txt"):
        found.append("place")
    if is_journal_word(word):
        found.append("jword")
    if "\u3400" <= word[0] <= "\u9fff":
        found += _han_lists(word, han)
    elif " " in word:
        parts = small.split(" ")
        found += [f"first={parts[0]}", f"last={parts[-1]}"]
    else:
        found.append("end=" + small[-3:])
    return tuple(found)


def _han_lists(word: str, surnames: frozenset[str]) -> list[str]:
    found = [f"z1={word[-1]}", f"z2={word[-2:]}"]
    if word[:2] in surnames or word[:1] in surnames:
        found.append("hsurname")
    found += [name for name in ("press_words", "body_words") if any(map(word.endswith, _ends(name)))]
    if word[:1] == "第":
        found.append("a1=第")
    return found


@cache
def _ends(name: str) -> tuple[str, ...]:
    return tuple(word for word in cues(name) if not word.isascii())


@lru_cache(maxsize=1 << 15)
def _kind(word: str) -> str:
    """The shape with the most telling list: what neighbours are told of a word."""
    found = lists(word)
    if "small" in found:
        return "w:" + word.lower()
    for name in ("months", "place", "press_words", "jword", "surname", "hsurname", "body_words"):
        if name in found:
            return f"{shape(word)}/{name}"
    return shape(word) + ("=" + word if len(word) <= 2 and "\u3400" <= word[0] <= "\u9fff" else "")


OWN = 10


@lru_cache(maxsize=1 << 15)
def code(text: str) -> int:
    """A number for a text, the same in every run."""
    return crc32(text.encode()) or 1


_SENTENCE = frozenset(["low", "low1", "h8", "h12", "h20", "h6"])
_INITIALS = frozenset(["C1", "C2", "C3"])
_YEARS = frozenset(["year", "yeara", "day", "month"])
_CUES = frozenset(["in", "见", "载", "載", "载于", "載於", "收录于", "收錄於"])


class WordFacts(msgspec.Struct, frozen=True, gc=False):
    """What a word says by itself: ``own`` are the codes of its shape, kind, text and lists, noughts filling up."""

    own: bytes
    shape: int
    kind: int
    key: str
    mark: str = ""
    is_sentence: bool = False
    is_telling: bool = False
    is_cue: bool = False
    is_initial: bool = False
    is_date: bool = False
    is_upper: bool = False


@lru_cache(maxsize=1 << 15)
def facts(word: str) -> WordFacts:
    """The facts of a word, worked out once."""
    form, small = shape(word), word.lower()
    found = [code("s" + form), code("k" + _kind(word)), code("w" + small), *(code("l" + name) for name in lists(word))]
    return WordFacts(
        own=np.array([*found, *[0] * OWN][:OWN], np.uint32).tobytes(),
        shape=found[0],
        kind=found[1],
        key=journal_key(word),
        mark=word[1] if form == "mark" else "",
        is_sentence=form in _SENTENCE,
        is_telling=form in _SENTENCE and small not in _words("small"),
        is_cue=small in _CUES,
        is_initial=form in _INITIALS,
        is_date=form in _YEARS,
        is_upper=word[0].isupper(),
    )
