"""The review as a person meets it: a server of its own, and a headless Chromium before it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from recover.review.library import Library
from recover.review.server.app import _listen, build_app

# Without these Chromium calls out at every start.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START = "from recover.cli.review import app; app()"


def find_chromium() -> str | None:
    """The browser's program; ``CHROMIUM`` names another."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


class Server:
    """`recover review` in a process of its own."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        command = [sys.executable, "-c", START, str(folder), "--no-browser", "--port", str(port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    @property
    def port(self) -> int:
        return int(self.address.split(":")[2].split("/")[0])

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[Server]:
    """A server that is killed at the end, if it is still there."""
    server = Server(folder, port)
    try:
        yield server
    finally:
        server.kill()


class Address:
    """A server of this process: quicker to start, and what it has loaded stays loaded."""

    def __init__(self, folder: Path) -> None:
        listening = _listen(0)
        port = listening.getsockname()[1]
        app = build_app(Library(folder), token="here", port=port)
        self.address = f"http://127.0.0.1:{port}/?token=here"
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(5)
