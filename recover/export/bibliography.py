"""A formatted reference list in a citation style, by the CSL processor and its styles."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import msgspec

from recover.errors import UsageError
from recover.export import bibtex, csl_json, ris
from recover.export.csl_json import with_id
from recover.export.markup import Element, legal
from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import Reference

NATIONAL_STYLES = ("gb-t-7714-2025", "gb-t-7714-2025-author-date", "gb-t-7714-2025-note")
STYLES = {
    "gb-t-7714": "china-national-standard-gb-t-7714-2015-numeric",
    "gb-t-7714-author-date": "china-national-standard-gb-t-7714-2015-author-date",
    "gb-t-7714-note": "china-national-standard-gb-t-7714-2015-note",
    **{style: style for style in NATIONAL_STYLES},
    "vancouver": "vancouver-nlm",
    "apa": "apa",
    "ama": "american-medical-association",
}
DEFAULT_STYLE = "gb-t-7714"
# Put there when the package is built: every style by its full name, or the name of the one that it is a variant of.
_STYLES = Path(__file__).with_name("styles.zip")
# GB/T styles write [J/OL] as type and medium in one group, which the processor drops whole when an item has no
# medium, [J] and all. A private character stands in for the missing medium and is taken out again.
_NO_MEDIUM = "\ue000"
_NUMBER = re.compile(r"^(\[\d+\]|\d+\.)(?=\S)")
# "A, B & et al" by styles that put a word before the last name.
_LAST_OF_ALL = re.compile(r",? (?:&|and|和) (et al|等)(?!\w)")
_UNKNOWN_FIELDS = ("custom", "medium", "scale")


def render(references: Sequence[Reference], style: str = DEFAULT_STYLE) -> bytes:
    """The list in ``style`` (a short name of STYLES, or any style's name), an entry a line."""
    return "".join(f"{line}\n" for line in lines([reference.csl for reference in references], style)).encode()


def lines(items: Sequence[CslItem], style: str = DEFAULT_STYLE) -> list[str]:
    """The formatted entries; raises UsageError for a style that isn't there."""
    if style in NATIONAL_STYLES:
        return national_lines(items, style)
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter  # noqa: PLC0415
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - an exporter alone loads its library

    chinese = "gb" in STYLES.get(style, style)
    named = [with_id(item, index) for index, item in enumerate(items, 1)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fields of CSL that the processor doesn't know are no concern of the user's
        source = CiteProcJSON([_plain(item, index, chinese=chinese) for index, item in enumerate(named, 1)])
        rules = CitationStylesStyle(_rules(style), validate=False)
        _mend_dates(rules.root)
        processor = CitationStylesBibliography(rules, source, formatter.plain)
        for index in range(1, len(named) + 1):
            processor.register(Citation([CitationItem(str(index))]))
        return [_tidy(str(entry), item) for entry, item in zip(processor.bibliography(), named, strict=True)]


def _rules(style: str) -> BytesIO:
    """A style's rules; where it only names another, that one's."""
    try:
        with zipfile.ZipFile(_STYLES) as archive:
            rules = archive.read(STYLES.get(style, style))
            return BytesIO(rules if rules.lstrip().startswith(b"<") else archive.read(rules.decode()))
    except KeyError as error:
        raise UsageError(
            f"--style {style}", "no such style", f"use one of {', '.join(STYLES)} or a style's full name"
        ) from error


def _mend_dates(root: Element) -> None:
    """Hand on what parts a date from a style's own locale to where the date is used, which the processor forgets."""
    own = {date.get("form"): date.get("delimiter") for date in root.iterfind(".//{*}locale/{*}date[@delimiter]")}
    for date in root.iterfind(".//{*}date[@variable][@form]"):
        if date.get("form") in own and date.get("delimiter") is None:
            date.set("delimiter", str(own[date.get("form")]))


def _plain(item: CslItem, index: int, *, chinese: bool) -> dict[str, object]:
    """The item as the processor takes it: its own keys, text that is text, "et al." as the last author."""
    fields: dict[str, object] = json.loads(msgspec.json.encode(item))
    for name in _UNKNOWN_FIELDS:
        fields.pop(name, None)
    if item.custom.get("et-al") == "true":
        cut = "等" if item.language.startswith("zh") else "et al"
        fields["author"] = [*json.loads(msgspec.json.encode(item.author)), {"literal": cut}]
    fields["id"] = str(index)
    if chinese:
        fields["medium"] = item.custom.get("mark", "").partition("/")[2] or (
            "OL" if item.DOI or item.URL else _NO_MEDIUM
        )
    return fields


def _tidy(entry: str, item: CslItem) -> str:
    """The number set off by a space, "et al" in the item's own language, stand-ins and false capitals taken out."""
    entry = _NUMBER.sub(r"\1 ", entry.replace(f"/{_NO_MEDIUM}", "").replace(_NO_MEDIUM, ""))
    # Styles that set family names in capitals do so for bodies too, and for what stands for the authors left out.
    for body in ("et al", *(name.literal for name in (*item.author, *item.editor) if name.literal)):
        entry = entry.replace(body.upper(), body)
    entry = _LAST_OF_ALL.sub(r", \1", entry)
    if item.language and not item.language.startswith(("zh", "ja")):
        entry = entry.replace(", 等", ", et al")
    return legal(" ".join(entry.replace("..", ".").split()))


# Lists of references as GB/T 7714-2025 sets them; no package has the edition as a style of the CSL processor.

_MARKS = {
    "article": "PP", "article-journal": "J", "article-newspaper": "N", "book": "M", "chapter": "M", "dataset": "DS",
    "legal_case": "A", "legislation": "A", "map": "CM", "paper-conference": "C", "patent": "P", "periodical": "J",
    "report": "R", "software": "CP", "standard": "S", "thesis": "D", "webpage": "EB",
}  # fmt: skip
# What may change or vanish has a day of access, and its own date in brackets.
_ON_THE_NET = frozenset(["article", "dataset", "software", "webpage"])
_NUMBERED = frozenset(["document", "legal_case", "legislation", "patent", "report"])
_CHINESE = ("zh", "ja")
# A list of more names than these is cut short behind them; a note names all.
_NAMES = 3
_EDITION = re.compile(r"^第?\s?(\d+)\s?版$")


def national_lines(items: Sequence[CslItem], style: str) -> list[str]:
    """An entry a line; numeric lists and notes have numbers before their entries."""
    if style.endswith("author-date"):
        return [_entry(item, by_year=True, most=_NAMES) for item in items]
    is_note = style.endswith("note")
    return [
        (f"{number} " if is_note else f"[{number}] ") + _entry(item, by_year=False, most=0 if is_note else _NAMES)
        for number, item in enumerate(items, 1)
    ]


def _entry(item: CslItem, *, by_year: bool, most: int) -> str:
    year = _year(item) if by_year else ""
    head = "，".join(filter(None, (_names(item.author or _editors(item), item, most), year)))
    parts = (head, *_body(item, has_year=not by_year), *_access(item))
    entry = ". ".join(part.rstrip(".") if index else part for index, part in enumerate(filter(None, parts)))
    return legal(" ".join(entry.split())) + "."


def _editors(item: CslItem) -> tuple[CslName, ...]:
    """Editors stand in the place of authors where the work is theirs."""
    return () if item.container_title else item.editor


def _body(item: CslItem, *, has_year: bool) -> Iterator[str]:
    """The elements behind the authors, those that a full stop parts."""
    date = _date(item, has_year=has_year)
    translators = _people(item.translator)
    translated = f"{translators}，译" if translators else ""
    if item.type in ("article-journal", "article-newspaper"):
        yield from (_title(item), translated, _issue(item, date))
    elif item.container_title:
        book = ". ".join(filter(None, (_people(item.editor), item.container_title + _of_volume(item))))
        first = ". ".join(filter(None, (_title(item), translated)))
        if not item.publisher and not item.publisher_place:
            book = _paged("，".join(filter(None, (book, date))), item)
        yield from (f"{first}//{book}", _edition(item), _imprint(item, date) if item.publisher else "")
    elif item.type in _ON_THE_NET:
        day = f"（{date}）" if date else ""
        accessed = f"[{_day(item.accessed)}]" if item.accessed else ""
        yield from (_title(item), _edition(item), f"{item.publisher}{day}{accessed}")
    else:
        scale = f"比例尺 {item.scale}" if _is_chinese(item) else f"Scale {item.scale}"
        yield from (_title(item), translated, _edition(item), scale if item.scale else "", _imprint(item, date))


def _title(item: CslItem) -> str:
    """The title with its number or volume, and the type mark."""
    title = item.title
    if item.type == "standard":
        title = f"{item.number} {title}".strip()
    elif item.number and item.type in _NUMBERED:
        title = f"{title}：{item.number}"
    elif not item.container_title and item.type == "book":
        title += _of_volume(item)
    code, _, medium = item.custom.get("mark", "").partition("/")
    code = _MARKS.get(item.type, code or "Z")
    medium = medium or ("OL" if item.URL or item.DOI else "")
    return f"{title}[{code}/{medium}]" if medium else f"{title}[{code}]"


def _of_volume(item: CslItem) -> str:
    if not item.volume:
        return ""
    return f"：第{item.volume}卷" if _is_chinese(item) else f"：v.{item.volume}"


def _issue(item: CslItem, date: str) -> str:
    """Journal, year, volume, issue and pages; of a newspaper the day and its page."""
    told = "，".join(filter(None, (item.container_title, date, item.volume)))
    if item.type == "article-newspaper":
        return f"{told}（{item.page}）" if item.page else told
    return _paged(told + (f"（{item.issue}）" if item.issue else ""), item)


def _imprint(item: CslItem, date: str) -> str:
    place = "：".join(filter(None, (item.publisher_place, item.publisher)))
    return _paged("，".join(filter(None, (place, date))), item)


def _paged(told: str, item: CslItem) -> str:
    return "：".join(filter(None, (told, item.page)))


def _edition(item: CslItem) -> str:
    number = _EDITION.match(item.edition)
    return f"{number[1]} 版" if number else item.edition or item.version


def _access(item: CslItem) -> tuple[str, ...]:
    """Address, DOI and CSTR, which the address may hold already."""
    named = (("DOI", item.DOI), ("CSTR", item.custom.get("cstr", "")))
    return (item.URL, *(f"{name}:{value}" for name, value in named if value and value not in item.URL))


def _date(item: CslItem, *, has_year: bool) -> str:
    """The year, the day of what appears on one; without the year where that stands behind the authors."""
    unpublished = item.type in _NUMBERED and not item.publisher
    day = item.type in _ON_THE_NET or item.type == "article-newspaper" or unpublished
    no_issue = item.type == "article-journal" and not (item.volume or item.issue)
    told = _day(item.issued) if day or no_issue else _year(item)
    return told if has_year else told.partition("-")[2]


def _year(item: CslItem) -> str:
    """The year, or the first and the last of a periodical."""
    dates = item.issued.date_parts if item.issued else ()
    return "-".join(str(day[0]) for day in dates if day)


def _day(date: CslDate | None) -> str:
    parts = date.date_parts[0] if date and date.date_parts else ()
    return "-".join(f"{part:02}" for part in parts)


def _names(names: Sequence[CslName], item: CslItem, most: int) -> str:
    shown = names[:most] if most else names
    is_cut = len(shown) < len(names) or item.custom.get("et-al") == "true"
    others = ("等" if _is_chinese(item) else "et al") if is_cut and shown else ""
    return "，".join(filter(None, (_people(shown), others)))


def _people(names: Sequence[CslName]) -> str:
    return "，".join(map(_person, names))


def _person(name: CslName) -> str:
    """Family name and initials without stops; Chinese names and bodies whole."""
    family = f"{name.non_dropping_particle} {name.family}".strip()
    given = " ".join(re.findall(r"(?<![^\W\d_])[^\W\d_]", name.given)) if name.given.isascii() else name.given
    return name.literal or " ".join(filter(None, (family, given, name.suffix)))


def _is_chinese(item: CslItem) -> bool:
    return item.language.startswith(_CHINESE)


# Items in the formats of reference managers and as a table.

COLUMNS = ("authors", "year", "title", "container", "volume", "issue", "pages", "DOI")


def item_bytes(items: Sequence[CslItem], form: str) -> bytes:
    """``items`` as ``bib``, ``ris``, ``csl`` or ``csv``; raises UsageError for another form."""
    if form not in _FORMS:
        raise UsageError(f"--formats {form}", "unknown format of references", f"use {', '.join(_FORMS)}")
    return _FORMS[form](items)


def _bib(items: Sequence[CslItem]) -> bytes:
    return "\n".join(bibtex.entries(items)).encode()


def _ris(items: Sequence[CslItem]) -> bytes:
    return "".join(ris.records(items)).encode()


def _csl(items: Sequence[CslItem]) -> bytes:
    return b"".join(csl_json.stream(items))


def _csv(items: Sequence[CslItem]) -> bytes:
    """A table for spreadsheets: a byte order mark, so that they take it for UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([[_inert(cell) for cell in _cells(item)] for item in items])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cells(item: CslItem) -> list[str]:
    names = "; ".join(f"{name.family}, {name.given}".strip(", ") or name.literal for name in item.author)
    year = str(item.issued.date_parts[0][0]) if item.issued and item.issued.date_parts else ""
    return [names, year, item.title, item.container_title, item.volume, item.issue, item.page, item.DOI]


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


_FORMS: dict[str, Callable[[Sequence[CslItem]], bytes]] = {"bib": _bib, "ris": _ris, "csl": _csl, "csv": _csv}
