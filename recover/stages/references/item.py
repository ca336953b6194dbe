"""From an entry's parts to a CSL item: the kind of work, by its type mark or its words and fields, and its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from recover.model.csl import CslDate, CslItem, CslName
from recover.stages.references.journals import known
from recover.stages.references.parts import Parts, Person
from recover.stages.references.preparation import Identifiers
from recover.stages.references.values import (
    read_date,
    read_name,
    read_pages,
    read_person,
    read_title,
    title_cased,
    volume_and_issue,
)

# GB/T 7714-2015 table B.1, with the marks that the 2025 edition and older lists add.
TYPES = {
    "J": "article-journal",
    "M": "book",
    "D": "thesis",
    "C": "paper-conference",
    "N": "article-newspaper",
    "P": "patent",
    "S": "standard",
    "R": "report",
    "EB": "webpage",
    "DB": "dataset",
    "DS": "dataset",
    "CP": "software",
    "CM": "map",
    "A": "document",
    "G": "book",
    "K": "book",
    "Z": "document",
    "B": "book",
    "PP": "article",
    "W": "webpage",
}
_CODES = "EB|DB|DS|CP|CM|PP|[JMDCNPSRAGKZBW]"
_MARK = re.compile(rf"\s*[\[［【〔]\s*({_CODES})\s*(?:[/／]\s*(OL|CD|DK|MT|ol))?\s*[\]］】〕]")
# A bracket misread as a round one, a bar, a one; J misread as U, I, l, ].
_DAMAGED = re.compile(
    rf"\s*(?:[\[［【〔(（{{|]|(?<![A-Z])[IlL])\s?({_CODES}|[jm]|U|\)|\]|1)\s?(?:/\s?([O0Q][L1lI]|CD))?\s?[\]］】〕)）}}|1Il](?=\s*[.．,，/])"
)
_LOOKALIKE = {"j": "J", "m": "M", "U": "J", ")": "J", "]": "J", "1": "J"}


class Mark(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The mark's code and medium, where it stands, and whether it was misread."""

    code: str
    medium: str
    start: int
    end: int
    printed: str
    damaged: bool = False


def find_mark(text: str) -> Mark | None:
    """The last well-printed mark, or failing that a damaged one between a title and its source."""
    hit = None
    for hit in _MARK.finditer(text):
        if text[hit.end() : hit.end() + 1] in {"", ".", "．", "/", "。", " ", ",", "，", ":", "：", "("}:
            break
    if hit:
        return Mark(
            code=hit[1], medium=(hit[2] or "").upper(), start=hit.start(), end=hit.end(), printed=hit[0].strip()
        )
    hit = _DAMAGED.search(text)
    if hit is None or not _stands_alone(hit):
        return None
    code = _LOOKALIKE.get(hit[1], hit[1])
    return Mark(
        code=code, medium="OL" if hit[2] else "", start=hit.start(), end=hit.end(), printed=hit[0].strip(), damaged=True
    )


def _stands_alone(hit: re.Match[str]) -> bool:
    """``(C).`` may be printed so on purpose: a damaged mark needs at least one square bracket and a title before it."""
    return hit.start() > 8 and any(bracket in hit[0] for bracket in "[]［］【】〔〕{}")


_PREPRINTS = re.compile(r"rxiv|预印|SSRN|Preprints", re.IGNORECASE)
_CASE_NAME = re.compile(r"\sv\.?\s[A-Z]|^In re\s")
_CASE_NUMBER = re.compile(r"[民刑行执知].*号$")
_VERSION = re.compile(r"\b[Vv]ersion\s\d")
_STATUTE = re.compile(r"§|第\s?\d+\s?条|\bAct\b|条例|通过|公布")


@cache
def _words() -> dict[str, tuple[str, ...]]:
    source = (files("recover.stages.references") / "data" / "kinds.txt").read_text("utf-8")
    sections = re.split(r"^# (\w+).*$", source, flags=re.MULTILINE)[1:]
    return {
        name: tuple(word.replace("_", " ") for word in words.split())
        for name, words in zip(sections[::2], sections[1::2], strict=True)
    }


def kind_of(text: str, parts: Parts, mark: Mark | None, *, has_address: bool) -> str:
    """A type of CSL."""
    return _marked(parts, mark) if mark else _named(text, parts) or _by_fields(text, parts, has_address=has_address)


def _marked(parts: Parts, mark: Mark) -> str:
    kind = TYPES.get(mark.code, "document")
    fields = parts.fields
    if kind == "book" and fields.get("container"):
        return "chapter"
    if kind == "article-journal" and fields.get("publisher") and not fields.get("volume"):
        return "periodical"
    if mark.code == "Z" and _CASE_NUMBER.search(fields.get("number", "")):
        return "legal_case"
    if mark.code == "Z" and fields.get("title", "").endswith(_words()["statute"]):
        return "legislation"
    if kind == "webpage" and _PREPRINTS.search(fields.get("publisher", "")):
        return "article"
    return kind


