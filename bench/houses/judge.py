"""A document of a random house against its truth."""

from __future__ import annotations

from collections import Counter

import msgspec

from bench.accuracy.fold import fold
from recover.lexicon.characters import simplified
from recover.model.document import Document
from samples.random_houses.sheet import HouseTruth

# Text is compared by so many of its first characters, which OCR reads right or nearly so.
LEAD = 12


class HouseScore(msgspec.Struct, frozen=True, kw_only=True):
    """Shares from 0 to 1, None where the house has nothing of the kind; ``wrong`` says what to look at."""

    title: float | None
    authors: float | None
    headings: float | None
    text: float
    apart: float | None
    references: float | None
    cited: float | None
    notes: float | None
    anchored: float | None
    toc: float | None
    fields: float | None
    wrong: tuple[str, ...] = ()


def judge_house(document: Document, truth: HouseTruth) -> HouseScore:
    """All measures of one document."""
    body = fold("".join(paragraph.text for section in document.sections for paragraph in section.paragraphs))
    found = _headings(document)
    wanted = [(fold(number), fold(title)) for number, title in truth.headings]
    anchored = sum(note.anchor is not None for note in document.notes)
    cited = sum(
        len(item.references) for section in document.sections for p in section.paragraphs for item in p.citations
    )
    return HouseScore(
        title=_same(fold(document.title.zh or document.title.en), fold(truth.title)) if truth.title else None,
        authors=_overlap([fold(item.name) for item in document.authors], list(map(fold, truth.authors))),
        headings=_overlap(found, wanted),
        text=sum(fold(text)[:LEAD] in body for text in truth.text) / max(1, len(truth.text)),
        apart=_share(sum(fold(text)[:LEAD] not in body for text in truth.apart), len(truth.apart)),
        references=_share(min(len(document.references), truth.references), truth.references),
        cited=_share(min(cited, truth.cited), truth.cited),
        notes=_share(
            min(len(document.notes), truth.notes), max(truth.notes, len(document.notes) if truth.notes else 0)
        ),
        anchored=_share(min(anchored, truth.notes), truth.notes),
        toc=_share(min(len(document.toc), truth.toc), truth.toc),
        fields=_fields(document, truth),
        wrong=tuple(f"{kind}{item}" for kind, item in _differences(found, wanted)),
    )


def _headings(document: Document) -> list[tuple[str, str]]:
    """Numbers and titles; the heading of the list, of notes, and labels of front matter may be sections or not."""
    optional = {
        fold(word) for word in ("参考文献", "主要参考文献", "參考文獻", "参考资料", "附：引用书目", "注释", "注 释")
    }
    pairs = [(fold(item.number), fold(item.title)) for item in document.sections if item.title or item.number]
    return [pair for pair in pairs if simplified(pair[1]).strip(":.[]") not in optional]


def _differences(found: list[tuple[str, str]], wanted: list[tuple[str, str]]) -> list[tuple[str, str]]:
    missing = Counter(wanted) - Counter(found)
    false = Counter(found) - Counter(wanted)
    return [("-", "|".join(pair)) for pair in missing] + [("+", "|".join(pair)) for pair in false]


def _same(found: str, true: str) -> float:
    return float(found == true)


def _share(found: int, true: int) -> float | None:
    return round(found / true, 3) if true else None


def _overlap(
    found: list[object] | list[str] | list[tuple[str, str]], true: list[str] | list[tuple[str, str]]
) -> float | None:
    """F1 of two bags; None where there is nothing to find and nothing found."""
    if not true:
        return None
    right = sum((Counter(found) & Counter(true)).values())
    return round(2 * right / (len(found) + len(true)), 3)


def _fields(document: Document, truth: HouseTruth) -> float | None:
    known = document.particulars
    dates = " ".join(item.text for item in known.dates)
    told = {"doi": known.doi, "clc": known.clc, "article_number": known.article_number, "received": dates}
    right = sum(fold(value) in fold(told.get(name, "")) for name, value in truth.fields.items())
    return _share(right, len(truth.fields))
