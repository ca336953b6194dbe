"""Journals: listed titles, what looks like one, where a title ends and one begins, those that other entries print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from recover.lexicon.characters import unaccented
from recover.model.csl import CslItem
from recover.model.document import Repair
from recover.text.names import has_surname, may_have_surname
from recover.text.vocabulary import Vocabulary

_KEY = re.compile(r"[^a-z0-9]+")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SMALL = frozenset(
    "of and the in for on & de la et des der für und di del y e do da dos to - – a zur".split()  # noqa: SIM905 a sentence
)


def journal_key(title: str) -> str:
    """What two printings of one title share: no case, stops, brackets or leading article."""
    key = _KEY.sub(" ", _BRACKETS.sub("", title).lower().replace("&", " and ")).strip()
    return key.removeprefix("the ")


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
def journal_keys() -> tuple[frozenset[str], frozenset[str]]:
    """The keys of all listed titles, and the first words of those."""
    keys = frozenset(key for key in _entries() if key)
    return keys, frozenset(key.partition(" ")[0] for key in keys)


@cache
def _words() -> frozenset[str]:
    """The words of the listed abbreviations, and others in the forms ISO 4 gives them."""
    words = {word.strip("().,:") for short, _ in _entries().values() for word in short.split()}
    more = (files("recover.stages.references") / "data" / "journal_words.txt").read_text("utf-8").split()
    return frozenset(word for word in words | set(more) if word)


@lru_cache(maxsize=8192)
def known(title: str) -> tuple[str, str] | None:
    """The NLM abbreviation and full title of a journal on the list, whichever of the two is printed."""
    return _entries().get(journal_key(title))


_LONGEST_ACRONYM = 4
# Shorter titles differ from one another by a letter.
_LONG = 8
# What is spelt in two ways, and the least that is left of a word that is cut short.
_SPELT, _STEM, _THIN = re.compile(r"ae|oe|k"), 3, frozenset("lit")
_LOOKALIKE = str.maketrans("l1i|!0o5s8b6łļμ", "lllllooss888llu")


def _skeleton(title: str) -> str:
    """What OCR leaves of a title: no spaces or stops, letters that look alike made one."""
    return re.sub(r"[^\w|!]+", "", unaccented(title.lower()).replace("rn", "m")).translate(_LOOKALIKE)


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
    if not found or journal_key(found) == journal_key(title):
        return ""
    odd = set(title.split()) - set(found.split())
    # "USA" for "U S A" is another way of printing, not a misreading.
    return "" if all(word.isupper() and len(word) <= _LONGEST_ACRONYM for word in odd) else found


def nearest(title: str) -> str:
    """The one listed title a letter or (of long ones) two from ``title``; empty when none or several are."""
    worn = _skeleton(title)
    if len(worn) < _LONG or known(title) or not title.isascii():
        return ""
    cutoff = 1 if len(worn) < 2 * _LONG else 2
    rated = process.extract(worn, _skeletons().keys(), scorer=Levenshtein.distance, score_cutoff=cutoff, limit=2)
    # Titles alike in all letters are ``lookalike``'s.
    if not rated or not rated[0][1] or (len(rated) > 1 and rated[0][1] == rated[1][1]):
        return ""
    found = _skeletons()[rated[0][0]]
    if _is_other_form(title, found):
        return ""
    # "Acta Pharm Sin B" has a sister without the B: a whole word more is none misread.
    return "" if len(title.split()) > len(found.split()) else found


def _is_other_form(title: str, found: str) -> bool:
    """Whether two titles differ in nothing but how far words are cut short (Comm, Commun), or in ae, oe and k.

    A thin letter at a word's end may be lost (Trans for Transl).
    """
    words, others = (_SPELT.sub(_plainer, unaccented(one.lower())).split() for one in (title, found))
    return len(words) == len(others) and all(
        min(len(word), len(other)) >= _STEM
        and (word.startswith(other) or (other.startswith(word) and other[len(word) :] not in _THIN))
        for word, other in zip(words, others, strict=True)
        if word != other
    )


def _plainer(hit: re.Match[str]) -> str:
    return "c" if hit[0] == "k" else "e"


def title_likeness(words: list[str]) -> float:
    """Between 0 and 1: the share of ``words`` that journal titles are made of."""
    if not words:
        return 0.0
    return sum(map(_word_score, words)) / len(words)


def is_journal_word(word: str) -> bool:
    """Whether ``word`` is one that abbreviated titles use (``Proc``, ``Assoc``), in just that form."""
    return word.strip("().,:;") in _words()


@lru_cache(maxsize=1 << 16)
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


_STOP = re.compile(
    r"""[.．。](?:["”'»]{0,2})\s+|[?!？！]["”'»]{0,2}\s+|["”»]\s*[.,]?\s+|(?<=[a-z\d)])\.(?=[A-Z][a-z])"
r"|,\s+|\s-+\s|(?<=[\u4e00-\u9fff])[.．。，,]\s*|[．。]\s*"""
)
_WORD = re.compile(r"\S+")
# Evidence in points: a full stop or closed quotation says more than a comma, a space says nothing.
_STOP_POINTS = 3.0
_QUERY_POINTS = 2.6
_QUOTE_POINTS = 3.4
_COMMA_POINTS = 0.6
_KNOWN_POINTS = 3.0
_LONGEST_JOURNAL = 12
# Names of journals that begin with a small letter.
SMALL_NAMES = ("eLife", "iScience", "mBio", "npj", "eBioMedicine", "mSystems", "mSphere", "medRxiv", "bioRxiv", "arXiv")


class Boundary(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A cut of ``TITLE JOURNAL``: the title's end, the journal's begin, and the points it earns."""

    title_end: int
    begin: int
    points: float


def find_boundary(text: str) -> Boundary | None:
    """The best cut of ``text`` (title and journal, nothing after); None when nothing looks like a journal."""
    best: Boundary | None = None
    for candidate in _candidates(text):
        if best is None or candidate.points > best.points + 1e-9:
            best = candidate
    return best


def _candidates(text: str) -> list[Boundary]:
    floor = max(0, len(text) - 180)
    found = []
    marked = set()
    sentence = len(text)  # where the journal begins if the last sentence is all of it
    for hit in _STOP.finditer(text, floor):
        if hit.start() < 3 or hit.end() >= len(text):
            continue
        marked.add(hit.end())
        points = _mark_points(hit[0]) + _name_points(text[hit.end() :])
        if points > _STOP_POINTS and hit[0][0] != ",":
            sentence = min(sentence, hit.end())
        found.append(Boundary(title_end=_title_end(hit), begin=hit.end(), points=points))
    # "... disease. Tokyo J Exp Med" is no place to cut before "J Exp Med", however well that is known.
    found.extend(cut for cut in _unmarked(text, floor, marked) if cut.begin <= sentence)
    return found


def _title_end(hit: re.Match[str]) -> int:
    return hit.start() + (1 if hit[0][0] in "?!？！" else 0)


def _mark_points(mark: str) -> float:
    if any(quote in mark for quote in '"”»'):
        return _QUOTE_POINTS
    if mark[0] in "?!？！":
        return _QUERY_POINTS
    if mark[0] in ".．。":
        return _STOP_POINTS if len(mark) > 1 or mark[0] != "." else _STOP_POINTS - 1
    return _COMMA_POINTS


def _name_points(name: str) -> float:
    words = name.split()
    if not words or len(words) > _LONGEST_JOURNAL:
        return -4.0
    if (name[0].islower() or name[0].isdigit()) and words[0] not in SMALL_NAMES:
        return -2.5
    points = 3.0 * title_likeness(words) - 0.12 * max(0, len(words) - 5)
    # A stop inside the name ("Nat. Genet.") is an abbreviation's; one after a longer word ends a sentence.
    points -= sum(1.2 for word in words[:-1] if word.endswith(".") and len(word) > 9)
    return points + (_KNOWN_POINTS if known(name.strip(" .,;")) else 0.0)


def _unmarked(text: str, floor: int, marked: set[int]) -> list[Boundary]:
    """Cuts at a plain space: a known journal, or the run of capitalised words that ends the text."""
    spans = [hit.span() for hit in _WORD.finditer(text, floor)][-_LONGEST_JOURNAL:]
    found = []
    for index in range(1, len(spans)):
        begin = spans[index][0]
        word, before = text[begin : spans[index][1]], text[spans[index - 1][0] : spans[index - 1][1]]
        if begin in marked or not word[0].isupper():
            continue
        name = text[begin:]
        points = _name_points(name) - 1.0
        if known(name.strip(" .,;")) and not is_journal_word(before):
            points += 0.4 * (len(spans) - index)
        elif known(name.strip(" .,;")):
            points -= _KNOWN_POINTS
        elif before[:1].isupper() or before[-1:] in ",;:":
            points -= 2.0
        found.append(Boundary(title_end=spans[index - 1][1], begin=begin, points=points))
    return found


# Journals' names with signs and letters that worn print put in.

_WORN_ENDS = re.compile(r"(?<=\w)[-·](?=\s)|(?<=\b[A-Z])[:](?=\s)|(?<=\b[A-Z][a-z]):(?=\s)|(?<=\b[A-Z][a-z]{2}):(?=\s)")


def _as_named(title: str) -> str:
    """``Annu. Ręv.`` is Annu. Rev., a word of journals' names; ``Cord-Medicine`` stands in none that is listed so."""
    words = [
        plain if (plain := unaccented(word)) != word and is_journal_word(plain) and not is_journal_word(word) else word
        for word in title.split(" ")
    ]
    apart = " ".join(words).replace("-", " ")
    listed = [name.lower() for name in known(title) or ()]
    return apart if apart.lower() in listed else " ".join(words)


def mend_item(item: CslItem, words: Vocabulary) -> tuple[CslItem, tuple[Repair, ...]]:
    """The item with its journal's name mended, and the repairs."""
    title = item.container_title
    if item.type != "article-journal" or not title:
        return item, ()
    plain = _WORN_ENDS.sub("", title)
    plain = plain if known(plain) else title
    plain = _as_named(plain) if words.counts else plain
    if plain != title:
        return _in_journal(item, plain, "no listed journal has such a sign within its name")
    now = "" if item.container_title_short else lookalike(title) or (nearest(title) if words.counts else "")
    if not now:
        return item, ()
    return _in_journal(item, now, "the letters are those of a listed journal, up to one or to signs that OCR confuses")


def _in_journal(item: CslItem, now: str, why: str) -> tuple[CslItem, tuple[Repair, ...]]:
    repair = Repair(field="container-title", was=item.container_title, now=now, why=why)
    short, _ = known(now) or ("", "")
    return msgspec.structs.replace(item, container_title=now, container_title_short=short), (repair,)


# Names and journals that a list's other entries print, or the paper's head: by them what ran together is parted.

_HAN = "\u4e00-\u9fff"
_NAME, _JOURNAL = re.compile(rf"[{_HAN}]{{2,4}}"), re.compile(rf"[{_HAN}（）()·]{{4,24}}")
# White between Han, which alone parts the fields where no sign stands behind any.
_WHITE, _SIGNED = re.compile(rf"[{_HAN}]\s(?=[{_HAN}])"), re.compile(rf"[{_HAN}][，,、。.．：:]")
# A stop between two names where the list of authors goes on.
_STOPPED = re.compile(rf"(?:^|(?<=[,，、])|(?<=[,，、]\s))([{_HAN}]{{2,3}})[.．。]\s?([{_HAN}]{{2,3}})(?=[,，、]\s?等)")
_LISTED = re.compile(rf"(?:^|(?<=[,，、])|(?<=[,，、]\s))[{_HAN}]{{3}}(?=[,，、.．]|\s?等)")
# So many entries must have a name of two characters for it to be known; of a longer one, or a journal, one is enough.
LEAST, LONG = 2, 3
_BETWEEN = "two names that other entries print apart"
_BEHIND = "a name that other entries print ends here"
_BEFORE = "a journal that other entries name begins here"
_ENDS = "a journal that other entries name ends here"


def with_authors(words: Vocabulary, authors: Iterable[str]) -> Vocabulary:
    """``words`` with the Chinese names of the paper's own authors, whom its list mostly cites too."""
    return msgspec.structs.replace(words, names=frozenset(name for name in authors if _NAME.fullmatch(name)))


def with_known(words: Vocabulary, items: Sequence[CslItem]) -> Vocabulary:
    """``words`` with the Chinese names and journals that ``items`` have."""
    names = Counter(name for item in items for name in {name.literal or name.family for name in item.author})
    journals = Counter(item.container_title for item in items)
    # 颜松年 beside the paper's own 顾松年 is more likely he than another.
    own = {name[1:] for name in words.names if len(name) == LONG}
    others = {name for name in _often(names, _NAME) if len(name) != LONG or name[1:] not in own}
    return msgspec.structs.replace(words, names=words.names | others, journals=_often(journals, _JOURNAL))


def _often(counts: Counter[str], shape: re.Pattern[str]) -> frozenset[str]:
    return frozenset(
        text for text, count in counts.items() if shape.fullmatch(text) and count >= (1 if len(text) >= LONG else LEAST)
    )


def mend_known(text: str, words: Vocabulary) -> tuple[str, tuple[Repair, ...]]:
    """The text with the signs put back that what is known shows to be missing, and known family names."""
    repairs: list[Repair] = []
    text = _with_comma(_with_surnames(text, words, repairs), repairs)
    if len(_WHITE.findall(text)) > 1 and not _SIGNED.search(text):
        return text, tuple(repairs)
    for pattern, now, why in _patterns(words.names, words.journals):
        hit = pattern.search(text)
        while hit is not None:
            set_anew = hit.expand(now)
            repairs.append(Repair(field="", was=hit[0].strip(), now=set_anew.strip(), why=why))
            text = text[: hit.start()] + set_anew + text[hit.end() :]
            hit = pattern.search(text, hit.start() + len(set_anew))
    return text, tuple(repairs)


def _with_surnames(text: str, words: Vocabulary, repairs: list[Repair]) -> str:
    """``颤松年`` is 顾松年, whom the list names elsewhere: no one is called 颤, or the reader doubted it."""
    known = {name[1:]: name for name in sorted(words.names) if len(name) == LONG and has_surname(name)}

    def mend(hit: re.Match[str]) -> str:
        now = known.get(hit[0][1:], "")
        if not now or hit[0] == now or (may_have_surname(hit[0]) and not words.doubts(text, hit.start())):
            return hit[0]
        repairs.append(
            Repair(field="author", was=hit[0], now=now, why="no family name, but for a letter a known author's")
        )
        return now

    return _LISTED.sub(mend, text) if known else text


def _with_comma(text: str, repairs: list[Repair]) -> str:
    hit = _STOPPED.search(text)
    if hit is None or not (has_surname(hit[1]) and has_surname(hit[2])):
        return text
    now = f"{hit[1]}，{hit[2]}"
    repairs.append(Repair(field="author", was=hit[0], now=now, why="the list of authors goes on behind the stop"))
    return text[: hit.start()] + now + text[hit.end() :]


@lru_cache(maxsize=8)
def _patterns(names: frozenset[str], journals: frozenset[str]) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    found = []
    if names:
        known = "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
        listed = rf"(?:^|(?<=[,，、])|(?<=[,，、]\s))(?P<name>{known})"
        found.append((re.compile(rf"{listed}\s?(?=(?:{known})[,，、.．等])"), r"\g<name>，", _BETWEEN))
        found.append((re.compile(rf"{listed}[.．。]\s?(?=(?:{known})[,，、.．。])"), r"\g<name>，", _BETWEEN))
        found.append(
            (re.compile(rf"{listed}\s?(?=[{_HAN}A-Za-z\d][{_HAN}A-Za-z\d\- ]{{5,}})(?!等)"), r"\g<name>. ", _BEHIND)
        )
    if journals:
        known = "|".join(sorted(map(re.escape, journals), key=lambda title: (-len(title), title)))
        before_year = r"(?=[,，.．。、;；:：]?\s?(?:19|20)\d{2}\b)"
        found.append(
            (re.compile(rf"(?<=[{_HAN}a-z\d])\s?[，,、]?(?P<title>{known}){before_year}"), r". \g<title>", _BEFORE)
        )
        found.append(
            (
                re.compile(rf"(?P<title>{known})[、:：;；.．。]?\s?(?=(?:19|20)\d{{2}}\s?[,，;；.])"),
                r"\g<title>, ",
                _ENDS,
            )
        )
    return tuple(found)
