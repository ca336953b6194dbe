"""Fields of reference lists that no sample has, from scans: ``python -m bench.references.scans --half unseen``.

The invented entries are set as numbered lists at random, a style a document, worn and recovered.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import typst

from bench.references.fields import Miss, Table, fields_of, measure, show, summed, total
from recover.export.document_json import read
from recover.model.csl import CslItem
from recover.model.document import Document
from samples.random_houses.matter import Matter
from samples.random_houses.sheet import Sheet
from samples.references.strings import Row, style_rows
from samples.wear import wear_pdf

# Styles whose entries stand in numbered lists; their own numbers are left out.
STYLES = ("gbt-numeric", "gbt-2025", "gbt-2025-numeric", "vancouver", "nature", "ieee", "eighties", "web-and-others")
_NUMBER = re.compile(r"^\[\d+\]\s*")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--half", choices=("seen", "unseen", "fresh", "all"), default="unseen")
    options.add_argument("--styles", default=",".join(STYLES))
    options.add_argument("--wear", default="light")
    options.add_argument("--dpi", type=int, default=200)
    options.add_argument("--misses", action="store_true")
    asked = options.parse_args()
    rows = style_rows(asked.half)
    whole: Table = {}
    misses: list[Miss] = []
    for style in asked.styles.split(","):
        own = [row for row in rows if row.source == style]
        table, missed = _judged(own, _recovered(own, asked.wear, asked.dpi))
        whole |= table
        misses += missed
        print(f"{style:20}{len(own):>4} entries {_share(table):.4f}", flush=True)
    show("scans", whole)
    if asked.misses:
        for field, true, found, string in misses:
            print(f"{field}: {true!r} read as {found!r}\n    {string}")


def _share(table: Table) -> float:
    right, judged = total(summed(table))
    return right / max(1, judged)


def _recovered(rows: Sequence[Row], wear: str, dpi: int) -> Document:
    """The document of a list, as recover reads its scan."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        drawn, scan = folder / "drawn.pdf", folder / "scan.pdf"
        (folder / "list.typ").write_text(_sheet(rows).typst, encoding="utf-8")
        typst.compile(folder / "list.typ", output=drawn)
        wear_pdf(drawn, scan, dpi=dpi, wear=wear, text_layer="none", seed=len(rows))
        subprocess.run(["recover", "pdf", str(scan), "-o", str(folder / "out")], check=True, capture_output=True)
        return read(folder / "out" / "scan" / "document.json")


def _sheet(rows: Sequence[Row]) -> Sheet:
    matter, sheet = Matter(len(rows)), Sheet("list")
    sheet.line(matter.title(), size=16, bold=True)
    sheet.line(matter.name(), size=11)
    sheet.heading("1", "引言", "1　引言", bold=True, centred=False)
    for _ in range(3):
        sheet.paragraph(matter.paragraph())
    sheet.line("参考文献", bold=True)
    for number, row in enumerate(rows, 1):
        sheet.entry(f"[{number}] {_NUMBER.sub('', row.string)}")
    return sheet


def _judged(rows: Sequence[Row], document: Document) -> tuple[Table, list[Miss]]:
    """Each entry against the recovered one of its number; a lost one has no field right."""
    items = {reference.number: reference.csl for reference in document.references}
    found = {row.string: items.get(number, CslItem()) for number, row in enumerate(rows, 1)}
    return measure(rows, lambda string: fields_of(found[string]))


if __name__ == "__main__":
    main()
