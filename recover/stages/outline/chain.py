"""Which candidates are the document's headings: the best chain of numbers that follow each other, and their levels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from recover.model.flow import Block, Flow
from recover.model.records import Correction, Problem
from recover.stages.outline.candidates import Candidate, Draft, find_candidates, promised_levels
from recover.stages.outline.reference_lists import SURE_HEADING, outside_lists
from recover.text.join import compose
from recover.text.labels import find_label
from recover.text.numbering import HEADING_RANKS, Number, parse_number
from recover.text.reference_lists import is_known_heading

# Headings of one level differ in type size by less than this share.
SAME_SIZE = 0.07
# Of fewer characters the size is that of their box: bold headings of two Han measured 1.18 to 1.26 times as large.
LEAST, HIGHER = 3, 1.35
_TELLING = re.compile(r"[\u3400-\u9fffA-Zbdfhkl\d]")


def heading_levels(headings: Mapping[int, Candidate], blocks: Sequence[Block]) -> dict[int, int]:
    """Levels from 1 by block index; a paper that begins with 1.1 still has headings of level 1."""
    ranks = sorted({rank(item.number) for item in headings.values() if item.number is not None})
    if ranks:
        return {
            index: ranks.index(rank(item.number)) + 1 if item.number is not None else 1
            for index, item in headings.items()
        }
    return _by_size(headings, blocks)


def _by_size(headings: Mapping[int, Candidate], blocks: Sequence[Block]) -> dict[int, int]:
    """Larger type stands higher; titles that run in stand below all others."""
    alone = [index for index, item in headings.items() if item.boundary is None]
    measured = [index for index in alone if _is_measured(blocks[index])] or alone
    sized = _groups(sorted(measured, key=lambda at: -blocks[at].first.size), blocks)
    sized = _with_short(sized, [index for index in alone if index not in measured], blocks)
    groups = [part for group in sized for part in _parted(group, blocks)]
    levels = {index: level for level, group in enumerate(groups, 1) for index in group}
    return levels | {index: len(groups) + 1 for index in headings if index not in levels}


def _parted(group: Sequence[int], blocks: Sequence[Block]) -> list[list[int]]:
    """Headings of one size, the known ones apart where another stands right under one: ``Methods | Mice``."""
    known = [index for index in group if _is_known(compose(blocks[index].pieces).text)]
    others = [index for index in group if index not in known]
    return [known, others] if any(index - 1 in known for index in others) else [list(group)]


def _is_known(text: str) -> bool:
    return is_known_heading(text) or find_label(text) is not None


def _is_measured(block: Block) -> bool:
    """Whether a heading has as many Han, or capitals and tall letters, as its type's size is told by."""
    return len(_TELLING.findall(compose(block.pieces).text)) >= LEAST


def _with_short(groups: Sequence[list[int]], short: Sequence[int], blocks: Sequence[Block]) -> list[list[int]]:
    """The groups with the headings of few characters, whose boxes are higher than their type, in the nearest one."""
    found = [list(group) for group in groups]
    apart = []
    for index in sorted(short, key=lambda at: -blocks[at].first.size):
        size = blocks[index].first.size
        ratios = [max(size / blocks[group[0]].first.size, blocks[group[0]].first.size / size) for group in groups]
        if min(ratios, default=HIGHER) < HIGHER:
            found[ratios.index(min(ratios))].append(index)
        else:
            apart.append(index)
    return sorted((*found, *_groups(apart, blocks)), key=lambda group: -blocks[group[0]].first.size)


def _groups(ordered: Sequence[int], blocks: Sequence[Block]) -> list[list[int]]:
    """Headings of one size together, the largest first; one that stands alone joins its neighbours in size."""
    groups: list[list[int]] = []
    for index in ordered:
        if groups and blocks[index].first.size > (1 - SAME_SIZE) * blocks[groups[-1][-1]].first.size:
            groups[-1].append(index)
        else:
            groups.append([index])
    if all(len(group) < 2 for group in groups):
        return groups
    joined = groups[:1]
    for group in groups[1:]:
        if min(len(group), len(joined[-1])) < 2:
            joined[-1].extend(group)
        else:
            joined.append(group)
    return joined


