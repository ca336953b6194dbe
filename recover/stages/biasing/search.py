"""Terms that the doubtful characters of a row may spell, each with what speaks for it and against it."""

from __future__ import annotations

import math
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
# A term with a character that its reader didn't name is this long, and that one neither its first nor its last, but of
# a longer one. Words that join others are not taken for part of a term.
LEAST_SPELT, ENDING_TOO = 4, 5
JOINING = frozenset("的和与及或在等")
# Of a term the first doubt lies within this many characters: few English ones are longer.
LONGEST = 40


class Spelling(msgspec.Struct, frozen=True):
    """``term`` in the cells from ``start`` to ``end``, with ``changes`` of cells to one of their options.

    A guess has one change to what the reader didn't name.
    """

    start: int
    end: int
    term: str
    changes: tuple[tuple[int, Option], ...]
    loss: float
    prior: float
    is_guess: bool = False


class State(msgspec.Struct, frozen=True):
    """A term half spelt."""

    node: str
    at: int
    term: str = ""
    changes: tuple[tuple[int, Option], ...] = ()
    loss: float = 0.0
    prior: float = 0.0
    is_guess: bool = False


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
        is_whole = trie.is_complete(state.node) and _ends_here(state, cells) and _stands_whole(cells, start, state.at)
        if is_whole and _says_enough(state):
            yield Spelling(start, state.at, state.term, state.changes, state.loss, state.prior, state.is_guess)
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
        yield State(node, state.at + 1, state.term + cell.folded, state.changes, state.loss, prior, state.is_guess)
    for option in cell.options:
        if len(state.changes) < MOST_CHANGES and state.loss + option.loss <= MOST_LOSS:
            yield from _changed(state, option, trie)
    for option in _unnamed(state, cell, trie):
        yield from (msgspec.structs.replace(after, is_guess=True) for after in _changed(state, option, trie))


def _unnamed(state: State, cell: Cell, trie: Trie) -> Iterator[Option]:
    """The Chinese characters that a term goes on with, of which the reader named none."""
    if not cell.unnamed or not state.term or state.changes or cell.text in JOINING:
        return
    loss = math.log(cell.confidence / cell.unnamed)
    named = {option.folded for option in cell.options} | {cell.folded}
    for char in trie.after(state.node) if state.loss + loss <= MOST_LOSS else ():
        if is_han(char) and char not in named:
            yield Option(char, char, loss, cell.unnamed)


def _changed(state: State, option: Option, trie: Trie) -> Iterator[State]:
    """The state after an option: a character of the term, or inside a term one that isn't there."""
    if option.text and not option.folded:
        return
    node = trie.step(state.node, option.folded) if option.folded else state.node
    if node is not None and (state.term or option.folded):
        changes = (*state.changes, (state.at, option))
        loss = state.loss + option.loss
        yield State(node, state.at + 1, state.term + option.folded, changes, loss, state.prior, state.is_guess)


def _says_enough(state: State) -> bool:
    """Whether a term is long enough to speak for a character that its reader didn't name, if it has one."""
    ends = state.changes != () and state.changes[-1][0] == state.at - 1
    return not state.is_guess or len(state.term) >= (ENDING_TOO if ends else LEAST_SPELT)


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
