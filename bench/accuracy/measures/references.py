"""References found, and the share of their fields that are right."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from rapidfuzz import fuzz, process

from bench.accuracy.fold import fold
from bench.accuracy.measures.score import Share
from recover.model.csl import CslItem
from recover.model.document import Document, Reference
from samples.truths import FieldsTruth, ReferenceTruth, Truth

# Two entries of one list are less alike than this, a badly read entry and its truth are more.
_ALIKE = 70

_HAN = re.compile(r"[\u4e00-\u9fff]")


class ReferenceScore(msgspec.Struct, frozen=True, kw_only=True):
    """``wrong`` names the fields that failed: (number, field, true, found)."""

    found: Share
    fields: Share
    wrong: tuple[tuple[int, str, str, str], ...] = ()


def score_references(document: Document, truth: Truth) -> ReferenceScore:
    """A true entry is found where a recovered one reads like it; a lost one's fields count as wrong."""
    pool = {index: fold(reference.raw) for index, reference in enumerate(document.references)}
    right, fields, wrong = 0, 0, []
    for true in truth.references:
        match = _take_match(true, pool, document.references)
        right += match is not None
        for name, wanted, is_right, shown in _judge_fields(true.fields, match.csl if match else CslItem()):
            fields += is_right
            if not is_right:
                wrong.append((true.number, name, wanted, shown))
    return ReferenceScore(
        found=Share(right=right, true=len(truth.references)),
        fields=Share(right=fields, true=fields + len(wrong)),
        wrong=tuple(wrong),
    )


def _take_match(true: ReferenceTruth, pool: dict[int, str], references: tuple[Reference, ...]) -> Reference | None:
    best = process.extractOne(fold(true.raw), pool, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if best is None:
        return None
    del pool[best[2]]
    return references[best[2]]


def _judge_fields(true: FieldsTruth, found: CslItem) -> Iterator[tuple[str, str, bool, str]]:
    """(field, true, right?, found) for every field that is truly there."""
    year = str(found.issued.date_parts[0][0]) if found.issued and found.issued.date_parts else ""
    candidates = {
        "author": _author_readings(found),
        "title": (found.title,),
        "container": (found.container_title, found.container_title_short, found.publisher),
        "year": (year,),
        "volume": (found.volume,),
        "issue": (found.issue,),
        "page": (found.page, found.number),
    }
    for name, readings in candidates.items():
        wanted = str(getattr(true, name))
        if wanted:
            yield name, wanted, _key(wanted) in map(_key, readings), readings[0]


def _author_readings(item: CslItem) -> tuple[str, ...]:
    """A Chinese name may be kept whole or in parts; the truth has it whole."""
    if not item.author:
        return ("",)
    first = item.author[0]
    particle = f"{first.non_dropping_particle} {first.family}".strip()
    if _HAN.search(first.family):
        return first.family + first.given, first.literal
    return first.family, first.literal, particle


def _key(text: str) -> str:
    return fold(text).casefold().rstrip(".")
