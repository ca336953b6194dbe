"""What the model is told of each word of an entry: the word itself, the signs around it, its place, its neighbours."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from recover.stages.references.journals import journal_keys
from recover.stages.references.tokens import OWN, Token, WordFacts, code, facts, folded_gap

_LONGEST_JOURNAL = 10
_QUOTES = {"《": "《", "<": "<", '"': '"', "'": "'", "(": "(", "[": "["}
_CLOSE = {"》": "《", ">": "<", ")": "(", "]": "["}
BUCKETS = 1 << 17
_MIX = np.array([0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F], np.uint32)
Codes = NDArray[np.uint32]


class GapFacts(msgspec.Struct, frozen=True, gc=False):
    """What stands between two words: the signs as the model is told them, their code, and the brackets among them."""

    told: str
    code: int
    has_stop: bool
    brackets: str


def _gap_facts(gap: str) -> GapFacts:
    told = folded_gap(gap)
    brackets = "".join(sign for char in gap if (sign := _SIGN.get(char, char)) in _TURNS)
    return GapFacts(told, code("g" + told), "." in told, brackets)


_short_gap = lru_cache(maxsize=1 << 12)(_gap_facts)
_LONG_GAP = 8

_PLACES = ("0", "1", "2", "3", "5", "5", "5", "11", "11", "11", "11", "11", "+")
# What every word is told of: rows of one table, from which the features take their parts.
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
    """The rows of each place of the features, and each feature's salt."""
    places = [[_COLUMNS.index(name) for name in names.split()] for _, names in named]
    salts = np.array([((OWN + at) * 0x3C6EF372) & 0xFFFFFFFF for at, _ in named], np.uint32)[:, None]
    return [np.array(column) for column in zip(*places, strict=True)], salts


_PAIR_PARTS, _TRIPLE_PARTS = _parts(_PAIRS), _parts(_TRIPLES)
_HALF, _FEWER, _TOP = np.uint32(16), np.uint32(15), np.uint32(15)


class Told:
    """What the words of entries are told, to be coded together: entries are added, then ``codes`` asked for."""

    def __init__(self) -> None:
        self._own: list[bytes] = []
        self._rows: list[list[int]] = [[] for _ in _COLUMNS]

    def add(self, text: str, words: list[Token]) -> list[str]:
        """An entry; gives the signs before each word and behind all."""
        if not words:
            return [folded_gap(text[:8])]
        known = [facts(word.text) for word in words]
        around = _around(text, words)
        self._own += [word.own for word in known]
        for row, values in zip(self._rows, _told(text, known, around), strict=True):
            row.extend(values)
        return [gap.told for gap in around]

    def codes(self) -> Codes:
        """The buckets of each word's features, a column a word."""
        own = np.frombuffer(b"".join(self._own), np.uint32).reshape(-1, OWN).T
        told = np.array(self._rows, np.uint32)
        pairs, pair_salts = _PAIR_PARTS
        triples, triple_salts = _TRIPLE_PARTS
        mixed = np.concatenate([own, _mix(told, pairs) + pair_salts, _mix(told, triples) + triple_salts])
        mixed ^= mixed >> _HALF
        mixed *= _MIX[1]
        mixed >>= _TOP
        return mixed


def _mix(told: Codes, parts: list[NDArray[np.int64]]) -> Codes:
    total: Codes = told[parts[0]] * _MIX[0]
    for place, part in enumerate(parts[1:], 1):
        total ^= total >> _FEWER
        total *= _MIX[place]
        total += told[part]
    return total


def _around(text: str, words: list[Token]) -> list[GapFacts]:
    """The gaps before each word and, last, behind all."""
    found = []
    at = 0
    for word in words:
        gap = text[at : word.start]
        found.append(_short_gap(gap) if len(gap) <= _LONG_GAP else _gap_facts(gap))
        at = word.end
    found.append(_short_gap(text[at : at + _LONG_GAP]))
    return found


_EDGE = (11, 12, 13, 14)


def _told(text: str, words: list[WordFacts], around: list[GapFacts]) -> list[list[int]]:
    """What each word is told: a list for each of ``_COLUMNS``."""
    count = len(words)
    sign = [gap.code for gap in around]
    shapes = [*_EDGE[:2], *(word.shape for word in words), *_EDGE[2:]]
    kinds = [_EDGE[1], *(word.kind for word in words), _EDGE[2]]
    return [
        sign[:-1], sign[1:], shapes[2:-2], kinds[:-2], kinds[2:], shapes[:-4], shapes[1:-3], shapes[3:-1], shapes[4:],
        _inside(around, count),
        _places("at", count),
        _places("to", count)[::-1],
        _sides(words),
        _said(words, around),
        _years(words),
        [code("scriptz" if _HAN.search(text) else "scripta")] * count,
        [code("signed" + _signature(words, around))] * count,
        _stops(around),
        _journals(words),
    ]  # fmt: skip


