"""``references.bib``: BibTeX that the classic styles and biblatex both take, in UTF-8."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import Reference

_TYPES = {
    "article-journal": "article", "article-newspaper": "article", "periodical": "article", "article": "misc",
    "book": "book", "chapter": "incollection", "paper-conference": "inproceedings", "thesis": "phdthesis",
    "report": "techreport", "standard": "techreport", "patent": "misc", "webpage": "misc", "dataset": "misc",
    "software": "misc", "map": "misc", "document": "misc",
}  # fmt: skip
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "&": r"\&", "%": r"\%",
    "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
# Styles lower the letters of titles; words that must keep theirs stand in braces.
_KEPT = re.compile(r"(?<![\w\\])[^\W\d_]*(?:[A-Za-z]\d|\d[A-Za-z]|(?<=\w)[A-Z])[\w\-]*|(?<![\w\\])[A-Z](?![\w])")


def render(references: Sequence[Reference]) -> bytes:
    """All entries, in order, with keys that are unique."""
    return "\n".join(entries(reference.csl for reference in references)).encode()


def entries(items: Iterable[CslItem]) -> Iterator[str]:
    """One entry an item; a key that was used before gets a letter."""
    used: Counter[str] = Counter()
    for index, item in enumerate(items, 1):
        key = _key(item, index)
        used[key] += 1
        yield _entry(item, key if used[key] == 1 else f"{key}-{used[key]}")


def _entry(item: CslItem, key: str) -> str:
    kind = _TYPES.get(item.type, "misc")
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(item, kind) if value)
    return f"@{kind}{{{key},\n{fields}}}\n"


def _key(item: CslItem, index: int) -> str:
    family = item.author[0].family if item.author else ""
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode()
    letters = re.sub(r"[^A-Za-z]", "", plain).lower()
    number = item.id or f"ref-{index}"
    return f"{letters}{_year(item.issued)}" if letters else re.sub(r"[^\w-]", "", number)


def _fields(item: CslItem, kind: str) -> Iterator[tuple[str, str]]:
    yield "author", _names(item.author, cut_short=item.custom.get("et-al") == "true")
    yield "editor", _names(item.editor, cut_short=False)
    yield "title", protected(item.title)
    yield (
        {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}.get(kind, "howpublished"),
        escaped(item.container_title),
    )
    yield "year", _year(item.issued)
    yield "month", _month(item.issued)
    yield "volume", escaped(item.volume)
    yield "number", escaped(item.issue or item.number)
    yield "pages", escaped(item.page.replace("-", "--"))
    yield "edition", escaped(item.edition)
    yield {"phdthesis": "school", "techreport": "institution"}.get(kind, "publisher"), escaped(item.publisher)
    yield "address", escaped(item.publisher_place)
    yield "doi", _verbatim(item.DOI)
    yield "url", _verbatim(item.URL)
    yield "urldate", _iso(item.accessed)
    yield "isbn", escaped(item.ISBN)
    yield "pmid", escaped(item.PMID)
    yield "langid", {"zh-CN": "chinese", "en": "english", "ja": "japanese"}.get(item.language, "")
    yield "note", escaped(item.note)


def escaped(text: str) -> str:
    """The text with TeX's special characters made harmless; braces stay balanced whatever is in it."""
    return _SPECIAL.sub(lambda hit: _ESCAPES[hit[0]], text)


def protected(title: str) -> str:
    """The title, words whose capitals matter (``SOD1``, ``TDP-43``, ``mRNA``) in braces."""
    return "".join(f"{{{escaped(part)}}}" if index % 2 else escaped(part) for index, part in enumerate(_pieces(title)))


def _pieces(title: str) -> list[str]:
    """Plain text and words to keep, by turns, plain text first."""
    pieces = []
    at = 0
    for hit in _KEPT.finditer(title):
        pieces += [title[at : hit.start()], hit[0]]
        at = hit.end()
    return [*pieces, title[at:]]


def _names(names: tuple[CslName, ...], *, cut_short: bool) -> str:
    printed = [_name(name) for name in names]
    return " and ".join([*printed, "others"] if cut_short and printed else printed)


def _name(name: CslName) -> str:
    """``Family, Jr, Given``; bodies and Chinese names stand in braces, or "and" and spaces would split them."""
    whole = name.literal or ("" if name.given else name.family)
    if whole:
        return f"{{{escaped(whole)}}}"
    parts = (name.family, name.suffix, name.given) if name.suffix else (name.family, name.given)
    return ", ".join(escaped(part) for part in parts)


def _year(date: CslDate | None) -> str:
    return str(date.date_parts[0][0]) if date and date.date_parts else ""


def _month(date: CslDate | None) -> str:
    return str(date.date_parts[0][1]) if date and date.date_parts and len(date.date_parts[0]) > 1 else ""


def _iso(date: CslDate | None) -> str:
    return "-".join(f"{part:02d}" for part in date.date_parts[0]) if date and date.date_parts else ""


def _verbatim(address: str) -> str:
    """Addresses are taken literally; only braces, which would end the field, are percent-encoded."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
