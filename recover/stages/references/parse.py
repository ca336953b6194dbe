"""Parse reference strings and the entries of a list: mend, take identifiers, label the words, build the items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from recover.model.csl import CslItem
from recover.model.document import Reference, Repair
from recover.model.records import Problem
from recover.stages.references.entries import Entry, EntryLine, split_entries
from recover.stages.references.item import build, find_mark, kind_of
from recover.stages.references.journals import mend_item, mend_known, with_known
from recover.stages.references.parts import Parts, read_parts, read_people
from recover.stages.references.preparation import (
    WHY_OTHERS,
    WHY_SPACE,
    Bilingual,
    Identifiers,
    decode,
    is_damaged,
    leading_number,
    part_languages,
    respace,
    take_identifiers,
    with_lost_spaces,
    with_stop_behind_others,
)
from recover.stages.references.sign_repairs import mend_string, mend_worn, placed
from recover.stages.references.tagger import Tagged, load
from recover.stages.references.word_repairs import mend_characters, mend_names, mend_words
from recover.text.vocabulary import NO_WORDS, Vocabulary, vocabulary


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """The item, how sure the parser is of it and of each field (0 to 1), and what it mended on the way.

    ``text`` is the string with its repairs applied, without the number before it; empty where nothing was mended.
    """

    csl: CslItem
    confidence: float
    sure: dict[str, float] = {}
    repairs: tuple[Repair, ...] = ()
    text: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether no style fits: what was understood is a guess."""
        return self.confidence < DOUBTFUL


# None of 1,020 strings in known styles falls below it: an entry this unsure resembles no style.
DOUBTFUL = 0.6


# Longer strings are no reference; only their beginning is read, all of it is kept in ``raw``.
_LONGEST = 4000
# So many are labelled together; more aren't faster.
TOGETHER = 256
_CUT_SHORT = re.compile(r"\bet\.?\s?al\b|(?<=[\u4e00-\u9fff,，、 ])等(?=[.,，。．:：著译编 ]|$)|…|\.\s?\.\s?\.")
# Where the parts' sureness stands under another name than CSL's.
_CSL_NAMES = {"container": "container-title", "date": "issued", "pages": "page", "place": "publisher-place"}


def parse_reference(raw: str, number: int = 0, words: Vocabulary = NO_WORDS) -> Parsed:
    """The item in ``raw``, for any string at all; what can't be read becomes an item with a ``note``."""
    return parse_references([(raw, number)], words)[0]


def parse_references(entries: Sequence[tuple[str, int]], words: Vocabulary = NO_WORDS) -> list[Parsed]:
    """The item of each string, which has the number beside it, or 0 where that stands in the string or nowhere.

    ``words`` are those of the document that prints them: witnesses for its misread words. Strings are read together,
    which is faster than one by one.
    """
    batches = [entries[at : at + TOGETHER] for at in range(0, len(entries), TOGETHER)]
    return [parsed for batch in batches for parsed in _batch(batch, words)]


def _batch(entries: Sequence[tuple[str, int]], words: Vocabulary) -> list[Parsed]:
    begun = [_begun(raw, number, words) for raw, number in entries]
    capitals = [entry.mended for entry in begun if _IN_CAPITALS.search(entry.mended, 0, 60)]
    load().tag_all(capitals)
    ready = [_ready(entry) for entry in begun]
    tagged = load().tag_all([entry.text for entry in ready])
    return [_parsed(*entry, words) for entry in zip(ready, tagged, strict=True)]


