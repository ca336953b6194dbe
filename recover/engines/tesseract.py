"""Tesseract fed with single lines: every line a page of one TIFF, so that a process start serves many of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import msgspec
import numpy as np
from lxml import etree
from PIL import Image

from recover.engines.openvino_core import Cpu
from recover.errors import Check, EngineFailed, MissingComponent
from recover.lexicon.characters import is_han, is_latin, is_wide
from recover.model.page import Reading
from recover.model.raster import Pixels
from recover.model.records import Origin
from recover.settings import cores

LANGUAGES = ("chi_sim", "eng")
REMEDY = "apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng"
OPTIONAL = "optional: apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng"
# A line takes a tenth of a second; a process that needs minutes for a stack hangs.
TIMEOUT_S = 600
# Single lines, a box and a confidence for every character, and what else each may be.
CONFIG = "--psm 7 -c hocr_char_boxes=1 -c lstm_choice_mode=2"


def require_tesseract() -> None:
    """Raise MissingComponent unless the program and both languages are installed."""
    import pytesseract  # noqa: PLC0415 it loads pandas where that is installed

    try:
        known = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, OSError) as error:
        raise MissingComponent("tesseract", "the program is not installed", REMEDY) from error
    missing = [name for name in LANGUAGES if name not in known]
    if missing:
        raise MissingComponent(f"tesseract {missing[0]}", "the language is not installed", _installing(*missing))


def _installing(*languages: str) -> str:
    """How languages of Tesseract are installed."""
    packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in languages)
    return f"apt-get install {packages}"


def run_tesseract(images: Sequence[Pixels], language: str) -> bytes:
    """The hOCR of ``images``, a page each; raises EngineFailed."""
    import pytesseract  # noqa: PLC0415

    # Without this, threads that wait for each other made Tesseract 10 to 40 times slower.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory(prefix="recover-") as folder:
        stack = Path(folder) / "lines.tif"
        frames = [Image.fromarray(image) for image in images]
        frames[0].save(stack, save_all=True, append_images=frames[1:])
        try:
            return _as_bytes(
                pytesseract.image_to_pdf_or_hocr(
                    str(stack), lang=language, config=CONFIG, extension="hocr", timeout=TIMEOUT_S
                )
            )
        except (pytesseract.TesseractError, RuntimeError, OSError) as error:
            remedy = "run 'recover doctor', or use --engine ppocr"
            raise EngineFailed("tesseract", f"reading lines failed ({error})", remedy) from error


def _as_bytes(output: object) -> bytes:
    return output if isinstance(output, bytes) else str(output).encode()


# Tesseract's hOCR of single lines taken apart: characters with their places, confidences and rivals.

_BOX = re.compile(r"x_bboxes (\d+) (\d+) (\d+) (\d+)")
_CONFIDENCE = re.compile(r"x_confs? ([\d.]+)")
MAX_RIVALS = 5
# The list of rivals comes without usable shares; a rival gets this part of what the chosen one left over.
RIVAL_SHARE = 0.5


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A character: its left and right edge in pixels, confidence 0 to 1, rivals, and whether it begins a word."""

    text: str
    left: float
    right: float
    confidence: float
    rivals: tuple[tuple[str, float], ...] = ()
    begins_word: bool = False


def parse_pages(hocr: bytes) -> tuple[tuple[Seen, ...], ...]:
    """The characters of every page, from left to right."""
    root = etree.fromstring(hocr, etree.HTMLParser(encoding="utf-8"))
    pages = root.iterfind(".//div[@class='ocr_page']") if root is not None else iter(())
    return tuple(tuple(_page(page)) for page in pages)


def _page(page: etree._Element) -> Iterator[Seen]:
    for word in page.iterfind(".//span[@class='ocrx_word']"):
        begins = True
        for node in word.iter("span"):
            seen = _char(node, begins_word=begins)
            if seen is not None:
                yield seen
                begins = False


def _char(node: etree._Element, *, begins_word: bool) -> Seen | None:
    title, text = str(node.get("title", "")), (node.text or "").strip()
    box = _BOX.search(title)
    if box is None or not text:
        return None
    confidence = _confidence(title)
    return Seen(
        text=text,
        left=float(box[1]),
        right=float(box[3]),
        confidence=confidence,
        rivals=_rivals(node, text, 1 - confidence),
        begins_word=begins_word,
    )


def _rivals(node: etree._Element, chosen: str, left_over: float) -> tuple[tuple[str, float], ...]:
    """What stands in the list of choices that follows a character."""
    beside = node.getnext()
    if beside is None or not str(beside.get("id", "")).startswith("lstm_choices"):
        return ()
    texts = [(choice.text or "").strip() for choice in beside.iterfind("span")]
    others = [text for text in dict.fromkeys(texts) if text and text != chosen][:MAX_RIVALS]
    return tuple((text, round(left_over * RIVAL_SHARE ** (rank + 1), 4)) for rank, text in enumerate(others))


def _confidence(title: str) -> float:
    found = _CONFIDENCE.search(title)
    return min(1.0, float(found[1]) / 100) if found else 0.0


# Lines read by Tesseract: Chinese by its Chinese model alone, lines without Chinese by its English one.

# Of the body's height: superscripts end above the first, are between the next two high, begin above the last.
FOOT, LOWEST, HIGHEST, HEAD = 0.72, 0.28, 0.75, 0.3
# Shapes of one superscript stand closer than this, in body heights; narrower groups are quotes and dots.
REACH, NARROWEST = 0.5, 0.35
MAX_ENLARGING = 2.0
SPACE_PX = 2


class Piece(msgspec.Struct, frozen=True):
    """A stretch of the new line: where it begins, where it came from, and how far it was enlarged."""

    start: float
    origin: float
    scale: float


