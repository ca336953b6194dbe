"""Headings whose numbers don't follow from those before."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.document import Problem
from recover.stages.outline.draft import Draft
from recover.text.heading_numbers import Number, parse_number


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
