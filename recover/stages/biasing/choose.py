"""Which of the spellings win: the evidence and the term's length against the reading, and against each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from recover.stages.biasing.lattice import Cell
from recover.stages.biasing.lexicon import Lexicon
from recover.stages.biasing.search import WORTH_HAN, Spelling, spellings
from recover.stages.biasing.words import longest_word

# A term must beat the reading by this much (e^2 = 7 times as likely): of three characters it may then replace one
# that was a seventh as likely, of six nearly any the network saw.
MARGIN = 2.0
# A wording that the document has elsewhere, whole, is the likelier for it, the first times most.
WORTH_SEEN, MOST_SEEN = 1.0, 2

# A word of four characters, and a space or a line's end in it.
REACH = 6


class Win(msgspec.Struct, frozen=True):
    """A spelling that beats the reading; the scores are logs, 0 the reading's by the image alone."""

    spelling: Spelling
    reading_score: float
    term_score: float

    @property
    def gain(self) -> float:
        return self.term_score - self.reading_score

    @property
    def confidence(self) -> float:
        """How likely the term is, of the two."""
        return 1 / (1 + math.exp(-self.gain))


def choose(cells: Sequence[Cell], lexicon: Lexicon) -> tuple[Win, ...]:
    """The wins of a row, none over another, in order: the path of the greatest gain."""
    found = [*spellings(cells, lexicon.terms.trie)]
    kept = [spelling for spelling in found if not spelling.changes]
    wins = [_weigh(spelling, kept, cells, lexicon) for spelling in found if spelling.changes]
    return _best_path([win for win in wins if win.gain >= MARGIN and not _is_one_of_two(win, wins)])


def _is_one_of_two(win: Win, wins: Sequence[Win]) -> bool:
    """Whether another term fits as well with another character that the reader didn't name: 瘢 or 疤 in 胶质?痕."""
    own = win.spelling
    return own.is_guess and any(
        other.spelling.is_guess
        and other.spelling.term != own.term
        and other.spelling.changes[0][0] == own.changes[0][0]
        for other in wins
        if (other.spelling.start, other.spelling.end) == (own.start, own.end)
    )


def _weigh(spelling: Spelling, kept: Iterable[Spelling], cells: Sequence[Cell], lexicon: Lexicon) -> Win:
    rivals = [other.prior for other in kept if _speaks_against(other, spelling, cells)]
    rivals += [_word_around(cells, at) for at, _ in spelling.changes]
    was = "".join(cell.folded for cell in cells[spelling.start : spelling.end])
    # The reading itself stands once in what was seen.
    reading = max(rivals, default=0.0) + _support(lexicon.seen.count(was) - 1)
    term = spelling.prior - spelling.loss + _support(lexicon.seen.count(spelling.term))
    return Win(spelling, round(reading, 2), round(term, 2))


def _speaks_against(kept: Spelling, spelling: Spelling, cells: Sequence[Cell]) -> bool:
    """Whether a term that stands there already is lost by the changes, or has all that speaks for them."""
    changed = {at for at, _ in spelling.changes}
    if any(kept.start <= at < kept.end for at in changed):
        return True
    beside = (at for at in range(spelling.start, spelling.end) if not kept.start <= at < kept.end)
    # Around 超氧化物歧化酶 nothing but the image speaks for 超氧化物歧化酶1.
    return all(at in changed or not cells[at].folded for at in beside)


def _word_around(cells: Sequence[Cell], at: int) -> float:
    """What the rest of a common word says for the character at ``at`` as it was read."""
    before = "".join(cell.folded for cell in cells[max(0, at - REACH) : at])
    after = "".join(cell.folded for cell in cells[at : at + REACH])
    size = longest_word(before + after, len(before)) if cells[at].folded else 0
    return WORTH_HAN * max(0, size - 1)


def _support(times: int) -> float:
    return WORTH_SEEN * min(MOST_SEEN, max(0, times))


def _best_path(wins: Sequence[Win]) -> tuple[Win, ...]:
    """Of wins that overlap those with the greatest sum of gains, by dynamic programming over their ends."""
    ordered = sorted(wins, key=lambda win: (win.spelling.end, win.spelling.start))
    best: list[tuple[float, tuple[Win, ...]]] = [(0.0, ())]
    for number, win in enumerate(ordered):
        before = sum(other.spelling.end <= win.spelling.start for other in ordered[:number])
        gain, path = best[before]
        best.append(max(best[-1], (gain + win.gain, (*path, win)), key=lambda option: option[0]))
    return best[-1][1]
