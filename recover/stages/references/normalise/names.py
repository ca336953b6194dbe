"""One author: family name, given names or initials, suffix, particle; or a body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from recover.model.csl import CslName

HAN = "\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff々〇"
_SUFFIX = re.compile(r"[\s,]+(Jr|Sr|III|II|IV|2nd|3rd|2d|3d|4th)\.?$")
_INITIALS = re.compile(r"^(?:[A-ZÀ-ÖØ-Þ]\.?[\s\-‐]?){1,5}$")
_HAN_NAME = re.compile(rf"^[{HAN}·•‧・\s]{{2,}}$")
_BODY_HAN = re.compile(
    r"(?:会|院|所|局|部|司|组|社|学|系|室|馆|站|厅|处|公司|集团|中心|大学|委|网|署|台|团|店|库|联盟|统)$"
)
_BODY = re.compile(
    r"\b(?:Association|Committee|Consortium|Group|Organi[sz]ation|Society|Institute|University|Department|Council"
    r"|Collaboration|Collaborative|Network|Investigators|Foundation|Ministry|Center|Centre|College|Agency|Bureau|Board"
    r"|Academy|Administration|Commission|Federation|Program(?:me)?|Initiative|Team|Corporation|Company|Inc|Ltd"
    r"|Works|Office|Library|Service|Union|Task Force|Statistics|Nations|Trial|Study|Alliance|Trialists)\b"
)
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
