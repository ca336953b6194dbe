"""Starting the server: on this machine only, under a fresh token."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from recover.errors import UsageError
from recover.review.log import NAME, Log
from recover.review.server.app import build_app
from recover.review.shelf import Export, Shelf

LOOPBACK = "127.0.0.1"


def serve(
    folder: Path,
    port: int,
    tell: Callable[[str], None],
    warn: Callable[[str], None],
    *,
    opens_browser: bool,
    export: Export | None = None,
) -> None:
    """Serve the review of ``folder`` until interrupted; ``tell`` is given the address. Raises RecoverError.

    ``export`` writes formats of a folder's reviewed document, else this process does.
    """
    shelf = Shelf(folder, export)
    for found in shelf.folders.values():
        if damaged := Log(found).damaged():
            lines = ", ".join(map(str, damaged))
            warn(f"{found / NAME}: lines {lines} are damaged: what stood there is left out")
    listening = _listen(port)
    number = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    address = f"http://{LOOPBACK}:{number}/?token={token}"
    config = uvicorn.Config(
        build_app(shelf, token=token, port=number), log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    tell(address)
    if opens_browser:
        webbrowser.open(address)
    uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
        # Whoever is told the address may knock before the server is up: the system keeps the call waiting.
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(
            f"--port {port}", "the port is taken or not allowed", "choose another, or 0 for any"
        ) from error
    return listening
