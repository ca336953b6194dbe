"""Score raised and lowered characters: ``python -m bench.marks [--half seen] [--dpi 150,200,300] [--errors]``.

A run is right when its text, its place and its kind are; ``false`` are characters of the line that were marked, of
10,000. Pages are kept in ``~/.cache/recover-bench/marks``.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import reduce
from operator import add
from pathlib import Path

from bench.marks.score import Score, score
from recover.engines.readers import Readers, open_readers
from recover.model.page import Line
from recover.pipeline.page import read_page
from recover.pipeline.page_cache import PageStore
from recover.settings import Settings
from recover.stages.acquire.source import open_source
from samples.marks.pages import FACES, scan, sentences, truth
from samples.marks.sentences import Half

CACHE = Path.home() / ".cache" / "recover-bench" / "marks"
HALVES: tuple[Half, ...] = ("seen", "wider", "unseen")


def main() -> None:
    parser = argparse.ArgumentParser(description="Score raised and lowered characters.")
    parser.add_argument("--half", choices=(*HALVES, "all"), default="seen")
    parser.add_argument("--dpi", default="150,200,300")
    parser.add_argument("--errors", action="store_true", help="list every run that was missed or made up")
    given = parser.parse_args()
    settings = Settings()
    readers = open_readers(settings)
    for half in HALVES if given.half == "all" else (given.half,):
        for dpi in map(int, given.dpi.split(",")):
            scores = []
            for face, chosen in enumerate(FACES[half]):
                lines = read(scan(half, face, dpi, CACHE), readers, settings)
                scores.append(score([truth(source) for source in sentences(half, face)], lines))
                _show(f"{half} {dpi} {chosen.name}", scores[-1], is_listed=given.errors)
            _show(f"{half} {dpi} all", reduce(add, scores), is_listed=False)


def read(path: Path, readers: Readers, settings: Settings) -> list[Line]:
    """All lines of a file's pages, in reading order."""
    source = open_source(path, None)
    with tempfile.TemporaryDirectory() as folder:
        pages = [
            read_page(source, index, readers, settings, PageStore(Path(folder))) for index in range(source.page_count)
        ]
    source.close()
    return [line for page in pages for region in page.regions for line in region.lines]


def _show(name: str, found: Score, *, is_listed: bool) -> None:
    false = 10_000 * found.false_chars / max(1, found.plain)
    print(
        f"{name:28} runs {found.runs:4}  F1 {found.f1:.3f}  characters F1 {found.character_f1:.3f}  false {false:.1f}",
        flush=True,
    )
    for error in found.errors if is_listed else ():
        print("   ", error)


if __name__ == "__main__":
    main()
