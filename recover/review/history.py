"""Which actions of a log count: undo and redo are actions too, and never take anything out of the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from recover.review.actions import Action


class History(msgspec.Struct, frozen=True):
    """Groups of actions that count, in order, and those that an undo took back, the latest last."""

    done: tuple[int, ...] = ()
    undone: tuple[int, ...] = ()

    def after(self, action: Action) -> History:
        """The history once ``action`` is logged; an undo or redo that names no fitting group changes nothing."""
        if action.kind == "undo":
            if action.of not in self.done:
                return self
            return History(tuple(g for g in self.done if g != action.of), (*self.undone, action.of))
        if action.kind == "redo":
            if action.of not in self.undone:
                return self
            return History((*self.done, action.of), tuple(g for g in self.undone if g != action.of))
        if self.done and self.done[-1] == action.group:
            return self
        # Something new was done: what had been taken back can't be brought back on top of it.
        return History((*self.done, action.group), ())


def history_of(actions: Iterable[Action]) -> History:
    """The history after all of ``actions``."""
    history = History()
    for action in actions:
        history = history.after(action)
    return history


def effective(actions: Sequence[Action]) -> tuple[Action, ...]:
    """The actions that count, in the order in which they are to be applied."""
    by_group: dict[int, list[Action]] = {}
    for action in actions:
        if action.kind not in ("undo", "redo"):
            by_group.setdefault(action.group, []).append(action)
    return tuple(action for group in history_of(actions).done for action in by_group[group])
