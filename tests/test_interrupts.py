"""Signals wait for what must not be torn, and what a kill leaves of a temporary folder is cleared by the next run."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest

from recover.drafts import LOCK, close_scratch, end_like_interrupts, open_scratch, scratch, undisturbed


@pytest.fixture
def _signals() -> object:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_like_interrupts()
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_signals")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_waits_for_what_must_be_done(sign: signal.Signals) -> None:
    done = []

    def torn() -> None:
        with undisturbed():
            with undisturbed():
                os.kill(os.getpid(), sign)
                done.append("inner")
            done.append("outer")

    with pytest.raises(KeyboardInterrupt):
        torn()
    assert done == ["inner", "outer"]
    with undisturbed():  # it is raised once
        done.append("after")


@pytest.mark.usefixtures("_signals")
def test_an_interrupt_while_a_folder_is_made_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    real = os.rename
    monkeypatch.setattr(Path, "rename", lambda self, to: (real(self, to), os.kill(os.getpid(), signal.SIGTERM))[0])
    with pytest.raises(KeyboardInterrupt), scratch("pages"):
        pytest.fail("entered")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_half_removed_by_a_kill_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder, lock = open_scratch("pages")
    (folder / "a").mkdir()
    (folder / "a" / "b").write_text("x")
    seen: list[list[str]] = []
    real = os.unlink

    def unlink(path: str | Path, *rest: object, **more: object) -> None:
        seen.append([entry.name for entry in folder.iterdir()])
        real(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "unlink", unlink)
    close_scratch(folder, lock)
    assert seen
    assert all(LOCK in names for names in seen)
    assert not folder.exists()
