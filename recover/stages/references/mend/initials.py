"""Names that OCR ran together or broke, mended by what the other names of the same list look like."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from statistics import mode

from recover.lexicon.english import zipf
from recover.model.document import Repair

_CAPITALS = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ'’\- ]+\s[A-ZÀ-Þ]{1,4}(?:\s(?:Jr|Sr|II|III))?$")
_GLUED = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ\-]{2,}$")
_QUOTED = re.compile(r"^([A-ZÀ-Þ][A-ZÀ-Þ\-]{2,})\s?['’`‘]\s?([A-ZÀ-Þ]{1,3})$")
_QUOTES = re.compile(r"['’`‘]{2}|(?<=[A-Z]{3})['’`‘]\s")
_TWO_GLUED = re.compile(r"^([A-ZÀ-Þ]{2,})\s+([A-ZÀ-Þ]{3,})$")
_LOOKALIKE = re.compile(r"[l|10]")
_CAPITAL = str.maketrans("l|10", "IIIO")
_SPECKLED = re.compile(
    r"^(?=.*[.:*•·'\"“”‘°])['\"“”‘•*·.]*\s?([A-ZÀ-Þ][A-ZÀ-Þ\-]+)(?:\s?[.:*•·'\"“”‘°]+\s?|\s)([A-Z]{1,4})[*•·'\"“”‘°]*$"
)
_SUFFIXED = re.compile(r"^([A-ZÀ-Þ][A-ZÀ-Þ'’\- ]+\s[A-Z]{1,3})\sJ[tnfi]$")
# Zipf units: a name that the news knows.
_KNOWN = 2.0
_VOWEL = re.compile(r"[AEIOUYÀ-Ý]")

_SHAPES = (
    (_SPECKLED, r"\1 \2", "a speck before a name or between it and its initials"),
    (_SUFFIXED, r"\1 Jr", "the suffix behind initials is Jr"),
    (_QUOTED, r"\1 \2", "initials follow a space, the other names of the list show it"),
)


def mend_names(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Repair, ...]]:
    """Mend a list set as ``SURNAME AB``; any other list is left as it stands."""
    if not _needs_mending(names):
        return names, ()
    mended: list[str] = []
    repairs: list[Repair] = []
    usual = _usual_initials(names)
    for name in names:
        now, why = _mend(name, usual)
        mended.extend(now)
        if why:
            repairs.append(Repair(field="author", was=name, now=", ".join(now), why=why))
    return tuple(mended), tuple(repairs)


def _needs_mending(names: tuple[str, ...]) -> bool:
    """Only beside names in capitals with initials is one without them, or with small letters, suspicious."""
    if not any(map(_CAPITALS.match, names)) or any(name == name.lower() for name in names):
        return False
    return not all(map(_CAPITALS.match, names)) or any(_is_two(name) or _QUOTES.search(name) for name in names)


def _usual_initials(names: tuple[str, ...]) -> int:
    """How many initials most of the well-read names have."""
    counts = [len(name.rsplit(" ", 1)[1]) for name in names if _CAPITALS.match(name)]
    return min(2, mode(counts)) if counts else 1


def _mend(name: str, usual: int) -> tuple[tuple[str, ...], str]:
    for pattern, now, why in _SHAPES:
        if hit := pattern.match(name):
            return (hit.expand(now),), why
    if _LOOKALIKE.search(name) and _LOOKALIKE.sub("", name).upper() == _LOOKALIKE.sub("", name):
        return (name.translate(_CAPITAL),), "the list is set in capitals: l, | and 1 are I, 0 is O"
    if _QUOTES.search(name):
        return (_QUOTES.sub("’", name),), "one apostrophe was read as two"
    if _is_two(name):
        first, second = name.split(None, 1)
        return (
            _split(first, usual),
            _split(second, usual),
        ), "two names whose initials were run into them, the comma lost"
    if _GLUED.match(name) and not _is_surname(name):
        now = _split(name, usual)
        return (
            ((now,), "the other names of the list have initials: they were run into the surname")
            if now
            else ((name,), "")
        )
    return (name,), ""


def _is_two(name: str) -> bool:
    """``XUL CHENL``: no one has initials of three letters and more that end in a known surname and a letter."""
    hit = _TWO_GLUED.match(name)
    return bool(hit and _surname_in(hit[1]) and _surname_in(hit[2]) and not _is_surname(hit[1]))


def _split(glued: str, usual: int) -> str:
    """The surname and its initials: a known surname if one fits, else as many initials as the other names have."""
    known = _surname_in(glued) or _name_in(glued)
    cut = len(known) if known else len(glued) - usual
    family = glued[:cut]
    return f"{family} {glued[cut:]}" if len(family) > 1 and _VOWEL.search(family) else ""


def _surname_in(glued: str) -> str:
    """The longest known surname that leaves one to three letters for initials."""
    for rest in (1, 2, 3):
        if len(glued) - rest >= 2 and _is_surname(glued[:-rest]):
            return glued[:-rest]
    return ""


def _name_in(glued: str) -> str:
    """The commonest name among those that one to three letters less leave (``FELDMANEL``); empty if none is known."""
    rated = [(zipf(glued[:-rest]), glued[:-rest]) for rest in (1, 2, 3) if len(glued) > rest + 2]
    best = max(rated, default=(0.0, ""))
    return best[1] if best[0] >= _KNOWN else ""


def _is_surname(name: str) -> bool:
    return name.upper() in _surnames()


@cache
def _surnames() -> frozenset[str]:
    source = files("recover.stages.references") / "data" / "surnames.txt"
    return frozenset(source.read_text("utf-8").upper().split())
