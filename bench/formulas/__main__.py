"""Score display formulas: ``python -m bench.formulas [--half seen]``: found, made up, numbers, order of the text.

Each page is read as a scan, and as it was typeset: then its formulas are told in LaTeX too.

Pages are kept in ``~/.cache/recover-bench/formulas``.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from pathlib import Path

from bench.accuracy.fold import fold
from bench.accuracy.infix import find_infix
from recover.api import recover_pdf
from recover.export.content import body
from recover.model.document import Document, Formula, Paragraph
from samples.formulas import LAYOUTS, Item, drawn, items, scan
from samples.marks.sentences import Half
from samples.markup import plain_text

CACHE = Path.home() / ".cache" / "recover-bench" / "formulas"
HALVES: tuple[Half, ...] = ("seen", "unseen")
# A paragraph is found where it differs from the true one by no more than this share.
ALIKE = 0.2


def main() -> None:
    parser = argparse.ArgumentParser(description="Score display formulas.")
    parser.add_argument("--half", choices=(*HALVES, "both"), default="seen")
    given = parser.parse_args()
    for half in HALVES if given.half == "both" else (given.half,):
        for page, layout in enumerate(LAYOUTS[half]):
            content = items(half, page)
            for kind, file in (("scan", scan(half, page, CACHE)), ("drawn", drawn(half, page, CACHE))):
                with tempfile.TemporaryDirectory() as folder:
                    document = recover_pdf(file, Path(folder) / "out")
                print(f"{half} {layout.name:12} {kind:5}", report(document, content), flush=True)


def report(document: Document, content: tuple[Item, ...]) -> str:
    """Formulas with a text before and a text after them in place, numbers that are right, and what was made up."""
    read = [item for item in body(document) if isinstance(item, Formula | Paragraph)]
    places = [_place(item, read) for item in content if item.kind == "text"]
    wanted = [item for item in content if item.kind == "formula"]
    found = [item for item in read if isinstance(item, Formula)]
    ordered = sum(one < two for one, two in itertools.pairwise(places))
    right = sum(_in_place(at, content, read) for at, item in enumerate(content) if item.kind == "formula")
    labels = sum(one.label == two.label for one, two in zip(wanted, found, strict=False))
    wants = {item.latex for item in wanted}
    told = [item.latex for item in found if item.latex]
    return (
        f"formulas {right}/{len(wanted)} in place, {len(found)} found, {labels} numbers right, "
        f"text {ordered}/{len(places) - 1} in order, false headings {sum(bool(s.title) for s in document.sections)}, "
        f"LaTeX {sum(latex in wants for latex in told)} right of {len(told)} told"
    )


def _place(item: Item, read: list[Formula | Paragraph]) -> int:
    """Where the paragraph was read; -1 where it was not."""
    true = fold(plain_text(item.text))
    near = [
        (find_infix(true, fold(one.text)).distance, at) for at, one in enumerate(read) if isinstance(one, Paragraph)
    ]
    distance, at = min(near, default=(len(true), -1))
    return at if distance <= ALIKE * len(true) else -1


def _in_place(at: int, content: tuple[Item, ...], read: list[Formula | Paragraph]) -> bool:
    """Whether a formula stands right behind the paragraph before it."""
    before = next(one for one in reversed(content[:at]) if one.kind == "text")
    behind = _place(before, read) + 1
    return 0 < behind < len(read) and isinstance(read[behind], Formula)


if __name__ == "__main__":
    main()
