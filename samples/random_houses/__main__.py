"""``python -m samples.random_houses -o FOLDER --seed 1 --houses thesis,taiwan``: FOLDER/NAME.pdf and NAME.json."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec
import typst

from samples.random_houses.houses import HOUSES
from samples.random_houses.matter import Matter
from samples.wear import wear_pdf


def make(folder: Path, house: str, seed: int, wear: str) -> Path:
    """The document of a house and a seed, worn like a scan where asked for."""
    name = f"{house}_{seed}"
    sheet = HOUSES[house](Matter(seed))
    source, target = folder / f"{name}.typ", folder / f"{name}.pdf"
    source.write_text(sheet.typst, encoding="utf-8")
    typst.compile(source, output=target)
    if wear:
        drawn = target.rename(folder / f"{name}.drawn.pdf")
        wear_pdf(drawn, target, dpi=200, wear=wear, text_layer="none", seed=seed)
        drawn.unlink()
    (folder / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(sheet.truth)))
    source.unlink()
    return target


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m samples.random_houses", description="Set documents at random.")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--houses", default=",".join(HOUSES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wear", default="", help="empty for drawn type, else light, heavy …")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for house in given.houses.split(","):
        make(given.out, house, given.seed, given.wear)


if __name__ == "__main__":
    main()
