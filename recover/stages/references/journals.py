"""Journal titles and their NLM abbreviations, and how much a run of words looks like such a title."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

_KEY = re.compile(r"[^a-z0-9]+")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
# Words of journal names that the list may not show, in the forms ISO 4 gives them.
_MORE_WORDS = """
Abh Abstr Abstracts Acad Actas Akad Alimentary Allg Allied An Anim Annales Annals Anthropol Anz Appl Aquat Archives Archiv Arh Assoc
Aust Ber Bibl Biodivers Bioethics Biogeogr Biomech Bol Bot Bull Cas Chir Chron Cienc Cir Clim Coll Comm Communs Conf Congr
Conserv Contrib Corros Cryst Crystallogr Cah Demogr Dtsch Ecol Econ Educ Electron Eng Engl Ent Entomol Ergeb Eth Ethol Exptl
Farm Fac Fed Fiz Folia Forsch For Geochem Geogr Geol Geophys Ges Hematol Herpetol Hist Hortic Hydrobiol Hyg Ichthyol Indian Ind
Inf Inst Isr Ital Jahrb Jpn Journal Klin Klinische Krankh Lett Letters Limnol Ling Mag Manag Mar Mat Math Meas Mech Med Mem
Metall Meteorol Metab Mikrobiol Mil Min Monatsschr Monit Monogr Mus Myol N Nachr Nat Natl Naturforsch Naturkd Niger Nouv Nurs
Oceanogr Oesterr Ophthalmol Opt Organ Ornithol Orv Paleontol Pak Perspect Petrol Philos Phil Phys Planet Pol Polym Pract
Presse Proc Prog Prov Psychol Publ Q Qual Quart Rec Rep Repert Res Resour Rev Review Revue Riv Rom Sb Scan Schweiz Sci Sciences
Semin Ser Sitzungsber Soc Sociol Soil Stat Stud Suppl Surv Symp Syst Tech Technol Tijdschr Tohoku Tokyo Trans Transact Transl
Trav Trop Turk Univ Verh Vet Vopr Wien Wkly Wochenschr World Yearb Z Zeitschrift Zentralbl Zh Ztg Management Nursing Today
Quarterly Transactions Proceedings Bulletin Reports Reviews Advances Trends Annals Advances International European American
British Canadian Chinese Japanese Scandinavian Nature Clinical Applied Experimental
"""
_SMALL = frozenset("of and the in for on & de la et des der für und di del y e do da des to - – a und zur".split())


def journal_key(title: str) -> str:
    """What two printings of one title share: no case, stops, brackets or leading article."""
    key = _KEY.sub(" ", _BRACKETS.sub("", title).lower().replace("&", " and ")).strip()
    return key[4:] if key.startswith("the ") else key


@cache
def _entries() -> dict[str, tuple[str, str]]:
    source = files("recover.stages.references") / "data" / "journals.tsv"
    found: dict[str, tuple[str, str]] = {}
    for line in source.read_text("utf-8").splitlines():
        short, full = line.split("\t")
        for title in (full, short):
            found[journal_key(title)] = (short, full)
    return found


@cache
def _words() -> frozenset[str]:
    words = {word.strip("().,:") for short, _ in _entries().values() for word in short.split()}
    return frozenset(word for word in words | set(_MORE_WORDS.split()) if word)


@lru_cache(maxsize=8192)
def known(title: str) -> tuple[str, str] | None:
    """The NLM abbreviation and full title of a journal on the list, whichever of the two is printed."""
    return _entries().get(journal_key(title))


_LOOKALIKE = str.maketrans("l1i|!0o5s8b6", "lllllooss888")


def _skeleton(title: str) -> str:
    """What OCR leaves of a title: no spaces or stops, letters that look alike made one."""
    return re.sub(r"[^\w|!]+", "", title.lower().replace("rn", "m")).translate(_LOOKALIKE)


@cache
def _skeletons() -> dict[str, str]:
    found: dict[str, str] = {}
    for short, full in _entries().values():
        for title in (full, _BRACKETS.sub("", short), short):
            found[_skeleton(title)] = title
    return found


def lookalike(title: str) -> str:
    """The listed title that ``title`` is a misreading of; empty when there is none, or it is printed rightly."""
    found = _skeletons().get(_skeleton(title), "")
    return "" if not found or journal_key(found) == journal_key(title) else found


def title_likeness(words: list[str]) -> float:
    """Between 0 and 1: the share of ``words`` that journal titles are made of."""
    if not words:
        return 0.0
    return sum(map(_word_score, words)) / len(words)


def is_journal_word(word: str) -> bool:
    """Whether ``word`` is one that abbreviated titles use (``Proc``, ``Assoc``), in just that form."""
    return word.strip("().,:;") in _words()


@cache
def _word_score(word: str) -> float:
    bare = word.strip("().,:;")
    if bare in _words():
        return 1.0
    if bare.lower() in _SMALL:
        return 0.5
    if bare[:1].isupper():
        return 0.55
    if bare.isdigit():
        return 0.1
    return -0.6
