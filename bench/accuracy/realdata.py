"""Real pages with a truth beside them: how well they are read, paragraph by paragraph."""

from __future__ import annotations

import re
from pathlib import Path

from bench.accuracy.measures.paragraphs import Placed, paragraph_error, paragraph_order, place_paragraphs
from bench.accuracy.recovered import text_pieces
from recover.model.document import Document

_PICTURES = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")

# What Markdown and TeX add to the text on the page.
_MARKUP = (
    (re.compile(r"<[^>]+>"), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"^#+\s*", re.MULTILINE), ""),
    (re.compile(r"\*\*|\$"), ""),
    (re.compile(r"\\(?:mathrm|mathbf|text|mathit|operatorname|boldsymbol)\s*"), ""),
    (re.compile(r"\\(?:left|right|quad|qquad|,|;|!|:)"), ""),
    (re.compile(r"\\mu\b"), "μ"),
    (re.compile(r"\\times\b"), "×"),
    (re.compile(r"\\pm\b"), "±"),
    (re.compile(r"\\leq?\b"), "≤"),
    (re.compile(r"\\geq?\b"), "≥"),
    (re.compile(r"\\triangle\b"), "△"),
    (re.compile(r"\\circ\b"), "°"),
    (re.compile(r"\\([#$%&_{}])"), r"\1"),
    (re.compile(r"\\[a-zA-Z]+"), ""),
    (re.compile(r"[\^_{}\\]|~"), ""),
)

# Displayed formulas and tables are no paragraphs.
_BLOCKS = (re.compile(r"\$\$.*?\$\$", re.DOTALL), re.compile(r"<table.*?</table>", re.DOTALL))


def find_pages(folder: Path) -> dict[Path, Path]:
    """Pages with their truth, which stands beside them as .txt or .md."""
    pairs = {}
    for page in sorted(folder.iterdir()):
        truths = [page.with_suffix(ending) for ending in (".txt", ".md")]
        if page.suffix in _PICTURES and (there := [truth for truth in truths if truth.exists()]):
            pairs[page] = there[0]
    return pairs


def read_paragraphs(truth: Path) -> tuple[str, ...]:
    """The truth's paragraphs: lines of a .txt, blocks of a .md with the markup taken off."""
    text = truth.read_text(encoding="utf-8")
    if truth.suffix == ".txt":
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    for block in _BLOCKS:
        text = block.sub("\n\n", text)
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())


def judge_page(document: Document, truth: Path) -> tuple[float, float, tuple[Placed, ...]]:
    """Paragraph error, order, and each paragraph's place; tables and references count as text here."""
    cells = tuple(cell for table in document.tables for row in table.rows for cell in row)
    captions = tuple(thing.label + thing.caption for thing in document.tables)
    captions += tuple(thing.label + thing.caption for thing in document.figures)
    entries = tuple(reference.raw for reference in document.references)
    recovered = (*text_pieces(document), *captions, *cells, *entries)
    placed = place_paragraphs(read_paragraphs(truth), recovered)
    return paragraph_error(placed).value, paragraph_order(placed).value, placed
