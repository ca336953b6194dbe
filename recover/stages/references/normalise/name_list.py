"""A list of authors as printed, cut into names, and how much a string looks like such a list."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from recover.stages.references.normalise.names import HAN

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_WORD = rf"(?:[{_UP}]|[dLlO]['’`´](?=[{_UP}]))[\w'’`´\-‐\u0080-\u00bf]*"
_PARTICLE = (
    r"(?:d[aeiou]s?|del|della|den|der|di|du|el|la|le|ten|ter|te|van|von|vom|zu|zum|zur|af|al|bin|ibn"
    r"|von der|van der|van den|de la|de las|de los|[dl]['’]|'t|y|e)"
)
_INITIALS = (
    rf"(?:[{_UP}]{{1,4}}|(?:[{_UP}]\.?[\s\-‐]?){{1,4}}[{_UP}]?\.?|[{_UP}]{{1,2}}[\-‐][{_UP}]{{1,2}}"
    rf"|[{_UP}]cL|[{_UP}][a-z]\.?(?:[{_UP}]\.?)?)"
)
_SUFFIX = r"(?:,?\s(?:Jr|Sr|III|II|IV|2nd|3rd|2d|3d|4th)\.?)?"
_FAMILY = rf"(?:{_PARTICLE}\s){{0,3}}{_WORD}(?:\s(?:{_PARTICLE}\s){{0,2}}{_WORD}){{0,3}}"
VANCOUVER_NAME = re.compile(rf"^{_FAMILY}{_SUFFIX}\s{_INITIALS}{_SUFFIX}$")
# "J. A. Smith" and "J Smith": the initials are taken whole, or a long capitalised title costs exponential time.
INVERTED_NAME = re.compile(rf"^(?>(?:[{_UP}]{{1,3}}(?:\.[\s\-‐]?|[\s\-‐])){{1,4}}){_FAMILY}{_SUFFIX}$")
_SINGLE = re.compile(rf"^{_FAMILY}$")
_HAN_NAME = re.compile(rf"^[\[［(（]?[{HAN}]{{1,4}}[\]］)）]?(?:[{HAN}]|[·•‧・.．][{HAN}]|\s(?=[{HAN}])){{0,11}}$")
_BODY_NAME = re.compile(
    rf"^(?:The\s)?{_WORD}[\s\w&'’\-,/.]*?\b(?:Association|Committee|Consortium|Group|Organi[sz]ation"
    rf"|Society|Institutes?"
    r"|University|Department|Council|Collaboration|Collaborative|Network|Investigators|Foundation"
    r"|Ministry|Cent(?:er|re)"
    r"|Agency|Bureau|Board|Academy|Administration|Commission|Federation|Programme|Initiative|Team|Trialists|Alliance"
    r"|Astronautics|Engineers|Services?|Nations)\b[\s\w&'’\-()]*$"
)
_ET_AL = re.compile(
    r"(?:[,;，；、]?\s*(?:\b(?:et\.?\s?al|and others|etc|e\.?t\.?a\.?l)\b\.?|等人?[.．。]?)|\s*…\s*)\s*[,.;:，．]?\s*$",
    re.IGNORECASE,
)
_ROLE = re.compile(r"[,，]?\s*(?:\(?\b[Ee]ds?\b\.?\)?|\b[Ee]ditors?\b|主编|编著|编|著|译|整理|校注|点校)[.，,]?\s*$")
_SEPARATORS = re.compile(r"\s*[;；]\s*|\s*[,，、]\s*(?:and\s|&\s|和\s?)?|\s+(?:and|&)\s+|和(?=[\u4e00-\u9fff]{2,4}$)")
# "A, B, ... Z": names left out before the last one.
_LEFT_OUT = re.compile(r"\s*[,，]?\s*(?:\.(?:\s?\.){1,3}|…+)\s*(?=\w)")
_COMPANY = re.compile(r"^(?:Inc|Ltd|LLC|Co|Corp|GmbH)\.?$")
_SUFFIX_ONLY = re.compile(r"^(?:Jr|Sr|II|III|IV|2nd|3rd)\.?$")
_INITIALS_ONLY = re.compile(
    rf"^(?:[{_UP}]{{1,3}}|(?:[{_UP}]\.[\s\-‐]?){{0,4}}[{_UP}]|(?:[{_UP}][\s\-‐]){{1,3}}[{_UP}])\.?$"
)


class NameList(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The names as printed, and whether the list was cut short by "et al." or 等."""

    names: tuple[str, ...]
    cut_short: bool = False


@lru_cache(maxsize=1024)
def split_names(text: str) -> NameList:
    """Cut an author list into names; initials after a comma go back to their family name (``Smith, J. A.``)."""
    text = text.strip(" .．。,，:：;；")
    short = _ET_AL.search(text)
    if short and short.start() > 0:
        text = text[: short.start()]
    text, left_out = _LEFT_OUT.subn(", ", text)
    text = _ROLE.sub("", text)
    if not text:
        return NameList(names=())
    if _BODY_NAME.match(text) and not any(mark in text for mark in ",;，；、"):
        return NameList(names=(text,), cut_short=bool(short))
    return NameList(names=tuple(_rejoin(_SEPARATORS.split(text))), cut_short=bool(short or left_out))


def _rejoin(parts: list[str]) -> list[str]:
    names: list[str] = []
    inverted = not any(VANCOUVER_NAME.match(part.strip()) for part in parts)
    for part in filter(None, map(str.strip, parts)):
        if names and _SUFFIX_ONLY.match(part):
            names[-1] = f"{names[-1]} {part}"
        elif names and (
            _COMPANY.match(part) or (inverted and _INITIALS_ONLY.match(part) and _lacks_initials(names[-1]))
        ):
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    return names


def _lacks_initials(name: str) -> bool:
    return "," not in name and bool(_SINGLE.match(name)) and not VANCOUVER_NAME.match(name)


# "Writing Group on behalf of the ... Study Group".
_BETWEEN_BODIES = frozenset(["behalf", "under", "within"])
# The longest printed name of a person, particles and all; whole titles needn't be tried.
_LONGEST_NAME = 60


def name_likeness(name: str) -> float:
    """1 for a full name in a printed shape, less for what might be one, 0 for none."""
    if len(name) > _LONGEST_NAME:
        return 0.9 if len(name) < 4 * _LONGEST_NAME and _is_body(name) else 0.0
    if VANCOUVER_NAME.match(name) or _HAN_NAME.match(name):
        return 1.0
    if "," in name or INVERTED_NAME.match(name):
        return 0.95 if len(name) < 50 else 0.3
    if _is_body(name):
        return 0.9
    if _SINGLE.match(name) and len(name) < 45:
        return 0.35
    return 0.0


def _is_body(name: str) -> bool:
    """A body's name sets its longer words in capitals; a sentence about a body doesn't."""
    return bool(_BODY_NAME.match(name)) and all(
        word.lstrip("(")[:1].isupper() for word in name.split() if len(word) > 4 and word not in _BETWEEN_BODIES
    )


def weakest(text: str) -> float:
    """The likeness of the least name in the list."""
    return min(map(name_likeness, split_names(text).names), default=0.0)


def likeness(text: str) -> float:
    """How much ``text`` looks like a list of authors, from 0 to 1."""
    found = split_names(text)
    if not found.names:
        return 0.0
    mean = sum(map(name_likeness, found.names)) / len(found.names)
    return min(1.0, mean + (0.3 if found.cut_short else 0.0)) if mean else 0.0
