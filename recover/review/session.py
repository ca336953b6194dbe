"""One document under review: the reading, the log, and the sheet they make together, kept in step with the disk."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from recover.model.document import MarkKind
from recover.model.geometry import Box
from recover.model.records import PageLine
from recover.review.from_document import box_of, read_lean, unfold
from recover.review.log import Action, Conflict, History, Kind, Log, Misfit, Place, effective, history_of
from recover.review.places import Target, block_place, later_first, line_place
from recover.review.ranking import Ranking, language_of
from recover.review.regions import behind, covered, drawn_place, joined, open_places, written_line
from recover.review.replay import apply, apply_all
from recover.review.text_edits import actions_for, changes
from recover.review.working_copy import Block, WorkingCopy, changed_lines

# Sheets share all they can, so that a few hundred of them weigh little.
KEPT_STEPS = 200

Make = Callable[[WorkingCopy, Action], Iterable[Action]]


class Session:
    """Thread-safe; every change is on the disk before it is shown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = Log(folder)
        self._lock = threading.RLock()
        self._stamp: tuple[int, int, int] = (0, 0, 0)
        self._size = -1
        self.refresh()

    def refresh(self) -> None:
        """Take in what others did: another window's process, or a new recovery."""
        with self._lock:
            stat = (self.folder / "document.json").stat()
            stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if stamp != self._stamp:
                with _no_collection():
                    self._base = unfold(read_lean(self.folder / "document.json"))
                    # What is usual is asked of the recovery: corrections are few.
                    self._language = language_of(self._base)
                    self._stamp = stamp
                    self._replay(self.log.read())
            elif self.log.size() != self._size:
                self._replay(self.log.read())

    def _replay(self, actions: Sequence[Action]) -> None:
        counting = effective(actions)
        self.sheet, self.conflicts = apply_all(self._base, counting)
        self._take(actions, history_of(actions))
        self._steps: dict[int, tuple[WorkingCopy, tuple[Conflict, ...]]] = {}
        self.ranking = Ranking(self.sheet, language=self._language)

    def _take(self, actions: Sequence[Action], history: History) -> None:
        self.actions, self.history = tuple(actions), history
        self._size = self.log.size()

    @property
    def version(self) -> str:
        """Changes with every action and with every new reading."""
        return version_of(self._stamp[0], len(self.actions))

    def do(self, make: Make) -> tuple[Action, ...]:
        """Log what ``make`` makes of the sheet as it stands, and apply it; raises Misfit and leaves no trace."""
        with self._lock:
            self.refresh()
            before, after = self.sheet, self.sheet
            added: list[Action] = []
            stamp = Action(id=self._next_id(), when=_now(), kind="text", group=self._next_id())
            for number, action in enumerate(make(before, stamp)):
                numbered = msgspec.structs.replace(action, id=stamp.id + number)
                after = apply(after, numbered)
                added.append(numbered)
            if added:
                self._commit(added, before, after, stamp.group)
            return tuple(added)

    def _next_id(self) -> int:
        """One more than the last; there may be fewer actions than that, where lines of the log are damaged."""
        return max((action.id for action in self.actions), default=0) + 1

    def _commit(self, added: Sequence[Action], before: WorkingCopy, after: WorkingCopy, group: int) -> None:
        known = len(self.actions)
        actions = self.log.append(lambda logged: added if len(logged) == known else ())
        if len(actions) != known + len(added) or actions[-1] != added[-1]:
            self._size = -1
            self.refresh()
            raise Misfit("another window was faster; look again")
        self._steps[group] = (before, self.conflicts)
        for old in list(self._steps)[:-KEPT_STEPS]:
            del self._steps[old]
        history = self.history
        for action in added:
            history = history.after(action)
        self.sheet = after
        self._take(actions, history)
        self.ranking = self.ranking.after(self.sheet, changed_lines(before, after))

    def undo(self) -> Action:
        """Take the last group back; raises Misfit when there is none."""
        return self._turn("undo", self.history.done)

    def redo(self) -> Action:
        """Bring back what the last undo took; raises Misfit when there is nothing."""
        return self._turn("redo", self.history.undone)

    def _turn(self, kind: Kind, groups: tuple[int, ...]) -> Action:
        with self._lock:
            self.refresh()
            groups = self.history.done if kind == "undo" else self.history.undone
            if not groups:
                raise Misfit(f"there is nothing to {kind}")
            turned = Action(id=self._next_id(), when=_now(), kind=kind, of=groups[-1])
            known, step = len(self.actions), self._steps.pop(groups[-1], None)
            actions = self.log.append(lambda logged: [turned] if len(logged) == known else [])
            history = history_of(actions)
            if kind == "undo" and step and len(actions) == known + 1 and history.done == self.history.done[:-1]:
                lines = changed_lines(self.sheet, step[0])
                self.sheet, self.conflicts = step
                self._take(actions, history)
                self.ranking = self.ranking.after(self.sheet, lines)
            else:
                self._replay(actions)
            return turned

    # What a person does, as functions that make actions.

    def write(self, key: str, was: str, now: str) -> tuple[Action, ...]:
        """The block's text becomes ``now``; raises Misfit when it doesn't read ``was`` any more."""

        def make(sheet: WorkingCopy, stamp: Action) -> Iterable[Action]:
            block = self.block(key)
            if block.text != was:
                raise Misfit("the text was changed meanwhile; look again")
            done: list[Action] = []
            for change in changes(was, now):
                done.extend(actions_for(sheet, block, change, stamp))
            return _in_turn(sheet, done)

        return self.do(make)

    def write_everywhere(self, targets: Sequence[Target], now: str) -> tuple[Action, ...]:
        """Every target becomes ``now``, as one step; raises Misfit when one of them reads otherwise by now."""

        def make(sheet: WorkingCopy, stamp: Action) -> Iterable[Action]:
            for target in later_first(targets):
                block = sheet.blocks.get(target.block)
                end = target.start + len(target.was)
                if block is None or target.start < 0 or block.text[target.start : end] != target.was:
                    raise Misfit("the text was changed meanwhile; look again")
                for action in _in_turn(sheet, list(_written(sheet, block, target, now, stamp))):
                    sheet = apply(sheet, action)
                    yield action

        return self.do(make)

    def check(self, line_id: str, start: int, end: int, was: str) -> tuple[Action, ...]:
        """The characters are right as read."""

        def make(sheet: WorkingCopy, stamp: Action) -> Iterable[Action]:
            line = sheet.lines.get(line_id)
            if line is None or line.text[start:end] != was:
                raise Misfit("the text was changed meanwhile; look again")
            worst = min((value for value in line.confidences[start:end] if value >= 0), default=-1)
            place = line_place(sheet, line, start, end)
            yield msgspec.structs.replace(stamp, kind="check", where=place, was=was, now=was, confidence=worst)

        return self.do(make)

    def act(self, kind: Kind, key: str, *, now: str = "", at: int = 0, field: str = "") -> tuple[Action, ...]:
        """A change of structure or of a field of the block ``key``."""

        def make(sheet: WorkingCopy, stamp: Action) -> Iterable[Action]:
            block = self.block(key)
            was = _said_before(sheet, block, kind, field)
            place = block_place(block, at)
            named = _named(sheet, block, kind, now)
            yield msgspec.structs.replace(stamp, kind=kind, where=place, was=was, now=named, field=field)

        return self.do(make)

    def set_marks(self, key: str, start: int, end: int, kind: MarkKind) -> tuple[Action, ...]:
        """``text[start:end]`` of a block is set raised, lowered, italic or bold, or plain where it was set so."""

        def make(_: WorkingCopy, stamp: Action) -> Iterable[Action]:
            block = self.block(key)
            was = block.text[start:end]
            if not 0 <= start < end <= len(block.text):
                raise Misfit("there is nothing chosen")
            yield msgspec.structs.replace(stamp, kind="mark", where=block_place(block, start), was=was, now=kind)

        return self.do(make)

    def add_term(self, zh: str, en: str, abbreviation: str) -> tuple[Action, ...]:
        """A term of this document, to be found wherever it stands."""
        now = "\t".join(" ".join(part.split()) for part in (zh, en, abbreviation))
        return self.do(lambda _, stamp: [msgspec.structs.replace(stamp, kind="term", where=Place(), now=now)])

    def finish(self, *, is_finished: bool) -> tuple[Action, ...]:
        """The document is done, or is not."""
        now = "finished" if is_finished else ""
        return self.do(lambda _, stamp: [msgspec.structs.replace(stamp, kind="finish", now=now)])

    def flag(self, key: str, start: int, end: int, comment: str) -> tuple[Action, ...]:
        """A second reader is to look at ``text[start:end]``; an empty comment takes the flag away."""

        def make(_: WorkingCopy, stamp: Action) -> Iterable[Action]:
            block = self.block(key)
            if not 0 <= start <= end <= len(block.text):
                raise Misfit("there is nothing chosen")
            now, where = " ".join(comment.split()), block_place(block, start)
            yield msgspec.structs.replace(stamp, kind="flag", where=where, was=block.text[start:end], now=now)

        return self.do(make)

    def restore(self, page: int, number: int, text: str) -> tuple[Action, ...]:
        """The open place ``number`` of a page becomes a paragraph that reads ``text``, else what was read there."""

        def make(sheet: WorkingCopy, stamp: Action) -> Iterable[Action]:
            found = next((place for at, which, place in open_places(sheet) if (at, which) == (page, number)), None)
            if found is None:
                raise Misfit("it was brought back already")
            where = Place(page=page, box=found.box)
            now, field = text.strip() or found.text.strip(), behind(sheet, page, found.box)
            yield msgspec.structs.replace(stamp, kind="restore", where=where, was=found.text, now=now, field=field)

        return self.do(make)

    def restore_drawn(
        self, page: int, box: Box, text: str, lines: Sequence[PageLine], *, is_apart: bool = False
    ) -> tuple[Action, ...]:
        """What was read in a region that a person drew stands in the place of what it covers, as ``text`` says.

        ``is_apart`` makes a block of its own of it. All is one step.
        """

        def make(sheet: WorkingCopy, stamp: Action) -> Iterable[Action]:
            if not any(record.number == page for record in sheet.document.pages):
                raise Misfit("there is no such page")
            told, _ = joined(lines, page)
            where, field = Place(page=page, box=box.rounded()), behind(sheet, page, box)
            was, now = "".join(sheet.lines[key].text[a:b] for key, a, b in covered(sheet, page, box)), text.strip()
            read = tuple(lines) if told.strip() else (written_line(now, box),)
            drawn = msgspec.structs.replace(stamp, kind="restore", where=where, was=was, now=now, field=field)
            drawn = msgspec.structs.replace(drawn, lines=read)
            after = apply(sheet, drawn)
            yield drawn
            for action in _as_told(after, page, now, stamp):
                after = apply(after, action)
                yield action
            yield from _apart(after, page, now, stamp) if is_apart else ()

        return self.do(make)

    def into_text(self, key: str) -> tuple[Action, ...]:
        """A running head becomes a paragraph at its place."""

        def make(sheet: WorkingCopy, stamp: Action) -> Iterable[Action]:
            block = self.block(key)
            box = box_of(block)
            if block.kind != "furniture" or box is None:
                raise Misfit("this stands in the text already")
            where, after = block_place(block), behind(sheet, block.page, Box(*box))
            yield msgspec.structs.replace(stamp, kind="role", where=where, was="furniture", now="paragraph")
            yield msgspec.structs.replace(stamp, kind="move", where=where, now=after)

        return self.do(make)

    def block(self, key: str) -> Block:
        """The block of that name; raises Misfit."""
        block = self.sheet.blocks.get(key)
        if block is None or key not in self.sheet.order:
            raise Misfit("the block is not there any more")
        return block


