"""Where the title ends and the journal begins: stops, quotation marks, and what journal names are made of."""

from __future__ import annotations

import re

import msgspec

from recover.stages.references.journals import is_journal_word, known, title_likeness

_STOP = re.compile(
    r"""[.．。](?:["”'»]{0,2})\s+|[?!？！]["”'»]{0,2}\s+|["”»]\s*[.,]?\s+|(?<=[a-z\d)])\.(?=[A-Z][a-z])"
r"|,\s+|\s-+\s|(?<=[\u4e00-\u9fff])[.．。，,]\s*|[．。]\s*"""
)
_WORD = re.compile(r"\S+")
# Evidence in points: a full stop or closed quotation says more than a comma, a space says nothing.
_STOP_POINTS = 3.0
_QUERY_POINTS = 2.6
_QUOTE_POINTS = 3.4
_COMMA_POINTS = 0.6
_KNOWN_POINTS = 3.0
_LONGEST_JOURNAL = 12


class Boundary(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A cut of ``TITLE JOURNAL``: the title's end, the journal's begin, and the points it earns."""

    title_end: int
    begin: int
    points: float


def find_boundary(text: str) -> Boundary | None:
    """The best cut of ``text`` (title and journal, nothing after); None when nothing looks like a journal."""
    best: Boundary | None = None
    for candidate in _candidates(text):
        if best is None or candidate.points > best.points + 1e-9:
            best = candidate
    return best


def _candidates(text: str) -> list[Boundary]:
    floor = max(0, len(text) - 180)
    found = []
    marked = set()
    sentence = len(text)  # where the journal begins if the last sentence is all of it
    for hit in _STOP.finditer(text, floor):
        if hit.start() < 3 or hit.end() >= len(text):
            continue
        marked.add(hit.end())
        points = _mark_points(hit[0]) + _name_points(text[hit.end() :])
        if points > _STOP_POINTS and hit[0][0] != ",":
            sentence = min(sentence, hit.end())
        found.append(Boundary(title_end=_title_end(hit), begin=hit.end(), points=points))
    # "... disease. Tokyo J Exp Med" is no place to cut before "J Exp Med", however well that is known.
    found.extend(cut for cut in _unmarked(text, floor, marked) if cut.begin <= sentence)
    return found


def _title_end(hit: re.Match[str]) -> int:
    return hit.start() + (1 if hit[0][0] in "?!？！" else 0)


def _mark_points(mark: str) -> float:
    if any(quote in mark for quote in '"”»'):
        return _QUOTE_POINTS
    if mark[0] in "?!？！":
        return _QUERY_POINTS
    if mark[0] in ".．。":
        return _STOP_POINTS if len(mark) > 1 or mark[0] != "." else _STOP_POINTS - 1
    return _COMMA_POINTS


def _name_points(name: str) -> float:
    words = name.split()
    if not words or len(words) > _LONGEST_JOURNAL:
        return -4.0
    if (name[0].islower() or name[0].isdigit()) and words[0] not in {
        "eLife",
        "iScience",
        "mBio",
        "npj",
        "eBioMedicine",
        "mSystems",
    }:
        return -2.5
    points = 3.0 * title_likeness(words) - 0.12 * max(0, len(words) - 5)
    # A stop inside the name ("Nat. Genet.") is an abbreviation's; one after a longer word ends a sentence.
    points -= sum(1.2 for word in words[:-1] if word.endswith(".") and len(word) > 9)
    return points + (_KNOWN_POINTS if known(name.strip(" .,;")) else 0.0)


def _unmarked(text: str, floor: int, marked: set[int]) -> list[Boundary]:
    """Cuts at a plain space: a known journal, or the run of capitalised words that ends the text."""
    spans = [hit.span() for hit in _WORD.finditer(text, floor)][-_LONGEST_JOURNAL:]
    found = []
    for index in range(1, len(spans)):
        begin = spans[index][0]
        word, before = text[begin : spans[index][1]], text[spans[index - 1][0] : spans[index - 1][1]]
        if begin in marked or not word[0].isupper():
            continue
        name = text[begin:]
        points = _name_points(name) - 1.0
        if known(name.strip(" .,;")) and not is_journal_word(before):
            points += 0.4 * (len(spans) - index)
        elif known(name.strip(" .,;")):
            points -= _KNOWN_POINTS
        elif before[:1].isupper() or before[-1:] in ",;:":
            points -= 2.0
        found.append(Boundary(title_end=spans[index - 1][1], begin=begin, points=points))
    return found
