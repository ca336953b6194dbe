"""Made-up documents as scans, and the paragraph that each table is printed behind."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import typst

from bench.tables.made import Made, MadeTable
from bench.tables.typst_source import typst_source
from samples.wear import wear_pdf

_MIDDLE, _WIDE_TOP, _WIDE_FOOT = 300.0, 0, 9


def scan(made: Made, folder: Path, fonts: Sequence[Path]) -> tuple[Path, dict[int, int]]:
    """The scan's file, and for each table's place among the items that of the heading or paragraph before it."""
    with tempfile.TemporaryDirectory() as temporary:
        source, drawn = Path(temporary) / "made.typ", folder / f"{made.name}.typeset.pdf"
        source.write_text(typst_source(made), encoding="utf-8")
        paths = [str(path) for path in fonts]
        typst.compile(str(source), output=str(drawn), font_paths=paths, timestamp=0)
        marks = json.loads(typst.query(str(source), "<mark>", field="value", font_paths=paths))
    out = folder / f"{made.name}.pdf"
    wear_pdf(drawn, out, dpi=made.dpi, wear=made.wear, text_layer="none")
    return out, _befores(made, {mark["key"]: mark for mark in marks})


def _befores(made: Made, marks: Mapping[str, Mapping[str, str]]) -> dict[int, int]:
    """What begins last before each table in the order of reading: page, column, height."""
    places = {}
    for at, item in enumerate(made.items):
        kind = "table" if isinstance(item, MadeTable) else item[0]
        places[at] = _place(made, item, marks[f"{kind}-{at}"])
    tables = [at for at, item in enumerate(made.items) if isinstance(item, MadeTable)]
    texts = [at for at in places if at not in tables]
    return {
        at: max((text for text in texts if places[text] < places[at]), key=places.__getitem__, default=-1)
        for at in tables
    }


def _place(made: Made, item: tuple[str, str] | MadeTable, mark: Mapping[str, str]) -> tuple[int, int, float]:
    x, y = (float(mark[axis].removesuffix("pt")) for axis in ("x", "y"))
    column = 1 + (made.columns == 2 and x > _MIDDLE - 10)
    if isinstance(item, MadeTable) and item.wide:
        column = _WIDE_FOOT if item.placed == "bottom" else _WIDE_TOP
    return int(mark["page"]), column, y
