"""A small recovered folder, made without any engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.made import write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A recovered folder of two pages."""
    return write_folder(tmp_path / "paper")


@pytest.fixture(autouse=True)
def _own_glossaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOVER_GLOSSARIES", str(tmp_path / "glossaries"))
