"""A term's other names in both languages, by the glossaries, and the database's expression for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from recover.errors import UsageError
from recover.glossary.concept import Concept, Glossary
from recover.glossary.matcher import matcher_for
from recover.lexicon.characters import is_han
from recover.search.query import And, Near, Node, Or, Term, characters, is_symbol, simplified

# More wordings than these cost time and find nothing more.
MOST = 24


class Wording(msgspec.Struct, frozen=True):
    """A wording that is looked for; ``tokens`` are what it is in the index."""

    text: str
    tokens: tuple[str, ...]
    is_asked: bool = False
    is_prefix: bool = False

    @property
    def is_chinese(self) -> bool:
        return any(map(is_han, self.text))


class Expanded(msgspec.Struct, frozen=True):
    """A term with all its wordings, the one that was asked for first."""

    term: Term
    wordings: tuple[Wording, ...]

    @property
    def added(self) -> tuple[str, ...]:
        """The wordings that nobody wrote."""
        return tuple(wording.text for wording in self.wordings if not wording.is_asked)


def expand(term: Term, glossary: Glossary, lang: str = "") -> Expanded:
    """``term`` and its other names; ``lang`` (zh or en) leaves out those that text of that language doesn't use.

    A quoted term or a prefix is taken to the letter.
    """
    asked = _wording(term.text, is_asked=True, is_prefix=term.is_prefix)
    to_the_letter = term.is_quoted or term.is_prefix
    wordings = {asked.tokens: asked}
    for text in () if to_the_letter else _other_names(term.text, glossary):
        wording = _wording(text)
        if wording.tokens and _is_used(wording, lang):
            wordings.setdefault(wording.tokens, wording)
    return Expanded(term, tuple(wordings.values())[:MOST])


def merged(node: Node, glossary: Glossary) -> Node:
    """Neighbouring words that are one term of the glossary as one: stem cell transplantation, or 干细胞 移植."""
    if isinstance(node, And):
        parts = _merge_words([merged(part, glossary) for part in node.parts], glossary)
        without = tuple(merged(part, glossary) for part in node.without)
        return parts[0] if len(parts) == 1 and not without else And(tuple(parts), without)
    if isinstance(node, Or):
        return Or(tuple(merged(part, glossary) for part in node.parts))
    return node


def _merge_words(parts: Sequence[Node], glossary: Glossary) -> list[Node]:
    found: list[Node] = []
    at = 0
    while at < len(parts):
        size = next((size for size in range(len(parts) - at, 1, -1) if _are_term(parts[at : at + size], glossary)), 1)
        run = parts[at : at + size]
        found.append(run[0] if size == 1 else Term(_spelt(run)))
        at += size
    return found


def _are_term(parts: Sequence[Node], glossary: Glossary) -> bool:
    plain = all(isinstance(part, Term) and not part.is_quoted and not part.is_prefix for part in parts)
    return plain and bool(matcher_for(glossary).forms(_spelt(parts)))


def _spelt(parts: Sequence[Node]) -> str:
    return " ".join(part.text for part in parts if isinstance(part, Term))


def _other_names(text: str, glossary: Glossary) -> Iterator[str]:
    forms = {*matcher_for(glossary).forms(text), *matcher_for(glossary).forms(simplified(text))}
    for number in sorted({form.concept for form in forms}):
        yield from _names(glossary.concepts[number])


def _names(concept: Concept) -> Iterator[str]:
    yield from concept.zh_forms
    yield from concept.en_forms
    yield from filter(None, (part.strip() for part in concept.abbreviation.split(";")))


def _wording(text: str, *, is_asked: bool = False, is_prefix: bool = False) -> Wording:
    tokens = tuple(token.text for token in characters(text))
    return Wording(text=text, tokens=tokens, is_asked=is_asked, is_prefix=is_prefix)


def _is_used(wording: Wording, lang: str) -> bool:
    """Short forms stand in texts of both languages."""
    return not lang or is_symbol(wording.text) or wording.is_chinese == (lang == "zh")


# A query as the database's full-text search understands it, made of nothing but quoted tokens.

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
