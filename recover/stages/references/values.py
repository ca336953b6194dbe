"""From printed fields to values: dates, numbers, titles, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from recover.model.csl import CslDate, CslName

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_NUMERIC = re.compile(r"^\D*(\d{4})\s*(?:[-–—./年]\s*(\d{1,2})\s*(?:[-–—./月]\s*(\d{1,2}))?)?")
_FROM_TO = re.compile(r"(\d{4})/(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[\s,;]+([A-Z][a-z]{2})[a-z]*\.?(?:[-/–][A-Z][a-z]+\.?)?(?:\s+(\d{1,2}))?")
_NAMED = re.compile(r"(?:(\d{1,2})\s+)?([A-Z][a-z]{2})[a-z]*[.,]?\s+(?:(\d{1,2}),?\s+)?(\d{4})")


def read_date(text: str) -> CslDate | None:
    """The date in ``text``, as far as it is known; None when there is no year in it."""
    text = text.strip()
    if not text:
        return None
    if text.isdigit() and len(text) == 4:
        return CslDate(date_parts=((int(text),),))
    if years := _FROM_TO.fullmatch(text):
        return CslDate(date_parts=((int(years[1]),), (int(years[2]),)))
    hit = _YEAR_FIRST.search(text)
    if hit and hit[2].lower() in _MONTHS:
        return _date(hit[1], _MONTHS[hit[2].lower()], hit[3])
    hit = _NAMED.search(text)
    if hit and hit[2].lower() in _MONTHS:
        return _date(hit[4], _MONTHS[hit[2].lower()], hit[1] or hit[3])
    hit = _NUMERIC.match(text)
    return _date(hit[1], hit[2], hit[3]) if hit else None


def _date(year: str, month: str | int | None, day: str | None) -> CslDate:
    parts = [int(year)]
    if month and 1 <= int(month) <= 12:
        parts.append(int(month))
        if day and 1 <= int(day) <= 31:
            parts.append(int(day))
    return CslDate(date_parts=(tuple(parts),))


_VOLUME = re.compile(r"^(?:[Vv]ol(?:ume)?s?\.?|第)\s*|\s*卷$")
_ISSUE = re.compile(r"^(?:[Nn]os?\.?|[Ii]ssue|第)\s*|\s*期$")
_PAGES = re.compile(r"^(?:pp?\.?\s*(?=[\dA-Z])|页码?\s*)", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—−‐‑－~～]{1,2}\s*")
_LABEL_P = re.compile(r"^P(?=\d)")


_WITH_PART = re.compile(r"^(\S+)\s+((?:[Ss]uppl|Pt|Spec)\b.*)$")


def volume_and_issue(volume: str, issue: str) -> tuple[str, str]:
    """Both read; a supplement printed after the volume (``42 Suppl 2``) is its issue."""
    hit = _WITH_PART.match(volume.strip()) if not issue else None
    return (read_volume(hit[1]), read_issue(hit[2])) if hit else (read_volume(volume), read_issue(issue))


def read_volume(text: str) -> str:
    """``Vol. 12`` and ``第12卷`` to ``12``."""
    return _DASH.sub("-", _VOLUME.sub("", text.strip())).strip(" .,")


def read_issue(text: str) -> str:
    """``No. 3`` and ``第3期`` to ``3``; ``Pt A`` and ``Suppl 1`` stay."""
    return _DASH.sub("-", _ISSUE.sub("", text.strip())).strip(" .,")


def read_pages(text: str) -> str:
    """``pp. 12–15`` to ``12-15``; letters that belong to the number (``S39``, ``e13206``, ``18.e3``) stay."""
    if not text:
        return ""
    text = _DASH.sub("-", _PAGES.sub("", text.strip()))
    return re.sub(r"\s*[,，;、+]\s*", ", ", text).strip(" .,;:")


_TRAIL = " .,;:，．。；：\t"
_PAIRS = {'"': '"', "“": "”", "‘": "’", "«": "»"}
_LANGUAGE = re.compile(
    r"\s*[\[(]\s*(?:in|article in)\s+[A-Z][a-z]+(?:,? with [^()\[\]]{3,30})?\s*[\])]$", re.IGNORECASE
)


def read_title(text: str) -> str:
    """The bare title; quotation marks go only when they hold all of it."""
    text = text.strip().strip(_TRAIL).strip()
    close = _PAIRS.get(text[:1])
    if close and len(text) > 2:
        body = text[1:].rstrip(_TRAIL)
        if body.endswith((close, '"')) and body[:-1].count(close) == body[:-1].count(text[0]) * (close != text[0]):
            text = body[:-1].strip().rstrip(_TRAIL).strip()
        elif close not in body and '"' not in body:
            text = body
    elif text.endswith('"') and text.count('"') == 1:
        text = text[:-1].rstrip(_TRAIL)
    return _LANGUAGE.sub("", text).rstrip(_TRAIL)


HAN = "\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff々〇"
_SUFFIX = re.compile(r"[\s,]+(Jr|Sr|III|II|IV|2nd|3rd|2d|3d|4th)\.?$")
_INITIALS = re.compile(r"^(?:[A-ZÀ-ÖØ-Þ]\.?[\s\-‐]?){1,5}$")
_HAN_NAME = re.compile(rf"^[{HAN}·•‧・\s]{{2,}}$")
_BODY_HAN = re.compile(
    r"(?:会|院|所|局|部|司|组|社|学|系|室|馆|站|厅|处|公司|集团|中心|大学|委|网|署|台|团|店|库|联盟|统)$"
)
_BODY_WORDS = (
    "Association",
    "Committee",
    "Consortium",
    "Group",
    "Organi[sz]ation",
    "Society",
    "Institute",
    "University",
    "Department",
    "Council",
    "Collaboration",
    "Collaborative",
    "Network",
    "Investigators",
    "Foundation",
    "Ministry",
    "Center",
    "Centre",
    "College",
    "Agency",
    "Bureau",
    "Board",
    "Academy",
    "Administration",
    "Commission",
    "Federation",
    "Program(?:me)?",
    "Initiative",
    "Team",
    "Corporation",
    "Company",
    "Inc",
    "Ltd",
    "Works",
    "Office",
    "Library",
    "Service",
    "Union",
    "Task Force",
    "Statistics",
    "Nations",
    "Trial",
    "Study",
    "Alliance",
    "Trialists",
)
_BODY = re.compile(rf"\b(?:{'|'.join(_BODY_WORDS)})\b")
_SHORTEST_BODY = 10
# Mc and Mac open a second capital; Mac only before a consonant cluster that English names show.
_MC = re.compile(r"^(Mc)([a-z])")
_LOWER_PARTS = frozenset(["de", "la", "van", "der", "von", "den", "del", "di", "da", "dos", "du", "le"])


def read_name(text: str) -> CslName:
    """The name in ``text``; what is neither a person's name nor a known body is kept as a literal."""
    text = text.strip(" .,;；，:")
    if not text.isascii() and any("\u3040" <= char <= "\u9fff" for char in text):
        return _han_name(text)
    if (
        len(text) > _SHORTEST_BODY
        and _BODY.search(text.title() if text.isupper() else text)
        and not _ends_in_initials(text)
    ):
        return CslName(literal=text)
    return _latin_name(text)