@lru_cache(maxsize=1024)
def _places(name: str, count: int) -> list[int]:
    """The codes of the places from the beginning or to the end."""
    return [code(name + _PLACES[min(at, 12)]) for at in range(count)]


def _sides(words: list[WordFacts]) -> list[int]:
    """Before or behind the type mark, and which it is."""
    at = next((at for at, word in enumerate(words) if word.mark), -1)
    if at < 0:
        return [code("side-")] * len(words)
    letter = words[at].mark
    return [code(f"side<{letter}")] * at + [code(f"side>{letter}")] * (len(words) - at)


_HAN = re.compile(r"[\u3400-\u9fff]")


def _said(words: list[WordFacts], around: list[GapFacts]) -> list[int]:
    """Before each word: runs of small words, titles' usual matter; whether more follow; a cue of a source; a date."""
    last = max((at for at, word in enumerate(words) if word.is_sentence), default=-1)
    found = []
    seen, cue, year = 0, "-", "-"
    told, changed = 0, True
    for at, word in enumerate(words):
        if changed or at == last:
            told, changed = code(f"said{seen}{'1' if at < last else '0'}{cue}{year}"), False
        found.append(told)
        if word.is_telling and seen < 2:
            seen, changed = seen + 1, True
        if word.is_cue and around[at].told != "_":
            cue, changed = "i", True
        if word.is_date:
            year, changed = "y", True
    return found


def _years(words: list[WordFacts]) -> list[int]:
    """How many dates stand behind each word, up to two."""
    found = []
    count, told = 0, code("years0")
    for word in reversed(words):
        found.append(told)
        if word.is_date and count < 2:
            count += 1
            told = code(f"years{count}")
    return found[::-1]


def _signature(words: list[WordFacts], around: list[GapFacts]) -> str:
    """The sign behind the first initials: what it is between the names of a list, it is not behind the last."""
    for at, word in enumerate(words[:12]):
        if word.is_initial and at:
            return around[at].told + "|" + around[at + 1].told
    return "-"


def _stops(around: list[GapFacts]) -> list[int]:
    """How many full stops stand before each word and behind it, up to three."""
    total, before = sum(gap.has_stop for gap in around), 0
    found = []
    told = code(f"stops0{min(total, 4)}")
    for gap in around[:-1]:
        if gap.has_stop:
            before += 1
            told = code(f"stops{min(before, 3)}{min(total - before, 4)}")
        found.append(told)
    return found


def _inside(around: list[GapFacts], count: int) -> list[int]:
    """The innermost open bracket or quotation mark at each word, and the how-many-eth of its kind it is."""
    open_marks: list[str] = []
    counts: dict[str, int] = {}
    found = []
    told = code("inside-0")
    for gap in around[:count]:
        if gap.brackets:
            for sign in gap.brackets:
                _turn(sign, open_marks, counts)
            quoted = counts.get("《", counts.get(chr(34), 0))
            told = code(
                f"inside{open_marks[-1]}{min(counts[open_marks[-1]], 3)}" if open_marks else f"inside-{min(quoted, 2)}"
            )
        found.append(told)
    return found


_SIGN = dict(zip("〈〉（）［］「」『』“”‘’", "<>()[]<>《》\"\"''", strict=True))
_TURNS = frozenset(_QUOTES) | frozenset(_CLOSE)


def _turn(sign: str, open_marks: list[str], counts: dict[str, int]) -> None:
    if sign in {'"', "'"} and sign in open_marks:
        while open_marks.pop() != sign:
            pass
    elif sign in _QUOTES:
        open_marks.append(sign)
        counts[sign] = counts.get(sign, 0) + 1
    elif _CLOSE[sign] in open_marks:
        while open_marks.pop() != _CLOSE[sign]:
            pass


def _journals(words: list[WordFacts]) -> list[int]:
    """``B``, ``I`` on the words of a listed journal's name (the longest), ``-`` on others."""
    count = len(words)
    found = [code("journal-")] * count
    titles, first = journal_keys()
    at = 0
    while at < count:
        if words[at].is_upper and words[at].key.partition(" ")[0] in first:
            keys = [word.key for word in words[at : at + _LONGEST_JOURNAL]]
            size = next((size for size in range(len(keys), 0, -1) if " ".join(keys[:size]) in titles), 0)
            if size:
                found[at : at + size] = [code(f"journalB{min(size, 3)}"), *[code("journalI")] * (size - 1)]
                at += size - 1
        at += 1
    return found
