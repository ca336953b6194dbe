"""From an entry's parts to a CSL item."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recover.model.csl import CslItem, CslName
from recover.stages.references.identifiers import Identifiers
from recover.stages.references.journals import known
from recover.stages.references.marks import Mark
from recover.stages.references.normalise.dates import read_date
from recover.stages.references.normalise.names import read_name, read_person, title_cased
from recover.stages.references.normalise.numbers import read_pages, volume_and_issue
from recover.stages.references.normalise.titles import read_title
from recover.stages.references.parts import Parts, Person

_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_TRIM = ' .,;:，．。；：\t"“”'


def build(parts: Parts, kind: str, mark: Mark | None, found: Identifiers, *, cut_short: bool) -> CslItem:
    """The item that ``parts`` describe."""
    fields = parts.fields
    title = read_title(fields.get("title", ""))
    container = fields.get("container", "").strip(_TRIM)
    volume, issue = volume_and_issue(fields.get("volume", ""), fields.get("issue", ""))
    entry = known(container) if kind == "article-journal" else None
    return CslItem(
        type=kind,
        language=_language(title or " ".join(person.family for person in parts.authors)),
        author=people(parts.authors),
        editor=people(parts.editors),
        translator=people(parts.translators),
        title=title,
        container_title=container,
        container_title_short=entry[0] if entry else "",
        issued=read_date(fields.get("date", "")),
        accessed=read_date(found.accessed or fields.get("accessed", "")),
        volume=volume,
        issue=issue,
        page=read_pages(fields.get("pages", "")),
        number=fields.get("number", "").strip(_TRIM),
        edition=fields.get("edition", "").strip(_TRIM),
        publisher=fields.get("publisher", "").strip(" ,;，"),
        publisher_place=fields.get("place", "").strip(" ,;:：，"),
        DOI=found.doi,
        PMID=found.pmid,
        PMCID=found.pmcid,
        ISBN=found.isbn,
        URL=found.url,
        custom=_custom(mark, cut_short=cut_short),
    )


def people(printed: Sequence[Person]) -> tuple[CslName, ...]:
    """Names, in the usual case where the list is set in capitals throughout."""
    found = tuple(
        read_person(person.family, person.given) if person.given else read_name(person.family) for person in printed
    )
    if not _set_in_capitals(found):
        return found
    return tuple(
        CslName(family=title_cased(name.family), given=name.given, suffix=name.suffix, literal=name.literal)
        for name in found
    )


def _set_in_capitals(found: tuple[CslName, ...]) -> bool:
    latin = [name.family for name in found if name.family and name.family[0] < "\u3000"]
    return bool(latin) and all(name.isupper() or len(name) < 2 for name in latin)


def _custom(mark: Mark | None, *, cut_short: bool) -> dict[str, str]:
    """What CSL has no field for: whether the author list was cut short, and GB/T's document type mark."""
    code = (f"{mark.code}/{mark.medium}" if mark.medium else mark.code) if mark else ""
    return {**({"et-al": "true"} if cut_short else {}), **({"mark": code} if code else {})}


def _language(text: str) -> str:
    if _KANA.search(text):
        return "ja"
    return "zh-CN" if _HAN.search(text) else "en" if text else ""
