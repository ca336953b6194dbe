"""Items of BibTeX and RIS files, entries of a list in a DOCX file."""

from __future__ import annotations

import io
import logging
import re

from recover.model.csl import CslItem
from recover.stages.references.values import read_date, read_listed, read_pages
from recover.text.reference_lists import is_list_heading

_BIBTEX_TYPES = {
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


def read_bibtex(text: str) -> list[tuple[int, CslItem | None, str]]:
    """Each entry's line (from 1), its item, and its source; None for one that is no BibTeX."""
    import bibtexparser  # noqa: PLC0415 - an adapter alone loads its library

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = bibtexparser.parse_string(text)
    found: list[tuple[int, CslItem | None, str]] = [
        ((block.start_line or 0) + 1, None, block.raw or "") for block in library.failed_blocks
    ]
    for entry in library.entries:
        fields = {field.key.lower(): str(field.value) for field in entry.fields}
        found.append(((entry.start_line or 0) + 1, _bibtex_item(entry.entry_type.lower(), fields), entry.raw or ""))
    return sorted(found, key=lambda one: one[0])


def _bibtex_item(kind: str, fields: dict[str, str]) -> CslItem:
    def first(*names: str) -> str:
        return next((_plain(fields[name]) for name in names if fields.get(name)), "")

    month = first("month")
    parts = (first("year"), month, first("day"))
    date = first("date") or ("-" if not month or month.isdigit() else " ").join(filter(None, parts))
    subtype = first("entrysubtype")
    is_article = kind == "article"
    return CslItem(
        type=subtype if re.fullmatch(r"[a-z-]+", subtype) else _BIBTEX_TYPES.get(kind, "document"),
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
        scale=first("scale"),
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


_RIS_TYPES = {
    "JOUR": "article-journal", "NEWS": "article-newspaper", "MGZN": "article-magazine", "BOOK": "book", "EBOOK": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "CPAPER": "paper-conference", "CONF": "paper-conference", "THES": "thesis",
    "RPRT": "report", "STAND": "standard", "PAT": "patent", "ELEC": "webpage", "WEB": "webpage", "DATA": "dataset",
    "COMP": "software", "MAP": "map", "UNPB": "article", "JFULL": "periodical", "CASE": "legal_case",
    "STAT": "legislation",
}  # fmt: skip
_TAG = re.compile(r"^([A-Z][A-Z\d])  ?- ?(.*)$")
_NUMBERED = frozenset(["report", "standard", "patent", "legal_case"])


def read_ris(text: str) -> list[tuple[int, CslItem | None, str]]:
    """Each record's first line (from 1), its item, and its source; None for lines that stand in no record."""
    found: list[tuple[int, CslItem | None, str]] = []
    fields: dict[str, list[str]] = {}
    begin, last = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        hit = _TAG.match(line.rstrip())
        if hit and hit[1] == "TY":
            fields, begin, last = {"TY": [hit[2].strip()]}, number, "TY"
        elif hit and hit[1] == "ER" and fields:
            found.append((begin, _ris_item(fields), ""))
            fields, last = {}, ""
        elif hit and fields:
            last = hit[1]
            fields.setdefault(last, []).append(hit[2].strip())
        elif line.strip() and last:
            fields[last][-1] += " " + line.strip()
        elif line.strip():
            found.append((number, None, line))
    return [*found, (begin, _ris_item(fields), "")] if fields else found


def _ris_item(fields: dict[str, list[str]]) -> CslItem:
    def first(*tags: str) -> str:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), "")

    kind = _RIS_TYPES.get(first("TY"), "document")
    pages = "-".join(filter(None, (first("SP"), first("EP"))))
    title = first("TI", "T1", "CT")
    is_chinese = first("LA").lower().startswith(("zh", "chi")) or any("\u4e00" <= char <= "\u9fff" for char in title)
    return CslItem(
        type=kind,
        author=read_listed([*fields.get("AU", ()), *fields.get("A1", ())]),
        editor=read_listed([*fields.get("A2", ()), *fields.get("ED", ())]),
        translator=read_listed(fields.get("A4", [])),
        title=title,
        container_title=first("JO", "JF", "T2", "BT"),
        container_title_short=first("JA", "J2"),
        issued=read_date(first("DA").strip("/") or first("PY", "Y1").strip("/")),
        accessed=read_date(first("Y2")),
        volume=first("VL"),
        issue="" if kind in _NUMBERED else first("IS"),
        number=first("IS", "M1") if kind in _NUMBERED else "",
        page=pages,
        edition=first("ET"),
        publisher=first("PB"),
        publisher_place=first("CY", "PP"),
        DOI=first("DO"),
        URL=first("UR"),
        note=first("N1"),
        language="zh-CN" if is_chinese else "en",
    )


def read_docx(content: bytes) -> list[str]:
    """The text of every paragraph of the list, in order; raises ValueError for what is no DOCX."""
    from zipfile import BadZipFile  # noqa: PLC0415

    from docx import Document  # noqa: PLC0415 - an adapter alone loads its library
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        document = Document(io.BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise ValueError("no DOCX document") from error
    texts = [paragraph.text.strip() for paragraph in document.paragraphs]
    heads = [at for at, text in enumerate(texts) if is_list_heading(text)]
    return [text for text in texts[heads[-1] + 1 if heads else 0 :] if text]
