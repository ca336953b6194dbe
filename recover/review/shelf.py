"""The documents a review is about: one recovered folder, or all that lie below a folder, the worst first."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path

import msgspec

from recover.errors import MALFORMED, UnreadableInput
from recover.folders import find_folders
from recover.model.document import Source
from recover.review.actions import Misfit
from recover.review.desk import Desk
from recover.review.history import effective
from recover.review.log import Log

# A document of 300 pages takes some 100 MB on the desk; the queue needs none there.
ON_DESK = 2
DOUBTFUL = 900


class _Line(msgspec.Struct):
    """Of a line the queue needs only this; the rest of the file is skipped over."""

    confidences: tuple[int, ...] = ()


class _Region(msgspec.Struct):
    lines: tuple[_Line, ...] = ()


class _Page(msgspec.Struct):
    regions: tuple[_Region, ...] = ()


class _Outside(msgspec.Struct):
    """A document seen from outside."""

    source: Source
    pages: tuple[_Page, ...] = ()


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A document in the queue: its key in addresses, its name, and how much there is to do."""

    key: str
    name: str
    pages: int
    characters: int
    doubtful: int
    done: int

    @property
    def per_thousand(self) -> float:
        """Doubtful characters in a thousand."""
        return 1000 * self.doubtful / max(1, self.characters)


class Shelf:
    """Folders by key; a folder that isn't on the shelf can't be asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        folders = find_folders(self.root)
        if not folders:
            raise UnreadableInput(str(root), "holds no recovered document", "name a folder that recover pdf wrote")
        self.folders = {_key(folder, self.root): folder for folder in folders}
        self._desks: OrderedDict[str, Desk] = OrderedDict()
        self._seen: dict[str, tuple[int, Waiting]] = {}
        self._lock = threading.Lock()

    def desk(self, key: str) -> Desk:
        """The document on the desk; raises Misfit for a key there is none of."""
        if key not in self.folders:
            raise Misfit("there is no such document")
        with self._lock:
            if key not in self._desks:
                self._desks[key] = Desk(self.folders[key])
            self._desks.move_to_end(key)
            while len(self._desks) > ON_DESK:
                self._desks.popitem(last=False)
            return self._desks[key]

    def queue(self) -> tuple[Waiting, ...]:
        """All documents, the worst first."""
        waiting = [self._waiting(key, folder) for key, folder in self.folders.items()]
        return tuple(sorted(waiting, key=lambda one: (-one.per_thousand, one.name)))

    def _waiting(self, key: str, folder: Path) -> Waiting:
        stamp = (folder / "document.json").stat().st_mtime_ns
        if key not in self._seen or self._seen[key][0] != stamp:
            self._seen[key] = stamp, _look(key, folder)
        done = len(effective(Log(folder).read()))
        return msgspec.structs.replace(self._seen[key][1], done=done)


def _look(key: str, folder: Path) -> Waiting:
    try:
        outside = msgspec.json.decode((folder / "document.json").read_bytes(), type=_Outside)
    except MALFORMED:
        return Waiting(key=key, name=folder.name, pages=0, characters=0, doubtful=0, done=0)
    values = [
        value
        for page in outside.pages
        for region in page.regions
        for line in region.lines
        for value in line.confidences
    ]
    doubtful = sum(0 <= value < DOUBTFUL for value in values)
    name, pages = outside.source.name or folder.name, len(outside.pages)
    return Waiting(key=key, name=name, pages=pages, characters=len(values), doubtful=doubtful, done=0)


def _key(folder: Path, root: Path) -> str:
    """An address says nothing of paths, so that none can be made up."""
    return hashlib.blake2b(str(folder.relative_to(root)).encode(), digest_size=6).hexdigest()
