"""Items of a BibTeX file; TeX's accents and signs become characters."""

from __future__ import annotations

import logging
import re

from recover.model.csl import CslItem
from recover.stages.references.normalise.dates import read_date
from recover.stages.references.normalise.names import read_listed
from recover.stages.references.normalise.numbers import read_pages

_TYPES = {
    "article": "article-journal", "book": "book", "inbook": "chapter", "incollection": "chapter", "proceedings": "book",
    "inproceedings": "paper-conference", "conference": "paper-conference", "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "online": "webpage", "patent": "patent",
    "dataset": "dataset", "software": "software", "standard": "standard", "manual": "book", "booklet": "book",
}  # fmt: skip
_CONTAINERS = ("journal", "journaltitle", "booktitle")
_PUBLISHERS = ("publisher", "school", "institution", "organization")
_AND = re.compile(r"\s+and\s+(?![^{]*\})", re.IGNORECASE)
_WHOLE = re.compile(r"^\{.*\}$", re.DOTALL)


def read(text: str) -> list[tuple[int, CslItem | None, str]]:
    """Each entry's line (from 1), its item, and its source; None for one that is no BibTeX."""
    import bibtexparser  # noqa: PLC0415 - an adapter alone loads its library

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = bibtexparser.parse_string(text)
    found: list[tuple[int, CslItem | None, str]] = [
        ((block.start_line or 0) + 1, None, block.raw or "") for block in library.failed_blocks
    ]
    for entry in library.entries:
        fields = {field.key.lower(): str(field.value) for field in entry.fields}
        found.append(((entry.start_line or 0) + 1, _item(entry.entry_type.lower(), fields), entry.raw or ""))
    return sorted(found, key=lambda one: one[0])


def _item(kind: str, fields: dict[str, str]) -> CslItem:
    def first(*names: str) -> str:
        return next((_plain(fields[name]) for name in names if fields.get(name)), "")

    month = first("month")
    parts = (first("year"), month, first("day"))
    date = first("date") or ("-" if not month or month.isdigit() else " ").join(filter(None, parts))
    subtype = first("entrysubtype")
    is_article = kind == "article"
    return CslItem(
        type=subtype if re.fullmatch(r"[a-z-]+", subtype) else _TYPES.get(kind, "document"),
        author=read_listed(_names(fields.get("author", ""))),
        editor=read_listed(_names(fields.get("editor", ""))),
        translator=read_listed(_names(fields.get("translator", ""))),
        title=first("title"),
        container_title=first(*_CONTAINERS) or ("" if is_article else first("howpublished")),
        container_title_short=first("shortjournal"),
        collection_title=first("series"),
        issued=read_date(date),
        accessed=read_date(first("urldate")),
        volume=first("volume"),
        issue=first("number", "issue") if is_article or kind == "inproceedings" else first("issue"),
        number="" if is_article or kind == "inproceedings" else first("number"),
        page=read_pages(first("pages", "eid")),
        edition=first("edition"),
        version=first("version"),
        publisher=first(*_PUBLISHERS),
        publisher_place=first("address", "location"),
        genre=first("type"),
        DOI=first("doi"),
        URL=first("url"),
        ISBN=first("isbn"),
        ISSN=first("issn"),
        PMID=first("pmid"),
        note=first("note"),
        language=_language(first("title"), first("langid", "language")),
        custom={"mark": "/".join(filter(None, (first("mark"), first("medium"))))} if first("mark") else {},
    )


def _language(title: str, told: str) -> str:
    is_chinese = told.lower().startswith(("zh", "chinese")) or any("\u4e00" <= char <= "\u9fff" for char in title)
    return "zh-CN" if is_chinese else "en"


def _names(text: str) -> list[str]:
    """Names as lists print them: a body in braces stays whole, ``John Smith`` is turned to ``Smith, John``."""
    return [
        "{" + _plain(name) + "}" if _WHOLE.match(name.strip()) else _turned(_plain(name))
        for name in _AND.split(" ".join(text.split()))
        if name.strip()
    ]


def _turned(name: str) -> str:
    words = name.split(" ")
    if "," in name or len(words) < 2 or not name.isascii():
        return name
    small = next((at for at, word in enumerate(words[:-1]) if word[:1].islower()), len(words) - 1)
    return f"{' '.join(words[small:])}, {' '.join(words[:small])}" if small else name


def _plain(text: str) -> str:
    """Without TeX's commands and braces."""
    if "\\" in text:
        from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415 - an adapter alone loads its library

        text = str(LatexNodes2Text(keep_braced_groups=False).latex_to_text(text))
    return " ".join(text.replace("{", "").replace("}", "").replace("~", " ").split())
