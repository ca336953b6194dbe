"""A Dask scheduler and workers as processes of their own, on this machine, in network namespaces where allowed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

BRIDGE, NETWORK = "recoverbr", "10.73.0"
# A worker that is silent for so long is given up, and its tasks go to others.
SILENCE = {"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "8s", "DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "15s"}
START_SECONDS = 60


class Cluster(msgspec.Struct):
    """A running scheduler's address and its workers; ``spaces`` names each worker's network, if it has one."""

    address: str
    workers: list[subprocess.Popen[bytes]]
    spaces: list[str]

    def kill(self, number: int) -> None:
        """End a worker as a power cut would."""
        os.kill(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()

    def cut_off(self, number: int) -> None:
        """Take a worker's network away; without one, stop it where it is."""
        if self.spaces[number]:
            _ip("link", "set", f"{self.spaces[number]}h", "down")
        else:
            self.workers[number].send_signal(signal.SIGSTOP)

    def join_again(self, number: int) -> None:
        """Undo ``cut_off``."""
        if self.spaces[number]:
            _ip("link", "set", f"{self.spaces[number]}h", "up")
        else:
            self.workers[number].send_signal(signal.SIGCONT)


@contextmanager
def cluster(folder: Path, workers: int = 2, *, namespaces: bool = False) -> Iterator[Cluster]:
    """A cluster whose logs go to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    spaces = _make_networks(workers) if namespaces else [""] * workers
    host = f"{NETWORK}.1" if namespaces else "127.0.0.1"
    told = folder / "scheduler.json"
    started = [
        _start(
            folder,
            "scheduler",
            ["scheduler", "--host", host, "--port", "0", "--no-dashboard", "--scheduler-file", str(told)],
        )
    ]
    try:
        address = _address(told)
        for number, space in enumerate(spaces):
            where = ["--host", f"{NETWORK}.{number + 2}"] if space else ["--host", "127.0.0.1"]
            command = ["worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", *where]
            command += ["--local-directory", str(folder), "--death-timeout", "60"]
            started.append(_start(folder, f"worker-{number}", command, space))
        yield Cluster(address, started[1:], spaces)
    finally:
        for process in started:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()
        _drop_networks(spaces)


def may_make_networks() -> bool:
    """Whether this user may give processes networks of their own."""
    if not shutil.which("ip") or os.geteuid() != 0:
        return False
    made = subprocess.run(["ip", "netns", "add", "recovertry"], capture_output=True, check=False).returncode == 0
    if made:
        _ip("netns", "del", "recovertry")
    return made


def _start(folder: Path, name: str, command: Sequence[str], space: str = "") -> subprocess.Popen[bytes]:
    inside = ["ip", "netns", "exec", space] if space else []
    paths = os.pathsep.join(filter(None, sys.path))
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [*inside, sys.executable, "-m", "dask", *command],
            stdout=log,
            stderr=log,
            env={**os.environ, **SILENCE, "PYTHONPATH": paths},
        )


def _address(told: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            return str(json.loads(told.read_text("utf-8"))["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise TimeoutError("the scheduler doesn't start")


def _make_networks(count: int) -> list[str]:
    """A bridge with the scheduler's address, and a namespace on it for each worker."""
    spaces = [f"recover{number}" for number in range(count)]
    _drop_networks(spaces)
    _ip("link", "add", BRIDGE, "type", "bridge")
    _ip("addr", "add", f"{NETWORK}.1/24", "dev", BRIDGE)
    _ip("link", "set", BRIDGE, "up")
    for number, space in enumerate(spaces):
        _ip("netns", "add", space)
        _ip("link", "add", f"{space}h", "type", "veth", "peer", "name", "inside", "netns", space)
        _ip("link", "set", f"{space}h", "master", BRIDGE, "up")
        _ip("-n", space, "addr", "add", f"{NETWORK}.{number + 2}/24", "dev", "inside")
        _ip("-n", space, "link", "set", "inside", "up")
        _ip("-n", space, "link", "set", "lo", "up")
    return spaces


def _drop_networks(spaces: Sequence[str]) -> None:
    for space in filter(None, spaces):
        subprocess.run(["ip", "netns", "del", space], capture_output=True, check=False)
    if any(spaces):
        subprocess.run(["ip", "link", "del", BRIDGE], capture_output=True, check=False)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
