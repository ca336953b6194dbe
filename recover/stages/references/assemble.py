"""From the lines of a list to references: entries cut, joined, parsed, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from recover.model.csl import CslItem
from recover.model.document import Problem, Reference, Repair
from recover.stages.references.entries import Entry, EntryLine, split_entries
from recover.stages.references.mend.words import WHY_SIGN, as_others_print, mend_known, with_known
from recover.stages.references.parse import DOUBTFUL, parse_references
from recover.stages.references.preparation import is_damaged, leading_number
from recover.text.vocabulary import NO_WORDS, Vocabulary, vocabulary


def assemble(lines: Sequence[EntryLine]) -> tuple[Reference, ...]:
    """The references printed on ``lines``, which are in reading order."""
    words = vocabulary(line.text for line in lines)
    return to_references(split_entries(lines, words), [line.page for line in lines], words)


def to_references(
    entries: Sequence[Entry], pages: Sequence[int], words: Vocabulary = NO_WORDS
) -> tuple[Reference, ...]:
    """The entries parsed; what several have helps to read the others. ``pages`` are those of the lines, or none."""
    on_pages = [(entry, pages[entry.lines[0]] if entry.lines and pages else 0) for entry in entries]
    first = _parsed(on_pages, words)
    if not words.counts:
        return tuple(first)
    known = with_known(words, (reference.csl for reference in first))
    mended = [entry for entry in on_pages if mend_known(entry[0].text, known)[1]]
    anew = {id(entry): reference for (entry, _), reference in zip(mended, _parsed(mended, known), strict=True)}
    second = [anew.get(id(entry), reference) for entry, reference in zip(entries, first, strict=True)]
    journals = as_others_print([reference.csl for reference in second])
    return tuple(_in_journal(reference, journal) for reference, journal in zip(second, journals, strict=True))


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


def _in_journal(reference: Reference, journal: str) -> Reference:
    """The reference with its journal's name, the change among its repairs."""
    was = reference.csl.container_title
    if journal == was:
        return reference
    repair = Repair(field="container-title", was=was, now=journal, why=WHY_SIGN)
    csl = msgspec.structs.replace(reference.csl, container_title=journal)
    text = (reference.text or reference.raw[leading_number(reference.raw)[1] :]).replace(was, journal, 1)
    return msgspec.structs.replace(reference, csl=csl, text=text, repairs=(*reference.repairs, repair))


def to_reference(entry: Entry, page: int = 0, words: Vocabulary = NO_WORDS) -> Reference:
    """The entry parsed; ``words`` are its document's."""
    return _parsed([(entry, page)], words)[0]


def _parsed(entries: Sequence[tuple[Entry, int]], words: Vocabulary) -> list[Reference]:
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
