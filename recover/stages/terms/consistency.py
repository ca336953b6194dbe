"""Terms a translator should look at: worded in several ways, forbidden, or left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import takewhile

import msgspec
from msgspec import structs

from recover.glossary.concept import Glossary, squashed
from recover.glossary.english import shapes
from recover.glossary.matcher import matcher_for
from recover.lexicon.characters import is_han
from recover.model.document import AbstractPair, Document, Mention, Term, TermDoubt, Wording
from recover.stages.terms.align import EN, ZH, align_abstracts
from recover.stages.terms.bounds import is_abbreviation
from recover.stages.terms.mine import passages

# Words that join others and tell nothing by themselves.
JOINING = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "Ⅰ": "1", "Ⅱ": "2", "Ⅲ": "3", "Ⅳ": "4", "Ⅴ": "5"}
# Two words are akin that begin alike: with so many letters at least, and this share of the shorter. Thus immune and
# immunity, neuron and neuronal; not neuron and neural, transport and transplant.
BEGINNINGS = ((4, 0.75), (5, 0.6))


def apart(wordings: Sequence[str]) -> tuple[str, ...]:
    """One wording, the first, of each group that a reader would tell from the others."""
    chosen: list[str] = []
    # The longest first: a short one may be short for only one of two that differ.
    for text in sorted(dict.fromkeys(wordings), key=len, reverse=True):
        if not any(is_same(text, other) for other in chosen):
            chosen.append(text)
    return tuple(sorted(chosen, key=wordings.index))


def is_same(one: str, other: str) -> bool:
    """Whether a reader takes both for the same wording."""
    if any(map(is_han, one)):
        return _is_shorter(*sorted((_key(one), _key(other)), key=len))
    short, long = sorted((content_words(one), content_words(other)), key=len)
    return all(any(akin(word, its) for its in long) for word in short)


def _key(text: str) -> str:
    return "".join(ROMAN.get(char, char) for char in re.sub("[的之]", "", squashed(text)))


def _is_shorter(short: str, long: str) -> bool:
    """Whether words are left out; one character inside is no word: 间质干细胞 is no short 间充质干细胞."""
    gap = len(long) - len(short)
    places = range(len(short) + 1) if gap != 1 else (0, len(short))
    return any(long.startswith(short[:at]) and long.endswith(short[at:]) for at in places)


def content_words(text: str) -> tuple[str, ...]:
    """The words of an English phrase in lower case that tell what it is, Roman numerals as digits."""
    found = re.findall(r"[^\W_]+", text.lower())
    return tuple(ROMAN.get(word, word) for word in found if word not in JOINING)


def akin(one: str, other: str) -> bool:
    """Whether two words are forms of one: cell and cellular, mouse and mice."""
    if one == other or other in shapes(one) or one in shapes(other) or one.rstrip("s") == other.rstrip("s"):
        return True
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return any(shared >= letters and shared >= share * min(len(one), len(other)) for letters, share in BEGINNINGS)


# Terms that one abstract has and the other leaves out, as far as words can tell.

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


# What two languages tell of each other: the abstracts sentence to sentence, and the doubts about terms.


def check_terms(document: Document, is_forbidden: Forbidden) -> Document:
    """The document, whose terms are found, with its abstracts aligned and what is doubtful about the terms."""
    pairs = align_abstracts(document)
    return structs.replace(document, abstract_pairs=pairs, term_doubts=term_doubts(document, pairs, is_forbidden))
