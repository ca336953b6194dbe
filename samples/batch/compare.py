"""Whether two outputs are equal, byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprint(out: Path) -> dict[str, str]:
    """Every file of an output and the hash of its bytes; folders too.

    Left out are the ledger's folder and the search index, which remembers when each document was written.
    """
    found = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if not name.startswith(".recover") and name != "search.sqlite":
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
    return found


def differences(left: Path, right: Path) -> list[str]:
    """The names that differ, or that only one of them has."""
    one, two = fingerprint(left), fingerprint(right)
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
