"""How fast whole programs read the same pages: ``python -m bench.speed``; prints seconds a page and ratios.

Programs take turns; a ratio is the median over the rounds, each program against recover in its own round.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf

from bench.accuracy.cases import article_names, list_cases, make_scan
from bench.speed.contenders import CONTENDERS, Cost, time_contender
from bench.speed.phases import measure, table
from samples.article import FOLDER


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="Time recover beside other programs.")
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--wear", default="light")
    parser.add_argument("--rounds", type=int, default=3, help="every program in turn so often")
    parser.add_argument("--programs", default=",".join(one.name for one in CONTENDERS))
    parser.add_argument("--phases", action="store_true", help="where the time of one process goes, instead")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="of the environment of the others")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "pages.pdf"
        pages = gather_pages(pdf, given.pages, given.dpi, given.wear)
        print(f"{pages} pages at {given.dpi} dpi, {given.wear} wear", flush=True)
        if given.phases:
            print(table(*measure(pdf)))
            return
        rounds = [_round(given, pdf, Path(folder) / str(turn)) for turn in range(given.rounds)]
    for one in CONTENDERS:
        if one.name in given.programs.split(","):
            print(describe(one.name, rounds, pages))


def _round(given: argparse.Namespace, pdf: Path, folder: Path) -> dict[str, Cost]:
    """What every program cost that is there and does not fail."""
    spent = {
        one.name: time_contender(one, pdf, folder / one.name, given.dpi, given.python)
        for one in CONTENDERS
        if one.name in given.programs.split(",")
    }
    return {name: cost for name, cost in spent.items() if cost is not None}


def gather_pages(pdf: Path, count: int, dpi: int, wear: str) -> int:
    """Pages of the samples' scans, from the first on; how many there are."""
    with pikepdf.new() as book:
        for case in list_cases(FOLDER, article_names(FOLDER), [dpi], [wear], ["none"]):
            with pikepdf.open(make_scan(case)) as scan:
                book.pages.extend(scan.pages[: max(0, count - len(book.pages))])
        book.save(pdf)
        return len(book.pages)


def describe(name: str, rounds: Sequence[Mapping[str, Cost]], pages: int) -> str:
    costs = [each[name] for each in rounds if name in each]
    if not costs:
        return f"{name:10} not installed, or failed"
    wall = statistics.median(cost.seconds for cost in costs)
    processor = statistics.median(cost.processor for cost in costs)
    told = f"{name:10} {wall:7.1f} s, {wall / pages:5.2f} a page; {processor / pages:5.2f} s of processor a page"
    pairs = [(each[name], each["recover"]) for each in rounds if name in each and "recover" in each]
    if name == "recover" or not pairs:
        return told
    ratio = statistics.median(one.seconds / ours.seconds for one, ours in pairs)
    of_processor = statistics.median(one.processor / ours.processor for one, ours in pairs)
    return f"{told}; {ratio:.2f} times as long ({of_processor:.2f} of the processor)"


if __name__ == "__main__":
    main()
