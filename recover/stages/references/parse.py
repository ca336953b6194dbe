"""Parse one reference string: decode, take identifiers, let every grammar propose, build the best, mend it."""

from __future__ import annotations

import msgspec

from recover.model.csl import CslItem
from recover.model.document import Repair
from recover.stages.references.bilingual import Bilingual, part_languages
from recover.stages.references.build import build
from recover.stages.references.draft import Draft
from recover.stages.references.grammar import apa, book, gbt, ieee, vancouver, web
from recover.stages.references.identifiers import Identifiers, take_identifiers
from recover.stages.references.mend.fields import mend_item, placed
from recover.stages.references.mend.glyphs import mend_string
from recover.stages.references.mend.initials import mend_names
from recover.stages.references.mend.known import mend_known
from recover.stages.references.mend.punctuation import punctuation_repairs
from recover.stages.references.mend.words import mend_words
from recover.stages.references.mend.worn import mend_worn
from recover.stages.references.normalise.entities import decode
from recover.stages.references.normalise.name_list import split_names
from recover.stages.references.normalise.numbering import is_damaged, leading_number
from recover.stages.references.normalise.spacing import respace
from recover.stages.references.parsed import Parsed
from recover.text.vocabulary import NO_WORDS, Vocabulary

# A draft this good needs no rival: the dearer grammars are not asked.
_GOOD_ENOUGH = 0.9
# Longer strings are no reference; only their beginning is read, all of it is kept in ``raw``.
_LONGEST = 4000


def parse_reference(raw: str, number: int = 0, words: Vocabulary = NO_WORDS) -> Parsed:
    """The item in ``raw``, for any string at all; what can't be read becomes an item with a ``note``.

    ``words`` are those of the document that prints it: witnesses for its misread words.
    """
    text = decode(raw[:_LONGEST])
    printed, start = leading_number(text)
    number = number or printed
    parts = part_languages(text[start:])
    mended, repairs = mend_string(parts.first)
    if start and is_damaged(text):
        repairs = (_number_repair(text[:start].strip(), printed), *repairs)
    mended, parted = mend_known(mended, words)
    mended, reset = mend_worn(mended, words)
    text, respelt = mend_words(mended, words)
    repairs = (*repairs, *parted, *reset, *respelt)
    if not any(char.isalpha() for char in text):
        return _unread(raw, number)
    found = take_identifiers(text)
    draft = best_draft(respace(found.rest))
    if draft.style == "loose" and not draft.authors and not draft.date and not found.doi and not found.url:
        return _unread(raw, number, read_as=draft.title)
    parsed = _built(raw, draft, found, words, repairs)
    return msgspec.structs.replace(parsed, csl=_numbered(_noted(parsed.csl, parts), number))


def _number_repair(was: str, number: int) -> Repair:
    why = "an entry's number stands in figures between a pair of brackets"
    return Repair(field="number", was=was, now=f"[{number}]", why=why)


def best_draft(text: str) -> Draft:
    """The draft that fits best; a document type mark settles the grammar."""
    draft = gbt.read(text)
    if draft is not None:
        return draft
    draft = (ieee.read(text) if "pp." in text or "vol." in text else None) or vancouver.read(text)
    if draft is not None and draft.score >= _GOOD_ENOUGH:
        return draft
    rivals = [rival for rival in (draft, apa.read(text), book.read(text), web.read(text)) if rival is not None]
    return max(rivals, key=lambda rival: (bool(rival.title.strip(" .,;:")), rival.score))


def _built(raw: str, draft: Draft, found: Identifiers, words: Vocabulary, repairs: tuple[Repair, ...]) -> Parsed:
    names, name_repairs = mend_names(split_names(draft.authors))
    hosts, _ = mend_names(split_names(draft.host_authors))
    item, field_repairs = mend_item(build(draft, names, hosts, found), draft, words)
    mended = (*placed(repairs, item), *name_repairs, *field_repairs, *punctuation_repairs(draft, found.rest))
    if not item.title:
        item = _replaced(item, note=f"no title was found; as printed: {raw.strip()}")
    return Parsed(csl=item, confidence=_confidence(draft, item, mended), repairs=mended)


def _noted(item: CslItem, parts: Bilingual) -> CslItem:
    """The item with the translation that is printed behind it, or with its language where that is all it says."""
    if parts.translation:
        return _replaced(item, note=f"{item.note}; {parts.translation}".lstrip("; "))
    return _replaced(item, note=item.note or "in Chinese") if parts.is_in_chinese else item


def _numbered(item: CslItem, number: int) -> CslItem:
    return _replaced(item, id=f"ref-{number}") if number else item


def _replaced(item: CslItem, **fields: str) -> CslItem:
    return msgspec.structs.replace(item, **fields)


def _confidence(draft: Draft, item: CslItem, repairs: tuple[Repair, ...]) -> float:
    """The draft's fit, less for what is missing from such an item and for every repair that had to guess."""
    sure = min(0.99, draft.score) - 0.3 * (not item.title)
    if item.type == "article-journal":
        sure -= 0.1 * (not item.container_title) + 0.05 * (not item.author) + 0.05 * (item.issued is None)
    sure -= 0.02 * len(repairs)
    return round(max(0.05, sure), 3)


def _unread(raw: str, number: int, read_as: str = "") -> Parsed:
    note = "not recognised as a reference; kept as printed: " + raw.strip()
    item = CslItem(id=f"ref-{number}" if number else "", type="document", title=read_as, note=note)
    return Parsed(csl=item, confidence=0.05)
