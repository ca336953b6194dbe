"""Runs that are killed at random moments, and run again: ``python -m tests.hostile.kills --count 200``.

Pages are read by the quick reader, without networks, so that most of a run is writing.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from recover.fence.tasks import READER_VARIABLE
from samples.batch.compare import fingerprint
from samples.batch.drive import READER
from samples.batch.pages import WIDTH, write_pdf
from tests.hostile.seeds import DUMP, place

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL)
# The search index knows documents by the time they were written at.
INDEX = "search.sqlite"
COMMANDS = ("pdf", "batch", "export", "text", "index")


class Kill(msgspec.Struct, frozen=True, kw_only=True):
    """One killed run; ``wrong`` is empty when it could be taken up as if nothing had happened."""

    command: str
    signal: str
    after: float
    exit: int
    wrong: str = ""


class Bench:
    """Inputs, a finished output of each command to compare with, and how long it took."""

    def __init__(self, folder: Path, commands: tuple[str, ...]) -> None:
        self.folder = folder
        self.scratch = folder / "tmp"
        self.scratch.mkdir(parents=True)
        write_pdf(folder / "in" / "a.pdf", 1, [WIDTH] * 5)
        write_pdf(folder / "in" / "sub" / "b.pdf", 2, [WIDTH] * 2)
        place(folder, "dump.txt", DUMP.encode())
        self.sound: dict[str, dict[str, str]] = {}
        self.seconds: dict[str, float] = {}
        for command in commands:
            began = time.monotonic()
            self.prepare(command)
            self.finish(command)
            self.seconds[command] = time.monotonic() - began
            self.sound[command] = self.state(command)

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def arguments(self, command: str) -> list[str]:
        """The command's words, for the same output each time."""
        pdf, out = str(self.folder / "in" / "a.pdf"), str(self.out)
        return {
            "pdf": ["pdf", pdf, "-o", out],
            "batch": ["batch", str(self.folder / "in"), "-o", out, "--workers", "2", "--json"],
            "export": ["export", str(self.out / "a"), "--formats", "docx,html,jats"],
            "index": ["index", out],
            "text": ["text", str(self.folder / "dump.txt"), "-o", out],
        }[command]

    def prepare(self, command: str) -> None:
        """An output as the command finds it."""
        shutil.rmtree(self.out, ignore_errors=True)
        if command in ("export", "index"):
            self.finish("pdf")

    def start(self, command: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, READER_VARIABLE: READER, "TMPDIR": str(self.scratch)}
        code = "from recover.__main__ import main; main()"
        return subprocess.Popen(
            [sys.executable, "-c", code, *self.arguments(command)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def state(self, command: str) -> dict[str, str]:
        """What stands in the output; of an index what it finds."""
        found = fingerprint(self.out)
        if command == "index":
            code = "from recover.__main__ import main; main()"
            words = [sys.executable, "-c", code, "search", "a OR 1 OR 的", str(self.out), "--json"]
            asked = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
            found["what is found"] = asked.stdout
        return found

    def finish(self, command: str) -> None:
        running = self.start(command)
        _, told = running.communicate(timeout=120)
        if running.returncode:
            raise RuntimeError(f"{command} ended with {running.returncode}: {told.decode()[-500:]}")


def kills(folder: Path, count: int, seed: int = 0, commands: tuple[str, ...] = COMMANDS) -> Iterator[Kill]:
    """Killed runs in turn, each taken up again and compared."""
    bench, chance = Bench(folder, commands), random.Random(seed)
    for number in range(count):
        command = commands[number % len(commands)]
        sign = SIGNALS[(number // len(commands)) % len(SIGNALS)]
        yield _kill(bench, command, sign, chance.uniform(0.05, bench.seconds[command]))


def _kill(bench: Bench, command: str, sign: signal.Signals, after: float) -> Kill:
    bench.prepare(command)
    running = bench.start(command)
    time.sleep(after)
    running.send_signal(sign)
    _, told = running.communicate(timeout=120)
    wrong = "Traceback" if b"Traceback" in told else ""
    if sign != signal.SIGKILL:
        wrong = wrong or _litter(bench)
    try:
        bench.finish(command)
    except RuntimeError as error:
        wrong = wrong or str(error)
    wrong = wrong or _litter(bench) or _differs(bench, command)
    return Kill(command=command, signal=sign.name, after=round(after, 3), exit=running.returncode, wrong=wrong)


def _litter(bench: Bench) -> str:
    drafts = [path for path in bench.out.rglob("*") if path.name.endswith(".part") or path.name.endswith(".old")]
    left = [path.name for path in bench.scratch.iterdir() if path.name != "jieba.cache"]
    return f"left behind: {[path.name for path in drafts] + left}" if drafts or left else ""


def _differs(bench: Bench, command: str) -> str:
    now, sound = bench.state(command), bench.sound[command]
    names = sorted(name for name in now.keys() | sound.keys() if now.get(name) != sound.get(name))
    names = [name for name in names if name != INDEX]
    return f"differs: {names[:5]}" if names else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for kill in kills(Path(folder), given.count, given.seed):
            found.append(kill)
            if kill.wrong:
                print(kill, flush=True)  # noqa: T201
    wrong = sum(bool(kill.wrong) for kill in found)
    print(f"{len(found)} kills, {wrong} not taken up as if nothing had happened")  # noqa: T201
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
