"""The documents a review is about: one recovered folder, or all that lie below a folder, the worst first."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from recover.errors import UnreadableInput
from recover.model.document import Bilingual, Source
from recover.pipeline.output import find_folders
from recover.review.log import Log, Misfit, effective
from recover.review.replay import reviewed_document
from recover.review.session import Session, version_of

# A document of 300 pages takes some 100 MB on the desk; the queue needs none there.
ON_DESK = 2
DOUBTFUL = 900


Export = Callable[[Path, Sequence[str]], Sequence[Path]]


class _Line(msgspec.Struct):
    """Of a line the queue needs only this; the rest of the file is skipped over."""

    text: str = ""
    confidences: tuple[int, ...] = ()


class _Region(msgspec.Struct):
    lines: tuple[_Line, ...] = ()


class _Page(msgspec.Struct):
    regions: tuple[_Region, ...] = ()


class _Outside(msgspec.Struct):
    """A document seen from outside."""

    source: Source
    title: Bilingual = Bilingual()
    pages: tuple[_Page, ...] = ()


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A document in the queue: its key in addresses, its name and title, and how much there is to do.

    ``characters`` are those whose reader told how sure it was, ``doubtful`` those of them under 90 %: the numbers of
    the report. ``left`` are the doubts its review still shows, None until somebody counted them.
    """

    key: str
    name: str
    title: str = ""
    pages: int
    characters: int
    doubtful: int
    done: int = 0
    left: int | None = None
    flags: int = 0
    is_finished: bool = False

    @property
    def per_thousand(self) -> float:
        """Doubtful characters in a thousand."""
        return 1000 * self.doubtful / max(1, self.characters)


class Library:
    """Folders by key; a folder that isn't on the shelf can't be asked for."""

    def __init__(self, root: Path, export: Export | None = None) -> None:
        self.export = export or _export
        self.root = root.resolve()
        folders = find_folders(self.root)
        if not folders:
            raise UnreadableInput(str(root), "holds no recovered document", "name a folder that recover pdf wrote")
        self.folders = {_key(folder, self.root): folder for folder in folders}
        self._desks: OrderedDict[str, Session] = OrderedDict()
        self._seen: dict[str, tuple[int, Waiting]] = {}
        self._left: dict[str, tuple[str, int]] = {}
        self._lock = threading.Lock()

    def desk(self, key: str) -> Session:
        """The document on the desk; raises Misfit for a key there is none of."""
        if key not in self.folders:
            raise Misfit("there is no such document")
        with self._lock:
            if key not in self._desks:
                self._desks[key] = Session(self.folders[key])
            self._desks.move_to_end(key)
            while len(self._desks) > ON_DESK:
                self._desks.popitem(last=False)
            return self._desks[key]

    def queue(self) -> tuple[Waiting, ...]:
        """All documents, the worst first, those that are finished last."""
        waiting = [self._waiting(key, folder) for key, folder in self.folders.items()]
        return tuple(sorted(waiting, key=lambda one: (one.is_finished, -one.per_thousand, one.name)))

    def following(self, key: str) -> str:
        """The next document in the queue that nobody finished; empty when there is none."""
        order = [one for one in self.queue() if not one.is_finished or one.key == key]
        at = next((number for number, one in enumerate(order) if one.key == key), -1)
        return next((one.key for one in (*order[at + 1 :], *order[: max(0, at)])), "")

    def count(self, key: str) -> Waiting:
        """The document's row with its doubts counted, as its review counts them."""
        desk = self.desk(key)
        desk.refresh()
        with self._lock:
            self._left[key] = desk.version, len(desk.ranking.doubts)
        return self._waiting(key, self.folders[key])

    def _waiting(self, key: str, folder: Path) -> Waiting:
        stamp = (folder / "document.json").stat().st_mtime_ns
        if key not in self._seen or self._seen[key][0] != stamp:
            self._seen[key] = stamp, _look(key, folder)
        log = Log(folder)
        counting = effective(log.read())
        version, left = self._left.get(key, ("", None))
        finished = [action for action in counting if action.kind == "finish"]
        flags = {(action.where.block, action.where.at): action.now for action in counting if action.kind == "flag"}
        return msgspec.structs.replace(
            self._seen[key][1],
            done=sum(action.kind not in ("finish", "flag") for action in counting),
            left=left if version == version_of(stamp, len(log.read())) else None,
            flags=sum(map(bool, flags.values())),
            is_finished=bool(finished and finished[-1].now),
        )


def _export(folder: Path, formats: Sequence[str]) -> Sequence[Path]:
    from recover.pipeline.output import export_again  # noqa: PLC0415 loads the exporters

    return export_again(folder, formats, reviewed=reviewed_document(folder))


def _look(key: str, folder: Path) -> Waiting:
    try:
        outside = msgspec.json.decode((folder / "document.json").read_bytes(), type=_Outside)
    except msgspec.DecodeError:
        return Waiting(key=key, name=folder.name, pages=0, characters=0, doubtful=0)
    lines = [line for page in outside.pages for region in page.regions for line in region.lines]
    values = [
        value
        for line in lines
        for char, value in zip(line.text, line.confidences, strict=False)
        if char.strip() and value >= 0
    ]
    return Waiting(
        key=key,
        name=outside.source.name or folder.name,
        title=outside.title.zh or outside.title.en,
        pages=len(outside.pages),
        characters=len(values),
        doubtful=sum(value < DOUBTFUL for value in values),
    )


def _key(folder: Path, root: Path) -> str:
    """An address says nothing of paths, so that none can be made up."""
    return hashlib.blake2b(str(folder.relative_to(root)).encode(), digest_size=6).hexdigest()
