"""What a person corrected is what every export writes."""

from __future__ import annotations

from pathlib import Path

import pytest

import recover
from recover.errors import UsageError
from recover.review.session import Session

BODY = "p1.l3@0"


def test_exports_hold_the_correction(folder: Path, tmp_path: Path) -> None:
    desk = Session(folder)
    was = desk.block(BODY).text
    desk.write(BODY, was, "改" + was[1:])
    written = recover.export_folder(folder, ["md"], target=tmp_path / "out")
    assert "改" + was[1:6] in written[0].read_text(encoding="utf-8")


def test_the_recovery_under_a_review_is_never_written_over(folder: Path) -> None:
    desk = Session(folder)
    was = desk.block(BODY).text
    desk.write(BODY, was, "改" + was[1:])
    before = (folder / "document.json").read_bytes()
    with pytest.raises(UsageError, match=r"document\.json"):
        recover.export_folder(folder, ["json"])
    assert (folder / "document.json").read_bytes() == before
