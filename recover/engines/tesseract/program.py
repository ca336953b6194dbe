"""The Tesseract program: whether it is there, and what it makes of a stack of line images."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from recover.engines.reading import Pixels
from recover.errors import EngineFailed, MissingComponent

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
