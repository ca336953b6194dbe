"""A log of corrections that is damaged: what is whole counts, what isn't is told, and nothing is thrown away."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from recover.review.log import Log
from recover.review.replay import reviewed_document
from recover.review.session import Session
from tests.review.made import write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = write_folder(tmp_path / "paper")
    desk = Session(folder)
    for number in range(3):
        desk.add_term(f"术语{number}", f"term {number}", "")
    return folder


@pytest.mark.parametrize("seed", range(40))
def test_any_changed_byte_is_seen_and_costs_its_own_line_only(folder: Path, seed: int) -> None:
    log, chance = Log(folder), random.Random(seed)
    content = bytearray(log.path.read_bytes())
    places = [at for at, byte in enumerate(content) if byte != ord("\n")]
    content[chance.choice(places)] ^= 1 << chance.randrange(7)
    log.path.write_bytes(content)
    good = [line for line in bytes(content).split(b"\n") if line]
    assert len(log.read()) + len(log.damaged()) >= len(good) - 1
    assert len(log.read()) >= 2
    document = reviewed_document(folder)
    if log.damaged():
        assert any(problem.stage == "review" and "damaged" in problem.message for problem in document.problems)
    assert log.path.read_bytes() == bytes(content)


def test_work_goes_on_behind_a_damaged_line(folder: Path) -> None:
    log = Log(folder)
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(lines[0] + b"rubbish\n" + lines[2])
    desk = Session(folder)
    desk.add_term("新术语", "new term", "")
    desk.undo()
    assert [action.id for action in log.read()] == [1, 3, 4, 5]
    assert log.damaged() == (2,)


def test_lines_of_older_versions_count(folder: Path) -> None:
    log = Log(folder)
    before = log.read()
    log.path.write_bytes(
        b"".join(line.rpartition(b',"sum"')[0] + b"}\n" for line in log.path.read_bytes().splitlines())
    )
    assert (log.read(), log.damaged()) == (before, ())
