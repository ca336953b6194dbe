"""Typeset the articles and write their truth: ``python -m samples.build [NAME…]``."""

from __future__ import annotations

import sys

import msgspec
import pypdfium2

from samples.article import FOLDER, article_names, load_article
from samples.derive import derive_truth
from samples.typeset import typeset


def build(name: str) -> None:
    """Write ``typeset/NAME.pdf`` and ``truth/NAME.json``."""
    article = load_article(name)
    pdf = FOLDER / "typeset" / f"{name}.pdf"
    marks = typeset(article, pdf)
    truth = derive_truth(article, marks, len(pypdfium2.PdfDocument(pdf)))
    encoded = msgspec.json.format(msgspec.json.encode(truth), indent=1)
    (FOLDER / "truth" / f"{name}.json").write_bytes(encoded + b"\n")
    print(f"{name}: {truth.pages} pages, {len(truth.sections)} sections, {len(truth.references)} references")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or article_names():
        build(chosen)
