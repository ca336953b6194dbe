"""Terms after a review: mentions move with their texts, terms a person added are found everywhere, doubts anew."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from recover.model.document import Document, Mention, Term
from recover.review.sheet import Sheet
from recover.stages.terms.check import check_terms
from recover.stages.terms.consistency import Forbidden
from recover.stages.terms.passages import Passage, passages


def fold_terms(sheet: Sheet, document: Document) -> Document:
    """The document with its terms' mentions at their places in the reviewed texts."""
    if sheet.document is document:
        return document
    before, after = passages(sheet.document), passages(document)
    texts = {(passage.section, passage.paragraph): passage.text for passage in before}
    kept = tuple(_follow(term, texts, after) for term in sheet.document.terms)
    known = {(term.zh, term.en) for term in kept}
    added = tuple(_found(term, after) for term in sheet.terms if (term.zh, term.en) not in known)
    return check_terms(msgspec.structs.replace(document, terms=(*kept, *added)), _forbidden_before(sheet.document))


def _forbidden_before(document: Document) -> Forbidden:
    """The glossary is not at hand, but what it forbade of this document's wordings was told."""
    told = frozenset(
        (document.terms[doubt.term].zh, document.terms[doubt.term].en, wording.text)
        for doubt in document.term_doubts
        if doubt.kind == "forbidden"
        for wording in doubt.wordings
    )
    return lambda term, text: (term.zh, term.en, text) in told


def _follow(term: Term, texts: Mapping[tuple[str, int], str], after: Sequence[Passage]) -> Term:
    """Mentions of unchanged texts are kept, wherever these stand now; in changed ones the same wordings count."""
    places = defaultdict[str, list[tuple[int, int]]](list)
    for mention in term.mentions:
        text = texts.get((mention.section, mention.paragraph), "")
        if (mention.start, mention.end) not in places[text]:
            places[text].append((mention.start, mention.end))
    wordings = {text[start:end] for text, found in places.items() for start, end in found} - {""}
    unchanged = set(texts.values())
    mentions = tuple(
        Mention(section=passage.section, paragraph=passage.paragraph, start=start, end=end)
        for passage in after
        for start, end in (places.get(passage.text, ()) if passage.text in unchanged else _scan(passage.text, wordings))
    )
    return msgspec.structs.replace(term, mentions=mentions, count=len(mentions))


def _found(term: Term, after: Sequence[Passage]) -> Term:
    wordings = {term.zh, term.en, term.abbreviation} - {""}
    mentions = tuple(
        Mention(section=passage.section, paragraph=passage.paragraph, start=start, end=end)
        for passage in after
        for start, end in _scan(passage.text, wordings)
    )
    return msgspec.structs.replace(term, mentions=mentions, count=len(mentions))


def _scan(text: str, wordings: set[str]) -> list[tuple[int, int]]:
    """Where one of ``wordings`` stands, the longest first, Latin ones as whole words."""
    if not wordings:
        return []
    pattern = "|".join(re.escape(wording) for wording in sorted(wordings, key=len, reverse=True))
    return [match.span() for match in re.finditer(f"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])", text)] + [
        match.span()
        for match in re.finditer(pattern, text)
        if not text[match.start()].isascii() and not _is_bounded(text, *match.span())
    ]


def _is_bounded(text: str, start: int, end: int) -> bool:
    """Whether the first pattern of ``_scan`` found this place already."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return not any(char.isascii() and char.isalnum() for char in around)
