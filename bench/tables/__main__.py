"""``python -m bench.tables [FIRST LAST] [--fonts DIR …] [--keep DIR]``: recover made-up tables and print the scores."""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

import recover
from bench.tables.made import make
from bench.tables.measure import Score, f1, judge, total
from bench.tables.scans import scan


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.tables", description=__doc__)
    parser.add_argument("first", type=int, nargs="?", default=0)
    parser.add_argument("last", type=int, nargs="?", default=41)
    parser.add_argument("--fonts", type=Path, nargs="*", default=[], help="folders of more fonts")
    parser.add_argument("--keep", type=Path, help="where scans and recovered folders are left")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        _run(range(given.first, given.last + 1), folder, given.fonts)


def _run(numbers: range, folder: Path, fonts: list[Path]) -> None:
    by_kind: defaultdict[str, list[Score]] = defaultdict(list)
    for number in numbers:
        made = make(number)
        pdf, befores = scan(made, folder, fonts)
        score = judge(recover.recover_pdf(pdf, folder / made.name), made, befores)
        print(_row(f"{made.name} {made.dpi} dpi", score), *score.notes, sep="; ", flush=True)
        for kind in (made.name.partition("-")[2], f"{made.dpi} dpi", "all"):
            by_kind[kind].append(score)
    for kind, scores in by_kind.items():
        print(_row(kind, total(scores)))


def _row(name: str, score: Score) -> str:
    placed = f"{score.placed[0]}/{score.placed[1]}"
    shares = (f"{kind} {f1(getattr(score, kind)):.3f}" for kind in ("cells", "texts", "spans"))
    return f"{name:<28} {' '.join(shares)} placed {placed}"


if __name__ == "__main__":
    main()
