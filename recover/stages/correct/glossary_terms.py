"""A glossary's forms that are long enough to speak for a character, as a prefix tree."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from recover.glossary import places
from recover.glossary.concept import Concept, Glossary, squashed
from recover.glossary.english import shapes
from recover.glossary.matcher import Trie
from recover.lexicon.characters import is_han
from recover.stages.correct.known import Terms

# One character of a term of two says too little about the other; shorter English words differ from others by a letter.
SHORTEST_HAN, SHORTEST_LATIN = 3, 8


@lru_cache(maxsize=4)
def terms_of(glossary: Glossary) -> Terms:
    """The glossary's terms as they are compared."""
    key = f"{glossary.digest[:32]}-terms"
    forms = places.recall(key, list[str])
    if forms is None:
        forms = sorted(all_forms(glossary))
        places.keep(key, forms)
    return Terms(Trie(forms))


def all_forms(glossary: Glossary) -> set[str]:
    """The forms that are long enough, as they are compared."""
    return {squashed(form) for concept in glossary.concepts for form in _forms(concept)}


def _forms(concept: Concept) -> Iterator[str]:
    if concept.status == "forbidden":
        return
    english = (shape for form in concept.en_forms for shape in shapes(form))
    # The regular plural stands for the search as for the matcher, which adds it where it meets one.
    yield from (form for shape in english for form in (shape, f"{shape}s") if speaks(form))
    yield from (form for form in concept.zh_forms if speaks(form))


def speaks(form: str) -> bool:
    """Whether a form is long enough to speak for a character."""
    letters = squashed(form)
    return len(letters) >= (SHORTEST_HAN if any(map(is_han, letters)) else SHORTEST_LATIN)
