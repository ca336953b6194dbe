"""All forms of all concepts found in a text in one pass, however many there are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from recover.glossary import places
from recover.glossary.concept import Concept, Glossary, Squashed, in_latin_word, squash, squashed
from recover.glossary.english import shapes
from recover.lexicon.characters import is_han

Kind = Literal["zh", "en", "abbreviation"]

# A Chinese form this long may be broken by a stray space; in a shorter one the space parts two words.
MAY_BE_BROKEN = 4


# Shorter forms are looked up whole; of longer ones hardly more than a few share so many first characters.
OPENING = 4


class Form(msgspec.Struct, frozen=True, array_like=True):
    """A wording of a concept: ``text`` as the glossary writes it, ``printed`` in the shape searched for."""

    concept: int
    kind: Kind
    text: str
    printed: str

    @property
    def gaps(self) -> int:
        """How many spaces print may show inside: as many as the form has words, hyphens taken as breaks."""
        return sum(not char.isalnum() for char in self.printed)


class Hit(msgspec.Struct, frozen=True):
    """``text[start:end]`` shows each of ``forms``; several concepts may share a wording."""

    start: int
    end: int
    forms: tuple[Form, ...]


def is_cased(text: str) -> bool:
    """Whether capitals tell a form from a common word: ALS, iPSC, SOD1, ChAT."""
    capitals = sum(char.isupper() for char in text)
    return not any(char.isspace() for char in text) and (
        capitals >= 2 or (capitals == 1 and any(char.isdigit() for char in text))
    )


def forms_of(number: int, concept: Concept) -> Iterator[Form]:
    """Every printed shape of a concept."""
    for text in concept.zh_forms:
        yield Form(number, "zh", text, text)
    for text in concept.en_forms:
        for shape in shapes(text):
            yield Form(number, "en", text, shape)
    for text in map(str.strip, concept.abbreviation.split(";")):
        # iPSCs is given for the plural and printed for one cell too.
        for printed in {text, re.sub(r"(?<=[A-Z])s$", "", text)} - {""}:
            yield Form(number, "abbreviation", text, printed)


def keyed_forms(concepts: Sequence[Concept], first: int = 0) -> dict[str, tuple[Form, ...]]:
    """The forms of all concepts, numbered from ``first``, by their squashed wording."""
    forms: dict[str, list[Form]] = defaultdict(list)
    for number, concept in enumerate(concepts, first):
        for form in forms_of(number, concept):
            forms[squashed(form.printed)].append(form)
    return {key: tuple(shared) for key, shared in forms.items()}


class Matcher:
    """Finds the forms of a glossary. Matches overlap and nest; whoever asks chooses among them."""

    def __init__(self, forms: dict[str, tuple[Form, ...]]) -> None:
        """``forms`` by their squashed wording, see ``keyed_forms``."""
        self._forms = forms
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in forms:
            if len(key) > 1 or is_han(key[:1] or " "):
                lengths[key[:OPENING]].add(len(key))
        self._lengths = dict(lengths)

    def find(self, text: str, letters: Squashed | None = None) -> Iterator[Hit]:
        """Every place where a form stands whole, by its start; ``letters`` is ``squash(text)`` where it is known."""
        letters = letters or squash(text)
        for first in range(len(letters.text)):
            for length in self._lengths_at(letters.text, first):
                forms = self._forms.get(letters.text[first : first + length])
                hit = forms and _hit(text, letters.offsets[first], letters.offsets[first + length - 1] + 1, forms)
                if hit:
                    yield hit

    def _lengths_at(self, letters: str, first: int) -> Iterator[int]:
        for size in range(1, OPENING + 1):
            lengths = self._lengths.get(letters[first : first + size])
            # Near the end the slice is shorter than it claims, and was asked for already.
            if lengths and first + size <= len(letters):
                yield from (length for length in lengths if first + length <= len(letters))

    def forms(self, wording: str) -> tuple[Form, ...]:
        """The forms written exactly as ``wording``, squashed."""
        return self._forms.get(squashed(wording), ())


def _hit(text: str, start: int, end: int, forms: tuple[Form, ...]) -> Hit | None:
    end = _with_plural(text, end) if forms[0].kind != "zh" else end
    if not stands_whole(text, start, end):
        return None
    shown = tuple(form for form in forms if _shows(text[start:end], form))
    return Hit(start, end, shown) if shown else None


@lru_cache(maxsize=4)
def matcher_for(glossary: Glossary) -> Matcher:
    """The matcher of a glossary, made once."""
    key = f"{glossary.digest[:32]}-forms"
    return Matcher(places.recall(key, dict[str, tuple[Form, ...]]) or _compile(glossary, key))


def _compile(glossary: Glossary, key: str) -> dict[str, tuple[Form, ...]]:
    forms = keyed_forms(glossary.concepts)
    places.keep(key, forms)
    return forms


def _with_plural(text: str, end: int) -> int:
    for ending in ("s", "es"):
        after = end + len(ending)
        if text.startswith(ending, end) and not (after < len(text) and in_latin_word(text[after])):
            return after
    return end


def stands_whole(text: str, start: int, end: int) -> bool:
    """Whether no word in letters runs on over either end; Chinese may follow without a space."""
    runs_in = start > 0 and in_latin_word(text[start]) and in_latin_word(text[start - 1])
    runs_out = end < len(text) and in_latin_word(text[end - 1]) and in_latin_word(text[end])
    return not runs_in and not runs_out and not _numbered_on(text, end)


def _numbered_on(text: str, end: int) -> bool:
    """Whether a hyphen and a number or Greek letter make it another name: IL-6 is no IL, TNF-α no TNF."""
    if not (end + 1 < len(text) and text[end] in "-‐‑–" and text[end - 1].isupper()):
        return False
    return text[end + 1].isdigit() or "α" <= text[end + 1].lower() <= "ω"


def _shows(printed: str, form: Form) -> bool:
    spaces = sum(char.isspace() for char in printed)
    if form.kind == "zh":
        return spaces <= (form.gaps if len(form.printed) < MAY_BE_BROKEN else 2)
    if spaces > form.gaps:
        return False
    return not is_cased(form.text) or _capitals_agree(printed, form.printed)


def _capitals_agree(printed: str, form: str) -> bool:
    """Letter by letter, as LiF is no LIF; a gene's name with a number is also printed as the mouse's: Sod1."""
    if any(char.isdigit() for char in form):
        return any(char.isupper() for char in printed)
    letters = [char for char in printed if char.isalnum()]
    return letters[: len(form)] == [char for char in form if char.isalnum()]


# A prefix tree of terms that a decoder walks one character at a time.


class Trie:
    """A decoder holds a node, the root at first, and asks for the next.

    >>> trie = Trie(["干细胞"])
    >>> node = trie.step(Trie.ROOT, "干")
    >>> trie.is_complete(node)
    False
    """

    ROOT = ""
    __slots__ = ("_openings", "_sorted")

    def __init__(self, terms: Iterable[str]) -> None:
        self._sorted = sorted(set(terms))
        # Most characters of a text begin no term, or none with the next: that is known without a search.
        self._openings = frozenset(term[:size] for term in self._sorted for size in (1, 2))

    def step(self, node: str, char: str) -> str | None:
        """The node after ``char``; None where no term goes on so."""
        after = node + char
        if len(after) <= 2:
            return after if after in self._openings else None
        place = bisect_left(self._sorted, after)
        return after if place < len(self._sorted) and self._sorted[place].startswith(after) else None

    def after(self, node: str) -> list[str]:
        """The characters that a term may go on with after ``node``, in order."""
        found = []
        place = bisect_left(self._sorted, node)
        while place < len(self._sorted) and self._sorted[place].startswith(node):
            if len(self._sorted[place]) > len(node):
                found.append(self._sorted[place][len(node)])
                # On to the first term with a later character.
                place = bisect_left(self._sorted, node + chr(ord(found[-1]) + 1), place)
            else:
                place += 1
        return found

    def is_complete(self, node: str) -> bool:
        """Whether a term ends at ``node``."""
        place = bisect_left(self._sorted, node)
        return node != "" and place < len(self._sorted) and self._sorted[place] == node

    def __len__(self) -> int:
        return len(self._sorted)
