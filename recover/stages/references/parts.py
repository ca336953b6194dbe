"""From labelled words to an entry's parts: each as printed, people one by one, with how sure the labels are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from recover.stages.references.journals import SMALL_NAMES, find_boundary, is_journal_word, known
from recover.stages.references.tagger import Tagged

_PAIRS = {
    "(": ")",
    "（": "）",
    "[": "]",
    "［": "］",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
}
_OPENING = {close: sign for sign, close in _PAIRS.items()}
_ALSO_OWN = "?!？！"
# So many words of another label may stand inside a field: a single one is misread more often than it parts two fields.
_GAP = 1
# Figures and formulas within a title ("of N4-cytosine and N6-adenine DNA methylation") are taken for numbers: so many
# words with no stop, quotation mark or bracket among them don't end it.
_INNER, _SURE_NAME = 6, 0.7
_BREAK = re.compile(r"[.?!]\s|[\"“”‘’「」()\[\]:;]")
# Above this the model's own cut is better on styles held out, below it the journals' names are.
_SURE_CUT = 0.97
# Words less sure than this are of any label: those of brackets at a title's end ("Bufo marinus (L.).") are the title's.
_UNSURE = 0.5
_BRACKET = re.compile(r"\s?\([^()]{1,40}\)(?=\.)")
_DECIMALS = re.compile(r"\.\d{1,2}(?=[.,]?[”\"])")
_PARTS = re.compile(r"[.．。:：,，;；/(（\[［]")
_MARK = re.compile(r"[\[［][A-Z]{1,2}(?:/[A-Z]{2})?[\]］]")
_BETWEEN = re.compile(r"[;；、&]|(?<!\w)(?:and|et|und|y)(?!\w)")
_NAMED = {"volume": re.compile(r",\s[Vv]ol\.\s?(\w+)"), "issue": re.compile(r",\s[Nn]o\.\s?(\w+)")}
_IN = frozenset(["in", "见", "载", "載", "见于", "载于", "載於", "收入", "收錄於", "收录于"])
_STOP = re.compile(r"\.\s+")
_SHORT_FORM = re.compile(r"\s[A-Z][\w-]*\s")
_EDITION = re.compile(r"\s?[(（](第?\s?[\d一二三四五六七八九十]{1,3}\s?版|[修增][訂订][版本])[)）]$")
# A group that ends the list of authors (for the Delta Study Group. Outcomes of …) stands before the title's first stop.
_BODIES = "Consortium|Collaborat(?:ion|ors)|Investigators|(?:Study|Working|Research) Group"
_GROUP = re.compile(rf"((?:(?:[A-Z][\w-]*|of|the|for|and|on) ){{0,7}}(?:{_BODIES}))\.\s(?=\w+\s\w)")
_SUFFIX = re.compile(r"^(?:Jr|Sr|II|III|IV|2nd|3rd)$")
_COMMA = re.compile(r"[,，]")
_HAN = re.compile(r"[\u3400-\u9fff]")
FIELDS = {
    "T": "title", "J": "container", "Y": "date", "X": "accessed", "V": "volume", "I": "issue",
    "P": "pages", "B": "publisher", "L": "place", "N": "number", "D": "edition",
}  # fmt: skip


class Person(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A name as printed, and its family and given parts; a Chinese name or a body is all family."""

    family: str
    given: str = ""
    printed: str = ""