def _named(text: str, parts: Parts) -> str:
    """The kind that the entry's own words name; empty where none does."""
    fields = parts.fields
    title, container, number = fields.get("title", ""), fields.get("container", ""), fields.get("number", "")
    outside = text.replace(title, " ").lower() if title else text.lower()
    claims = (
        (_has("case", text) or bool(_CASE_NAME.search(title)), "legal_case"),
        (_has("thesis", outside) and not container, "thesis"),
        (_has("patent", outside) and bool(number), "patent"),
        (number.startswith(_words()["standard"]) or (bool(number) and f" Std {number}" in text), "standard"),
        (_is_statute(text, title, parts), "legislation"),
        (_is_preprint(text, parts), "article"),
        (_has("archive", outside) and not container, "document"),
        (_has("dataset", outside) and not container, "dataset"),
        (_has("software", outside) and not container, "software"),
        (_has("report", outside) and not container, "report"),
    )
    return next((kind for is_so, kind in claims if is_so), "")


def _is_preprint(text: str, parts: Parts) -> bool:
    """Whether a server of preprints holds the work, by its name or by an address (``Preprint at https:…``)."""
    host = parts.fields.get("container") or parts.fields.get("publisher", "")
    is_named = bool(_PREPRINTS.search(host)) or (not host and "Preprint at" in text)
    return is_named and not parts.fields.get("issue")


def _is_statute(text: str, title: str, parts: Parts) -> bool:
    """A law is cited without authors and issue, by its articles or by who passed it."""
    if parts.authors or parts.fields.get("issue") or not _STATUTE.search(text):
        return False
    return title.endswith(_words()["statute"]) or "§" in text or "Act" in title


def _has(name: str, text: str) -> bool:
    return any(word in text for word in _words()[name])


def _by_fields(text: str, parts: Parts, *, has_address: bool) -> str:
    fields = parts.fields
    container = fields.get("container", "")
    if container:
        return _contained(container, parts)
    if _VERSION.search(text) and not fields.get("publisher"):
        return "software"
    if has_address and (not fields.get("publisher") or parts.sure.get("accessed")):
        return "webpage"
    if fields.get("publisher") or fields.get("place") or fields.get("edition"):
        return "book"
    return "article-journal" if fields.get("volume") else "document"


def _contained(container: str, parts: Parts) -> str:
    fields = parts.fields
    if _has("meeting", container.lower()) and not fields.get("volume"):
        return "paper-conference"
    if parts.editors or fields.get("publisher"):
        return "chapter"
    is_paper = container.endswith(_words()["newspaper"]) and not container.endswith(_words()["no_newspaper"])
    if is_paper and not fields.get("volume") and not fields.get("issue"):
        return "article-newspaper"
    is_page = parts.sure.get("accessed") and not fields.get("volume") and not fields.get("pages")
    return "webpage" if is_page else "article-journal"


_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
# A year with a letter in it, which no one can read, behind a journal: Cell Stem Cell, 201s, 22(6).
_WORN_YEAR = re.compile(r"(?<=\w)[,，.]\s?(?:19|20)(?:\d[A-Za-z]|[A-Za-z]\d)$")
_TRIM = ' .,;:，．。；：\t"“”'


def build(parts: Parts, kind: str, mark: Mark | None, found: Identifiers, *, cut_short: bool) -> CslItem:
    """The item that ``parts`` describe."""
    fields = parts.fields
    title = read_title(fields.get("title", ""))
    container = _with_last_stop(_WORN_YEAR.sub("", fields.get("container", "")).strip(_TRIM), found.rest)
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
        issued=(_run(found.rest) if kind == "periodical" else None) or read_date(fields.get("date", "")),
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
        scale="".join(found.scale.split()).replace("：", ":"),
        custom=_custom(mark, found.cstr, cut_short=cut_short),
    )


# A journal's name with words cut short, and what shows that a stop behind it is its own: a sign, or the volume.
_CUT_SHORT = re.compile(r"^(?=.*[^\W\d_]\.\s)[A-Z][^\W\d_]*\.?(?:\s[^\W\d_]+\.?)*$")
_OWN_STOP = r"\.(?=\s?[,，:：;；(（]|\s\d{1,3}\s?[,，(（:：]|\s[Vv]ol\b)"


def _with_last_stop(container: str, text: str) -> str:
    """``Annu. Rev. Biophys.`` with the stop of its last word, which parts no fields."""
    is_own = _CUT_SHORT.match(container) and re.search(re.escape(container) + _OWN_STOP, text)
    return f"{container}." if is_own else container


# ``1957（1）—1990（4）. 海桥：海桥图书馆，1957—1990``: from when to when a periodical appeared.
_YEARS = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)\s*(?:[(（]\d{1,3}[)）])?\s*[-–—~～]{1,2}\s*((?:1[5-9]|20)\d\d)(?!\d)")


def _run(text: str) -> CslDate | None:
    hit = _YEARS.search(text)
    return CslDate(date_parts=((int(hit[1]),), (int(hit[2]),))) if hit and hit[1] < hit[2] else None


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


def _custom(mark: Mark | None, cstr: str, *, cut_short: bool) -> dict[str, str]:
    """What CSL has no field for: whether the author list was cut short, GB/T's document type mark, the CSTR."""
    code = (f"{mark.code}/{mark.medium}" if mark.medium else mark.code) if mark else ""
    told = {"et-al": "true" if cut_short else "", "mark": code, "cstr": cstr}
    return {name: value for name, value in told.items() if value}


def _language(text: str) -> str:
    if _KANA.search(text):
        return "ja"
    return "zh-CN" if _HAN.search(text) else "en" if text else ""
