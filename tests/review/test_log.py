from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from recover.review.log import Action, Log, effective, history_of


def action(number: int, kind: str = "check", of: int = 0, group: int = 0) -> Action:
    return Action(id=number, when="2026-01-01T00:00:00+00:00", kind=kind, of=of, group=group or number)  # type: ignore[arg-type]


def test_what_was_appended_is_read_again(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.append(lambda known: [action(len(known) + 1)])
    log.append(lambda known: [action(len(known) + 1)])
    assert [one.id for one in Log(tmp_path).read()] == [1, 2]


def test_a_torn_last_line_costs_only_itself(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.append(lambda _: [action(1), action(2)])
    whole = log.path.read_bytes()
    log.path.write_bytes(whole[:-7])
    assert [one.id for one in log.read()] == [1]
    log.append(lambda known: [action(len(known) + 1)])
    assert [one.id for one in log.read()] == [1, 2]
    assert log.path.read_bytes().startswith(whole[:-7] + b"\n")
    assert log.damaged() == (2,)


def test_a_damaged_line_is_named_and_stays_in_the_file(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.append(lambda _: [action(1)])
    with log.path.open("ab") as file:
        file.write(b"nonsense\n")
    log.append(lambda known: [action(len(known) + 1)])
    assert [one.id for one in log.read()] == [1, 2]
    assert log.damaged() == (2,)
    assert b"nonsense" in log.path.read_bytes()


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: Log(tmp_path).append(lambda known: [action(len(known) + 1)]), range(40)))
    assert [one.id for one in Log(tmp_path).read()] == list(range(1, 41))


@pytest.mark.parametrize(
    ("turns", "done", "undone"),
    [
        ([], (), ()),
        (["1", "2"], (1, 2), ()),
        (["1", "2", "undo 2"], (1,), (2,)),
        (["1", "2", "undo 2", "undo 1"], (), (2, 1)),
        (["1", "2", "undo 2", "redo 2"], (1, 2), ()),
        (["1", "2", "undo 2", "3"], (1, 3), ()),
        (["1", "undo 7", "redo 1"], (1,), ()),
    ],
)
def test_undo_and_redo_are_actions_too(turns: list[str], done: tuple[int, ...], undone: tuple[int, ...]) -> None:
    actions = [_turn(number, turn) for number, turn in enumerate(turns, 100)]
    history = history_of(actions)
    assert (history.done, history.undone) == (done, undone)
    assert tuple(one.group for one in effective(actions)) == done


def _turn(number: int, turn: str) -> Action:
    kind, _, of = turn.partition(" ")
    return action(number, kind, int(of)) if of else action(number, group=int(kind))
