"""The Tesseract program: whether it is there, and what it makes of a stack of line images."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from lxml import etree
from PIL import Image

from recover.errors import EngineFailed, MissingComponent
from recover.model.raster import Pixels

LANGUAGES = ("chi_sim", "eng")
REMEDY = "apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng"
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
        package = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in missing)
        raise MissingComponent(f"tesseract {missing[0]}", "the language is not installed", f"apt-get install {package}")


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