@contextmanager
def _no_collection() -> Iterator[None]:
    """A document's values hold no cycles: the collector looks for none in them, neither while they are made nor later.

    Else it halves the speed of reading, and halts the answer to a key for a tenth of a second now and then.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def version_of(stamp: int, actions: int) -> str:
    """Names a reading, by when it was written, with so many actions on top."""
    return f"{stamp % 10**10:x}.{actions}"


def _written(sheet: WorkingCopy, block: Block, target: Target, now: str, stamp: Action) -> Iterable[Action]:
    """The actions that write ``now`` over a target, only what differs of it."""
    text = block.text
    whole = text[: target.start] + now + text[target.start + len(target.was) :]
    for change in changes(text, whole):
        yield from actions_for(sheet, block, change, stamp)


def _as_told(sheet: WorkingCopy, page: int, now: str, stamp: Action) -> Iterable[Action]:
    """What a person corrected in a region before it was taken in."""
    block, start, end = drawn_place(sheet, page, stamp.id)
    whole = block.text[:start] + now + block.text[end:]
    done = [action for change in changes(block.text, whole) for action in actions_for(sheet, block, change, stamp)]
    return _in_turn(sheet, done)


def _apart(sheet: WorkingCopy, page: int, now: str, stamp: Action) -> Iterable[Action]:
    """What stands behind a region in its block becomes another block, and so does what stands before it."""
    block, start, _ = drawn_place(sheet, page, stamp.id)
    for at in (start + len(now), start):
        if block.text[:at].strip() and block.text[at:].strip():
            yield msgspec.structs.replace(stamp, kind="split", where=block_place(block, at))


def _in_turn(sheet: WorkingCopy, actions: Sequence[Action]) -> Iterable[Action]:
    """Actions whose places tell their line as the actions before them left it."""
    for action in actions:
        if action.kind == "text":
            line = sheet.lines[action.where.line]
            where = msgspec.structs.replace(action.where, context=line.text)
            action = msgspec.structs.replace(action, where=where)  # noqa: PLW2901 the same action, told better
        sheet = apply(sheet, action)
        yield action


def _named(sheet: WorkingCopy, block: Block, kind: Kind, now: str) -> str:
    """The block that ``up``, ``down`` and ``next`` mean: a log names it, since neighbours change."""
    if kind == "merge" and now == "next":
        other = sheet.following(block)
        if other is None:
            raise Misfit("nothing of its kind follows")
        return other.id
    if kind == "move" and now in ("up", "down"):
        return _behind(sheet, block, now)
    return now


# What stands in one row: blocks of other kinds are passed over.
_ROWS = (("heading", "paragraph"), ("front",), ("reference",), ("figure",), ("table",))


def _behind(sheet: WorkingCopy, block: Block, way: str) -> str:
    """The block to stand behind when a block goes one step up or down; empty for the very first place."""
    row = next((kinds for kinds in _ROWS if block.kind in kinds), ())
    ids = [key for key in sheet.order if sheet.blocks[key].kind in row]
    at = ids.index(block.id) if block.id in ids else -1
    target = at - 1 if way == "up" else at + 1
    if at < 0 or not 0 <= target < len(ids):
        raise Misfit("there is no place to go to")
    if way == "down":
        return ids[target]
    index = sheet.order.index(ids[target])
    return sheet.order[index - 1] if index else ""


def _said_before(sheet: WorkingCopy, block: Block, kind: Kind, field: str) -> str:
    if kind == "role":
        return {"heading": f"heading:{block.level}", "front": f"front:{block.role}"}.get(block.kind, block.kind)
    if kind == "move":
        index = sheet.order.index(block.id)
        return sheet.order[index - 1] if index else ""
    if kind == "field" and block.csl is not None:
        from recover.review.references import FIELDS, field_text  # noqa: PLC0415 only here

        return field_text(block.csl, field) if field in FIELDS else ""
    return ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
