"""An entry's words for the model: Latin words, runs of small ones, figures, dates, runs of Han, type marks."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import msgspec

HAN = "\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff々〇"
_UP = "A-ZÀ-ÖØ-ÞĀ-Ž"
_DASH = r"[-–—−‐‑‒－~～―]"


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
    return re.compile(
        r"(?P<mark>[\[［【〔]\s?(?:EB|DB|DS|CP|CM|PP|[JMDCNPSRAGKZBW])\s?(?:[/／]\s?(?:OL|CD|DK|MT|ol))?\s?[\]］】〕])"
        rf"|(?<!\d)(?:1[5-9]|20)\d\d\s?(?:年\s?\d\d?月(?:\s?\d\d?日)?|[-–—－./]\s?(?:0?[1-9]|1[0-2])\s?[-–—－./]\s?[0-3]?\d(?!\d)"
        r"|[-–—－./]\s?(?:0[1-9]|1[0-2])(?![\d\-–—－/]))"
        rf"|\d{{6,}}\.[\dXx](?!\d)|[A-Za-z]{{0,5}}\d[A-Za-z\d]*(?:\s?{_DASH}{{1,2}}\s?[A-Za-z]{{0,3}}\d[A-Za-z\d]*)*"
        rf"|[{HAN}](?:[{HAN}]|[·•・‧](?=[{HAN}]))*"
        rf"|(?i:\b(?:{small})(?![^\W_]))"
        rf"|{low}(?:\s(?!(?i:(?:{small})(?![^\W_]))){low})*+"
        rf"|{word}"
        r"|§"
    )


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words that stand before a name or a source, and behind one, without a sign between."""
    begin = "|".join(sorted(cues("han_before"), key=len, reverse=True))
    end = "|".join(sorted(cues("han_behind"), key=len, reverse=True))
    return re.compile(f"(?:{begin})"), re.compile(rf"^([{HAN}·•・‧]{{2,}}?)({end})$")


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
