"""Items of a RIS file."""

from __future__ import annotations

import re

from recover.model.csl import CslItem
from recover.stages.references.normalise.dates import read_date
from recover.stages.references.normalise.names import read_listed

_TYPES = {
    "JOUR": "article-journal", "NEWS": "article-newspaper", "MGZN": "article-magazine", "BOOK": "book", "EBOOK": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "CPAPER": "paper-conference", "CONF": "paper-conference", "THES": "thesis",
    "RPRT": "report", "STAND": "standard", "PAT": "patent", "ELEC": "webpage", "WEB": "webpage", "DATA": "dataset",
    "COMP": "software", "MAP": "map", "UNPB": "article", "JFULL": "periodical", "CASE": "legal_case",
    "STAT": "legislation",
}  # fmt: skip
_TAG = re.compile(r"^([A-Z][A-Z\d])  ?- ?(.*)$")
_NUMBERED = frozenset(["report", "standard", "patent", "legal_case"])


def read(text: str) -> list[tuple[int, CslItem | None, str]]:
    """Each record's first line (from 1), its item, and its source; None for lines that stand in no record."""
    found: list[tuple[int, CslItem | None, str]] = []
    fields: dict[str, list[str]] = {}
    begin, last = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        hit = _TAG.match(line.rstrip())
        if hit and hit[1] == "TY":
            fields, begin, last = {"TY": [hit[2].strip()]}, number, "TY"
        elif hit and hit[1] == "ER" and fields:
            found.append((begin, _item(fields), ""))
            fields, last = {}, ""
        elif hit and fields:
            last = hit[1]
            fields.setdefault(last, []).append(hit[2].strip())
        elif line.strip() and last:
            fields[last][-1] += " " + line.strip()
        elif line.strip():
            found.append((number, None, line))
    return [*found, (begin, _item(fields), "")] if fields else found


def _item(fields: dict[str, list[str]]) -> CslItem:
    def first(*tags: str) -> str:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), "")

    kind = _TYPES.get(first("TY"), "document")
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
