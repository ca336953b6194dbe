"""The characters of the pages' lines, each taken by the text of one class at most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from recover.model.document import PageLine, PageRecord
from recover.model.geometry import Box
from recover.stages.account.claims import KINDS, Claim, Kind


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """Characters of a line that no text took: ``line.text[start:end]``."""

    page: int
    line: PageLine
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


class Ledger:
    """Which characters of which line are taken."""

    def __init__(self, pages: Sequence[PageRecord]) -> None:
        lines = [(page.number, line) for page in pages for region in page.regions for line in region.lines]
        self._lines = {line.id: line for _, line in lines}
        self._pages = {line.id: page for page, line in lines}
        # The number of the kind that took a character, counted from 1; 0 where none did.
        self._taken = {line.id: bytearray(len(line.text)) for _, line in lines}

    def take(self, claim: Claim) -> Counter[int]:
        """The claim's characters by page: those of its text, without what an earlier text took already."""
        fresh: Counter[int] = Counter()
        repeated = 0
        places = [(span.line, span.at, span.at + span.end - span.start) for span in claim.spans]
        places += [(line, 0, len(self._taken.get(line, b""))) for line in claim.lines]
        for line, start, end in places:
            new, old = self._mark(line, start, end, claim.kind)
            repeated += old
            fresh[self._pages.get(line, claim.page)] += new
        if repeated and not fresh.total():
            return fresh
        # A text has less than its lines where a heading's number lost its mark, more where a bracket was put in.
        rest = max(0, count(claim.text) - repeated) - fresh.total()
        first = next((page for page, number in fresh.items() if number + rest >= 0), claim.page)
        fresh[first] += rest
        return fresh

    def _mark(self, line: str, start: int, end: int, kind: Kind) -> tuple[int, int]:
        """Take a stretch of a line: how many of its characters nobody had taken, and how many somebody had."""
        taken = self._taken.get(line)
        if taken is None:
            return 0, 0
        text = self._lines[line].text
        places = [at for at in range(max(0, start), min(end, len(text))) if not text[at].isspace()]
        old = sum(taken[at] > 0 for at in places)
        for at in places:
            taken[at] = taken[at] or 1 + KINDS.index(kind)
        return len(places) - old, old

    def left(self) -> Iterator[Run]:
        """What nobody took, longest runs of it, white space aside."""
        for key, line in self._lines.items():
            taken = self._taken[key]
            start = 0
            while start < len(line.text):
                end = start
                while end < len(line.text) and not taken[end]:
                    end += 1
                run = _trimmed(Run(page=self._pages[key], line=line, start=start, end=end))
                if run.text:
                    yield run
                start = max(end, start + 1)

    def taker(self, line: PageLine, at: int) -> Kind | None:
        """The class whose text shows the character at ``at``; None where none does, or behind the line's end."""
        taken = self._taken[line.id]
        number = taken[at] if at < len(taken) else 0
        return KINDS[number - 1] if number else None


def count(text: str) -> int:
    """The characters of a text, white space aside."""
    return sum(not char.isspace() for char in text)


def _trimmed(run: Run) -> Run:
    start = run.end - len(run.text.lstrip())
    return msgspec.structs.replace(run, start=start, end=max(start, run.start + len(run.text.rstrip())))


def run_box(run: Run) -> Box:
    """Where a run stands on its page."""
    xs, ys = run.line.quad[::2], run.line.quad[1::2]
    if len(run.line.edges) < 2 * run.end or not run.line.text:
        return Box(min(xs), min(ys), max(xs), max(ys))
    left, right = run.line.edges[2 * run.start] / 1000, run.line.edges[2 * run.end - 1] / 1000
    corners = [_between(run.line.quad, edge, share) for edge in ((0, 2), (6, 4)) for share in (left, right)]
    return Box(
        min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners)
    ).rounded()


def _between(quad: tuple[float, ...], edge: tuple[int, int], share: float) -> tuple[float, float]:
    first, last = edge
    return (
        quad[first] + (quad[last] - quad[first]) * share,
        quad[first + 1] + (quad[last + 1] - quad[first + 1]) * share,
    )
