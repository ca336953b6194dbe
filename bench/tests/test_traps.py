"""What correctors like to spoil (code, product names, foreign titles, statistics, old books) stays as it is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.correct.judge import distance, judge, lines_of
from recover.engines.readers import open_readers
from recover.glossary.load import load_stack
from recover.model.page import PageReading
from recover.pipeline.page import read_page
from recover.pipeline.page_cache import PageStore
from recover.settings import DEFAULT_GLOSSARY, Settings
from recover.stages.acquire.source import open_source
from recover.stages.correct.correct import correct
from recover.stages.correct.glossary_terms import terms_of
from samples.wear import wear_pdf

DATA = Path(__file__).parent / "data"
PRINTED = (DATA / "traps.txt").read_text(encoding="utf-8").splitlines()


def read(path: Path, folder: Path) -> PageReading:
    settings = Settings(text_layer="ignore")
    source = open_source(path, None)
    try:
        return read_page(source, 0, open_readers(settings), settings, PageStore(folder))
    finally:
        source.close()


def corrected(page: PageReading) -> PageReading:
    return correct([page], terms_of(load_stack((DEFAULT_GLOSSARY,))))[0]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> PageReading:
    return read(DATA / "traps.pdf", tmp_path_factory.mktemp("traps"))


def test_clean_print_comes_out_as_printed(clean: PageReading) -> None:
    judged = judge(clean, PRINTED)
    assert len(judged) == len(PRINTED)
    assert [line.text for line, truth in lines_of(corrected(clean), judged) if distance(line.text, truth)] == []


def test_of_a_light_scan_no_line_comes_out_worse_than_it_was_read(tmp_path: Path) -> None:
    wear_pdf(DATA / "traps.pdf", tmp_path / "light.pdf", dpi=200, wear="light", text_layer="none")
    page = read(tmp_path / "light.pdf", tmp_path)
    judged = judge(page, PRINTED)
    pairs = zip(lines_of(page, judged), lines_of(corrected(page), judged), strict=True)
    worse = [now.text for (was, truth), (now, _) in pairs if distance(now.text, truth) > distance(was.text, truth)]
    assert worse == []