class Parts(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The fields of an entry by name, its people, and the least sureness of each one's words."""

    fields: dict[str, str]
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    translators: tuple[Person, ...] = ()
    sure: dict[str, float]
    others: str = ""


def read_parts(tagged: Tagged) -> Parts:
    """The parts of a labelled entry."""
    fields: dict[str, str] = {}
    sure: dict[str, float] = {}
    runs = _chosen_runs(tagged)
    for label, name in FIELDS.items():
        run = runs[label]
        if run:
            fields[name] = _whole(tagged.text, tagged.words[run[0]].start, tagged.words[run[-1]].end)
            sure[name] = _sureness(tagged, run)
    if runs["T"]:
        last = runs["T"][-1]
        fields["title"] += _decimals(tagged, last) or _bracket_behind(tagged, last) or _up_to_mark(tagged, last)
        edition = _EDITION.search(fields["title"])
        if edition and not runs["D"]:
            fields |= {"title": fields["title"][: edition.start()], "edition": edition[1]}
    fields |= _parted(tagged, runs["T"], runs["J"])
    fields |= _named(tagged.text, fields)
    if runs["N"] and tagged.text.startswith("号", tagged.words[runs["N"][-1]].end):
        fields["number"] += "号"  # of a case, cut from its words: （2017）京0199民初1234号民事判决书
    group = _GROUP.match(fields.get("title", ""))
    if group:
        fields["title"] = fields["title"][group.end() :]
    people = {role: tuple(read_people(tagged, role)) for role in "AER"}
    for role, name in (("A", "author"), ("E", "editor"), ("R", "translator")):
        own = [at for at, label in enumerate(tagged.labels) if label in {role + "F", role + "G"}]
        if own:
            sure[name] = _sureness(tagged, own)
    return Parts(
        fields=fields,
        authors=(*people["A"], Person(family=group[1], printed=group[1])) if group else people["A"],
        editors=people["E"],
        translators=people["R"],
        sure=sure,
        others=" ".join(word.text for word, label in zip(tagged.words, tagged.labels, strict=True) if label == "O"),
    )


def _parted(tagged: Tagged, title: list[int], container: list[int]) -> dict[str, str]:
    """Title and journal of a Latin list without type marks, cut anew where journals' names say so best."""
    if not title or not container or container[0] < title[0] or _HAN.search(tagged.text) or _MARK.search(tagged.text):
        return {}
    text, start, end = tagged.text, tagged.words[title[0]].start, tagged.words[container[-1]].end
    last = max((at for at, label in enumerate(tagged.labels) if label == "J"), default=container[-1])
    cut = _listed_behind_stop(text, tagged.words[title[-1]].end, tagged.words[last].end)
    if cut:
        end = tagged.words[last].end
    else:
        cut = _behind_small_letters(text, tagged.words[container[0]].start, end)
    if cut and not _has_people(tagged, title[0], last):
        return {"title": _whole(text, start, cut[0]), "container": text[cut[1] : end]}
    if container[0] != title[-1] + 1:
        return {}
    between = text[tagged.words[title[-1]].end : tagged.words[container[0]].start]
    doubt = min(tagged.sure[at] for at in (*title[-2:], *container[:2]))
    if between.strip(" .?!") or doubt > _SURE_CUT:
        return {}
    found = find_boundary(text[start:end])
    if found is None or found.points <= 0:
        return {}
    return {"title": _whole(text, start, start + found.title_end), "container": text[start + found.begin : end]}


def _has_people(tagged: Tagged, first: int, last: int) -> bool:
    """Whether names stand among the words: editors between a chapter and its book."""
    return any(label[1:] == "F" for label in tagged.labels[first : last + 1])


def _listed_behind_stop(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a title ends before a listed journal: at a stop that other words of a title or none stand before."""
    for hit in _STOP.finditer(text, start, end):
        if known(text[hit.end() : end]):
            word = text[start : hit.start()].rsplit(" ", 1)[-1]
            return None if hit.start() == start or is_journal_word(word) else (hit.start(), hit.end())
    return None


def _behind_small_letters(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a title ends within what was taken for a journal, which begins small as few journals' names do."""
    hit = _STOP.search(text, start, end)
    if hit is None or not text[start].islower() or text[start:end].startswith(SMALL_NAMES):
        return None
    return hit.start(), hit.end()


def _decimals(tagged: Tagged, last: int) -> str:
    """What follows the point of a title's last figure: “Meter profile 2.0.”"""
    end = tagged.words[last].end
    hit = _DECIMALS.match(tagged.text, end) if tagged.text[end - 1].isdigit() else None
    return hit[0] if hit else ""


def _bracket_behind(tagged: Tagged, last: int) -> str:
    """What stands in brackets between a title's last word and its stop, where no word of it is any field for sure."""
    end = tagged.words[last].end
    hit = _BRACKET.match(tagged.text, end)
    inner = [at for at in range(last + 1, len(tagged.words)) if hit and tagged.words[at].end <= hit.end()]
    return hit[0] if hit and all(tagged.sure[at] < _UNSURE for at in inner) else ""


def _up_to_mark(tagged: Tagged, last: int) -> str:
    """What stands between a title's last word and the type mark right behind it, no sign that parts fields between."""
    end = tagged.words[last].end
    mark = _MARK.search(tagged.text, end)
    rest = tagged.text[end : mark.start()] if mark else ""
    return "" if _PARTS.search(rest) or not any(map(str.isalnum, rest)) else rest.rstrip()


def _named(text: str, fields: dict[str, str]) -> dict[str, str]:
    """What the entry names itself (``vol. 12, no. 4356``), where no word of it is labelled so."""
    found = {name: sign.search(text) for name, sign in _NAMED.items() if name not in fields and "container" in fields}
    return {name: hit[1] for name, hit in found.items() if hit}


def _sureness(tagged: Tagged, run: Sequence[int]) -> float:
    return round(min(tagged.sure[at] for at in run), 3)


def _chosen_runs(tagged: Tagged) -> dict[str, list[int]]:
    """The words of each field: the longest stretch of a title, the fullest date, of others the surest stretch."""
    found: dict[str, list[list[int]]] = {label: [] for label in FIELDS}
    for at, label in enumerate(tagged.labels):
        runs = found.get(label)
        if runs is None:
            continue
        if runs and _goes_on(tagged, label, runs[-1][-1], at):
            runs[-1] += range(runs[-1][-1] + 1, at + 1)
        else:
            runs.append([at])
    if len(found["T"]) > 1 and not found["J"]:
        found["T"], found["J"] = _hosted(tagged, found["T"])
    return {label: _chosen(tagged, label, runs) for label, runs in found.items()}


def _hosted(tagged: Tagged, titles: list[list[int]]) -> tuple[list[list[int]], list[list[int]]]:
    """Titles before and behind a cue of a source: a chapter's and its book's."""
    cue = next((at for at in range(titles[0][-1] + 1, titles[-1][0]) if tagged.words[at].text.lower() in _IN), -1)
    if cue < 0:
        return titles, []
    return [run for run in titles if run[0] < cue], [run for run in titles if run[0] > cue]


def _chosen(tagged: Tagged, label: str, runs: list[list[int]]) -> list[int]:
    if label in {"Y", "X"}:
        return next(iter(_dated(tagged, runs)), [])
    if len(runs) < 2:
        return runs[0] if runs else []
    if label in "TJ":
        return max(runs, key=lambda run: tagged.words[run[-1]].end - tagged.words[run[0]].start)
    return max(runs, key=lambda run: min(tagged.sure[at] for at in run))


def _goes_on(tagged: Tagged, label: str, last: int, at: int) -> bool:
    """Whether a field goes on behind words of other labels: before a type mark stands one title only."""
    if at - last == 1:
        return True
    between = tagged.text[tagged.words[last].end : tagged.words[at].start]
    if label not in "TJ" or any(sign in between for sign in "《》"):
        return False
    if label == "T" and _MARK.search(tagged.text, tagged.words[at].end):
        return not any(one[1:] in {"F", "G"} for one in tagged.labels[last + 1 : at])
    if label == "T" and at - last <= 1 + _INNER and not _BREAK.search(between) and not _HAN.search(between):
        inner = range(last + 1, at)
        return not any(tagged.labels[one] in "YJ" or _is_name(tagged, one) for one in inner)
    return at - last <= 1 + _GAP


def _is_name(tagged: Tagged, at: int) -> bool:
    return tagged.labels[at][1:] in {"F", "G"} and tagged.sure[at] > _SURE_NAME


def _dated(tagged: Tagged, runs: list[list[int]]) -> list[list[int]]:
    """Runs with a year in them, the fullest first; a month and day alone are no date."""
    texts = [tagged.text[tagged.words[run[0]].start : tagged.words[run[-1]].end] for run in runs]
    years = [(not re.search(r"\d{4}", text), -len(text), at) for at, text in enumerate(texts)]
    return [runs[at] for no_year, _, at in sorted(years) if not no_year]


def _whole(text: str, start: int, end: int) -> str:
    """The stretch with the brackets and quotation marks that belong to it, and its question mark."""
    part = text[start:end]
    end += text[end : end + 1] == "." and text[end + 1 : end + 2] in _OPENING  # "viridis (L" and ".)"
    before, behind = text[start - 1 : start], text[end : end + 1]
    if before in _PAIRS and part.count(_PAIRS[before]) > part.count(before):
        start -= 1
    elif behind in _OPENING and part.count(_OPENING[behind]) > part.count(behind):
        end += 1
        behind = text[end : end + 1]
    if behind and behind in _ALSO_OWN:
        end += 1
    return text[start:end]


def read_people(tagged: Tagged, role: str) -> Iterator[Person]:
    """The names of a role (``A``, ``E``, ``R``), parted by the signs between them and where one is whole."""
    if role + "F" not in tagged.labels and role + "G" not in tagged.labels:
        return
    name: list[int] = []
    before = -2
    for at, label in enumerate(tagged.labels):
        if label == "T" and role == "A" and before >= 0:
            break  # Authors stand in one place: names behind the title are those of a place or a body.
        if label not in {role + "F", role + "G"}:
            continue
        if name and _begins(tagged, name, at, adjacent=_adjacent(tagged, before, at)):
            yield _person(tagged, name, role)
            name = []
        name.append(at)
        before = at
    if name:
        yield _person(tagged, name, role)


def _adjacent(tagged: Tagged, before: int, at: int) -> bool:
    """Whether two words of names stand side by side; a short form may stand between those of a body's name."""
    if at == before + 1:
        return True
    between = tagged.text[tagged.words[before].end : tagged.words[at].start]
    return at == before + 2 and tagged.labels[at] == tagged.labels[before] and bool(_SHORT_FORM.fullmatch(between))


def _begins(tagged: Tagged, name: list[int], at: int, *, adjacent: bool) -> bool:
    gap = tagged.text[tagged.words[name[-1]].end : tagged.words[at].start]
    family = tagged.labels[at][1] == "F"
    had = {tagged.labels[one][1] for one in name}
    if not adjacent or _BETWEEN.search(gap):
        return True
    if _COMMA.search(gap):
        # "Smith, J. A." goes on; "Smith JA, Brown", "J. A. Smith, B. Brown" and "王, 李" do not.
        return family or had == {"F", "G"} or (had == {"F"} and bool(_HAN.search(tagged.words[name[-1]].text)))
    if not family or (not gap.strip() and not _HAN.match(tagged.words[at].text)):
        return False  # "GUERRA SAN JUAN I": no sign, no other name
    if _HAN.match(tagged.words[at].text):
        return bool(gap) and tagged.labels[name[-1]][1] == "F" and "." not in gap
    return had == {"F", "G"}


def _halves(tagged: Tagged, name: list[int], role: str) -> tuple[list[int], list[int]]:
    """The words of the family name and the given ones: those stand before it or behind it, never within."""
    families = [at for at in name if tagged.labels[at] == role + "F"]
    if not families or families[0] != name[0]:
        return families, [at for at in name if at not in families]
    return [at for at in name if at <= families[-1]], [at for at in name if at > families[-1]]


def _person(tagged: Tagged, name: list[int], role: str) -> Person:
    family, given = _halves(tagged, name, role)

    def text(run: list[int]) -> str:
        if not run:
            return ""
        end = tagged.words[run[-1]].end
        closed = tagged.text[end : end + 1] in {".", "．"} and len(tagged.words[run[-1]].text) < 3
        return tagged.text[tagged.words[run[0]].start : end + closed]

    printed = tagged.text[tagged.words[name[0]].start : tagged.words[name[-1]].end]
    if not family:
        return Person(family=text(given), printed=printed)
    first, last = text(family).rstrip(".．"), text(given)
    if _SUFFIX.match(last.rstrip(".")) and " " in first:
        first, _, initials = first.rpartition(" ")
        last = f"{initials} {last}"
    return Person(family=first, given=last, printed=printed)
