"""A term's other names in both languages, by the glossaries: synonyms, long and short forms, forbidden wordings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from recover.glossary.concept import Concept, Glossary
from recover.glossary.matcher import matcher_for
from recover.search.analysis import characters, is_symbol, simplified
from recover.search.query import And, Node, Or, Term
from recover.text.scripts import is_han

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
