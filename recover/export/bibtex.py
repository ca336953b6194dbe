"""``references.bib``: BibTeX that the classic styles and biblatex both take, in UTF-8."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from recover.export.csl_json import inert_item
from recover.export.markup import legal
from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import Reference

_TYPES = {
    "article-journal": "article", "article-newspaper": "article", "periodical": "article", "article": "misc",
    "book": "book", "chapter": "incollection", "paper-conference": "inproceedings", "thesis": "phdthesis",
    "report": "techreport", "standard": "techreport", "patent": "misc", "webpage": "misc", "dataset": "misc",
    "software": "misc", "map": "misc", "document": "misc",
}  # fmt: skip
# The types that an entry's own type tells by itself; of others the type stands in a field.
_TOLD = {
    "article": "article-journal", "book": "book", "incollection": "chapter", "inproceedings": "paper-conference",
    "phdthesis": "thesis", "techreport": "report", "misc": "document",
}  # fmt: skip
_LANGUAGES = {"zh-CN": "chinese", "en": "english", "ja": "japanese"}
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
        yield _entry(inert_item(item), key if used[key] == 1 else f"{key}-{used[key]}")


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
    """Everything the item holds, by the names that BibTeX, biblatex and the GB/T 7714 style have for it."""
    yield "author", _names(item.author, cut_short=item.custom.get("et-al") == "true")
    yield "editor", _names(item.editor, cut_short=False)
    yield "translator", _names(item.translator, cut_short=False)
    yield "title", protected(item.title)
    yield from _container(item, kind)
    yield from _dates(item)
    yield from _numbers(item)
    yield {"phdthesis": "school", "techreport": "institution"}.get(kind, "publisher"), escaped(item.publisher)
    yield "address", escaped(item.publisher_place)
    yield from _identifiers(item)
    yield "langid", _LANGUAGES.get(item.language, escaped(item.language))
    yield "type", escaped(item.genre)
    yield "entrysubtype", escaped(item.type) if item.type not in _TOLD.get(kind, "") else ""
    mark, _, medium = item.custom.get("mark", "").partition("/")
    yield "mark", escaped(mark)
    yield "medium", escaped(item.medium or medium)
    yield "scale", escaped(item.scale)
    yield "pubstate", escaped(item.status)
    yield "note", escaped(item.note)


def _container(item: CslItem, kind: str) -> Iterator[tuple[str, str]]:
    name = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}.get(kind, "howpublished")
    yield name, escaped(item.container_title)
    if item.container_title_short != item.container_title:
        yield "shortjournal", escaped(item.container_title_short)
    yield "series", " ".join(filter(None, (escaped(item.collection_title), escaped(item.collection_number))))
    yield "eventtitle", escaped(item.event_title)
    yield "venue", escaped(item.event_place)


def _dates(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "year", _year(item.issued)
    yield "month", _part(item.issued, 1)
    yield "day", _part(item.issued, 2)
    yield "urldate", _iso(item.accessed)


def _numbers(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "volume", escaped(item.volume)
    yield "number", escaped(item.issue or item.number)
    yield "eid", escaped(item.number) if item.issue else ""
    yield "pages", escaped(item.page.replace("-", "--"))
    yield "edition", escaped(item.edition)
    yield "version", escaped(item.version)


def _identifiers(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "doi", _verbatim(item.DOI)
    yield "url", _verbatim(item.URL)
    yield "isbn", escaped(item.ISBN)
    yield "issn", escaped(item.ISSN)
    yield "pmid", escaped(item.PMID)
    yield "pmcid", escaped(item.PMCID)


def escaped(text: str) -> str:
    """The text with TeX's special characters made harmless; braces stay balanced whatever is in it."""
    return _SPECIAL.sub(lambda hit: _ESCAPES[hit[0]], legal(text))


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
    whole = name.literal or ("" if name.given or name.suffix or name.non_dropping_particle else name.family)
    if whole:
        return f"{{{escaped(whole)}}}"
    family = " ".join(filter(None, (name.non_dropping_particle, name.family)))
    parts = (family, name.suffix, name.given) if name.suffix else (family, name.given)
    return ", ".join(escaped(part) for part in parts)


def _year(date: CslDate | None) -> str:
    """The year, both of a range, or what stands in its place ("in press")."""
    if date is None:
        return ""
    return "/".join(str(day[0]) for day in date.date_parts) or escaped(date.literal)


def _part(date: CslDate | None, index: int) -> str:
    known = date is not None and date.date_parts and len(date.date_parts[0]) > index
    return str(date.date_parts[0][index]) if date is not None and known else ""


def _iso(date: CslDate | None) -> str:
    return "-".join(f"{part:02d}" for part in date.date_parts[0]) if date and date.date_parts else ""


def _verbatim(address: str) -> str:
    """Addresses are taken literally; only braces, which would end the field, are percent-encoded."""
    return legal(address).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
