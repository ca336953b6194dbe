"""Concepts by what a person remembers of them: part of a word, a misspelling, the initials of its pinyin."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from rapidfuzz import fuzz

from recover.glossary import places
from recover.glossary.concept import Concept, Glossary, squashed
from recover.lexicon.characters import is_han

# Below this likeness two short words have as much in common as any two.
LIKENESS = 72.0


class Found(msgspec.Struct, frozen=True):
    """A concept, the wording it was found by, and how well that fits, from 0 to 100."""

    concept: Concept
    form: str
    score: float


def search(glossary: Glossary, query: str, limit: int = 20) -> tuple[Found, ...]:
    """The concepts that fit best, in either language or by pinyin (``jwsczyh`` or ``jiweisuo``)."""
    wanted = squashed(query)
    if not wanted:
        return ()
    best = [max(_fits(concept, wanted), key=lambda found: found.score) for concept in glossary.concepts]
    best += _by_pinyin(glossary, wanted)
    kept: dict[Concept, Found] = {}
    for found in sorted(best, key=lambda found: (-found.score, len(found.form))):
        if found.score >= LIKENESS:
            kept.setdefault(found.concept, found)
    return tuple(kept.values())[:limit]


def _fits(concept: Concept, wanted: str) -> Iterator[Found]:
    for form in (*concept.zh_forms, *concept.en_forms, concept.abbreviation):
        yield Found(concept, form, _likeness(squashed(form), wanted))


def _likeness(form: str, wanted: str) -> float:
    if form == wanted:
        return 100.0
    if wanted in form:
        return 90.0 + 9.0 * len(wanted) / len(form)
    # A misspelt part of a long term is worth less than a misspelling of the whole.
    part = fuzz.partial_ratio(form, wanted) - 8 if len(form) > len(wanted) >= 4 else 0.0
    return max(fuzz.ratio(form, wanted), part)


def _by_pinyin(glossary: Glossary, wanted: str) -> Iterator[Found]:
    if len(wanted) < 2 or not wanted.isascii() or not wanted.isalpha():
        return
    sounds = _sounds(glossary)
    for concept in glossary.concepts:
        for form in concept.zh_forms:
            initials, whole = sounds.get(form, ("", ""))
            if wanted in (initials, whole):
                yield Found(concept, form, 96.0)
            elif initials.startswith(wanted) or whole.startswith(wanted):
                yield Found(concept, form, 80.0 + 10.0 * len(wanted) / max(len(initials), len(wanted)))


def _sounds(glossary: Glossary) -> dict[str, tuple[str, str]]:
    """The pinyin initials and the whole pinyin of every Chinese form, worked out once for a glossary."""
    key = f"{glossary.digest[:32]}-pinyin"
    known = places.recall(key, dict[str, tuple[str, str]])
    if known is None:
        known = {form: _pinyin(form) for concept in glossary.concepts for form in concept.zh_forms}
        places.keep(key, known)
    return known


def _pinyin(form: str) -> tuple[str, str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionary is large, and most searches need none

    syllables = lazy_pinyin("".join(filter(is_han, form)))
    return "".join(syllable[:1] for syllable in syllables), "".join(syllables)
