"""Read pages with one step of the cleaning after the other: ``python -m bench.cleanup``.

For every engine and case a row, for every step a column: the share of wrong characters in the lines that were read,
each against its nearest place in the true text. ``median`` is no step of ours: it stands for plain denoising.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import cv2
import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from bench.accuracy.cases import Case, article_names, list_cases, make_scan
from bench.accuracy.fold import fold
from bench.accuracy.judge import true_paragraphs
from recover.engines.page_networks import restore
from recover.engines.readers import Readers, open_readers
from recover.model.geometry import Box, Transform
from recover.model.raster import Pixels, Raster
from recover.settings import Settings
from recover.stages.acquire.source import open_source
from recover.stages.clean.bend import measure_skew
from recover.stages.clean.light import clear_print, flatten
from recover.stages.clean.straighten import make_upright, rotate
from recover.stages.ocr.boxes import bare_ink, split_at_gutters, tidy, type_size
from samples.article import FOLDER
from samples.truths import load_truth

STEPS = ("nothing", "straightened", "flattened", "restored", "median", "as recover does")
# A line counts where it is long enough to be found and is at least this much like its place in the truth.
SHORTEST, LIKE = 8, 60


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cleanup", description="Wrong characters, step by step.")
    parser.add_argument("--samples", default=",".join(article_names(FOLDER)))
    parser.add_argument("--dpi", default="200")
    parser.add_argument("--wear", default="light,heavy")
    parser.add_argument("--engines", default="ppocr,tesseract")
    parser.add_argument("--pages", type=int, default=2, help="pages of each sample")
    given = parser.parse_args()
    dpis = [int(dpi) for dpi in given.dpi.split(",")]
    cases = list_cases(FOLDER, given.samples.split(","), dpis, given.wear.split(","), ["none"])
    print(f"{'engine':10} {'case':28}" + "".join(f"{step:>16}" for step in STEPS))
    for engine in given.engines.split(","):
        readers = open_readers(Settings(engine=engine))
        for case in cases:
            shares = (f"{100 * share:15.2f}%" for share in measure(case, readers, given.pages))
            print(f"{engine:10} {case.name:28}" + "".join(shares), flush=True)


def measure(case: Case, readers: Readers, pages: int) -> list[float]:
    """The share of wrong characters after each of STEPS."""
    target = "".join(map(fold, true_paragraphs(load_truth(case.sample, FOLDER))))
    source = open_source(make_scan(case))
    wrong, total = np.zeros(len(STEPS)), np.zeros(len(STEPS))
    for index in range(min(pages, source.page_count)):
        for at, texts in enumerate(read_cleaned(source.raster(index), readers)):
            one, of = count_wrong(texts, target)
            wrong[at] += one
            total[at] += of
    # Characters that another step's lines have and this one's have not are wrong as well.
    most = max(1.0, float(total.max()))
    return [float(share) for share in (wrong + most - total) / most]


def read_cleaned(page: Raster, readers: Readers) -> list[list[str]]:
    """The texts of a page's lines after each of STEPS."""
    straight = rotate(page, measure_skew(page.pixels)).pixels
    flat = flatten(straight)
    plain = (page.pixels, straight, flat, restore(flat, readers.cpu), cv2.medianBlur(flat, 3))
    return [*(_read(np.asarray(pixels, np.uint8), readers) for pixels in plain), _read_as_recover(page, readers)]


def _read(pixels: Pixels, readers: Readers) -> list[str]:
    raster = Raster(pixels=pixels, to_page=Transform())
    return [one.text for one in readers.reader.read([raster.crop(line) for line in _lines(pixels, readers)])]


def _read_as_recover(page: Raster, readers: Readers) -> list[str]:
    straight, _ = make_upright(page)
    return _read(clear_print(straight, lambda pixels: restore(pixels, readers.cpu))[0].pixels, readers)


def _lines(pixels: Pixels, readers: Readers) -> Sequence[Box]:
    seen = tuple(Box(*line[:4]) for line in readers.finder.find(pixels))
    return tidy(split_at_gutters(seen, bare_ink(pixels, type_size(seen) or 1.0)))


def count_wrong(texts: Sequence[str], target: str) -> tuple[int, int]:
    """Wrong characters, and characters of the truth that the lines stand for."""
    wrong = total = 0
    for text in map(fold, texts):
        place = fuzz.partial_ratio_alignment(text, target) if len(text) >= SHORTEST else None
        if place is not None and place.score >= LIKE:
            true = target[place.dest_start : place.dest_end]
            wrong += Levenshtein.distance(text, true)
            total += len(true)
    return wrong, total


if __name__ == "__main__":
    main()
