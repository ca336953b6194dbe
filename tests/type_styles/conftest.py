"""A page set in three typefaces, read by the program itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recover.engines.readers import open_readers
from recover.model.page import Line
from recover.pipeline.page import read_page
from recover.pipeline.page_cache import PageStore
from recover.settings import Settings
from recover.stages.acquire.source import open_source
from samples.marks.pages import FACES, typeset
from samples.wear import wear_pdf

# ``^{}`` raised, ``_{}`` lowered, ``*…*`` italic.
SOURCES = (
    "每只小鼠注射2×10^{6}个细胞，离心力为800×g，弃上清后静置。",
    "悬液中Ca^{2+}与SO_{4}^{2-}的浓度不变，加入H_{2}O和CO_{2}后搅拌均匀。",
    "携带SOD1^{G93A}突变的动物用^{131}I标记，体质量指数为23.5 kg/m^{2}。",
    "系数R^{2}为0.93，P<10^{-5}，样本量n_{1}=40，接口名为get_user_by_id。",
    "The rate was 3.4 × 10^{-3} s^{-1} in “fair” trials (pp. 15-17), O'Neill's included.",
    "淋洗液中NO_{3}^{-}略有增加，含x_{i}的一项最大，Fus^{-/-}的雏鸟较轻。",
    "最大流速v_{max}低于旧值，孙大成^{2*}记；half of 9 T was lost at B_{0} = 7 T.",
    "It binds the promoter of *Escherichia coli* and of *Drosophila* in the same manner.",
)
DOSES = (
    "The yield was 4826 kg ha^{–1} (3157 kg hm^{–2}) with 0.428 mg grain^{–1} d^{–1} in 2021.",
    "速效磷9.8 mg kg^{–1}、速效钾136 mg kg^{–1}，施氮量为225 kg hm^{–2}，流速为3.5 m s^{–1}。",
)


@pytest.fixture(scope="session")
def read_lines(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Line, ...]]:
    """The lines read from a lightly worn scan in the named typeface of the bench, each page read once."""
    folder = tmp_path_factory.mktemp("faces")
    faces = {face.name: face for half in FACES.values() for face in half}
    known: dict[str, tuple[Line, ...]] = {}

    def read(name: str) -> tuple[Line, ...]:
        if name not in known:
            typeset(SOURCES, faces[name], folder / f"{name}.pdf")
            known[name] = _read(folder / f"{name}.pdf", folder)
        return known[name]

    return read


@pytest.fixture(scope="session")
def doses(tmp_path_factory: pytest.TempPathFactory) -> tuple[Line, ...]:
    """Lines whose raised minuses are dashes, in a typeface of the bench."""
    folder = tmp_path_factory.mktemp("doses")
    typeset(
        DOSES,
        next(face for half in FACES.values() for face in half if face.name == "computer-modern"),
        folder / "doses.pdf",
    )
    return _read(folder / "doses.pdf", folder)


def _read(drawn: Path, folder: Path) -> tuple[Line, ...]:
    worn = folder / f"{drawn.stem}-worn.pdf"
    wear_pdf(drawn, worn, dpi=200, wear="light", text_layer="none")
    settings = Settings()
    source = open_source(worn, None)
    try:
        page = read_page(source, 0, open_readers(settings), settings, PageStore(folder))
    finally:
        source.close()
    return tuple(line for region in page.regions for line in region.lines)