# Headings whose numbers don't follow from those before.


def number_problems(drafts: Sequence[Draft]) -> tuple[Problem, ...]:
    """Headings whose number does not follow from the one before."""
    problems = []
    last: dict[tuple[int, str], int] = {}
    for draft in drafts:
        number = _number(draft)
        if number is None:
            continue
        parent = draft.number.rpartition(".")[0]
        value, before = number.values[-1], last.get((draft.level, parent))
        last = {key: seen for key, seen in last.items() if key[0] <= draft.level}
        last[draft.level, parent] = value
        # Pages taken from the middle of a paper begin with any number.
        problem = _number_problem(draft, value, before) if len(last) > 1 or before is not None else None
        if problem:
            problems.append(problem)
    return tuple(problems)


def _number(draft: Draft) -> Number | None:
    """A heading's number, some schemes of which are none without a closing mark."""
    return (parse_number(draft.number + " x") or parse_number(draft.number + "、甲乙")) if draft.number else None


def _number_problem(draft: Draft, value: int, before: int | None) -> Problem | None:
    page = draft.block.first.page if draft.block else None
    if before is not None and value == before:
        message = f"the heading number {draft.number} occurs twice"
    elif value > (before or 0) + 1:
        message = f"a heading is missing before {draft.number} {draft.title}"
    else:
        return None
    return Problem(stage="outline", page=page, message=message, remedy="compare the headings with the page")


# Marks behind headings that no Chinese title ends with: each is left out of the title and recorded.

WHY = "no title ends with such a mark"


def end_specks(drafts: Sequence[Draft]) -> tuple[Correction, ...]:
    """What was left out behind the drafts' titles."""
    return tuple(_correction(draft) for draft in drafts if draft.speck and draft.title_pieces)


def _correction(draft: Draft) -> Correction:
    piece = draft.title_pieces[-1]
    end = piece.start + len(piece.text.rstrip())
    box = piece.line.to_page.box(piece.line.line.char_box(end - len(draft.speck), end)).rounded()
    evidence = f"behind {draft.title[-8:]}"
    return Correction(page=piece.line.page, box=box, was=draft.speck, now="", why=WHY, evidence=evidence)


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


# Which blocks are headings: the candidates that the numbers, the contents page and the lists of references leave.


def choose(blocks: Sequence[Block], flow: Flow, heads: Sequence[int]) -> tuple[Candidate, ...]:
    """The document's headings, ``heads`` of its lists of references among them."""
    candidates = _with_promised(outside_lists(find_candidates(blocks, flow), blocks, heads), blocks, flow)
    chosen = choose_headings(candidates)
    if any(item.number is not None for item in chosen):
        chosen = tuple(item for item in chosen if item.number is not None or item.boundary is None)
    known = {item.index for item in chosen}
    added = [_head(index, blocks[index]) for index in heads if index not in known]
    return tuple(sorted((*chosen, *added), key=lambda item: item.index))


def _with_promised(candidates: Sequence[Candidate], blocks: Sequence[Block], flow: Flow) -> tuple[Candidate, ...]:
    """The candidates, and every block whose words stand in the contents, as sure headings."""
    promised = promised_levels(blocks, flow)
    sure = {index: _head(index, blocks[index]) for index in promised}
    others = {item.index: item for item in candidates if item.index not in sure}
    return tuple(sorted((sure | others).values(), key=lambda item: item.index))


def _head(index: int, block: Block) -> Candidate:
    number = parse_number(compose(block.pieces).text)
    return Candidate(index=index, number=number, boundary=None, score=SURE_HEADING)
