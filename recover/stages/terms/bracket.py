"""What stands in brackets after a term: its English name, its abbreviation, or something else altogether."""

from __future__ import annotations

import re

import msgspec

from recover.glossary.matcher import is_cased
from recover.glossary.squash import is_han

# One bracket may stand in another: (poly(lactic-co-glycolic acid), PLGA).
PAIR = re.compile(r"[(（]((?:[^()（）]|[(（][^()（）]{1,60}[)）]){2,120})[)）]")
# After a space an inner bracket holds a part of its own: (mesenchymal stem cells (MSCs)).
INNER = re.compile(r"\s+[(（]([^()（）]+)[)）]")
PARTS = re.compile(r"\s*(?:[;；，、]|,(?!\d))\s*")
LEAD = re.compile(
    r"^(?:英文名?称?|英文全称|英文缩写|英语|简称|缩写为?|简写为?|又称|亦称|abbreviated as|abbr\.?)"
    r"\s*(?:为|是)?[:：]?\s*"
)
ABBREVIATION = re.compile(r"[A-Za-zα-ωΑ-Ω][A-Za-z0-9α-ω+/\-‐‑–]{1,14}")
PHRASE = re.compile(r"[A-Za-z0-9α-ωΑ-Ω][A-Za-z0-9α-ωΑ-Ω\s,'’/+.()\-‐‑–]*[A-Za-z0-9α-ωΑ-Ω)]")

# An English word no term begins or ends with, or holds: what stands in the bracket is then a remark.
_REMARKS = (
    "et al fig figs figure table ref refs see e.g eg i.e ie inc ltd co corp usa uk germany china japan vs is are was"
    " were n p year years edition version www com no vol"
)
REMARKS = frozenset(_REMARKS.split())
# Units turn a bracket into a measure: 0.01 mol/L, 20 mg.
MEASURE = re.compile(
    r"\d\s*(?:[mμnk]?[gLlm]|mol|mmHg|Hz|°|d|h|min|s|Gy|IU|U)\b|[=<>＜＞≤≥≈%％‰±]|\b(?:1[6-9]|20)\d\d\b"
)


# A shortened word is no full name: E. coli, subg. Tinus.
ABBREVIATED = re.compile(r"(?:^|\s)[A-Za-z]{1,5}\.")


class Gloss(msgspec.Struct, frozen=True):
    """The English of a bracket; either may be empty, never both."""

    en: str
    abbreviation: str


def read_gloss(inside: str) -> Gloss | None:
    """The name and abbreviation that a bracket gives; None where it says something else."""
    parts = [LEAD.sub("", part) for part in PARTS.split(INNER.sub(r", \1", inside.strip())) if part]
    if MEASURE.search(inside) or REMARKS.intersection(part.lower() for part in parts):
        return None
    phrases = [tidy(part) for part in parts if is_phrase(part)]
    short = [part for part in parts if is_abbreviation(part)]
    if len(phrases) > 1 or len(short) > 1 or len(phrases) + len(short) < len(parts) or not parts:
        return None
    return Gloss(phrases[0] if phrases else "", short[0] if short else "")


def is_abbreviation(part: str) -> bool:
    """Whether a word is an abbreviation, a gene or a symbol rather than a name written out."""
    return bool(ABBREVIATION.fullmatch(part)) and is_cased(part) and not re.match(r"[a-z]{5}", part)


def is_phrase(part: str) -> bool:
    """Whether ``part`` may be an English term: some words, one of them written out, none of them a remark's."""
    words = [word.strip(".,").lower() for word in part.split()]
    if part.count("(") != part.count(")"):
        return False
    if not PHRASE.fullmatch(part) or is_abbreviation(part) or len(words) > 12 or any(map(is_han, part)):
        return False
    spelt_out = r"[a-z]{3,}" if len(words) > 1 else r"[a-z]{4,}"
    return not REMARKS.intersection(words) and not ABBREVIATED.search(part) and bool(re.search(spelt_out, part))


def tidy(phrase: str) -> str:
    """A phrase with single spaces."""
    return re.sub(r"\s+", " ", phrase).strip(" .,")


def explains(abbreviation: str, phrase: str) -> bool:
    """Whether the letters of an abbreviation come in a phrase in order, the first one first."""
    letters = [char for char in abbreviation.removesuffix("s").lower() if char.isalpha()]
    rest = iter(phrase.lower())
    return bool(letters) and phrase[:1].lower() == letters[0] and all(char in rest for char in letters)


def abbreviations_given(text: str) -> frozenset[str]:
    """The abbreviations that a text itself explains, by putting them in brackets."""
    parts = (part for match in PAIR.finditer(text) for part in PARTS.split(INNER.sub(r", \1", match.group(1).strip())))
    return frozenset(part.removesuffix("s") for part in parts if is_abbreviation(part))