class Lifted(msgspec.Struct, frozen=True, kw_only=True):
    """A line without raised print, and the way back to the old one's x."""

    pixels: Pixels
    pieces: tuple[Piece, ...]

    def back(self, x: float) -> float:
        piece = [piece for piece in self.pieces if piece.start <= x or piece is self.pieces[0]][-1]
        return piece.origin + (x - piece.start) / piece.scale


class _Run(msgspec.Struct, frozen=True):
    left: int
    right: int
    top: int
    bottom: int


def level_superscripts(line: Pixels) -> Lifted:
    """``line`` with its superscripts set like its body."""
    ink = _ink(line)
    body = _body(ink)
    groups = [] if body is None else _raised(ink, *body)
    if body is None or not groups:
        return Lifted(pixels=line, pieces=(Piece(0.0, 0.0, 1.0),))
    return _rebuild(line, groups, body)


def _ink(line: Pixels) -> Pixels:
    return np.asarray(cv2.threshold(line, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1], np.uint8)


def _body(ink: Pixels) -> tuple[float, float] | None:
    """Top and bottom of the line's full-height print."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    tall = stats[1:][stats[1:, cv2.CC_STAT_HEIGHT] > 0.45 * ink.shape[0]]
    if not len(tall):
        return None
    tops = tall[:, cv2.CC_STAT_TOP]
    return float(np.median(tops)), float(np.median(tops + tall[:, cv2.CC_STAT_HEIGHT]))


def _raised(ink: Pixels, top: float, bottom: float) -> list[_Run]:
    """Groups of neighbouring shapes that are all small and high."""
    height = bottom - top
    groups: list[_Run] = []
    is_open = False
    for run in _runs(ink):
        size = run.bottom - run.top
        is_raised = run.bottom < top + FOOT * height and LOWEST * height < size < HIGHEST * height
        if is_raised and is_open and run.left - groups[-1].right < REACH * height:
            last = groups.pop()
            groups.append(_Run(last.left, run.right, min(last.top, run.top), max(last.bottom, run.bottom)))
        elif is_raised:
            groups.append(run)
        is_open = is_raised
    return [g for g in groups if g.right - g.left >= NARROWEST * height and g.top <= top + HEAD * height]


def _runs(ink: Pixels) -> list[_Run]:
    """Shapes between white columns, from left to right."""
    inked = np.flatnonzero(ink.any(axis=0))
    if not inked.size:
        return []
    runs = []
    for columns in np.split(inked, np.flatnonzero(np.diff(inked) > max(1, 0.03 * ink.shape[0])) + 1):
        left, right = int(columns[0]), int(columns[-1]) + 1
        rows = np.flatnonzero(ink[:, left:right].any(axis=1))
        runs.append(_Run(left, right, int(rows[0]), int(rows[-1]) + 1))
    return runs


def _rebuild(line: Pixels, groups: list[_Run], body: tuple[float, float]) -> Lifted:
    paper = int(np.percentile(line, 80))
    strips: list[Pixels] = []
    pieces: list[Piece] = []
    start, done = 0, 0
    for group in groups:
        left, right = max(done, group.left - 1), min(line.shape[1], group.right + 1)
        scale = min(MAX_ENLARGING, max(1.0, 0.95 * (body[1] - body[0]) / (group.bottom - group.top)))
        lowered = _lowered(
            line[max(0, group.top - 1) : group.bottom + 1, left:right], scale, line.shape[0], body, paper
        )
        pieces += [Piece(start, done, 1.0), Piece(start + left - done + SPACE_PX, left, scale)]
        strips += [line[:, done:left], lowered]
        start += left - done + lowered.shape[1]
        done = right
    pieces.append(Piece(start, done, 1.0))
    return Lifted(pixels=np.hstack([*strips, line[:, done:]]), pieces=tuple(pieces))


def _lowered(raised: Pixels, scale: float, height: int, body: tuple[float, float], paper: int) -> Pixels:
    """A superscript's picture, enlarged, on the baseline of a strip of paper."""
    large = cv2.resize(raised, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    strip = np.full((height, large.shape[1] + 2 * SPACE_PX), paper, np.uint8)
    foot = min(height, round(body[1]) + 1)
    head = max(0, foot - large.shape[0])
    strip[head:foot, SPACE_PX:-SPACE_PX] = large[large.shape[0] - (foot - head) :]
    return strip


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


def open_reader(cpu: Cpu) -> TesseractReader:
    """Raises MissingComponent when the program or a language is missing."""
    require_tesseract()
    return TesseractReader(cpu.threads)


def checks() -> Iterator[Check]:
    """Whether the program and its languages are there; nobody needs them who does not choose them."""
    program = shutil.which("tesseract")
    if program is None:
        yield Check(name="Tesseract", works=False, found="not installed", remedy=OPTIONAL, needed=False)
        return
    yield Check(name="Tesseract", works=True, found=_say(program, "--version").split("\n", 1)[0], needed=False)
    known = _say(program, "--list-langs").split()
    for language in LANGUAGES:
        found = "installed" if language in known else "not installed"
        remedy = "" if language in known else _installing(language)
        yield Check(name=f"Tesseract {language}", works=language in known, found=found, remedy=remedy, needed=False)


def _say(program: str, argument: str) -> str:
    done = subprocess.run([program, argument], capture_output=True, text=True, check=False, timeout=30)  # noqa: S603 found by which
    return done.stdout or done.stderr


class TesseractReader:
    """Reads lines with the Tesseract program; ``open_reader`` makes sure that it is there."""

    name: Origin = "tesseract"

    def __init__(self, threads: int = 0) -> None:
        self._threads = threads or cores()

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
