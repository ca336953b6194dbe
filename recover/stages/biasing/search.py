"""Terms that the doubtful characters of a row may spell, each with what speaks for it and against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from recover.glossary.squash import is_han, is_latin
from recover.glossary.trie import Trie
from recover.stages.biasing.lattice import Cell, Option

# What one character that both readings share is worth to a term, in nats: a Han character is one of thousands, a
# letter of a known word hardly a surprise. Set on the samples so that no right word was ever given up for a term.
WORTH_HAN = 2.0
WORTH_LATIN = 0.7
# However long the term, a reading this much likelier (e^5.5 = 245 times) stands.
MOST_LOSS = 5.5
MOST_CHANGES = 3
# Of a term the first doubt lies within this many characters: few English ones are longer.
LONGEST = 40


class Spelling(msgspec.Struct, frozen=True):
    """``term`` in the cells from ``start`` to ``end``, with ``changes`` of cells to one of their options."""

    start: int
    end: int
    term: str
    changes: tuple[tuple[int, Option], ...]
    loss: float
    prior: float


class State(msgspec.Struct, frozen=True):
    """A term half spelt."""

    node: str
    at: int
    term: str = ""
    changes: tuple[tuple[int, Option], ...] = ()
    loss: float = 0.0
    prior: float = 0.0


def spellings(cells: Sequence[Cell], trie: Trie) -> Iterator[Spelling]:
    """Every term the row spells or may spell, but for those far from any doubt."""
    near = -1
    for start in reversed(range(len(cells))):
        near = start if cells[start].options else near
        if cells[start].folded and 0 <= near - start <= LONGEST:
            yield from _from(start, cells, trie)


def _from(start: int, cells: Sequence[Cell], trie: Trie) -> Iterator[Spelling]:
    states = [State(Trie.ROOT, start)]
    while states:
        state = states.pop()
        if trie.is_complete(state.node) and _ends_here(state, cells) and _stands_whole(cells, start, state.at):
            yield Spelling(start, state.at, state.term, state.changes, state.loss, state.prior)
        if state.at < len(cells):
            states.extend(_steps(state, cells[state.at], trie))


def _steps(state: State, cell: Cell, trie: Trie) -> Iterator[State]:
    if not cell.folded:
        # Spaces, hyphens and line ends don't count; a term neither begins nor ends with one.
        if state.term and not (cell.text and any(map(is_han, state.term[-1:])) and cell.text.isspace()):
            yield msgspec.structs.replace(state, at=state.at + 1)
        return
    node = trie.step(state.node, cell.folded)
    if node is not None:
        prior = state.prior + _worth(cell.folded) * max(0.0, cell.confidence)
        yield State(node, state.at + 1, state.term + cell.folded, state.changes, state.loss, prior)
    for option in cell.options:
        if len(state.changes) < MOST_CHANGES and state.loss + option.loss <= MOST_LOSS:
            yield from _changed(state, option, trie)


def _changed(state: State, option: Option, trie: Trie) -> Iterator[State]:
    """The state after an option: a character of the term, or inside a term one that isn't there."""
    if option.text and not option.folded:
        return
    node = trie.step(state.node, option.folded) if option.folded else state.node
    if node is not None and (state.term or option.folded):
        changes = (*state.changes, (state.at, option))
        yield State(node, state.at + 1, state.term + option.folded, changes, state.loss + option.loss, state.prior)


def _worth(char: str) -> float:
    return WORTH_HAN if is_han(char) else WORTH_LATIN


def _ends_here(state: State, cells: Sequence[Cell]) -> bool:
    """Whether the last cell belongs to the term, changed or not."""
    if state.changes and state.changes[-1][0] == state.at - 1:
        return state.changes[-1][1].folded != ""
    return cells[state.at - 1].folded != ""


def _stands_whole(cells: Sequence[Cell], start: int, end: int) -> bool:
    """Whether no word in letters runs on over either end."""
    runs_in = start > 0 and _is_letter(cells[start]) and _is_letter(cells[start - 1])
    runs_out = end < len(cells) and _is_letter(cells[end - 1]) and _is_letter(cells[end])
    return not runs_in and not runs_out


def _is_letter(cell: Cell) -> bool:
    return cell.text != "" and is_latin(cell.text)
