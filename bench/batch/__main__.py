"""Trials of a batch: ``python -m bench.batch [--files 500] [--kills 50] [--seed 1] [TRIAL…]``.

=========  ============================================================================================
run        all files once, with 2 workers: what is delivered, what is named, the parent's memory
scale      pages that keep a core busy for 150 ms, and pages that wait as long: 1 worker against 2
again      the finished folder run again; then with a changed glossary
kills      ``kill -9`` of the parent and of workers at random moments, resumed each time: equal bytes
=========  ============================================================================================
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from recover.fence.confine import resident_mb
from samples.batch.compare import differences, fingerprint
from samples.batch.folder import make_folder
from samples.batch.pages import WIDTH, write_pdf
from samples.batch.quick_reader import WAIT_MS, WORK_MS

TRIALS = ("run", "scale", "again", "kills")


def start(
    folder: Path, out: Path, workers: int, log: Path, scheduler: str = "", **more: str
) -> subprocess.Popen[bytes]:
    """A batch in a process of its own, its events in ``log``."""
    command = [sys.executable, "-m", "samples.batch.drive", str(folder), str(out), str(workers), scheduler]
    with log.open("ab") as file:
        return subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env={**os.environ, **more})


def timed(folder: Path, out: Path, workers: int, log: Path, **more: str) -> tuple[float, list[int]]:
    """The seconds of a whole batch, and the parent's memory over time in MB."""
    began = time.monotonic()
    process = start(folder, out, workers, log, **more)
    memory = []
    while process.poll() is None:
        memory.append(resident_mb(process.pid))
        time.sleep(0.2)
    return time.monotonic() - began, [value for value in memory if value]


def events(log: Path, kind: str) -> list[dict[str, object]]:
    """The events of a kind in a log."""
    lines = (line for line in log.read_text("utf-8").splitlines() if line.startswith("{"))
    return [event for event in map(json.loads, lines) if event["event"] == kind]


def trial_run(inputs: Path, wrong: dict[str, str], place: Path) -> None:
    log = place / "run.log"
    seconds, memory = timed(inputs, place / "plain", 2, log)
    states = {str(event["file"]): str(event["state"]) for event in events(log, "file")}
    files = [path for path in inputs.rglob("*") if path.is_file()]
    good = [path.relative_to(inputs).as_posix() for path in files if path.relative_to(inputs).as_posix() not in wrong]
    late = memory[len(memory) // 4 :]
    print(f"run: {len(files)} files, {len(events(log, 'page'))} pages in {seconds:.1f} s")
    print(f"  good files delivered: {sum(states.get(name) == 'done' for name in good)} of {len(good)}")
    print(f"  bad files named: {sum(states.get(name) in {'failed', 'incomplete'} for name in wrong)} of {len(wrong)}")
    print(
        f"  parent's memory: {late[0]} MB after a quarter of the time, {max(late)} MB at most, {late[-1]} MB at the end"
    )


def trial_scale(place: Path) -> None:
    folder = place / "scale-in"
    for number in range(60):
        write_pdf(folder / f"{number}.pdf", 7_000_000 + number, [WIDTH] * (1 + number % 4))
    write_pdf(folder / "book.pdf", 7_777_777, [WIDTH] * 60)
    for kind, variable in (("busy", WORK_MS), ("waiting", WAIT_MS)):
        outs = {workers: place / f"scale-{kind}-{workers}" for workers in (1, 2)}
        seconds = {
            workers: timed(folder, out, workers, place / f"{out.name}.log", **{variable: "150"})[0]
            for workers, out in outs.items()
        }
        faster = f"{seconds[1] / seconds[2]:.2f} times as fast"
        print(f"scale ({kind}): 1 worker {seconds[1]:.1f} s, 2 workers {seconds[2]:.1f} s: {faster}")
        print(f"  differences: {differences(outs[1], outs[2])}; load of the machine: {os.getloadavg()[0]:.1f}")


def trial_again(inputs: Path, place: Path) -> None:
    out = place / "plain"
    before = fingerprint(out)
    first = float(str(events(place / "run.log", "finished")[0]["seconds"]))
    log = place / "again.log"
    seconds, _ = timed(inputs, out, 2, log)
    print(
        f"again: {seconds:.2f} s, {100 * seconds / first:.1f} % of the first run; pages read {len(events(log, 'page'))}"
    )
    print(f"  differences: {sum(before[name] != value for name, value in fingerprint(out).items())}")
    glossary = place / "glossary.csv"
    glossary.write_text("zh,en\n干细胞,stem cell\n小鼠,mouse\n", "utf-8")
    log = place / "glossary.log"
    seconds, _ = timed(inputs, out, 2, log, TRIAL_GLOSSARY=str(glossary))
    read = [event for event in events(log, "page") if not event.get("error")]
    made = [event for event in events(log, "file") if event["state"] != "failed"]
    print(f"  another glossary: {len(made)} documents made anew, {len(read)} pages read, in {seconds:.1f} s")


def trial_kills(inputs: Path, place: Path, kills: int, seed: int, pace: float) -> None:
    out, log = place / "killed", place / "kills.log"
    chance = random.Random(seed)  # noqa: S311 no secret
    told = {"parent": 0, "worker": 0, "both": 0}
    while sum(told.values()) < kills:
        process = start(inputs, out, 2, log, **{WORK_MS: str(pace)})
        while process.poll() is None and sum(told.values()) < kills:
            time.sleep(chance.uniform(0.05, 2.5))
            whom = chance.choice(("parent", "worker", "worker", "both"))
            told[whom] += _kill(process, whom, chance)
        if process.poll() is None:
            process.wait()
        elif sum(told.values()) < kills and process.returncode == 0:
            shutil.rmtree(out)  # it got through: once more from the start, with the kills that are left
    timed(inputs, out, 2, log)
    print(f"kills: seed {seed}, {told}, batches started {len(events(log, 'started'))}")
    print(f"  differences from the undisturbed run: {differences(place / 'plain', out)}")


def _kill(process: subprocess.Popen[bytes], whom: str, chance: random.Random) -> int:
    """Kill -9; returns 1 where there was somebody to kill."""
    workers = _children(process.pid)
    victims = [process.pid] if whom != "worker" else []
    if whom != "parent" and workers:
        victims.append(chance.choice(workers))
    for victim in victims:
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            return 0
    if process.pid in victims:
        process.wait()
    return 1 if victims else 0


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.batch")
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pace", type=float, default=30, help="milliseconds a page costs while workers are killed")
    parser.add_argument("trials", nargs="*", default=TRIALS)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="recover-trial-") as folder:
        place = Path(folder)
        if set(told.trials) != {"scale"}:
            wrong = make_folder(place / "in", told.files, told.seed)
            trial_run(place / "in", wrong, place)
        if "again" in told.trials:
            trial_again_on_copy(place)
        if "scale" in told.trials:
            trial_scale(place)
        if "kills" in told.trials:
            trial_kills(place / "in", place, told.kills, told.seed, told.pace)


def trial_again_on_copy(place: Path) -> None:
    """The trials that follow compare with the first run, so another glossary goes to a copy of it."""
    copy = place / "copy"
    copy.mkdir()
    shutil.copytree(place / "plain", copy / "plain")
    shutil.copy(place / "run.log", copy / "run.log")
    trial_again(place / "in", copy)


if __name__ == "__main__":
    main()
