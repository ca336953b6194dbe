"""Measure accuracy over the samples and over real pages: ``python -m bench.accuracy --help``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import get_args

import msgspec

from bench.accuracy.cases import Case, article_names, list_cases, make_scan
from bench.accuracy.judge import Judgement, judge
from bench.accuracy.realdata import find_pages, judge_page
from bench.accuracy.run import Run, recover_files
from bench.accuracy.table import render_table
from samples.article import FOLDER
from samples.degrade import WEARS
from samples.truths import load_truth
from samples.wear import TextLayer


def main() -> None:
    given = _parser().parse_args()
    chosen = article_names(given.samples_dir) if given.samples is None else given.samples
    try:
        cases = list_cases(given.samples_dir, chosen, given.dpi, given.wear, given.text_layer)
    except ValueError as error:
        raise SystemExit(str(error)) from None
    options = ("--engine", given.engine, *given.option)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        results = _measure_samples(cases, folder, options)
        pages = _measure_pages(given.pages_dir, folder, options) if given.pages_dir else {}
    if given.json:
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode({"samples": results, "pages": pages})))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description="Measure accuracy.")
    parser.add_argument("--samples", type=_list, help="names of articles, all by default; empty for none")
    parser.add_argument("--samples-dir", type=Path, default=FOLDER, help="a folder with typeset/ and truth/ below it")
    parser.add_argument("--dpi", type=_numbers, default=[150, 200, 300])
    parser.add_argument("--wear", type=_list, default=["light"], help=", ".join(WEARS))
    parser.add_argument("--text-layer", type=_list, default=["none"], help=", ".join(get_args(TextLayer)))
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--option", action="append", default=[], help="passed on to recover, may be repeated")
    parser.add_argument("--pages-dir", type=Path, help="a folder of pages with their truth beside them")
    parser.add_argument("--keep", type=Path, help="recover into this folder; what is there already is only measured")
    parser.add_argument("--json", type=Path, help="write all figures and what went wrong to this file")
    return parser


def _list(text: str) -> list[str]:
    return [part for part in text.split(",") if part]


def _numbers(text: str) -> list[int]:
    return [int(part) for part in _list(text)]


def _measure_samples(cases: list[Case], folder: Path, options: tuple[str, ...]) -> dict[str, Judgement | None]:
    if not cases:
        return {}
    scans = {case.name: make_scan(case) for case in cases}
    run = recover_files(list(scans.values()), folder, *options)
    results = {case.name: _judge_case(case, run) for case in cases}
    print(render_table(results.items()))
    _print_run(run)
    return results


def _judge_case(case: Case, run: Run) -> Judgement | None:
    document = run.documents.get(case.name)
    return judge(document, load_truth(case.sample, case.folder), case.text_layer) if document else None


def _measure_pages(pages_dir: Path, folder: Path, options: tuple[str, ...]) -> dict[str, dict[str, float]]:
    truths = find_pages(pages_dir)
    run = recover_files(list(truths), folder, *options)
    print(f"\n{'page':<34}{'error':>8}{'order':>8}")
    figures = {}
    for page, truth in truths.items():
        if page.stem not in run.documents:
            print(f"{page.stem:<34}{'failed':>8}")
            continue
        error, order, _ = judge_page(run.documents[page.stem], truth)
        print(f"{page.stem:<34}{100 * error:>7.2f}%{order:>8.3f}")
        figures[page.stem] = {"paragraph_error": error, "order": order}
    _print_run(run)
    return figures


def _print_run(run: Run) -> None:
    pages = sum(document.source.pages for document in run.documents.values())
    print(f"{pages} pages in {run.seconds:.1f} s")
    if run.messages.strip():
        print(run.messages.strip()[-2000:])


if __name__ == "__main__":
    main()
