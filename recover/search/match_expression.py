"""A query as the database's full-text search understands it, made of nothing but quoted tokens."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from recover.errors import UsageError
from recover.search.expand import Expanded, Wording
from recover.search.query import And, Near, Node, Or, Term

# NEAR of terms with many names multiplies out; so many combinations are tried.
MOST_PAIRS = 60


def match_expression(node: Node, expanded: Mapping[Term, Expanded]) -> str:
    """The expression for ``MATCH``; raises UsageError for a query without a letter in it."""
    if isinstance(node, Term):
        return _any(expanded[node])
    if isinstance(node, Near):
        return _near(node, expanded)
    if isinstance(node, Or):
        return "(" + " OR ".join(match_expression(part, expanded) for part in node.parts) + ")"
    return _all(node, expanded)


def _all(node: And, expanded: Mapping[Term, Expanded]) -> str:
    wanted = " AND ".join(match_expression(part, expanded) for part in node.parts)
    without = [match_expression(part, expanded) for part in node.without]
    return f"(({wanted}) NOT ({' OR '.join(without)}))" if without else f"({wanted})"


def word_expression(expanded: Sequence[Expanded]) -> str:
    """The expression for whole Chinese words among the wordings; "" where there are none."""
    wordings = (wording for term in expanded for wording in term.wordings)
    return " OR ".join(
        '"' + "".join(wording.tokens) + '"' + (" *" if wording.is_prefix else "")
        for wording in wordings
        if wording.is_chinese and len(wording.tokens) > 1
    )


def _any(term: Expanded) -> str:
    for wording in term.wordings:
        if not wording.tokens:
            raise UsageError(
                f"query '{wording.text}'", "holds no letter, figure or Chinese character", "ask for a word"
            )
    return "(" + " OR ".join(_phrase(wording) for wording in term.wordings) + ")"


def _phrase(wording: Wording) -> str:
    return '"' + " ".join(wording.tokens) + '"' + (" *" if wording.is_prefix else "")


def _near(node: Near, expanded: Mapping[Term, Expanded]) -> str:
    names = [expanded[term].wordings for term in node.terms]
    combinations = itertools.islice(itertools.product(*names), MOST_PAIRS)
    found = [
        "said : NEAR(" + " ".join(_phrase(wording) for wording in wordings) + f", {node.distance})"
        for wordings in combinations
        if all(wording.tokens for wording in wordings)
    ]
    if not found:
        raise UsageError("query", "NEAR holds no letter, figure or Chinese character", "ask for words")
    return "(" + " OR ".join(found) + ")"
