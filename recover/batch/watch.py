"""A scanner's drop folder: files are taken up when they have stopped growing, for days on end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from recover.batch.events import Trouble, View, Waiting
from recover.batch.place import Place
from recover.batch.storage import is_url
from recover.batch.walk import Found, walk
from recover.errors import RecoverError

# Scanners write a page at a time: a file that has not changed for so long is taken for complete.
SETTLE_SECONDS = 3.0
# A network folder may tell nothing of what others write there, so it is also looked through so often.
LOOK_SECONDS = 30.0
# After trouble (a full disk, a folder that is not mounted) one tries again, ever more seldom.
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0


class Settling:
    """Files that have kept their stamp for a while; ``is_waiting`` while others have not, at the last look."""

    def __init__(self, seconds: float = SETTLE_SECONDS) -> None:
        self._seconds = seconds
        self._seen: dict[str, tuple[str, float]] = {}
        self.is_waiting = False

    def settled(self, found: Sequence[Found], now: float) -> list[Found]:
        """Those of ``found`` that have not changed for the time set, ``now`` being a clock's seconds."""
        seen: dict[str, tuple[str, float]] = {}
        for file in found:
            stamp, since = self._seen.get(file.name, ("", now))
            seen[file.name] = (stamp, since) if stamp == file.stamp else (file.stamp, now)
        self._seen = seen
        settled = [file for file in found if now - seen[file.name][1] >= self._seconds]
        self.is_waiting = len(settled) < len(found)
        return settled


class Watcher:
    """Calls for work when there is some; trouble is told, and tried again."""

    def __init__(self, place: Place, stop: threading.Event, view: View) -> None:
        self._place, self._stop, self._view = place, stop, view
        self._settling = Settling()
        self._pause = FIRST_PAUSE

    def run(self, work: Callable[[list[Found]], None]) -> None:
        """Until stopped: wait for files to be whole, and hand them all to ``work``."""
        known: set[Found] = set()
        self._view.tell(Waiting(folder=self._place.folder))
        while not self._stop.is_set():
            try:
                settled = self._settling.settled(list(walk(self._place.folder, self._place.out)), time.monotonic())
                if set(settled) != known:
                    work(settled)
                    known = set(settled)
                    self._view.tell(Waiting(folder=self._place.folder))
                self._pause = FIRST_PAUSE
                self._wait()
            except RecoverError as error:
                self._recover(error)

    def _wait(self) -> None:
        """Until something happens in the folder, a while has passed, or files may have settled."""
        if self._settling.is_waiting or is_url(self._place.folder):
            self._stop.wait(1.0 if self._settling.is_waiting else LOOK_SECONDS)
            return
        import watchfiles  # noqa: PLC0415 only a watched folder needs it

        try:
            changes = watchfiles.watch(
                self._place.folder,
                stop_event=self._stop,
                rust_timeout=int(LOOK_SECONDS * 1000),
                yield_on_timeout=True,
                raise_interrupt=False,
            )
            next(iter(changes), None)
        except OSError:  # the folder went away, or the system has no watches left: the walk will say
            self._stop.wait(LOOK_SECONDS)

    def _recover(self, error: RecoverError) -> None:
        self._view.tell(Trouble(message=f"{error} (trying again in {self._pause:g} s)"))
        self._stop.wait(self._pause)
        self._pause = min(LONGEST_PAUSE, self._pause * 2)
