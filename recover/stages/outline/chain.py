"""Which candidates are the document's headings: the best chain of numbers that follow each other."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.stages.outline.candidates import Candidate
from recover.text.heading_numbers import HEADING_RANKS, Number

BEAM = 40
SKIP, BACKWARDS, ORPHAN = 0.9, 3.0, 1.0


class _State(msgspec.Struct, frozen=True):
    """A chain so far: the last value at every rank, its score, and the chosen candidates."""

    last: tuple[tuple[int, tuple[int, ...]], ...]
    score: float
    chosen: tuple[int, ...]


def choose_headings(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The chain of numbered candidates with the best score, and the unnumbered ones among them."""
    numbered = [candidate for candidate in candidates if candidate.number is not None]
    states = [_State((), 0.0, ())]
    for position, candidate in enumerate(numbered):
        grown = [_take(state, position, candidate) for state in states]
        states = sorted([*states, *grown], key=lambda state: -state.score)
        states = _distinct(states)[:BEAM]
    chosen = {numbered[position].index for position in states[0].chosen} if states else set()
    return tuple(item for item in candidates if item.number is None or item.index in chosen)


def rank(number: Number) -> int:
    """The nesting depth of a number, comparable between schemes."""
    return HEADING_RANKS[number.scheme] + number.depth - 1


def _take(state: _State, position: int, candidate: Candidate) -> _State:
    assert_number = candidate.number
    if assert_number is None:
        return state
    level = rank(assert_number)
    cost = _step_cost(dict(state.last), level, assert_number)
    kept = tuple((depth, values) for depth, values in state.last if depth < level)
    return _State(
        (*kept, (level, assert_number.values)), state.score + candidate.score - cost, (*state.chosen, position)
    )


def _step_cost(last: dict[int, tuple[int, ...]], level: int, number: Number) -> float:
    """What it costs to let ``number`` follow: nothing for the next sibling or a first child."""
    cost = 0.0
    # Pages taken from the middle of a paper begin with any number.
    if not last:
        return 0.0 if number.depth == 1 and number.values[0] <= 1 else SKIP
    if number.depth > 1:
        parent = last.get(level - 1, last.get(HEADING_RANKS["chapter"]) if number.depth == 2 else None)
        if parent is None or parent != number.values[:-1]:
            cost += ORPHAN + (SKIP if parent is not None else 0.0)
    value = number.values[-1]
    before = last.get(level)
    if before is not None and before[:-1] == number.values[:-1]:
        step = value - before[-1]
        return cost + (0.0 if step == 1 else BACKWARDS if step <= 0 else SKIP * min(4, step - 1))
    if number.depth == 1 and any(depth > level and values[0] == value - 1 for depth, values in last.items()):
        return cost
    return cost + SKIP * min(4, max(0, value - 1))


def _distinct(states: Sequence[_State]) -> list[_State]:
    """The best state for every set of last values."""
    seen: set[tuple[tuple[int, tuple[int, ...]], ...]] = set()
    kept = []
    for state in states:
        if state.last not in seen:
            seen.add(state.last)
            kept.append(state)
    return kept
