"""Workers under supervision: the lost are replaced, and nothing that was given to them is forgotten."""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from recover.batch.hand import DEPTH, Hand, News
from recover.batch.limits import RECYCLE_SHARE, Limits, resident_mb
from recover.batch.tasks import Outcome, Task
from recover.errors import EngineFailed

# How often the clock and the memory of workers are looked at.
WATCH_SECONDS = 0.25
# So many workers in a row that die before they say a word: it is not the pages' fault.
MAX_STILLBORN = 3


class Pool(Protocol):
    """Whoever does tasks: this machine's workers, or a cluster's. ``span`` is how many pages a task should have."""

    span: int

    def room(self) -> int:
        """How many more tasks would be taken up soon."""

    def submit(self, task: Task) -> None:
        """Have a task done, sometime."""

    def wait(self, seconds: float) -> Sequence[Outcome]:
        """What has come about since; at most ``seconds`` are waited for it."""

    def close(self) -> None:
        """Drop what is not done."""


class Crew:
    """Worker processes on this machine."""

    span = 1

    def __init__(self, workers: int, limits: Limits) -> None:
        self._limits = limits
        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._hands = [Hand(limits, self._news) for _ in range(workers)]
        self._stillborn = 0
        self._watched = time.monotonic()

    def room(self) -> int:
        return sum(DEPTH - len(hand.tasks) for hand in self._hands)

    def submit(self, task: Task) -> None:
        min(self._hands, key=lambda hand: len(hand.tasks)).give(task)

    def wait(self, seconds: float) -> list[Outcome]:
        found: deque[Outcome] = deque()
        timeout = min(seconds, WATCH_SECONDS)
        while True:
            try:
                hand, outcome = self._news.get(timeout=0 if found else timeout)
            except queue.Empty:
                break
            found.extend(self._replace(hand) if outcome is None else self._noted(hand, outcome))
        self._watch()
        return list(found)

    def close(self) -> None:
        for hand in self._hands:
            hand.stop()
        self._hands = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _noted(self, hand: Hand, outcome: Outcome) -> list[Outcome]:
        if hand not in self._hands:
            return []
        hand.note(outcome)
        self._stillborn = 0
        if not hand.tasks and resident_mb(hand.process.pid) > RECYCLE_SHARE * self._limits.memory_mb:
            self._renew(hand)
        return [outcome] if outcome.key >= 0 else []

    def _replace(self, hand: Hand) -> list[Outcome]:
        """A fresh worker for one that has gone; what it left undone goes back to whoever gave it."""
        if hand not in self._hands:
            return []
        self._stillborn += hand.is_stillborn
        if self._stillborn >= MAX_STILLBORN:
            raise EngineFailed("the worker", f"cannot be started ({hand.complaint()})", "run 'recover doctor'")
        left = hand.lost()
        self._renew(hand)
        return left

    def _renew(self, hand: Hand) -> None:
        hand.stop()
        self._hands[self._hands.index(hand)] = Hand(self._limits, self._news)

    def _watch(self) -> None:
        now = time.monotonic()
        if now - self._watched >= WATCH_SECONDS:
            self._watched = now
            for hand in self._hands:
                hand.watch()
