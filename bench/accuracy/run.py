"""Runs ``recover`` as a user would and times it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from bench.accuracy.recovered import load_document
from recover.model.document import Document


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What came of each file, by its stem; files that failed are missing."""

    documents: Mapping[str, Document]
    seconds: float
    messages: str


def recover_files(files: Sequence[Path], *options: str) -> Run:
    """One process for all files, so that the models are loaded once."""
    command = Path(sys.executable).with_name("recover")
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        done = subprocess.run(
            [command, "pdf", *files, "-o", folder, *options], capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - started
        recovered = (Path(folder) / file.stem for file in files)
        documents = {path.name: load_document(path) for path in recovered if (path / "document.json").exists()}
    return Run(documents=documents, seconds=seconds, messages=done.stderr)
