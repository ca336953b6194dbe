"""How fast whole programs read the same pages: ``python -m bench.speed``; prints seconds a page and ratios."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import pikepdf

from bench.accuracy.cases import article_names, list_cases, make_scan
from bench.speed.contenders import CONTENDERS, Contender, time_contender
from samples.article import FOLDER


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="Time recover beside other programs.")
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--wear", default="light")
    parser.add_argument("--rounds", type=int, default=1, help="every program in turn so often; the fastest counts")
    parser.add_argument("--programs", default=",".join(one.name for one in CONTENDERS))
    given = parser.parse_args()
    chosen = [one for one in CONTENDERS if one.name in given.programs.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "pages.pdf"
        pages = gather_pages(pdf, given.pages, given.dpi, given.wear)
        print(f"{pages} pages at {given.dpi} dpi, {given.wear} wear")
        seconds: dict[str, float] = {}
        for turn in range(given.rounds):
            for one in chosen:
                spent = time_contender(one, pdf, Path(folder) / f"{one.name}-{turn}", given.dpi)
                if spent is not None:
                    seconds[one.name] = min(spent, seconds.get(one.name, spent))
    for one in chosen:
        print(describe(one, seconds, pages))


def gather_pages(pdf: Path, count: int, dpi: int, wear: str) -> int:
    """Pages of the samples' scans, from the first on; how many there are."""
    with pikepdf.new() as book:
        for case in list_cases(FOLDER, article_names(FOLDER), [dpi], [wear], ["none"]):
            with pikepdf.open(make_scan(case)) as scan:
                book.pages.extend(scan.pages[: max(0, count - len(book.pages))])
        book.save(pdf)
        return len(book.pages)


def describe(one: Contender, seconds: dict[str, float], pages: int) -> str:
    if one.name not in seconds:
        return f"{one.name:10} not installed, or failed"
    told = f"{one.name:10} {seconds[one.name]:7.1f} s  {seconds[one.name] / pages:6.2f} s a page"
    if one.name == "recover" or "recover" not in seconds:
        return told
    return f"{told}  {seconds[one.name] / seconds['recover']:5.2f} times as long (wanted: {one.wanted:g})"


if __name__ == "__main__":
    main()