class _Begun(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A string on its way: as given, decoded without its number, cut before a translation, mended so far."""

    raw: str
    number: int
    body: str
    parts: Bilingual
    mended: str
    repairs: tuple[Repair, ...]
    translation: str = ""
    found: Identifiers = Identifiers(rest="")
    text: str = ""


def _begun(raw: str, number: int, words: Vocabulary) -> _Begun:
    """The string with its misread signs and words mended."""
    text = decode(raw[:_LONGEST])
    printed, start = leading_number(text)
    body = text[start:]
    parts = part_languages(body)
    mended, repairs = _mended(parts.first, words)
    translation, more = _mended_translation(parts.translation, words)
    repairs = (*repairs, *more)
    if start and is_damaged(text):
        repairs = (_number_repair(text[:start].strip(), printed), *repairs)
    return _Begun(
        raw=raw,
        number=number or printed,
        body=body,
        parts=parts,
        mended=mended,
        repairs=repairs,
        translation=translation,
    )


def _ready(entry: _Begun) -> _Begun:
    """The string with its names mended, and without its identifiers as the model reads it."""
    mended, named = _with_names(entry.mended)
    mended, joints = with_lost_spaces(mended)
    named = (*named, *(Repair(field="", was=was, now=now, why=WHY_SPACE) for was, now in joints))
    found = take_identifiers(mended)
    repairs = (*entry.repairs, *named)
    return msgspec.structs.replace(entry, mended=mended, repairs=repairs, found=found, text=respace(found.rest))


def _parsed(entry: _Begun, tagged: Tagged, words: Vocabulary) -> Parsed:
    """The item of a string whose words are labelled."""
    if not any(map(str.isalpha, entry.mended)):
        return _unread(entry.raw, entry.number)
    parsed = _built(entry, tagged, words)
    csl = _numbered(_noted(parsed.csl, entry.parts, entry.translation), entry.number)
    return msgspec.structs.replace(parsed, csl=csl, text=_text(entry, parsed.repairs))


def _mended(text: str, words: Vocabulary) -> tuple[str, tuple[Repair, ...]]:
    """The string with its misread signs and words mended."""
    text, signs = mend_string(text)
    text, written = mend_characters(text, words)
    text, parted = mend_known(text, words)
    text, reset = mend_worn(text, words)
    text, respelt = mend_words(text, words)
    text, marked = _with_mark(text)
    text, stopped = with_stop_behind_others(text)
    ended = [Repair(field="author", was=stopped[0], now=stopped[1], why=WHY_OTHERS)] if stopped else []
    return text, (*signs, *written, *parted, *reset, *respelt, *marked, *ended)


def _mended_translation(text: str, words: Vocabulary) -> tuple[str, list[Repair]]:
    """The translation behind an entry, mended like the entry itself."""
    if not text:
        return "", []
    mended, repairs = _mended(text, words)
    mended, named = _with_names(mended)
    mended, joints = with_lost_spaces(mended)
    spaces = [Repair(field="", was=was, now=now, why=WHY_SPACE) for was, now in joints]
    return mended, [msgspec.structs.replace(repair, field="note") for repair in (*repairs, *named, *spaces)]


def _with_mark(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The string with its document type mark, where that was misread."""
    mark = find_mark(text)
    if mark is None or not mark.damaged:
        return text, ()
    now = f"[{mark.code}/{mark.medium}]" if mark.medium else f"[{mark.code}]"
    why = "between title and source stands a document type mark in square brackets"
    return text[: mark.start] + now + text[mark.end :], (Repair(field="type", was=mark.printed, now=now, why=why),)


def _with_names(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The string with names parted from their initials, as the other names of their list are."""
    if not _IN_CAPITALS.search(text, 0, 60):
        return text, ()
    people = read_people(load().tag(text), "A")
    _, repairs = mend_names(tuple(person.printed for person in people))
    for repair in repairs:
        text = text.replace(repair.was, repair.now, 1)
    return text, repairs


# A list that is set in capitals has such a name among its first.
_IN_CAPITALS = re.compile(r"(?:^\W{0,3}|[,.]\s?|\s)[A-ZÀ-Þ][A-ZÀ-Þ'’\-]{2,}\s?[A-Z]{0,3}[,.*•·'’ ]")


def _text(entry: _Begun, repairs: tuple[Repair, ...]) -> str:
    """The string as its repairs leave it, with the translation printed behind; empty where there are none."""
    if not any(repair.field != "number" for repair in repairs):
        return ""
    body, first, second = entry.body, entry.parts.first, entry.parts.translation
    text = entry.mended + body[len(first) :] if body.startswith(first) else body
    if second and text.endswith(second):
        text = text[: -len(second)] + entry.translation
    # The string's own repairs are in ``mended``; those of the item follow them.
    for repair in repairs[len(entry.repairs) :]:
        if repair.field == "container-title":
            text = text.replace(repair.was, repair.now, 1)
    return text


def _number_repair(was: str, number: int) -> Repair:
    why = "an entry's number stands in figures between a pair of brackets"
    return Repair(field="number", was=was, now=f"[{number}]", why=why)


def _built(entry: _Begun, tagged: Tagged, words: Vocabulary) -> Parsed:
    """The item of the labelled words; one that says nothing of authors or source is none."""
    raw, text, found = entry.raw, entry.text, entry.found
    parts, mark = read_parts(tagged), find_mark(text)
    says = parts.authors or parts.editors or mark or parts.fields.keys() - {"title"} or found.doi or found.url
    if not says:
        return _unread(raw, 0, read_as=parts.fields.get("title", ""))
    kind = kind_of(text, parts, mark, has_address=bool(found.url or found.doi))
    item = build(parts, kind, mark, found, cut_short=bool(_CUT_SHORT.search(text)))
    item, field_repairs = mend_item(item, words)
    mended = (*placed(entry.repairs, item), *field_repairs)
    if not item.title:
        item = _replaced(item, note=f"no title was found; as printed: {raw.strip()}")
    sure = {_CSL_NAMES.get(name, name): value for name, value in parts.sure.items()}
    return Parsed(csl=item, confidence=_confidence(parts, item, mended), sure=sure, repairs=mended)


def _noted(item: CslItem, parts: Bilingual, translation: str) -> CslItem:
    """The item with the translation that is printed behind it, or with its language where that is all it says."""
    if translation:
        return _replaced(item, note=f"{item.note}; {translation}".lstrip("; "))
    return _replaced(item, note=item.note or "in Chinese") if parts.is_in_chinese else item


def _numbered(item: CslItem, number: int) -> CslItem:
    return _replaced(item, id=f"ref-{number}") if number else item


def _replaced(item: CslItem, **fields: str) -> CslItem:
    return msgspec.structs.replace(item, **fields)


def _confidence(parts: Parts, item: CslItem, repairs: tuple[Repair, ...]) -> float:
    """The mean sureness of the fields, less for what is missing from such an item and for every repair."""
    sure = sum(parts.sure.values()) / len(parts.sure) if parts.sure else 0.3
    sure -= 0.3 * (not item.title)
    if item.type == "article-journal":
        sure -= 0.1 * (not item.container_title) + 0.05 * (not item.author) + 0.05 * (item.issued is None)
    sure -= 0.02 * len(repairs)
    return round(min(0.99, max(0.05, sure)), 3)


def _unread(raw: str, number: int, read_as: str = "") -> Parsed:
    note = "not recognised as a reference; kept as printed: " + raw.strip()
    item = CslItem(id=f"ref-{number}" if number else "", type="document", title=read_as, note=note)
    return Parsed(csl=item, confidence=0.05)


def assemble(lines: Sequence[EntryLine]) -> tuple[Reference, ...]:
    """The references printed on ``lines``, which are in reading order."""
    words = vocabulary(line.text for line in lines)
    return to_references(split_entries(lines, words), [line.page for line in lines], words)


def to_references(
    entries: Sequence[Entry], pages: Sequence[int], words: Vocabulary = NO_WORDS
) -> tuple[Reference, ...]:
    """The entries parsed; what several have helps to read the others. ``pages`` are those of the lines, or none."""
    on_pages = [(entry, pages[entry.lines[0]] if entry.lines and pages else 0) for entry in entries]
    words = msgspec.structs.replace(words, has_marks=_have_marks(entries)) if words.counts else words
    first = _references(on_pages, words)
    if not words.counts:
        return tuple(first)
    known = with_known(words, [reference.csl for reference in first])
    mended = [entry for entry in on_pages if mend_known(entry[0].text, known)[1]]
    anew = {id(entry): reference for (entry, _), reference in zip(mended, _references(mended, known), strict=True)}
    second = [anew.get(id(entry), reference) for entry, reference in zip(entries, first, strict=True)]
    journals = _as_others_print([reference.csl.container_title for reference in second])
    return tuple(_in_journal(reference, journal) for reference, journal in zip(second, journals, strict=True))


def _have_marks(entries: Sequence[Entry]) -> bool:
    """Whether most entries of a list say what they cite by a document type mark."""
    marks = [find_mark(entry.text) for entry in entries]
    return 2 * sum(mark is not None and not mark.damaged for mark in marks) > len(marks)


def doubts(references: Sequence[Reference]) -> tuple[Problem, ...]:
    """A problem for every entry that no style fits, with what was understood of it."""
    return tuple(
        Problem(
            stage="references",
            page=reference.page,
            message=f"{_named(reference)} fits no style; {understood(reference.csl)}",
            remedy="compare the entry with the page and correct its fields",
        )
        for reference in references
        if (reference.confidence or 0) < DOUBTFUL
    )


def _named(reference: Reference) -> str:
    """An entry for people: by its number, or how it begins where it has none."""
    return f"entry {reference.number}" if reference.number else f"the entry “{reference.raw[:20]}”"


def understood(item: CslItem) -> str:
    """The fields of an item, a person's family name for each; what a user is told of a doubtful entry."""
    names = ", ".join(name.literal or name.family for name in item.author)
    year = str(item.issued.date_parts[0][0]) if item.issued and item.issued.date_parts else ""
    fields = {
        "author": names, "title": item.title, "in": item.container_title, "year": year, "volume": item.volume,
        "issue": item.issue, "pages": item.page, "publisher": item.publisher,
    }  # fmt: skip
    told = "; ".join(f"{name}: {value}" for name, value in fields.items() if value)
    return f"understood: {told}" if told else "nothing was understood"


_SIGN = re.compile(r"(?<=[\u4e00-\u9fff])\s?[:：·.．、，,;；'`-]\s?(?=[\u4e00-\u9fff])")
_WHY_SIGN = "other entries print this journal without the sign"


def _as_others_print(titles: Sequence[str]) -> list[str]:
    """Each journal as others are printed: without a sign that worn print put between its characters."""
    printed = {title for title in titles if title}
    return [plain if (plain := _SIGN.sub("", title)) in printed else title for title in titles]


def _in_journal(reference: Reference, journal: str) -> Reference:
    """The reference with its journal's name, the change among its repairs."""
    was = reference.csl.container_title
    if journal == was:
        return reference
    repair = Repair(field="container-title", was=was, now=journal, why=_WHY_SIGN)
    csl = msgspec.structs.replace(reference.csl, container_title=journal)
    text = (reference.text or reference.raw[leading_number(reference.raw)[1] :]).replace(was, journal, 1)
    return msgspec.structs.replace(reference, csl=csl, text=text, repairs=(*reference.repairs, repair))


def to_reference(entry: Entry, page: int = 0, words: Vocabulary = NO_WORDS) -> Reference:
    """The entry parsed; ``words`` are its document's."""
    return _references([(entry, page)], words)[0]


def _references(entries: Sequence[tuple[Entry, int]], words: Vocabulary) -> list[Reference]:
    """Entries with their pages as references; ``raw`` is an entry's joined text with the number as printed."""
    parsed = parse_references([(entry.text, entry.number) for entry, _ in entries], words)
    return [
        Reference(
            number=entry.number,
            raw=f"{entry.printed} {entry.text}".strip(),
            csl=one.csl,
            text=one.text,
            confidence=one.confidence,
            sure=one.sure,
            page=page,
            repairs=(*_number_repairs(entry), *one.repairs),
        )
        for (entry, page), one in zip(entries, parsed, strict=True)
    ]


def _number_repairs(entry: Entry) -> Iterable[Repair]:
    if not entry.printed:
        return
    if entry.number and leading_number(entry.printed + " A")[0] != entry.number:
        why = "the entries above and below leave this number only"
        yield Repair(field="number", was=entry.printed, now=f"[{entry.number}]", why=why)
    elif is_damaged(entry.printed):
        why = "an entry's number stands in figures between a pair of brackets"
        yield Repair(field="number", was=entry.printed, now=f"[{entry.number}]", why=why)
