"""What the model is told of each word: its shape, its lists, the signs around it, its place in the entry."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from recover.stages.references.journals import is_journal_word, journal_key, journal_keys
from recover.stages.references.tagger.tokens import Token, cues, gaps

_LONGEST_JOURNAL = 10
_QUOTES = {"《": "《", "<": "<", '"': '"', "'": "'", "(": "(", "[": "["}
_CLOSE = {"》": "《", ">": "<", ")": "(", "]": "["}


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


BUCKETS = 1 << 17
_OWN = 10
_MIX = np.array([0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F], np.uint32)
Codes = NDArray[np.uint32]


@lru_cache(maxsize=1 << 15)
def _code(text: str) -> int:
    """A number for a text, the same in every run."""
    return crc32(text.encode()) or 1


@lru_cache(maxsize=1 << 15)
def _own(word: str) -> tuple[int, ...]:
    """Codes of the word itself: shape, kind, the word, its lists; noughts fill up."""
    found = [
        _code("s" + shape(word)),
        _code("k" + _kind(word)),
        _code("w" + word.lower()),
        *(_code("l" + name) for name in lists(word)),
    ]
    return tuple([*found, *[0] * _OWN][:_OWN])


_PLACES = ("0", "1", "2", "3", "5", "5", "5", "11", "11", "11", "11", "11", "+")
# What every word is told of: columns of one table, from which the features take their parts.
_COLUMNS = (
    "before", "behind", "shape", "last", "following", "shape-2", "shape-1", "shape+1", "shape+2", "inside", "at", "to",
    "side", "said", "years", "script", "signed", "stops", "journal",
)  # fmt: skip
_PAIRS = (
    (0, "before shape"),
    (1, "shape behind"),
    (2, "before behind"),
    (4, "last shape"),
    (5, "shape following"),
    (7, "last before"),
    (8, "behind following"),
    (11, "inside shape"),
    (13, "at shape"),
    (14, "to shape"),
    (16, "side shape"),
    (17, "side before"),
    (18, "said shape"),
    (19, "said before"),
    (20, "years shape"),
    (22, "script shape"),
    (26, "journal shape"),
    (27, "journal before"),
)
_TRIPLES = (
    (3, "before shape behind"),
    (6, "last shape following"),
    (9, "shape-2 shape-1 shape"),
    (10, "shape shape+1 shape+2"),
    (12, "inside before behind"),
    (15, "to before behind"),
    (21, "years side shape"),
    (23, "signed before last"),
    (24, "stops before shape"),
    (25, "stops signed shape"),
)


def _parts(named: tuple[tuple[int, str], ...]) -> tuple[list[NDArray[np.int64]], Codes]:
    """The columns of each place of the features, and each feature's salt."""
    places = [[_COLUMNS.index(name) for name in names.split()] for _, names in named]
    salts = np.array([((_OWN + at) * 0x3C6EF372) & 0xFFFFFFFF for at, _ in named], np.uint32)
    return [np.array(column) for column in zip(*places, strict=True)], salts


_PAIR_PARTS, _TRIPLE_PARTS = _parts(_PAIRS), _parts(_TRIPLES)
_HALF, _FEWER, _TOP = np.uint32(16), np.uint32(15), np.uint32(15)


def features(text: str, words: list[Token]) -> tuple[Codes, list[str]]:
    """The buckets of each word's features, and the signs before each and behind all."""
    around = gaps(text, words)
    own = [_own(word.text) for word in words]
    told = np.array(_told(text, words, around, own), np.uint32).T
    pairs, pair_salts = _PAIR_PARTS
    triples, triple_salts = _TRIPLE_PARTS
    mixed = np.concatenate(
        [np.array(own, np.uint32), _mix(told, pairs) + pair_salts, _mix(told, triples) + triple_salts], axis=1
    )
    mixed ^= mixed >> _HALF
    mixed *= _MIX[1]
    mixed >>= _TOP
    return mixed, around


def _mix(told: Codes, parts: list[NDArray[np.int64]]) -> Codes:
    total: Codes = told[:, parts[0]] * _MIX[0]
    for place, part in enumerate(parts[1:], 1):
        total = (total ^ (total >> _FEWER)) * _MIX[place] + told[:, part]
    return total


def _told(text: str, words: list[Token], around: list[str], own: list[tuple[int, ...]]) -> list[list[int]]:
    """What each word is told: a list for each of ``_COLUMNS``."""
    count = len(words)
    sign = _coded("g", around)
    shapes = [11, 12, *(codes[0] for codes in own), 13, 14]
    kinds = [12, *(codes[1] for codes in own), 13]
    names = [shape(word.text) for word in words]
    return [
        sign[:-1], sign[1:], shapes[2:-2], kinds[:-2], kinds[2:], shapes[:-4], shapes[1:-3], shapes[3:-1], shapes[4:],
        _coded("inside", _inside(text, words)),
        _places("at", count),
        _places("to", count)[::-1],
        _sides(words, names),
        _coded("said", _said(words, names, around)),
        _coded("years", _years(names)),
        [_code("scriptz" if _HAN.search(text) else "scripta")] * count,
        [_code("signed" + _signature(names, around))] * count,
        _coded("stops", _stops(around)),
        _coded("journal", _journals([word.text for word in words])),
    ]  # fmt: skip


