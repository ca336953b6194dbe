"""All doubts of a document, worst first: how likely each character is wrong, a line at a time."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from recover.model.records import PageLine
from recover.review.error_features import AROUND, CITATION, SURE, Language, Signs, marks_of, signs_of
from recover.review.suggest import lexicon
from recover.review.working_copy import Range, WorkingCopy

# Less than this is not worth a person's look.
WORTH_A_LOOK = 0.015
# Neighbours this doubtful are looked at together; a surer one beside a doubtful one would only cost a look.
JOINED = 0.15
LONGEST = 4
# A logistic regression on heavily worn scans of seven articles at 200 and 300 dpi, rounded.
WEIGHTS = Signs(
    reader=0.46,
    saved=0.34,
    han=-2.2,
    digit=-0.81,
    latin=-0.58,
    mark=-1.42,
    speck=0.2,
    accent=1.71,
    known_word=-2.02,
    unknown_word=0.93,
    known_han=-1.27,
    rare_mark=0.2,
    paired=-0.94,
    cited=-1.56,
    in_turn=-1.48,
)


class Doubt(msgspec.Struct, frozen=True, order=True):
    """``line.text[at:end]`` is wrong with likelihood ``score``; ordered worst first."""

    order: tuple[float, int, str, int]
    line: str
    at: int
    end: int
    score: float


def score_line(line: PageLine, language: Language, around: tuple[str, str] = ("", "")) -> list[float]:
    """The likelihood of an error for each character; ``around`` is what stands before and behind the line."""
    others, shift = dict(line.doubts), len(around[0])
    text = around[0] + line.text + around[1]
    return [
        likelihood(signs_of(text, shift + at, value, others.get(at, ()), language))
        for at, value in enumerate(line.confidences[: len(line.text)])
    ]


def likelihood(signs: Signs | None) -> float:
    """The likelihood of an error, 0 to 1."""
    if signs is None:
        return 0.0
    weighed = zip(msgspec.structs.astuple(signs), msgspec.structs.astuple(WEIGHTS), strict=True)
    return 1 / (1 + math.exp(-sum(sign * weight for sign, weight in weighed)))


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


_WORD = re.compile(r"[A-Za-z]{4,}")
_NUMBER = re.compile(r"\d+")
# References are numbered as they are first cited: a mark names few numbers that none before it named.
FARTHEST_AHEAD = 5


def own_words(sheet: WorkingCopy) -> Mapping[str, int]:
    """The Latin words of a document, in small letters, that it uses more than once."""
    counts = Counter(word.lower() for line in sheet.lines.values() for word in _WORD.findall(line.text))
    return {word: count for word, count in counts.items() if count > 1}


def cited_in_turn(sheet: WorkingCopy) -> frozenset[str]:
    """The citation marks that name no number far ahead of those before them."""
    highest, in_turn, astray = 0, set[str](), set[str]()
    for key in sheet.order:
        for hit in CITATION.finditer(sheet.blocks[key].text) if sheet.blocks[key].kind == "paragraph" else ():
            numbers = [int(number) for number in _NUMBER.findall(hit[0])]
            is_in_turn = sorted(set(numbers)) == numbers and numbers[-1] <= highest + FARTHEST_AHEAD
            (in_turn if is_in_turn else astray).add(hit[0])
            highest = max(highest, numbers[-1]) if is_in_turn else highest
    return frozenset(in_turn - astray)


def _around(sheet: WorkingCopy, line: str) -> tuple[str, str]:
    """What stands before and behind a line in the block that shows it: words go on over line ends."""
    for key in sheet.users.get(line, ()):
        text = sheet.blocks[key].text
        spans = [span for span in sheet.blocks[key].spans if span.line == line]
        if spans:
            return text[max(0, spans[0].start - AROUND) : spans[0].start], text[spans[-1].end :][:AROUND]
    return "", ""


def language_of(sheet: WorkingCopy) -> Language:
    """What is usual in a document."""
    marks = marks_of(line.text for line in sheet.lines.values())
    return Language(lexicon(), own_words(sheet), marks, cited_in_turn(sheet))


class Ranking:
    """A value: ``after`` gives a new ranking."""

    def __init__(
        self,
        sheet: WorkingCopy,
        language: Language | None = None,
        known: Iterable[Doubt] = (),
        lines: Iterable[str] | None = None,
    ) -> None:
        self.language = language or language_of(sheet)
        self._live = frozenset(sheet.order)
        self.positions = {line: place for ids in sheet.on_page.values() for place, line in enumerate(ids)}
        asked = sheet.users if lines is None else lines
        self.doubts = sorted([*known, *(doubt for line in asked for doubt in self._line(sheet, line))])

    def _line(self, sheet: WorkingCopy, line: str) -> tuple[Doubt, ...]:
        if line not in sheet.lines:
            return ()
        checked = sheet.checked.get(line, ())
        found = find_doubts(
            sheet.lines[line], sheet.page_of[line], checked, self.language, self.positions[line], _around(sheet, line)
        )
        return tuple(doubt for doubt in found if self._is_shown(sheet, doubt))

    def _is_shown(self, sheet: WorkingCopy, doubt: Doubt) -> bool:
        """Whether a block shows it: the label of an abstract or an entry's number stands in none."""
        blocks = (sheet.blocks[key] for key in sheet.users.get(doubt.line, ()) if key in self._live)
        spans = (span for block in blocks for span in block.spans if span.line == doubt.line)
        return any(span.at < doubt.end and doubt.at < span.at + span.end - span.start for span in spans)

    def after(self, sheet: WorkingCopy, lines: Collection[str]) -> Ranking:
        """The ranking when only ``lines`` changed."""
        kept = [doubt for doubt in self.doubts if doubt.line not in lines]
        return Ranking(sheet, self.language, kept, lines)

    def next(self, after: Doubt | None) -> Doubt | None:
        """The worst doubt behind ``after`` in order; the worst of all behind the last."""
        if not self.doubts:
            return None
        at = bisect_right(self.doubts, after) if after else 0
        return self.doubts[at % len(self.doubts)]

    def previous(self, before: Doubt | None) -> Doubt | None:
        """The doubt before ``before`` in order; the last of all before the first."""
        if not self.doubts:
            return None
        return self.doubts[(bisect_left(self.doubts, before) if before else 0) - 1]

    def place(self, line: str, at: int) -> Doubt | None:
        """The doubt that holds a line's character."""
        return next((doubt for doubt in self.doubts if doubt.line == line and doubt.at <= at < doubt.end), None)

    def on_lines(self, lines: Collection[str]) -> list[Doubt]:
        """The doubts of some lines."""
        wanted = set(lines)
        return [doubt for doubt in self.doubts if doubt.line in wanted]
