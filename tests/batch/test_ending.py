"""Batches that end before their time: by Ctrl-C, by kill -9, and because another one is writing there."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recover.batch.rebuild import only_batch
from recover.errors import UnwritableOutput
from samples.batch.compare import differences
from samples.batch.pages import WIDTH, write_pdf
from samples.batch.quick_reader import SLOW
from tests.batch.driver import run

ROOT = Path(__file__).parents[2]
SEED = 20


def start(folder: Path, out: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "samples.batch.drive", str(folder), str(out), "2"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def wait_for_page(process: "subprocess.Popen[str]") -> None:
    assert process.stdout
    for line in process.stdout:
        if '"page"' in line:
            return
    raise AssertionError("no page was read")


def test_ctrl_c_finishes_the_pages_in_hand_and_the_next_run_goes_on(tmp_path: Path) -> None:
    write_pdf(tmp_path / "in" / "a.pdf", 1, [SLOW] * 12)
    process = start(tmp_path / "in", tmp_path / "out")
    wait_for_page(process)
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (130, "")
    assert '"interrupted":true' in rest
    read = 1 + rest.count('"event":"page"')
    assert 2 <= read < 12
    assert not list((tmp_path / "out").glob("a*"))
    result, told = run(tmp_path / "in", tmp_path / "out", 2)
    assert result.files == {"done": 1}
    assert len(told.pages) == 12 - read


def test_after_kill_9_the_output_is_as_if_nothing_had_happened(tmp_path: Path) -> None:
    for number in range(8):
        write_pdf(tmp_path / "in" / f"{number}.pdf", number, [WIDTH] * (1 + number % 4))
    run(tmp_path / "in", tmp_path / "undisturbed")
    chance = random.Random(SEED)
    for _ in range(3):
        process = start(tmp_path / "in", tmp_path / "out")
        time.sleep(chance.uniform(0.5, 2))
        process.kill()
        process.communicate()
    run(tmp_path / "in", tmp_path / "out")
    assert differences(tmp_path / "undisturbed", tmp_path / "out") == [], f"seed {SEED}"


def test_killed_workers_are_replaced(tmp_path: Path) -> None:
    write_pdf(tmp_path / "in" / "a.pdf", 1, [SLOW] * 6)
    process = start(tmp_path / "in", tmp_path / "out")
    wait_for_page(process)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "killed from outside" in rest
    assert '"files":{"done":1}' in rest


HOLDER = """
import sys, time
from pathlib import Path
from recover.batch.rebuild import only_batch
with only_batch(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_one_batch_an_output_and_the_dead_hold_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recover.batch.rebuild.PATIENCE_SECONDS", 0.1)
    home = tmp_path / "out" / ".recover"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(home)], stdout=subprocess.PIPE, cwd=ROOT)
    assert holder.stdout
    holder.stdout.readline()
    with (
        pytest.raises(UnwritableOutput, match=f"another batch is writing here .process {holder.pid} on"),
        only_batch(home),
    ):
        pass
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with only_batch(home):
        assert str(os.getpid()) in (home / "owner.txt").read_text()
