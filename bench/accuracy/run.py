"""Runs ``recover`` as a user would and times it."""

from __future__ import annotations

import subprocess
import sys
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


def recover_files(files: Sequence[Path], folder: Path, *options: str) -> Run:
    """One process for all files that are not recovered in ``folder`` yet, so that the models are loaded once."""
    waiting = [file for file in files if not _document_of(file, folder).exists()]
    started = time.perf_counter()
    messages = _run(waiting, folder, options) if waiting else ""
    seconds = time.perf_counter() - started
    done = [file for file in files if _document_of(file, folder).exists()]
    documents = {file.stem: load_document(folder / file.stem) for file in done}
    return Run(documents=documents, seconds=seconds, messages=messages)


def _document_of(file: Path, folder: Path) -> Path:
    return folder / file.stem / "document.json"


def _run(files: Sequence[Path], folder: Path, options: Sequence[str]) -> str:
    """What the command wrote to its standard error; a file that fails leaves no folder behind."""
    command = [sys.executable, "-m", "recover"]
    done = subprocess.run(
        [*command, "pdf", *files, "-o", folder, *options], capture_output=True, text=True, check=False
    )
    return done.stderr
