"""Terms of the glossary that the doubtful characters of a line may spell, over the line's ends too."""

from __future__ import annotations

import math
from collections.abc import Iterator

import msgspec

from recover.glossary.concept import fold, in_latin_word
from recover.stages.correct.known import Terms
from recover.stages.correct.place import Candidate, Place, doubts

# However long the term, a reading this much likelier (e^5.5 = 245 times) stands.
MOST_LOSS, MOST_CHANGES = 5.5, 3
# Of a term the first doubt lies within this many characters: few English ones are longer.
LONGEST = 40
# A glossary that has the trials of one phase doesn't tell which phase was printed.
ROMAN = "Ⅰ", "ⅿ"


class State(msgspec.Struct, frozen=True):
    """A term half spelt: the tree's node, the next offset, what changed where, and how much less likely it is."""

    node: str
    at: int
    changes: tuple[tuple[int, str], ...] = ()
    loss: float = 0.0
    is_letter: bool = False


def terms(place: Place, known: Terms) -> Iterator[Candidate]:
    """Every term that a line spells with one of its reader's other readings, where it doesn't as it was read."""
    named = {
        at: [(text, math.log(place.line.confidences[at] / share)) for text, share in others if share > 0]
        for at, others in doubts(place).items()
        if not ROMAN[0] <= place.text[at] <= ROMAN[1]
    }
    for first in sorted(named):
        for start in range(max(-len(place.before), first - LONGEST), first + 1):
            if not any(other in named for other in range(start, first)) and fold(place.char(start)):
                yield from _spelt(State("", start), place, known, named)


def _spelt(state: State, place: Place, known: Terms, named: dict[int, list[tuple[str, float]]]) -> Iterator[Candidate]:
    begin, states = state.at, [state]
    end = len(place.text) + len(place.after)
    while states:
        state = states.pop()
        is_term = state.changes and state.is_letter and known.trie.is_complete(state.node)
        if is_term and _stands_whole(place, begin, state.at):
            yield _candidate(state, place)
        if state.at >= end:
            continue
        char = place.char(state.at)
        folded = fold(char)
        if not folded and state.node:
            states.append(msgspec.structs.replace(state, at=state.at + 1, is_letter=False))
        for text, loss in ((char, 0.0), *named.get(state.at, ())):
            letter = fold(text) if text else ""
            # A mark or a character may be dirt inside a term; white space there is none.
            is_dirt = text == "" and state.node != "" and not char.isspace()
            node = known.trie.step(state.node, letter) if letter else state.node if is_dirt else None
            changes = state.changes if text == char else (*state.changes, (state.at, text))
            if node is not None and len(changes) <= MOST_CHANGES and state.loss + loss <= MOST_LOSS:
                states.append(State(node, state.at + 1, changes, state.loss + max(0.0, loss), letter != ""))


def _candidate(state: State, place: Place) -> Candidate:
    """From the first change to the last; all of them lie in the line."""
    start, end = state.changes[0][0], state.changes[-1][0] + 1
    changed = dict(state.changes)
    now = "".join(changed.get(at, place.text[at]) for at in range(start, end))
    return Candidate(
        kind="term",
        start=start,
        was=place.text[start:end],
        now=now,
        share=math.exp(-state.loss),
        own=max(0.01, *(place.line.confidences[at] for at in changed)),
        word=state.node,
    )


def _stands_whole(place: Place, start: int, end: int) -> bool:
    """Whether no word in letters runs on over either end."""
    pairs = ((start - 1, start), (end - 1, end))
    return not any(in_latin_word(place.char(left)) and in_latin_word(place.char(right)) for left, right in pairs)
