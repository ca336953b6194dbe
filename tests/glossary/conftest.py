from pathlib import Path

import pytest

from recover.glossary import places
from recover.glossary.concept import Concept


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Glossaries, cache and shipped glossaries of a test alone."""
    monkeypatch.setenv("RECOVER_GLOSSARIES", str(tmp_path / "own"))
    monkeypatch.setattr(places, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(places, "shipped_folder", lambda: places.PACKAGE / "glossaries-of-a-test")
    return tmp_path


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed program's glossaries: one of two rows, that can't be edited in place."""
    package = tmp_path / "package"
    folder = package / "glossaries"
    folder.mkdir(parents=True)
    monkeypatch.setattr(places, "PACKAGE", package)
    monkeypatch.setattr(places, "shipped_folder", lambda: folder)
    (folder / "base.csv").write_text("zh,en\n干细胞,stem cell\n小鼠,mouse\n", encoding="utf-8")
    return folder


@pytest.fixture
def concepts() -> tuple[Concept, ...]:
    return (
        Concept(
            "肌萎缩侧索硬化",
            "amyotrophic lateral sclerosis",
            "ALS",
            ("渐冻症", "肌萎缩侧索硬化症"),
            ("Lou Gehrig's disease",),
            "diseases",
        ),
        Concept(
            "间充质干细胞",
            "mesenchymal stem cell",
            "MSC",
            ("间质干细胞",),
            ("mesenchymal stromal cell",),
            "cells",
            "preferred",
            'a "note", with; marks',
            "MeSH",
        ),
        Concept("白细胞介素6", "interleukin-6", "IL-6", (), (), "factors", "admitted"),
    )
