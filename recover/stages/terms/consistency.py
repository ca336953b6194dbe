"""Terms a translator should look at: left out of the other abstract, worded in several ways, or forbidden."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from recover.glossary.concept import Glossary
from recover.glossary.matcher import matcher_for
from recover.glossary.squash import is_han
from recover.model.document import AbstractPair, Document, Mention, Term, TermDoubt, Wording
from recover.stages.terms.bracket import is_abbreviation
from recover.stages.terms.left_out import left_out
from recover.stages.terms.passages import passages
from recover.stages.terms.wordings import apart, is_same

# Whether what stands in the text must not be used for a term.
Forbidden = Callable[[Term, str], bool]
Texts = Mapping[tuple[str, int], str]
# A second wording that the text itself explains is known to be one: 肌萎缩侧索硬化，又称渐冻症.
ALIAS = re.compile(
    r"(?:[又亦也俗旧或简统]称(?:为|作)?|[又别]名|即|known as|called|termed|formerly|or)[\s“\"'‘(（]*$", re.IGNORECASE
)


def term_doubts(document: Document, pairs: Sequence[AbstractPair], is_forbidden: Forbidden) -> tuple[TermDoubt, ...]:
    """All doubts about the document's terms, in their order."""
    texts = {(passage.section, passage.paragraph): passage.text for passage in passages(document)}
    found = [
        *(_untranslated(document, texts) if any(pair.zh and pair.en for pair in pairs) else ()),
        *_inconsistent(document.terms, texts),
        *_forbidden(document.terms, texts, is_forbidden),
    ]
    return tuple(sorted(found, key=lambda doubt: (doubt.term, doubt.kind)))


def forbidden_by(glossary: Glossary) -> Forbidden:
    """What only rows with the status ``forbidden`` hold."""
    matcher = matcher_for(glossary)

    def is_forbidden(_term: Term, text: str) -> bool:
        owners = [glossary.concepts[form.concept] for form in matcher.forms(text) or matcher.forms(text.rstrip("s"))]
        return bool(owners) and all(owner.status == "forbidden" for owner in owners)

    return is_forbidden


def _untranslated(document: Document, texts: Texts) -> Iterator[TermDoubt]:
    for number, places in left_out(document):
        yield TermDoubt(kind="untranslated", term=number, wordings=_wordings(places, texts))


def _inconsistent(terms: Sequence[Term], texts: Texts) -> Iterator[TermDoubt]:
    """Terms with more than one wording in a language."""
    for number, term in enumerate(terms):
        own = [place for place in _own(term, texts) if not _is_alias(place, term, texts)]
        for is_chinese in (True, False):
            places = [place for place in own if _is_in(_printed(place, texts), is_chinese=is_chinese)]
            wordings = _grouped(places, texts)
            if len(wordings) > 1:
                yield TermDoubt(kind="inconsistent", term=number, wordings=wordings)


def _forbidden(terms: Sequence[Term], texts: Texts, is_forbidden: Forbidden) -> Iterator[TermDoubt]:
    for number, term in enumerate(terms):
        places = [place for place in _own(term, texts) if is_forbidden(term, _printed(place, texts))]
        if places:
            yield TermDoubt(kind="forbidden", term=number, wordings=_wordings(places, texts))


def _own(term: Term, texts: Texts) -> list[Mention]:
    """The places where the paper speaks, and not a reference it lists."""
    return [mention for mention in term.mentions if (mention.section, mention.paragraph) in texts]


def _printed(place: Mention, texts: Texts) -> str:
    return texts[place.section, place.paragraph][place.start : place.end]


def _is_in(text: str, *, is_chinese: bool) -> bool:
    """Whether a name written out stands there; an abbreviation is no other wording."""
    return any(map(is_han, text)) == is_chinese and not is_abbreviation(text)


def _is_alias(place: Mention, term: Term, texts: Texts) -> bool:
    """Whether the text introduces this wording beside another: by a word, or in brackets behind it."""
    before = texts[place.section, place.paragraph][: place.start].rstrip()
    named = len(before.removesuffix("(").removesuffix("（").rstrip())
    is_bracketed = named < len(before) and any(
        (other.section, other.paragraph, other.end) == (place.section, place.paragraph, named)
        for other in term.mentions
    )
    return is_bracketed or bool(ALIAS.search(before[-20:]))


def _wordings(places: Sequence[Mention], texts: Texts) -> tuple[Wording, ...]:
    printed = dict.fromkeys(_printed(place, texts) for place in places)
    return tuple(
        Wording(text=text, mentions=tuple(place for place in places if _printed(place, texts) == text))
        for text in printed
    )


def _grouped(places: Sequence[Mention], texts: Texts) -> tuple[Wording, ...]:
    """The places by wordings that differ to a reader, each named as it is mostly printed, the most frequent first."""
    printed = [_printed(place, texts) for place in places]
    groups = apart(printed)
    members: dict[str, list[tuple[str, Mention]]] = {name: [] for name in groups}
    for text, place in zip(printed, places, strict=True):
        members[next(name for name in groups if is_same(name, text))].append((text, place))
    found = [
        Wording(text=Counter(text for text, _ in group).most_common(1)[0][0], mentions=tuple(m for _, m in group))
        for group in members.values()
    ]
    return tuple(sorted(found, key=lambda wording: -len(wording.mentions)))
