"""Mined pairs held against the glossary: what it knows is confirmed, what it doesn't becomes a concept of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from rapidfuzz.distance import Levenshtein

from recover.glossary.concept import Concept, Glossary
from recover.glossary.matcher import Kind, Matcher
from recover.glossary.squash import squashed
from recover.stages.terms.mine import Mined

# A misread letter or an ending changes one letter in eight at most; another term changes more.
SAME_WORDING = 0.88


class Merged(msgspec.Struct, frozen=True):
    """The glossary's concepts that the text itself pairs, by number, and the concepts that only the text has."""

    confirmed: frozenset[int]
    new: tuple[Concept, ...]


def merge(mined: Iterable[Mined], glossary: Glossary, matcher: Matcher, text: str) -> Merged:
    """Sort the pairs mined from ``text`` into confirmed and new ones; further translations become variants."""
    confirmed: set[int] = set()
    new: dict[str, Concept] = {}
    for pair in mined:
        number = known_as(pair, glossary, matcher, text)
        if number is not None:
            confirmed.add(number)
            continue
        key = squashed(pair.zh)
        new[key] = (
            _joined(new[key], pair) if key in new else Concept(pair.zh, pair.en, pair.abbreviation, source="text")
        )
    return Merged(frozenset(confirmed), tuple(new.values()))


def known_as(pair: Mined, glossary: Glossary, matcher: Matcher, text: str) -> int | None:
    """The number of the glossary's concept that a pair states, a misread letter or a longer reading forgiven."""
    by_zh, by_en = _owners(matcher, pair.zh, "zh"), _owners(matcher, pair.en, "en")
    for number in by_zh:
        if number in by_en or any(_alike(pair.en, form) for form in glossary.concepts[number].en_forms):
            return number
    for number in by_en:
        if any(_is_reading_of(pair.zh, form, text) for form in glossary.concepts[number].zh_forms):
            return number
    return None


def _is_reading_of(zh: str, form: str, text: str) -> bool:
    """Whether ``zh`` is ``form`` read too far or misread; a like wording the text never has otherwise is its own."""
    return zh.endswith(form) or (_alike(zh, form) and form in text)


def _owners(matcher: Matcher, text: str, kind: Kind) -> Sequence[int]:
    wordings = (text, text.removesuffix("s"))
    return [form.concept for wording in wordings for form in matcher.forms(wording) if form.kind == kind]


def _alike(one: str, other: str) -> bool:
    return Levenshtein.normalized_similarity(squashed(one), squashed(other)) >= SAME_WORDING


def _joined(concept: Concept, pair: Mined) -> Concept:
    seen = {squashed(form) for form in concept.en_forms}
    further = () if squashed(pair.en) in seen or _alike(pair.en, concept.en) else (pair.en,)
    abbreviation = concept.abbreviation or pair.abbreviation
    return msgspec.structs.replace(concept, en_variants=(*concept.en_variants, *further), abbreviation=abbreviation)
