"""Where everything of a batch stands: inputs, documents, parcels, the ledger."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
from platformdirs import user_data_path

from recover.batch.storage import is_url

HOME = ".recover"
CSV_REPORT, HTML_REPORT = "batch-report.csv", "batch-report.html"


class Place(msgspec.Struct, frozen=True):
    """The folder of inputs and the folder of documents, each a path or an URL, without a slash at the end."""

    folder: str
    out: str

    @property
    def home(self) -> Path:
        """The folder of the ledger and its lock: in the output, or on this machine where that is remote."""
        return home_of(self.out)

    def input(self, name: str) -> str:
        return f"{self.folder}/{name}"

    def target(self, name: str) -> str:
        return f"{self.out}/{name}"

    def parcel(self, sha256: str, read_key: str, page: int) -> str:
        """A page's parcel: found by what the page is and how it was read, wherever the file was."""
        return f"{self.out}/{HOME}/pages/{sha256[:2]}/{sha256[:32]}-{read_key}/{page + 1:05d}.page"


def home_of(out: str) -> Path:
    """The folder of an output's ledger."""
    if not is_url(out):
        return Path(out) / HOME
    return user_data_path("recover", appauthor=False) / "batches" / hashlib.sha256(out.encode()).hexdigest()[:16]


def place_of(folder: str, out: str) -> Place:
    """The places a user named, made absolute."""
    return Place(_absolute(folder), _absolute(out))


def _absolute(name: str) -> str:
    return name.rstrip("/") if is_url(name) else str(Path(name).expanduser().resolve())
