"""Specks that were read as marks, told by where they stand: no line of print has a mark there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from recover.model.page import Line
from recover.stages.ocr.edits import Edit
from recover.stages.ocr.widths import cell_width
from recover.text.frequency import frequency
from recover.text.heading_numbers import looks_like_heading
from recover.text.scripts import is_han

# A mark the reader is this sure of is none of a speck.
SURE = 0.95
BEGINNING = re.compile(r"[.。，、；：·,:;]\s?(?=[^\W\d_])|·\s?(?=\d)")
DOUBLED = re.compile(r"(?<=[，。、；：])[.·,'`]")
# A stop behind a word, and the next one begins small; short forms are set so.
BEFORE_SMALL = re.compile(r"(?<![A-Za-z.])([A-Za-z][a-z]+)(\.)(?=\s(?!et\b)[a-z]{2})")
# A mark between two English words, before one, and a comma behind a word that needs another.
JOINING = re.compile(r"(?<![A-Za-z0-9./@:])([A-Za-z]?[a-z]+)([.·_'])([a-z]{3,})(?![A-Za-z0-9./@:])")
BEFORE_WORD = re.compile(r"(?<![A-Za-z])([a-z]{2,}),?\s([.·_'`-])([a-z]{2,})(?![A-Za-z'’])")
BEHIND_PARTICLE = re.compile(r"(?<=[a-z] )(?:of|the|and|for|with|from|into)(,)(?=\s[a-z]{3})")
ADDRESSES = frozenset(["com", "org", "net", "edu", "gov", "html", "htm", "pdf"])
# Words this frequent are known ones.
USUAL, LONG_ENOUGH = 1e-7, 3
# No sentence ends with such a word, however sure the reader is of the stop.
NEVER_LAST = re.compile(r"(?<=[a-z] )(?:of|the|and|for|with|from|into)(\.)(?=\s|$)")
ABBREVIATIONS = frozenset(
    "vs al cf ca etc sp spp approx resp no nos fig figs ref refs eq st var subsp eg ie ed".split()  # noqa: SIM905 - words
)
UNENDING = "no sentence ends with this word"
BETWEEN_WORDS = "it stands between words of one sentence"
# A closing quote's ink hangs above this share of the line's height.
OPENINGS = {"”": "“", "’": "‘"}
LOWEST_QUOTE = 0.55
NO_QUOTE = "no opening quote before it, and no ink where a quote has it"
LEADING = ".。·,，'`-"
SMALL = ".·,-'`"
ALONE = re.compile(r"[\s.·,:'`。，、：；;]{1,4}")
# Han with a mark between them stand farther apart than Han without, in cells.
CLOSE = 1.17
# A character that ends this near to the column's right edge leaves no room for a mark, in cells.
AT_EDGE = 0.3
# Lines shorter than this part of the longest say nothing of the column's edge.
LONG = 0.8


def find_specks(line: Line, right_edge: float | None = None) -> tuple[Edit, ...]:
    """Marks to strike out; ``right_edge`` is where the column's lines end, in points."""
    return tuple(
        Edit(start=start, was=line.text[start:end], now=now, why="a speck of the page, no mark", evidence=evidence)
        for start, end, now, evidence in _all(line, right_edge)
        if max(line.confidences[start:end]) < SURE or evidence in (UNENDING, NO_QUOTE, BETWEEN_WORDS)
    )


def _all(line: Line, right_edge: float | None) -> Iterator[tuple[int, int, str, str]]:
    """Where a speck is, what stands there instead, and the evidence."""
    yield from ((start, end, "", evidence) for start, end, evidence in _found(line, right_edge))
    yield from ((start, start + 1, now, BETWEEN_WORDS) for start, now in _between_words(line.text))


def _between_words(text: str) -> Iterator[tuple[int, str]]:
    """Marks that no sentence has between two known words, and what stands in their place."""
    for hit in JOINING.finditer(text):
        # Units are multiplied so: kg·min.
        is_product = hit[2] == "·" and min(len(hit[1]), len(hit[3])) <= LONG_ENOUGH
        if not is_product and not _is_address(text, hit) and _are_known(hit[1], hit[3]):
            yield hit.start(2), " "
    for hit in BEFORE_WORD.finditer(text):
        is_quote = hit[2] in "'`" and text.find("'", hit.end()) >= 0
        if not is_quote and _are_known(hit[1], hit[3]):
            yield hit.start(2), ""
    for hit in BEHIND_PARTICLE.finditer(text):
        yield hit.start(1), ""