def _han_name(text: str) -> CslName:
    """Chinese names are written whole, as ``family``: styles and catalogues never split or invert them."""
    compact = re.sub(rf"(?<=[{HAN}])\s+(?=[{HAN}])", "", text)
    if len(compact) > 4 and (_BODY_HAN.search(compact) or not _HAN_NAME.match(compact)):
        return CslName(literal=compact)
    return CslName(family=compact)


def _ends_in_initials(text: str) -> bool:
    return bool(_INITIALS.match(text.rsplit(" ", 1)[-1]))


def _latin_name(text: str) -> CslName:
    suffix = ""
    hit = _SUFFIX.search(text)
    if hit:
        suffix, text = hit[1], text[: hit.start()]
    if "," in text:
        family, given = (part.strip() for part in text.split(",", 1))
        return _person(family, given, suffix)
    words = text.split()
    cut = _initials_begin(words)
    if cut == len(words) and len(words) > 1 and _INITIALS.match(words[0]):
        first = next((i for i, word in enumerate(words) if not _INITIALS.match(word)), 0)
        return _person(" ".join(words[first:]), " ".join(words[:first]), suffix)
    return _person(" ".join(words[:cut]), " ".join(words[cut:]), suffix)


def _initials_begin(words: list[str]) -> int:
    """``PEEBLES P Z``: single letters run on to the left; a group of letters (``SAN JUAN IK``) stands alone."""
    cut = len(words)
    if cut < 2 or not _INITIALS.match(words[-1]) or len(words[-1].replace(".", "")) > 4:
        return cut
    cut -= 1
    while cut > 1 and len(words[cut].strip(".-")) == 1 and len(words[cut - 1].strip(".")) == 1:
        cut -= 1
    return cut


def read_person(family: str, given: str) -> CslName:
    """The name of a person whose family and given parts are known."""
    return _person(family.strip(" .,;"), given.strip(" ,;"), "")


def _person(family: str, given: str, suffix: str) -> CslName:
    if suffix == "" and (tail := re.match(r"^(.*?)[\s,]+(Jr|Sr|III|II|IV|2nd|3rd)\.?$", given)):
        given, suffix = tail[1], tail[2]
    return CslName(family=family, given=spaced_initials(given), suffix=suffix)


@lru_cache(maxsize=4096)
def spaced_initials(given: str) -> str:
    """``JA`` becomes ``J. A.`` and ``M-E`` ``M.-E.``, which every style can shorten; full given names stay."""
    if not given or not _INITIALS.match(given):
        return given
    letters = re.findall(r"[-‐]?\s?[A-ZÀ-ÖØ-Þ]", given)
    return "".join(("-" if letter[0] in "-‐" else " ") + letter[-1] + "." for letter in letters).strip()


def title_cased(family: str) -> str:
    """A name set in capitals, in the usual case: ``DES MARAIS`` to ``Des Marais``, ``O'ROURKE`` to ``O'Rourke``."""
    parts = re.split(r"([\s\-‐'’])", family.lower())
    words = [part if part in _LOWER_PARTS and i else part[:1].upper() + part[1:] for i, part in enumerate(parts)]
    return " ".join(_MC.sub(lambda hit: hit[1] + hit[2].upper(), word) for word in "".join(words).split(" "))


def read_listed(names: Sequence[str]) -> tuple[CslName, ...]:
    """Names of a file that keeps them apart: ``Family, Given``, a Chinese name whole or in parts, ``{Body}``."""
    found = []
    for name in names:
        family, _, given = name.partition(",")
        if name.startswith("{"):
            body = name.strip("{}")
            found.append(CslName(literal=body) if body.isascii() else read_name(body))
        elif given and any("\u3400" <= char <= "\u9fff" for char in name):
            found.append(CslName(family=family.strip() + given.strip()))
        else:
            found.append(_person(family.strip(), given.strip(), "") if given else read_name(name))
    return tuple(found)


def is_surname(name: str) -> bool:
    """Whether a name in Latin letters is a known family name."""
    return name.upper() in _surnames()


@cache
def _surnames() -> frozenset[str]:
    source = files("recover.stages.references") / "data" / "surnames.txt"
    return frozenset(source.read_text("utf-8").upper().split())
