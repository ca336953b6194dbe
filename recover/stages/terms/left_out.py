"""Terms that one abstract has and the other leaves out, as far as words can tell.

That a concept is not found in the other language is no proof: a translator turns 轴突再生困难 into "axons hardly
regenerate". So a term counts as left out only where even its most telling word stands nowhere among what the other
abstract says beyond the terms that both have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

import msgspec

from recover.glossary.squash import is_han
from recover.model.document import Document, Mention, Term
from recover.stages.terms.align import EN, ZH
from recover.stages.terms.wordings import akin, content_words

# How many times as many terms may hold a word as hold the rarest: "inflammatory response" is told by both of its
# words, "Schwann cell" by the first alone.
RARE = 3


class _English(msgspec.Struct, frozen=True):
    """The words of the English abstract, those beyond the paired terms, and how many terms hold a word."""

    everywhere: tuple[str, ...]
    unpaired: tuple[str, ...]
    telling: Counter[str]


def left_out(document: Document) -> Iterator[tuple[int, tuple[Mention, ...]]]:
    """The terms by their numbers, each with its places in the abstract that has it."""
    zh, en = _mentions(document.terms, ZH), _mentions(document.terms, EN)
    zh_whole, en_whole = _outermost(zh), _outermost(en)
    paired = zh_whole.keys() & en_whole.keys()
    english = _English(
        everywhere=content_words("\n".join(document.abstracts.en)),
        unpaired=content_words(_rest(document.abstracts.en, en_whole, paired)),
        telling=Counter(word for term in document.terms for word in set(content_words(term.en))),
    )
    chinese = frozenset(_rest(document.abstracts.zh, zh_whole, paired))
    heads = [document.terms[number].zh for number in en_whole.keys() - paired]
    for number, places in zh_whole.items():
        term = document.terms[number]
        if number not in en and not _is_composed(term.zh, heads) and not _is_said(term.en, english):
            yield number, places
    for number, places in en_whole.items():
        if number not in zh and not _is_written(document.terms[number].zh, chinese):
            yield number, places


def _mentions(terms: Sequence[Term], section: str) -> dict[int, tuple[Mention, ...]]:
    found = ((n, tuple(m for m in term.mentions if m.section == section)) for n, term in enumerate(terms))
    return {number: mentions for number, mentions in found if mentions}


def _outermost(found: Mapping[int, tuple[Mention, ...]]) -> dict[int, tuple[Mention, ...]]:
    """Without those inside longer ones, for which the longer speak: the motor neuron for its neuron."""
    every = {mention for mentions in found.values() for mention in mentions}
    kept = {
        number: tuple(m for m in places if not any(_holds(o, m) for o in every)) for number, places in found.items()
    }
    return {number: places for number, places in kept.items() if places}


def _holds(outer: Mention, inner: Mention) -> bool:
    is_within = outer.start <= inner.start and inner.end <= outer.end and outer.paragraph == inner.paragraph
    return is_within and outer.end - outer.start > inner.end - inner.start


def _rest(texts: Sequence[str], found: Mapping[int, tuple[Mention, ...]], paired: Set[int]) -> str:
    """The texts without the terms that stand in both abstracts, each of which translates itself alone."""
    kept = [list(text) for text in texts]
    for place in (place for number in found.keys() & paired for place in found[number]):
        kept[place.paragraph][place.start : place.end] = " " * (place.end - place.start)
    return "\n".join("".join(chars) for chars in kept)


def _is_composed(term: str, heads: Sequence[str]) -> bool:
    """Whether the other abstract has the better part of a term: astrocytes for the activation of astrocytes."""
    return any(head in term and 2 * len(head) > len(term) for head in heads)


def _is_said(term: str, english: _English) -> bool:
    """Whether all words of a term stand there in some form, or one of those that few other terms have."""
    words = content_words(term)
    fewest = min((english.telling[word] for word in words), default=0)
    if len(words) > 1 and all(any(akin(word, said) for said in english.everywhere) for word in words):
        return True
    rare = [word for word in words if english.telling[word] <= RARE * fewest]
    return any(akin(word, said) for word in rare for said in english.unpaired)


def _is_written(term: str, chinese: frozenset[str]) -> bool:
    """Whether most of the term's characters stand there."""
    han = [char for char in re.sub("[的之]", "", term) if is_han(char)]
    return 2 * sum(char in chinese for char in han) > len(han)
