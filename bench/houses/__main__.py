"""Ten houses of print recovered and judged: ``python -m bench.houses --seed 1 --wear light``."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean

import msgspec

from bench.houses.judge import HouseScore, judge_house
from recover.export.document_json import read
from samples.random_houses.__main__ import make
from samples.random_houses.houses import HOUSES, UNSEEN
from samples.random_houses.sheet import HouseTruth

MEASURES = (
    "title",
    "authors",
    "headings",
    "text",
    "apart",
    "references",
    "cited",
    "notes",
    "anchored",
    "toc",
    "fields",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.houses", description="Measure the outline of ten houses.")
    parser.add_argument("--houses", default=",".join(HOUSES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wear", default="light", help="empty for drawn type")
    given = parser.parse_args()
    print(_row("house", MEASURES))
    scores = {house: _score(house, given.seed, given.wear) for house in given.houses.split(",")}
    for name, half in (("seen", set(HOUSES) - set(UNSEEN)), ("unseen", set(UNSEEN))):
        chosen = [score for house, score in scores.items() if house in half]
        if chosen:
            print(_row(name, [_mean(getattr(score, measure) for score in chosen) for measure in MEASURES]))


def _score(house: str, seed: int, wear: str) -> HouseScore:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        path = make(folder, house, seed, wear)
        subprocess.run(["recover", "pdf", str(path), "-o", str(folder / "out")], check=True, capture_output=True)
        truth = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=HouseTruth)
        score = judge_house(read(folder / "out" / path.stem / "document.json"), truth)
    print(_row(house, [getattr(score, measure) for measure in MEASURES]), *score.wrong, flush=True)
    return score


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(mean(known), 3) if known else None


def _row(name: str, cells: Sequence[object]) -> str:
    return f"{name:<14}" + "".join(f"{'' if cell is None else cell!s:>11}" for cell in cells)


if __name__ == "__main__":
    main()
