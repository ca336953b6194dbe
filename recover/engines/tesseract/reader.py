"""Lines read by Tesseract: Chinese by its Chinese model alone, lines without Chinese by its English one.

Given both languages at once, Tesseract chooses one word by word and reads whole Chinese phrases as English: with
``chi_sim+eng`` 8 % of the characters of our samples were wrong, with the language chosen line by line 3.5 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import cv2
import msgspec
import numpy as np

from recover.engines.reading import Pixels, Reading
from recover.engines.tesseract.hocr import Seen, parse_pages
from recover.engines.tesseract.lift import Lifted, level_superscripts
from recover.engines.tesseract.program import require_tesseract, run_tesseract
from recover.limits import cores
from recover.text.scripts import is_han, is_latin, is_wide

# The height Tesseract's networks were trained at, with the white they expect around a line.
HEIGHT_PX = 48
BORDER_PX = 12
# Lines a process start: loading the models takes as long as reading five lines.
STACK = 60
# A line with less ink than this has nothing to read.
MIN_SIDE_PX = 4


class _Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A line made ready, and the way from its x back to the given image's."""

    pixels: Pixels
    lifted: Lifted
    scale: float
    width: float

    def back(self, x: float) -> float:
        return max(0.0, min(self.width, self.lifted.back((x - BORDER_PX) / self.scale)))


class TesseractReader:
    """Reads lines with the Tesseract program; ``open`` makes sure that it is there."""

    name = "tesseract"
    letter = "s"

    def __init__(self, threads: int = 0) -> None:
        self._threads = threads or cores()

    @classmethod
    def open(cls, threads: int = 0) -> TesseractReader:
        """Raises MissingComponent when the program or a language is missing."""
        require_tesseract()
        return cls(threads)

    def read(self, images: Sequence[Pixels]) -> tuple[Reading, ...]:
        """One reading an image, in order; raises EngineFailed."""
        usable = [index for index, image in enumerate(images) if min(image.shape) >= MIN_SIDE_PX]
        sheets = [_sheet(images[index]) for index in usable]
        seen = self._read(sheets, "chi_sim")
        foreign = [at for at, chars in enumerate(seen) if _is_foreign(chars)]
        for at, chars in zip(foreign, self._read([sheets[at] for at in foreign], "eng"), strict=True):
            seen[at] = chars or seen[at]
        readings = [Reading()] * len(images)
        for index, sheet, chars in zip(usable, sheets, seen, strict=True):
            readings[index] = _reading(chars, sheet)
        return tuple(readings)

    def _read(self, sheets: Sequence[_Sheet], language: str) -> list[tuple[Seen, ...]]:
        size = max(1, min(STACK, -(-len(sheets) // self._threads)))
        stacks = [[sheet.pixels for sheet in sheets[at : at + size]] for at in range(0, len(sheets), size)]
        with ThreadPoolExecutor(self._threads) as pool:
            pages = pool.map(lambda stack: _padded(parse_pages(run_tesseract(stack, language)), len(stack)), stacks)
            return [chars for stack in pages for chars in stack]


def _padded(pages: tuple[tuple[Seen, ...], ...], count: int) -> tuple[tuple[Seen, ...], ...]:
    """As many pages as there were lines; Tesseract leaves none out, but a crash midway would."""
    return (*pages, *(() for _ in range(count - len(pages))))[:count]


def _sheet(image: Pixels) -> _Sheet:
    lifted = level_superscripts(image)
    height = lifted.pixels.shape[0]
    scale = HEIGHT_PX / height
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(lifted.pixels, (max(1, round(lifted.pixels.shape[1] * scale)), HEIGHT_PX), interpolation=kind)
    paper = int(np.percentile(sized, 90))
    edges = (BORDER_PX,) * 4
    pixels = np.asarray(cv2.copyMakeBorder(sized, *edges, cv2.BORDER_CONSTANT, value=paper), np.uint8)
    return _Sheet(pixels=pixels, lifted=lifted, scale=scale, width=float(image.shape[1]))


def _is_foreign(chars: Sequence[Seen]) -> bool:
    """A line with Latin letters and hardly a Chinese character, which may itself be misread."""
    han = sum(is_han(char.text[0]) for char in chars)
    latin = sum(is_latin(char.text[0]) for char in chars)
    return latin >= 3 and han <= 0.1 * latin


def _reading(chars: Sequence[Seen], sheet: _Sheet) -> Reading:
    text: list[str] = []
    centers: list[float] = []
    confidences: list[float] = []
    alternatives: list[tuple[tuple[str, float], ...]] = []
    for number, char in enumerate(chars):
        if number and _is_space(chars[number - 1], char):
            text.append(" ")
            centers.append(sheet.back((chars[number - 1].right + char.left) / 2))
            confidences.append(min(chars[number - 1].confidence, char.confidence))
            alternatives.append(())
        left, right = sheet.back(char.left), sheet.back(char.right)
        for part, piece in enumerate(char.text):
            text.append(piece)
            centers.append(left + (part + 0.5) * (right - left) / len(char.text))
            confidences.append(round(char.confidence, 4))
            alternatives.append(char.rivals if len(char.text) == 1 else ())
    return Reading(
        text="".join(text),
        centers=tuple(centers),
        confidences=tuple(confidences),
        alternatives=tuple(alternatives),
    )


def _is_space(before: Seen, after: Seen) -> bool:
    """A word's beginning is a space, but never beside Chinese type, whose cells bring their own."""
    return after.begins_word and not is_wide(before.text[-1]) and not is_wide(after.text[0])
