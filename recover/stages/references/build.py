"""From a draft's pieces to a CSL item."""

from __future__ import annotations

import re

from recover.model.csl import CslItem, CslName
from recover.stages.references.draft import Draft
from recover.stages.references.identifiers import Identifiers
from recover.stages.references.journals import known
from recover.stages.references.marks import TYPES
from recover.stages.references.normalise.dates import read_date
from recover.stages.references.normalise.name_list import NameList
from recover.stages.references.normalise.names import read_name, title_cased
from recover.stages.references.normalise.numbers import read_pages, volume_and_issue
from recover.stages.references.normalise.titles import read_title

_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_TRIM = ' .,;:，．。；：\t"“”'
_PREPRINTS = re.compile(r"rxiv|预印|SSRN|Preprints", re.IGNORECASE)


def build(draft: Draft, names: NameList, hosts: NameList, found: Identifiers) -> CslItem:
    """The item that ``draft`` describes; ``names`` are its authors, already cut and mended."""
    title = read_title(draft.title)
    kind = _type(draft)
    volume, issue = volume_and_issue(draft.volume, draft.issue)
    return CslItem(
        type=kind,
        language=_language(title or draft.authors),
        author=authors(names),
        editor=authors(hosts),
        translator=tuple(read_name(name) for name in re.split(r"[,，、;]\s*", draft.translator) if name),
        title=title,
        **_source(draft, kind),
        issued=read_date(draft.date),
        accessed=read_date(found.accessed),
        volume=volume,
        issue=issue,
        page=read_pages(draft.pages),
        number=draft.number.strip(_TRIM),
        edition=draft.edition.strip(_TRIM),
        publisher=draft.publisher.strip(" ,;"),
        publisher_place=draft.place.strip(" ,;:：，"),
        DOI=found.doi,
        PMID=found.pmid,
        PMCID=found.pmcid,
        ISBN=found.isbn,
        URL=found.url,
        custom=_custom(draft, names),
    )


def authors(names: NameList) -> tuple[CslName, ...]:
    """Names, in the usual case where the list is set in capitals throughout."""
    people = tuple(read_name(name) for name in names.names)
    if not _set_in_capitals(people):
        return people
    return tuple(
        CslName(family=title_cased(person.family), given=person.given, suffix=person.suffix, literal=person.literal)
        for person in people
    )


def _set_in_capitals(people: tuple[CslName, ...]) -> bool:
    latin = [person.family for person in people if person.family and person.family[0] < "\u3000"]
    return bool(latin) and all(name.isupper() or len(name) < 2 for name in latin)


def _source(draft: Draft, kind: str) -> dict[str, str]:
    container = (draft.container or draft.host).strip(_TRIM)
    entry = known(container) if kind == "article-journal" else None
    return {"container_title": container, "container_title_short": entry[0] if entry else ""}


def _type(draft: Draft) -> str:
    if not draft.mark:
        return "article-journal" if draft.container or draft.volume else "document"
    kind = TYPES.get(draft.mark, "document")
    if draft.host and kind == "book":
        return "chapter"
    if kind == "article-journal" and draft.publisher and not draft.volume:
        return "periodical"
    if kind == "webpage" and _PREPRINTS.search(draft.publisher):
        return "article"
    return kind


def _custom(draft: Draft, names: NameList) -> dict[str, str]:
    """What CSL has no field for: whether the author list was cut short, and GB/T's document type mark."""
    mark = f"{draft.mark}/{draft.medium}" if draft.medium else draft.mark
    return {
        **({"et-al": "true"} if names.cut_short else {}),
        **({"mark": mark} if mark and draft.style == "gbt" else {}),
    }


def _language(text: str) -> str:
    if _KANA.search(text):
        return "ja"
    return "zh-CN" if _HAN.search(text) else "en" if text else ""
