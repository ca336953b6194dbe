"""Lists of references as GB/T 7714-2025 sets them; no package has the edition as a style of the CSL processor.

Elements are parted by full-width commas, colons and brackets, names keep their case, preprints, data, programs and
archives have type marks, and only what may change has a day of access.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recover.export.markup import legal
from recover.model.csl import CslDate, CslItem, CslName

STYLES = ("gb-t-7714-2025", "gb-t-7714-2025-author-date", "gb-t-7714-2025-note")
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


def lines(items: Sequence[CslItem], style: str) -> list[str]:
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
        yield from (_title(item), translated, _edition(item), _imprint(item, date))


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
    return _day(item.issued)[:4]


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
