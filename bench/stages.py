"""What every stage is worth: ``python -m bench.stages``, the samples read again with each stage switched off in turn.

A stage is switched off where the recipe calls it: what it was given goes on unchanged. Pages are read again only where
a stage of pages is off. Prints a Markdown table of means over the samples, and how each row differs from the whole.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from typing import Any
from unittest.mock import patch

import msgspec

from bench.accuracy.cases import Case, article_names, make_scan
from bench.accuracy.judge import Judgement, judge
from recover.engines.readers import Readers, open_readers
from recover.glossary.concept import Glossary
from recover.model.document import Document, Source
from recover.model.page import PageReading
from recover.pipeline.document import assemble
from recover.pipeline.page import read_page
from recover.pipeline.page_cache import PageStore
from recover.settings import Settings
from recover.stages.acquire.source import open_source
from recover.stages.correct.glossary_terms import terms_of
from samples.article import FOLDER
from samples.truths import load_truth

Off = Callable[..., Any]


def _first(given: Any, *_: Any, **__: Any) -> Any:
    return given


def _top_down(boxes: Sequence[Any], em: float) -> tuple[tuple[int, ...], ...]:  # noqa: ARG001 the order's own signature
    return (tuple(sorted(range(len(boxes)), key=lambda at: (boxes[at].center[1], boxes[at].x0))),)


# Stages of a page, then of a document: what is called, as module:name, and what stands in for it.
PAGE: Mapping[str, Mapping[str, Off]] = {
    "wear cleared for reading": {"recover.pipeline.page_upright:clear_print": lambda page, *_, **__: (page, ())},
    "line ends and gutters": {
        "recover.pipeline.page_find:split_at_gutters": _first,
        "recover.pipeline.page_find:reach_stops": _first,
        "recover.pipeline.page_find:bound": _first,
    },
    "layout network": {"recover.pipeline.page_find:_blocks": lambda *_: ()},
    "order by gutters": {"recover.pipeline.page_find:order_columns": _top_down},
    "raised and lowered": {"recover.pipeline.page_regions:_with_scripts": _first},
    "second look at marks": {"recover.pipeline.page_lines:places_with_room": lambda *_: False},
}
DOCUMENT: Mapping[str, Mapping[str, Off]] = {
    "corrector": {"recover.pipeline.document:correct": _first},
    "sequences: ①, years": {
        "recover.pipeline.document:settle_circled": _first,
        "recover.pipeline.document:with_year_dashes": _first,
    },
    "spaces at gaps": {"recover.pipeline.document:with_gaps": _first},
    "running heads": {"recover.pipeline.document:find_running_heads": lambda *_: (frozenset(), ())},
    "repairs of references": {"recover.stages.references.parse:_mended": lambda text, *_: (text, ())},
    "glossary": {"recover.pipeline.document:terms_of": lambda _: terms_of(Glossary("none", ()))},
}
COLUMNS = (
    ("paragraph_error", "error %"), ("order", "order"), ("leaks", "leaks"), ("headings", "headings"),
    ("references", "references"), ("fields", "fields"), ("citations", "citations"), ("cells", "cells"),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.stages", description="Switch off each stage in turn.")
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--wear", default="heavy")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    cases = [
        Case(folder=FOLDER, sample=name, dpi=given.dpi, wear=given.wear, text_layer="none")
        for name in article_names(FOLDER)
    ]
    figures: dict[str, dict[str, float]] = {}
    for name, judged in _rows(cases, Settings()):
        figures[name] = {field: fmean(float(getattr(one, field)) for one in judged) for field, _ in COLUMNS}
        print(_row(name, figures[name], figures["all stages"]), file=sys.stderr, flush=True)
    print(table(figures))
    if given.json:
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures)) + b"\n")


def _rows(cases: Sequence[Case], settings: Settings) -> Iterator[tuple[str, list[Judgement]]]:
    readers = open_readers(settings)
    with tempfile.TemporaryDirectory() as scratch:
        store = PageStore(Path(scratch))
        pages = [_read(case, readers, settings, store) for case in cases]
        yield "all stages", _judged(cases, pages, settings)
        for name, off in DOCUMENT.items():
            with _switched(off):
                yield name, _judged(cases, pages, settings)
        for name, off in PAGE.items():
            with _switched(off):
                changed = [_read(case, readers, settings, store) for case in cases]
            yield name, _judged(cases, changed, settings)


def _read(case: Case, readers: Readers, settings: Settings, store: PageStore) -> list[PageReading]:
    source = open_source(make_scan(case))
    return [read_page(source, index, readers, settings, store) for index in range(source.page_count)]


def _judged(cases: Sequence[Case], pages: Sequence[Sequence[PageReading]], settings: Settings) -> list[Judgement]:
    return [
        judge(_document(case, read, settings), load_truth(case.sample)) for case, read in zip(cases, pages, strict=True)
    ]


def _document(case: Case, pages: Sequence[PageReading], settings: Settings) -> Document:
    return assemble(Source(name=case.name, sha256="0" * 64, pages=len(pages), kind="scan"), pages, settings)


@contextmanager
def _switched(off: Mapping[str, Off]) -> Iterator[None]:
    """The functions replaced; raises AttributeError for one that is no longer there."""
    patches = []
    for place, stand_in in off.items():
        module, _, name = place.partition(":")
        patches.append(patch.object(importlib.import_module(module), name, stand_in))
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def table(figures: Mapping[str, Mapping[str, float]]) -> str:
    """A Markdown table, a row a stage that is off."""
    rows = [f"| off | {' | '.join(title for _, title in COLUMNS)} |", "|---" * (len(COLUMNS) + 1) + "|"]
    return "\n".join([*rows, *(_row(name, row, figures["all stages"]) for name, row in figures.items())])


def _row(name: str, row: Mapping[str, float], whole: Mapping[str, float]) -> str:
    cells = []
    for field, title in COLUMNS:
        shown = f"{100 * row[field]:.2f}" if "%" in title else f"{row[field]:.3f}".rstrip("0").rstrip(".")
        cells.append(shown if row[field] == whole[field] else f"**{shown}**")
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