def _parts_known(text: str, stop: re.Match[str]) -> bool:
    """Whether a stop before a small letter stands between two known words, the first no short form."""
    following = re.match(r"\s([a-z]+)", text[stop.end() :])
    return following is not None and len(stop[1]) > LONG_ENOUGH and _are_known(stop[1], following[1])


def _is_address(text: str, hit: re.Match[str]) -> bool:
    """Whether the words stand in an address of the web or of mail."""
    start = text.rfind(" ", 0, hit.start()) + 1
    whole = text[start:].split(" ", 1)[0].lower()
    return hit[3] in ADDRESSES or any(sign in whole for sign in ("www", "://", "@"))


def _are_known(*words: str) -> bool:
    return all(frequency(word, ()) >= USUAL for word in words)


def _found(line: Line, right_edge: float | None) -> Iterator[tuple[int, int, str]]:
    if ALONE.fullmatch(line.text):
        yield 0, len(line.text), "nothing else stands on the line"
    elif line.text:
        yield from _at_beginning(line.text)
        yield from _behind_marks_and_words(line.text)
        yield from _false_quotes(line)
        yield from _at_end(line, right_edge)


def _at_beginning(text: str) -> Iterator[tuple[int, int, str]]:
    rest = text[1:].lstrip()
    hit = BEGINNING.match(text)
    if text[0] in LEADING and looks_like_heading(rest) and is_han(rest.lstrip("0123456789.（()） ")[:1]):
        yield 0, len(text) - len(rest), "a heading's number follows"
    elif hit is not None:
        yield 0, hit.end(), "no line begins with such a mark"


def _behind_marks_and_words(text: str) -> Iterator[tuple[int, int, str]]:
    for hit in BEFORE_SMALL.finditer(text):
        if hit[1] not in ABBREVIATIONS:
            yield hit.start(2), hit.end(2), BETWEEN_WORDS if _parts_known(text, hit) else "a small letter follows"
    for hit in NEVER_LAST.finditer(text):
        yield hit.start(1), hit.end(1), UNENDING
    for hit in DOUBLED.finditer(text):
        yield hit.start(), hit.end(), "another mark stands right before it"


def _false_quotes(line: Line) -> Iterator[tuple[int, int, str]]:
    """What a reader makes of the white behind a heading."""
    for at, char in enumerate(line.text):
        beside = line.text[at - 1 : at] + line.text[at + 1 : at + 2]
        if char in OPENINGS and line.weights and len(beside) == 2 and is_han(beside[0]) and beside[1].isalpha():
            has_ink = line.weights[at] > 0 and line.bottoms[at] <= LOWEST_QUOTE
            if OPENINGS[char] not in line.text[:at] and not has_ink:
                yield at, at + 1, NO_QUOTE


def _at_end(line: Line, right_edge: float | None) -> Iterator[tuple[int, int, str]]:
    """Behind a heading, among Chinese and beyond the column's edge."""
    text = line.text
    if text[-1] in SMALL and looks_like_heading(text[:-1]):
        yield len(text) - 1, len(text), "no stop stands behind a heading"
        return
    cell = cell_width(line)
    if cell:
        yield from _among_han(line, cell)
        if right_edge is not None and len(text) > 1 and text[-1] in SMALL and is_han(text[-2]):
            room = right_edge - line.rights[-2]
            if room < AT_EDGE * cell:
                yield len(text) - 1, len(text), f"{room / cell:.2f} of a cell before the column's edge"


def _among_han(line: Line, cell: float) -> Iterator[tuple[int, int, str]]:
    text = line.text
    for at in range(1, len(text) - 1):
        if text[at] in SMALL and is_han(text[at - 1]) and is_han(text[at + 1]):
            apart = (line.lefts[at + 1] + line.rights[at + 1] - line.lefts[at - 1] - line.rights[at - 1]) / 2 / cell
            if apart < CLOSE:
                yield at, at + 1, f"the characters beside it stand {apart:.2f} cells apart"


def right_edges(columns: Sequence[Sequence[int]], read: Mapping[int, Line]) -> dict[int, float]:
    """For every line that was read, where most of its column's long lines end, in points."""
    edges: dict[int, float] = {}
    for column in columns:
        lines = {index: read[index] for index in column if index in read and read[index].text}
        longest = max((line.box.width for line in lines.values()), default=0.0)
        ends = [line.rights[-1] for line in lines.values() if line.box.width >= LONG * longest]
        edges |= dict.fromkeys(lines, float(np.median(ends))) if len(ends) >= 3 else {}
    return edges
