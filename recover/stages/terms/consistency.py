"""Terms a translator should look at: left out of the other abstract, worded in several ways, or forbidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from recover.glossary.concept import Glossary
from recover.glossary.english import shapes
from recover.glossary.matcher import matcher_for
from recover.glossary.squash import is_han, squashed
from recover.model.document import Document, Mention, Term
from recover.stages.terms.align import SentencePair
from recover.stages.terms.bracket import is_abbreviation
from recover.stages.terms.passages import passages

Kind = Literal["untranslated", "inconsistent", "forbidden"]


class TermProblem(msgspec.Struct, frozen=True):
    """A doubt about one of the document's terms, by its place in the list; ``wordings`` are what stands there."""

    kind: Kind
    term: int
    wordings: tuple[str, ...]
    mentions: tuple[Mention, ...]


def term_problems(
    document: Document, terms: Sequence[Term], pairs: Sequence[SentencePair], glossary: Glossary
) -> tuple[TermProblem, ...]:
    """All doubts, in the order of the terms."""
    found = [*_untranslated(terms, pairs), *_inconsistent(document, terms), *_forbidden(document, terms, glossary)]
    return tuple(sorted(found, key=lambda problem: (problem.term, problem.kind)))


def _untranslated(terms: Sequence[Term], pairs: Sequence[SentencePair]) -> Iterator[TermProblem]:
    """Terms one abstract uses and the other nowhere; where a sentence alone lacks it, it may stand in the next."""
    everywhere = {number for pair in pairs for number in pair.shared_terms}
    ours = {number for pair in pairs for number in (*pair.only_zh, *pair.shared_terms)}
    theirs = {number for pair in pairs for number in (*pair.only_en, *pair.shared_terms)}
    both_written = any(pair.zh and pair.en for pair in pairs)
    for number in sorted((ours ^ theirs) - everywhere) if both_written else ():
        term = terms[number]
        places = tuple(mention for mention in term.mentions if mention.section.startswith("abstract-"))
        yield TermProblem("untranslated", number, (term.zh if number in ours else term.en,), places)


def _inconsistent(document: Document, terms: Sequence[Term]) -> Iterator[TermProblem]:
    """Terms with more than one wording in a language; plurals, case and abbreviations are no other wording."""
    texts = {(passage.section, passage.paragraph): passage.text for passage in passages(document)}
    for number, term in enumerate(terms):
        printed = [(texts[m.section, m.paragraph][m.start : m.end], m) for m in term.mentions]
        for chinese in (True, False):
            wordings = Counter(_key(text) for text, _ in printed if _counts(text, chinese=chinese))
            if len(wordings) > 1:
                yield _several([(t, m) for t, m in printed if _counts(t, chinese=chinese)], number)


def _counts(text: str, *, chinese: bool) -> bool:
    return any(map(is_han, text)) == chinese and not is_abbreviation(text)


def _key(text: str) -> str:
    return squashed(min(shapes(text.lower())).removesuffix("s"))


def _several(printed: Sequence[tuple[str, Mention]], number: int) -> TermProblem:
    by_key = {_key(text): text for text, _ in printed}
    return TermProblem("inconsistent", number, tuple(by_key.values()), tuple(mention for _, mention in printed))


def _forbidden(document: Document, terms: Sequence[Term], glossary: Glossary) -> Iterator[TermProblem]:
    matcher = matcher_for(glossary)
    texts = {(passage.section, passage.paragraph): passage.text for passage in passages(document)}
    for number, term in enumerate(terms):
        places = []
        for mention in term.mentions:
            text = texts[mention.section, mention.paragraph][mention.start : mention.end]
            owners = [glossary.concepts[form.concept] for form in matcher.forms(text)]
            if owners and all(owner.status == "forbidden" for owner in owners):
                places.append((text, mention))
        if places:
            wordings = tuple(dict.fromkeys(text for text, _ in places))
            yield TermProblem("forbidden", number, wordings, tuple(mention for _, mention in places))
