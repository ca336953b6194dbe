"""What a reader may be helped with: a glossary's terms as a prefix tree, and what the document says elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from recover.glossary import cache
from recover.glossary.concept import Concept, Glossary
from recover.glossary.english import shapes
from recover.glossary.squash import is_han, squash, squashed
from recover.glossary.trie import Trie
from recover.model.page import PageReading

# One character of a term of two says too little about the other.
SHORTEST_HAN = 3
# Shorter English words differ from others by a letter.
SHORTEST_LATIN = 8


class Terms(msgspec.Struct, frozen=True, eq=False):
    """Forms as they are compared (squashed), and how the glossary writes each."""

    trie: Trie
    printed: dict[str, str]


class Lexicon(msgspec.Struct, frozen=True, eq=False):
    """Terms to help with; ``seen`` is the document's text, squashed, in which every reading may find support."""

    terms: Terms
    seen: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.terms.printed


def lexicon_for(glossary: Glossary, pages: Sequence[PageReading]) -> Lexicon:
    """The lexicon for reading the pages of one document."""
    terms = _terms(glossary)
    return Lexicon(terms, _text(pages) if terms.printed else "")


def _text(pages: Iterable[PageReading]) -> str:
    regions = (region for page in pages for region in page.regions)
    return "\n".join("".join(squash(line.text).text for line in region.lines) for region in regions)


@lru_cache(maxsize=4)
def _terms(glossary: Glossary) -> Terms:
    key = f"{glossary.digest[:32]}-readable"
    printed = cache.recall(key, dict[str, str]) or _compile(glossary, key)
    return Terms(Trie(printed), printed)


def _compile(glossary: Glossary, key: str) -> dict[str, str]:
    forms = {squashed(form): form for concept in glossary.concepts for form in _forms(concept)}
    # Sorted as the tree wants them, which then need not sort them again.
    printed = dict(sorted(forms.items()))
    cache.keep(key, printed)
    return printed


def _forms(concept: Concept) -> Iterator[str]:
    """The forms of a concept that are long enough to speak for a character."""
    if concept.status == "forbidden":
        return
    english = (shape for form in concept.en_forms for shape in shapes(form))
    # The regular plural stands for the search as for the matcher, which adds it where it meets one.
    yield from (form for shape in english for form in (shape, f"{shape}s") if _speaks(form))
    yield from (form for form in concept.zh_forms if _speaks(form))


def _speaks(form: str) -> bool:
    letters = squashed(form)
    has_han = any(map(is_han, letters))
    return len(letters) >= (SHORTEST_HAN if has_han else SHORTEST_LATIN)