def _coded(name: str, values: list[str]) -> list[int]:
    return [_code(name + value) for value in values]


@lru_cache(maxsize=1024)
def _places(name: str, count: int) -> list[int]:
    """The codes of the places from the beginning or to the end."""
    return [_code(name + _PLACES[min(at, 12)]) for at in range(count)]


def _sides(words: list[Token], shapes: list[str]) -> list[int]:
    """Before or behind the type mark, and which it is."""
    if "mark" not in shapes:
        return [_code("side-")] * len(words)
    at = shapes.index("mark")
    letter = words[at].text[1]
    return [_code(f"side<{letter}")] * at + [_code(f"side>{letter}")] * (len(words) - at)


_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = frozenset(["low", "low1", "h8", "h12", "h20", "h6"])
_INITIALS = frozenset(["C1", "C2", "C3"])
_YEARS = frozenset(["year", "yeara", "day", "month"])
_CUES = frozenset(["in", "见", "载", "載", "载于", "載於", "收录于", "收錄於"])


def _said(words: list[Token], shapes: list[str], around: list[str]) -> list[str]:
    """Before each word: runs of small words, titles' usual matter; whether more follow; a cue of a source; a date."""
    last = max((at for at, own in enumerate(shapes) if own in _SENTENCE), default=-1)
    found = []
    seen, cue, year = 0, "-", "-"
    for at, (word, own) in enumerate(zip(words, shapes, strict=True)):
        found.append(f"{seen}{'1' if at < last else '0'}{cue}{year}")
        small = word.text.lower()
        seen = min(2, seen + (own in _SENTENCE and small not in _words("small")))
        cue = "i" if small in _CUES and around[at] != "_" else cue
        year = "y" if own in _YEARS else year
    return found


def _years(shapes: list[str]) -> list[str]:
    """How many dates stand behind each word, up to two."""
    found = []
    count = 0
    for own in reversed(shapes):
        found.append(str(count))
        count = min(2, count + (own in _YEARS))
    return found[::-1]


def _signature(shapes: list[str], around: list[str]) -> str:
    """The sign behind the first initials: what it is between the names of a list, it is not behind the last."""
    for at, shape_ in enumerate(shapes[:12]):
        if shape_ in _INITIALS and at:
            return around[at] + "|" + around[at + 1]
    return "-"


def _stops(around: list[str]) -> list[str]:
    """How many full stops stand before each word and behind it, up to three."""
    marks = ["." in gap for gap in around]
    total, before = sum(marks), 0
    found = []
    for mark in marks[:-1]:
        before += mark
        found.append(f"{min(before, 3)}{min(total - before, 4)}")
    return found


def _inside(text: str, words: list[Token]) -> list[str]:
    """The innermost open bracket or quotation mark at each word, and the how-many-eth of its kind it is."""
    open_marks: list[str] = []
    counts: dict[str, int] = {}
    found = []
    at = 0
    for word in words:
        for char in text[at : word.start]:
            _turn(_SIGN.get(char, char), open_marks, counts)
        found.append(
            f"{open_marks[-1]}{min(counts[open_marks[-1]], 3)}"
            if open_marks
            else f"-{min(counts.get('《', counts.get(chr(34), 0)), 2)}"
        )
        at = word.end
    return found


_SIGN = dict(zip("〈〉（）［］「」『』“”‘’", "<>()[]<>《》\"\"''", strict=True))


def _turn(sign: str, open_marks: list[str], counts: dict[str, int]) -> None:
    if sign in {'"', "'"} and sign in open_marks:
        while open_marks.pop() != sign:
            pass
    elif sign in _QUOTES:
        open_marks.append(sign)
        counts[sign] = counts.get(sign, 0) + 1
    elif sign in _CLOSE and _CLOSE[sign] in open_marks:
        while open_marks.pop() != _CLOSE[sign]:
            pass


def _journals(words: list[str]) -> list[str]:
    """``B``, ``I`` on the words of a listed journal's name (the longest), ``-`` on others."""
    found = ["-"] * len(words)
    titles, first = journal_keys()
    keys = [_key(word) for word in words]
    at = 0
    while at < len(words):
        if words[at][0].isupper() and keys[at].partition(" ")[0] in first:
            for size in range(min(_LONGEST_JOURNAL, len(words) - at), 0, -1):
                if " ".join(keys[at : at + size]) in titles:
                    found[at : at + size] = [f"B{min(size, 3)}", *["I"] * (size - 1)]
                    at += size - 1
                    break
        at += 1
    return found


@lru_cache(maxsize=1 << 15)
def _key(word: str) -> str:
    return journal_key(word)
