"""Which folder each input becomes: its name without the ending, where that is free."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from recover.batch.place import CSV_REPORT, HTML_REPORT


class Targets:
    """Gives every input a folder of its own; names that differ in case only are one on many disks."""

    def __init__(self, taken: Iterable[str], folders: Iterable[str]) -> None:
        """``taken`` are targets given before, ``folders`` those that hold inputs, and so will hold documents."""
        self._taken = {name.casefold() for name in (*taken, CSV_REPORT, HTML_REPORT)}
        self._taken.update(folder.casefold() for folder in folders)

    def choose(self, name: str) -> str:
        """The target of a new input: ``a/b`` for ``a/b.pdf``, ``a/b.pdf`` where that is taken."""
        path = PurePosixPath(name)
        whole = path.with_name(path.name.rstrip(". ") or "_")
        plain = whole.with_name(whole.stem.rstrip(". ") or whole.name)
        number = 1
        choice = str(plain)
        while choice.casefold() in self._taken:
            choice = str(whole) if number == 1 else f"{whole}-{number}"
            number += 1
        self._taken.add(choice.casefold())
        return choice


def folders_above(names: Iterable[str]) -> set[str]:
    """Every folder that the inputs ``names`` stand in."""
    return {str(folder) for name in names for folder in PurePosixPath(name).parents if str(folder) != "."}
