"""The programs that are compared: each a process that reads a file and leaves its text, paragraph by paragraph."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from recover.model.document import Document

# Scripts for the Python that has the peers; each writes one JSON list of texts to its last argument. Settings are the
# programs' own defaults for Chinese, as their manuals show them; pictures come as one-page PDFs.
_LAYER = """
import json, sys, pypdfium2
pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(sys.argv[1])]
json.dump("".join(pages).replace("\\r", "").split("\\n"), open(sys.argv[2], "w"))
"""
_RAPIDOCR = """
import json, sys, pypdfium2
from rapidocr import RapidOCR
engine, texts = RapidOCR(), []
for page in pypdfium2.PdfDocument(sys.argv[1]):
    found = engine(page.render(scale=200 / 72).to_numpy())
    texts += list(found.txts or ())
json.dump(texts, open(sys.argv[2], "w"))
"""
_OCRMYPDF = """
import json, subprocess, sys, pypdfium2
made = sys.argv[2] + ".pdf"
options = ["--force-ocr", "-l", "chi_sim+eng", "--deskew", "-q"]
subprocess.run([sys.executable, "-m", "ocrmypdf", *options, sys.argv[1], made], check=True)
pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
json.dump("".join(pages).replace("\\r", "").split("\\n"), open(sys.argv[2], "w"))
"""
_PYMUPDF = """
import json, re, sys
import pymupdf.layout, pymupdf4llm
told = pymupdf4llm.to_markdown(sys.argv[1], header=False, footer=False)
plain = re.sub(r"!\\[[^]]*\\]\\([^)]*\\)|<[^>]+>|^#+ |\\*\\*|`", "", told, flags=re.M)
json.dump([text for text in re.split(r"\\n+|\\|", plain) if text.strip()], open(sys.argv[2], "w"))
"""
# A process counts as its own the memory of the one it was forked from, so a small one stands between.
_LAUNCHER = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a program made of a file: texts, cells of tables, whether it says that something is wrong, and its cost."""

    texts: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    warns: bool = False
    seconds: float = 0.0
    memory_mb: float = 0.0
    failed: str = ""


Program = Callable[[Path, Path, Path], Given]


def _peer(script: str) -> Program:
    def run(pdf: Path, out: Path, python: Path) -> Given:
        cost = _run([python, "-c", script, pdf, out])
        if cost.failed or not out.exists():
            return cost
        texts = tuple(msgspec.json.decode(out.read_bytes(), type=list[str]))
        return msgspec.structs.replace(cost, texts=texts)

    return run


def _recover(pdf: Path, out: Path, _: Path) -> Given:
    cost = _run([sys.executable, "-m", "recover", "pdf", pdf, "-o", out])
    found = out / pdf.stem / "document.json"
    if not found.exists():
        return cost
    document = msgspec.json.decode(found.read_bytes(), type=Document)
    cells = tuple(cell for table in document.tables for row in table.rows for cell in row if cell.strip())
    return msgspec.structs.replace(
        cost,
        texts=tuple(texts_of(document)),
        cells=cells,
        warns=bool(document.problems) or any(page.open for page in document.account.pages),
        failed="",
    )


def texts_of(document: Document) -> Sequence[str]:
    """All that a document holds as text: no running heads, which it keeps apart."""
    texts = [document.title.zh, document.title.en, *document.abstracts.zh, *document.abstracts.en]
    for section in document.sections:
        texts.append(f"{section.number} {section.title}{section.title_en}")
        texts += [paragraph.text for paragraph in section.paragraphs]
    texts += [block.paragraph.text for block in document.front]
    texts += [text for item in document.toc for text in (item.title, item.label)]
    for table in document.tables:
        texts += [f"{table.label}{table.caption}", *(cell for row in table.rows for cell in row)]
    texts += [f"{figure.label}{figure.caption}" for figure in document.figures]
    texts += [text for figure in document.figures for text in figure.text]
    texts += [note.text for note in document.notes] + [formula.text for formula in document.formulas]
    return [text for text in (*texts, *(reference.raw for reference in document.references)) if text.strip()]


def _run(command: Sequence[object]) -> Given:
    """The cost of a process with all its own: seconds, and the memory of the largest of them."""
    began = time.perf_counter()
    # Tesseract's threads wait for each other: one thread a call is many times faster.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    launched = [sys.executable, "-c", _LAUNCHER, *map(str, command)]
    done = subprocess.run(launched, capture_output=True, text=True, errors="replace", check=False, env=environment)
    failed = (done.stderr.strip().splitlines() or ["failed"])[-1] if done.returncode else ""
    memory_kb = int(done.stdout.split()[-1])
    return Given(seconds=time.perf_counter() - began, memory_mb=memory_kb / 1024, failed=failed)


PROGRAMS: dict[str, Program] = {
    "text layer": _peer(_LAYER),
    "OCRmyPDF": _peer(_OCRMYPDF),
    "RapidOCR": _peer(_RAPIDOCR),
    "pymupdf4llm": _peer(_PYMUPDF),
    "recover": _recover,
}
