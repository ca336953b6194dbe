"""All doubts of a document in order, worst first, kept up to date one line at a time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from recover.review.doubt import Doubt, find_doubts
from recover.review.lexicon import lexicon
from recover.review.sheet import Sheet
from recover.review.signs import AROUND, CITATION, Language, marks_of

_WORD = re.compile(r"[A-Za-z]{4,}")
_NUMBER = re.compile(r"\d+")
# References are numbered as they are first cited: a mark names few numbers that none before it named.
FARTHEST_AHEAD = 5


def own_words(sheet: Sheet) -> Mapping[str, int]:
    """The Latin words of a document, in small letters, that it uses more than once."""
    counts = Counter(word.lower() for line in sheet.lines.values() for word in _WORD.findall(line.text))
    return {word: count for word, count in counts.items() if count > 1}


def cited_in_turn(sheet: Sheet) -> frozenset[str]:
    """The citation marks that name no number far ahead of those before them."""
    highest, in_turn, astray = 0, set[str](), set[str]()
    for key in sheet.order:
        for hit in CITATION.finditer(sheet.blocks[key].text) if sheet.blocks[key].kind == "paragraph" else ():
            numbers = [int(number) for number in _NUMBER.findall(hit[0])]
            is_in_turn = sorted(set(numbers)) == numbers and numbers[-1] <= highest + FARTHEST_AHEAD
            (in_turn if is_in_turn else astray).add(hit[0])
            highest = max(highest, numbers[-1]) if is_in_turn else highest
    return frozenset(in_turn - astray)


def _around(sheet: Sheet, line: str) -> tuple[str, str]:
    """What stands before and behind a line in the block that shows it: words go on over line ends."""
    for key in sheet.users.get(line, ()):
        text = sheet.blocks[key].text
        spans = [span for span in sheet.blocks[key].spans if span.line == line]
        if spans:
            return text[max(0, spans[0].start - AROUND) : spans[0].start], text[spans[-1].end :][:AROUND]
    return "", ""


class Ranking:
    """A value: ``of`` and ``after`` give new rankings."""

    def __init__(self, sheet: Sheet, doubts: Iterable[Doubt] | None = None, language: Language | None = None) -> None:
        self.language = language or Language(
            lexicon(), own_words(sheet), marks_of(line.text for line in sheet.lines.values()), cited_in_turn(sheet)
        )
        self._live = frozenset(sheet.order)
        self.positions = {line: place for ids in sheet.on_page.values() for place, line in enumerate(ids)}
        self.doubts = sorted(self._all(sheet) if doubts is None else doubts)

    def _all(self, sheet: Sheet) -> Iterable[Doubt]:
        return (doubt for line in sheet.users for doubt in self._line(sheet, line))

    def _line(self, sheet: Sheet, line: str) -> tuple[Doubt, ...]:
        if line not in sheet.lines:
            return ()
        checked = sheet.checked.get(line, ())
        found = find_doubts(
            sheet.lines[line], sheet.page_of[line], checked, self.language, self.positions[line], _around(sheet, line)
        )
        return tuple(doubt for doubt in found if self._is_shown(sheet, doubt))

    def _is_shown(self, sheet: Sheet, doubt: Doubt) -> bool:
        """Whether a block shows it: the label of an abstract or an entry's number stands in none."""
        blocks = (sheet.blocks[key] for key in sheet.users.get(doubt.line, ()) if key in self._live)
        spans = (span for block in blocks for span in block.spans if span.line == doubt.line)
        return any(span.at < doubt.end and doubt.at < span.at + span.end - span.start for span in spans)

    def of(self, sheet: Sheet) -> Ranking:
        """The ranking of a sheet that differs in the lines a person changed."""
        return Ranking(sheet, language=self.language)

    def after(self, sheet: Sheet, lines: Collection[str]) -> Ranking:
        """The ranking when only ``lines`` changed."""
        kept = [doubt for doubt in self.doubts if doubt.line not in lines]
        return Ranking(sheet, [*kept, *(doubt for line in lines for doubt in self._line(sheet, line))], self.language)

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
