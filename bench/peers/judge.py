"""What a program's text is worth against what is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from bench.accuracy.fold import fold
from bench.accuracy.measures.leaks import count_leaks
from bench.accuracy.measures.paragraphs import longest_increasing, place_paragraphs
from bench.peers.pages import Printed
from bench.peers.programs import Given

# A phrase with a larger share of wrong characters is lost.
LOST = 0.2


class Worth(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over files: wrong of all characters, paragraphs in order, leaks, cells, phrases lost and lost silently."""

    files: int = 0
    failed: int = 0
    wrong: int = 0
    characters: int = 0
    in_order: int = 0
    ordered: int = 0
    leaks: int = 0
    cells: int = 0
    all_cells: int = 0
    lost: int = 0
    silent: int = 0
    seconds: float = 0.0
    memory_mb: float = 0.0


def judge(given: Given, printed: Printed) -> Worth:
    """The worth of one file's text."""
    placed = place_paragraphs(printed.paragraphs, given.texts or [""])
    wrong = sum(min(one.infix.distance, len(one.text)) for one in placed)
    lost = sum(one.infix.distance > LOST * len(one.text) for one in placed)
    chosen = range(len(placed)) if printed.ordered is None else printed.ordered
    ends = [placed[at].infix.end for at in chosen if placed[at].infix.distance <= LOST * len(placed[at].text)]
    return Worth(
        files=1,
        failed=int(bool(given.failed)),
        wrong=wrong,
        characters=sum(len(one.text) for one in placed),
        in_order=longest_increasing(ends),
        ordered=len(ends),
        leaks=count_leaks(printed.heads, given.texts, printed.paragraphs),
        cells=_held(printed.cells, given.cells),
        all_cells=len(printed.cells),
        lost=lost,
        silent=0 if given.warns else lost,
        seconds=given.seconds,
        memory_mb=given.memory_mb,
    )


def _held(true: Iterable[str], found: Iterable[str]) -> int:
    return sum((Counter(map(fold, true)) & Counter(map(fold, found))).values())


def together(worths: Sequence[Worth]) -> Worth:
    """The sums; of memory the most."""
    sums = {name: sum(getattr(one, name) for one in worths) for name in Worth.__struct_fields__ if name != "memory_mb"}
    return Worth(**sums, memory_mb=max((one.memory_mb for one in worths), default=0.0))
