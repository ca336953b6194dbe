"""The terms of a document: concepts of the glossary and pairs of its own, with every place they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs
from rapidfuzz.distance import Levenshtein

from recover.glossary.concept import Concept, Glossary, squash, squashed
from recover.glossary.matcher import Form, Hit, Kind, Matcher, keyed_forms, matcher_for
from recover.lexicon.characters import is_han
from recover.lexicon.tables import own_tokenizer
from recover.model.document import Document, Mention, Term
from recover.stages.terms.bounds import Surroundings, abbreviations_given, standing_alone
from recover.stages.terms.mine import REFERENCES, Mined, Passage, mine, passages, references

if TYPE_CHECKING:
    from jieba import Tokenizer

# Below this length a Chinese term may be part of a common word or lie across two; above, chance doesn't make it.
SURE_LENGTH = 4


class Located(msgspec.Struct, frozen=True):
    """A hit in a passage; ``is_nested`` inside a longer term."""

    passage: Passage
    start: int
    end: int
    forms: tuple[Form, ...]
    is_nested: bool = False

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


def locate(passages: Iterable[Passage], matchers: Sequence[Matcher], words: Segmenter) -> tuple[Located, ...]:
    """The terms in ``passages``: the longest where they overlap, and marked as nested those inside a longer one."""
    return tuple(place for passage in passages for place in _in_passage(passage, matchers, words))


def _in_passage(passage: Passage, matchers: Sequence[Matcher], words: Segmenter) -> list[Located]:
    letters = squash(passage.text)
    hits = [hit for matcher in matchers for hit in matcher.find(passage.text, letters)]
    hits.sort(key=lambda hit: (hit.start - hit.end, hit.start))
    places: dict[tuple[int, int], Located] = {}
    # Which places hold each character: to ask all of them for every hit takes minutes on a line of a megabyte.
    holding: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for hit in hits:
        span, reach = (hit.start, hit.end), range(hit.start, hit.end)
        outer = [places[known] for known in dict.fromkeys(known for at in reach for known in holding.get(at, ()))]
        if span in places:
            places[span] = msgspec.structs.replace(places[span], forms=(*places[span].forms, *hit.forms))
            continue
        stands = all(map(partial(_is_part, hit), outer)) if outer else _is_whole_word(passage.text, hit, words)
        if stands:
            places[span] = Located(passage, hit.start, hit.end, hit.forms, is_nested=bool(outer))
            for at in reach:
                holding[at].append(span)
    return [places[span] for span in sorted(places)]


def _is_part(hit: Hit, outer: Located) -> bool:
    """Whether a hit is a word inside a longer term: 星形胶质细胞 in 星形胶质细胞活化, but not 神经 in 神经元."""
    if hit.start < outer.start or hit.end > outer.end:
        return False
    length = hit.end - hit.start
    if not is_han(outer.passage.text[hit.start]):
        return True
    at_edge = hit.start == outer.start or hit.end == outer.end
    return length >= SURE_LENGTH or (length == SURE_LENGTH - 1 and at_edge)


def _is_whole_word(text: str, hit: Hit, words: Segmenter) -> bool:
    length = hit.end - hit.start
    if length >= SURE_LENGTH or not all(map(is_han, text[hit.start : hit.end])):
        return True
    return words.is_word_bound(text, hit.start, hit.end)


# Mined pairs held against the glossary: what it knows is confirmed, what it doesn't becomes a concept of the text.

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


# Two letters abbreviate too many things to show a concept that is never written out.
SHOWS_CONCEPT = 3


class Use(msgspec.Struct, frozen=True):
    """A place where a concept stands, and in which wordings it may be read there."""

    place: Located
    forms: tuple[Form, ...]


def find_terms(document: Document, glossary: Glossary) -> tuple[Term, ...]:
    """Every concept seen in the document, the most frequent first.

    Its wording is the glossary's preferred one where the document uses it, else the document's most frequent.
    """
    texts = passages(document)
    matcher, words = matcher_for(glossary), segmenter_for(glossary)
    mined = mine(document, texts, surroundings(texts, glossary))
    merged = merge(mined, glossary, matcher, everything(texts))
    own = Matcher(keyed_forms(merged.new, first=len(glossary)))
    places = locate((*texts, *references(document)), (matcher, own), words)
    uses = _by_concept(places, merged, len(glossary), abbreviations_given(everything(texts)))
    concepts = (*glossary.concepts, *merged.new)
    text = squashed(everything(texts))
    terms = [_term(concepts[n], used, text, is_new=n >= len(glossary)) for n, used in uses.items()]
    paired = [n in merged.confirmed or n >= len(glossary) for n in uses]
    found = [structs.replace(t, aligned=True) if p else t for t, p in zip(terms, paired, strict=True)]
    return tuple(sorted(found, key=lambda term: -term.count))


def everything(texts: Sequence[Passage]) -> str:
    """All texts, apart by line ends."""
    return "\n".join(passage.text for passage in texts)


def surroundings(texts: Sequence[Passage], glossary: Glossary) -> Surroundings:
    """What the mining of a document may know of it and of the glossary."""
    matcher = matcher_for(glossary)

    def english_of(zh: str) -> tuple[str, ...]:
        owners = {form.concept for form in matcher.forms(zh) if form.kind == "zh"}
        return tuple(form for number in sorted(owners) for form in glossary.concepts[number].en_forms)

    return Surroundings(standing_alone(everything(texts)), english_of, segmenter_for(glossary).cut)


def _by_concept(
    places: Sequence[Located], merged: Merged, first_new: int, explained: frozenset[str]
) -> Mapping[int, list[Use]]:
    """The places of each concept, shared wordings given to the concept the document speaks of most."""
    alone = [place for place in places if not _is_aside(place)]
    weight = Counter(next(iter(owners)) for place in alone if len(owners := _written_out(place)) == 1)
    weight.update(dict.fromkeys(merged.confirmed, 1000))
    weight.update(dict.fromkeys(range(first_new, first_new + len(merged.new)), 1000))
    shows = partial(_shows_concept, explained=explained)
    uses = {number: used for number, used in _uses(alone, weight).items() if any(map(shows, used))}
    # Inside longer terms and in references a concept counts only where it stands elsewhere too, and in the
    # language it does not.
    for number, aside in _uses([place for place in places if _is_aside(place)], weight).items():
        seen = languages(uses[number]) if number in uses else {"zh", "en"}
        uses.setdefault(number, []).extend(use for use in aside if not languages([use]) <= seen)
    return {number: used for number, used in uses.items() if used}


def _is_aside(place: Located) -> bool:
    return place.is_nested or place.passage.section == REFERENCES


def _uses(places: Iterable[Located], weight: Counter[int]) -> dict[int, list[Use]]:
    uses: dict[int, list[Use]] = defaultdict(list)
    for place in places:
        number = min((form.concept for form in place.forms), key=lambda concept: (-weight[concept], concept))
        uses[number].append(Use(place, tuple(form for form in place.forms if form.concept == number)))
    return uses


def _written_out(place: Located) -> set[int]:
    return {form.concept for form in place.forms if form.kind != "abbreviation"}


def _shows_concept(use: Use, explained: frozenset[str]) -> bool:
    """Whether a place is evidence enough: an abbreviation alone is, unless the text explains it by something else."""
    return any(form.kind != "abbreviation" or _tells_enough(form.printed, explained) for form in use.forms)


def _tells_enough(abbreviation: str, explained: frozenset[str]) -> bool:
    return len(squashed(abbreviation)) >= SHOWS_CONCEPT and abbreviation.removesuffix("s") not in explained


def _term(concept: Concept, uses: Sequence[Use], text: str, *, is_new: bool) -> Term:
    # A longer variant may cover the preferred wording where both stand; printed it is all the same.
    is_printed = squashed(concept.zh) in text
    return Term(
        zh=concept.zh if is_printed else _wording(concept.zh, "zh", uses),
        en=_wording(concept.en, "en", uses),
        abbreviation=concept.abbreviation,
        count=len(uses),
        mentions=tuple(_mention(use.place) for use in uses),
        aligned=languages(uses) >= {"zh", "en"},
        source="text" if is_new else "glossary",
    )


def _wording(preferred: str, kind: Kind, uses: Iterable[Use]) -> str:
    """The preferred wording where the document has it, else its most frequent one."""
    seen = Counter(form.text for use in uses for form in use.forms if form.kind == kind)
    return preferred if preferred in seen or not seen else seen.most_common(1)[0][0]


def languages(uses: Iterable[Use]) -> set[str]:
    """In which languages a concept is written out; a name alike in both counts for the text it stands in."""
    found: set[str] = set()
    for use in uses:
        if any(map(is_han, use.place.text)):
            found.add("zh")
        elif {form.kind for form in use.forms} >= {"zh", "en"}:
            found.add("zh" if use.place.passage.is_chinese else "en")
        elif any(form.kind == "en" for form in use.forms):
            found.add("en")
    return found


def _mention(place: Located) -> Mention:
    passage = place.passage
    return Mention(section=passage.section, paragraph=passage.paragraph, start=place.start, end=place.end)


# Chinese text cut into words, the glossary's among them.

# The count jieba gives its rarest words: one unbroken term still beats its pieces, and no common word loses to it.
RAREST = 3
# Chinese between two marks is seldom longer than 60 characters; where nothing divides it, so much is looked at.
MOST_AROUND = 200


class Segmenter:
    """jieba with a glossary's terms as its user dictionary, apart from any other use of jieba in the program."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = own_tokenizer()
        for word in {form for concept in self._glossary.concepts for form in concept.zh_forms}:
            if all(map(is_han, word)) and not tokenizer.FREQ.get(word):
                tokenizer.add_word(word, freq=RAREST)
        return tokenizer

    def cut(self, text: str) -> tuple[str, ...]:
        """The words of ``text``; joined they are the text again."""
        return tuple(self._tokenizer.cut(text, HMM=False))

    def is_word_bound(self, text: str, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` begins and ends where words do, and is not a part of one."""
        run = _run_around(text, start, end)
        bounds, at = {run.start}, run.start
        for word in self.cut(text[run.start : run.stop]):
            at += len(word)
            bounds.add(at)
        return start in bounds and end in bounds


def _run_around(text: str, start: int, end: int) -> slice:
    first, last = max(0, start - MOST_AROUND), min(len(text), end + MOST_AROUND)
    while start > first and is_han(text[start - 1]):
        start -= 1
    while end < last and is_han(text[end]):
        end += 1
    return slice(start, end)


@lru_cache(maxsize=2)
def segmenter_for(glossary: Glossary) -> Segmenter:
    """The segmenter of a glossary, made once."""
    return Segmenter(glossary)
