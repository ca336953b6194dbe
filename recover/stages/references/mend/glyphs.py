"""Characters that OCR takes for one another, where their neighbours say which was printed."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from recover.model.document import Repair
from recover.stages.references.journals import is_journal_word

_Hit = re.Match[str]


class Rule(msgspec.Struct, frozen=True, gc=False):
    """A misreading: a cheap sign of it, its shape, what was printed, and why that is sure."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    printed: Callable[[_Hit], str]
    why: str


_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_DIGITS = str.maketrans("lIi|OoQ", "1111000")


def _extra_page(hit: _Hit) -> str:
    return f"{hit[1] or hit[3] or ''}.e{(hit[2] or hit[4]).replace('b', '6')}"


def _barred(word: str) -> str:
    """``Trans|`` is Transl; ``Transl|`` is Transl too, its l read twice."""
    without, with_l = word.replace("|", ""), word.replace("|", "l")
    return without if is_journal_word(without) and not is_journal_word(with_l) else with_l


def _and_others(hit: _Hit) -> str:
    """``BFet ,al`` is BF, et al.; how well-printed ones are set off is left to the style."""
    if re.fullmatch(r"et\.? al[.,:]?", hit[0]) and hit[0][-1:] in ".,:":
        return hit[0]
    text, before = hit.string, hit.string[: hit.start()]
    closed = hit[0][-1] in ".,:" or text[hit.end() : hit.end() + 1] in {".", ",", ":"} or hit.end() == len(text)
    lead = ", " if before[-1:].isalpha() else ""
    return f"{lead}et al" + (hit[0][-1] if hit[0][-1] in ".,:" else "" if closed else ".")


RULES = (
    Rule(
        tuple("ﬀﬁﬂﬃﬄﬅﬆ"),
        re.compile(r"\w*[ﬀﬁﬂﬃﬄﬅﬆ]\w*"),
        lambda hit: "".join(_LIGATURES.get(char, char) for char in hit[0]),
        "a ligature is two or three letters",
    ),
    Rule(
        ("|",),
        re.compile(r"\b[A-Za-z]*[a-z]\|[a-z]*"),
        lambda hit: _barred(hit[0]),
        "a bar among small letters is an l",
    ),
    Rule(
        ("|",),
        re.compile(r"(?<=[A-Z]\s)\|(?=[A-Z]?[,.;\s])|(?<=[A-Z])\|(?=[A-Z,.;\s])|(?<![\w|])\|(?=[A-Z][,.;\s])"),
        lambda _: "I",
        "a bar among capitals is an I",
    ),
    Rule(
        ("'", "‘", "`", "·"),
        re.compile(r"^\s*(?:['‘](?!.*['’](?:[\s.,:;]|$))|[`·])\s*(?=[A-ZÀ-Þ\u4e00-\u9fff])"),
        lambda _: "",
        "a speck of the page before the first name",
    ),
    Rule(
        ("10.",),
        re.compile(r"\b(?!DOI|doi)[Dd][OoQ0][IiLl1|!t]\s?(?=[:：.．]?[\s.]{0,2}10\.\d{4})"),
        lambda hit: "DOI" if hit[0][0] == "D" else "doi",
        "what begins with 10. is a DOI",
    ),
    Rule(
        ("/O", "/0"),
        re.compile(r"(?!\[EB/OL\])[\[(［]\s?E[BHR8]\s?/\s?[O0Q][L1lI](?:[\]）)］]|[L1lI](?=[.．。]))"),
        lambda _: "[EB/OL]",
        "the mark of a page on the net",
    ),
    Rule(
        ("doi.org",),
        re.compile(r"\b(?!https?://)h[a-z]{2,5}\s?:?\s?/{1,2}\s?(?=(?:dx\.)?doi\.org/)"),
        lambda _: "https://",
        "the address of a DOI",
    ),
    Rule(
        tuple("]］】"),
        re.compile(r"^\s*[\]］】]\s*(?=[A-ZÀ-Þ\u4e00-\u9fff])"),
        lambda _: "",
        "the closing bracket of the entry's number, read twice",
    ),
    Rule(
        ("学位论文]", "学位论文］", "士论文]", "士论文］"),
        re.compile(r"(?<=[\u4e00-\u9fff])[|丨Il]\s?(?=[博硕]士[\u4e00-\u9fff]{0,6}论文[\]］])"),
        lambda _: "[",
        "a thesis is named in square brackets",
    ),
    Rule(
        ("(19", "(20", "（19", "（20"),
        re.compile(r"(?<=[(（])(?:19|20)\d\s\d(?=[)）])"),
        lambda hit: hit[0].replace(" ", ""),
        "a year is one figure",
    ),
    Rule(
        ("et a", "et' a", "eta", "et,", "et ,", "et.a", "et á", "et à", "et ä", "et â"),
        re.compile(r"(?<![a-z])et\s?[.,']?\s?[aáàäâ](?:[lLiíìI1|]|[l1I|][lL1I|])(?![\w])[.,:]?(?=[\s.,:]|$)"),
        _and_others,
        "the list of authors is cut short by et al.",
    ),
    Rule(
        tuple("{}[]"),
        re.compile(
            r"(?<=\d)(?!\([^)]*\))[{\[(]\s?(\d{1,3}(?:[-–/]\d{1,3})?|[Ss]uppl\.?\s?\w?|Pt\s\w)"
            r"\s?[)}\]](?=\s*[:：])"
        ),
        lambda hit: f"({hit[1]})",
        "an issue stands in round brackets",
    ),
    Rule(
        (". e", ".eb"),
        re.compile(r"(?<=\d[-–]\d)(\d*)\.\s+e([\db])(?=[\s.]*$)|(?<=\d\d[-–]\d)(\d*)\.e(b)(?=[\s.]*$)"),
        _extra_page,
        "an article's extra pages are counted .e1, .e2, …",
    ),
)
# Of a lone letter the word before it is shown as well.
_SHORT = 3
_TAIL = re.compile(r"[.,，\s](?:1[89]|2[0O])[\dlIO|]{2}\s*[;,:，；：]\s*[\dlIiOo|Qe()（）\-–:;,：；，.\s]*$")
_IN_NUMBER = re.compile(r"(?<=\d)[lI|OoQ](?=[\d():;.,（）：；，\s–-]|$)|(?<=[\d;:(–（：；-])[lIi|OoQ](?=[\dlI|Oo])")


def mend_string(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The string as printed, and what was mended; ``field`` is left empty until the fields are known."""
    repairs: list[Repair] = []
    for rule in _signed(text):
        text = _apply(rule, text, repairs)
    return _mend_numbers(text, repairs), tuple(repairs)


def _signed(text: str) -> list[Rule]:
    """The rules whose signs show in ``text``: most strings show none, and the shapes are dear to look for."""
    found = []
    for rule in RULES:
        for sign in rule.signs:
            if sign in text:
                found.append(rule)
                break
    return found


def _apply(rule: Rule, text: str, repairs: list[Repair]) -> str:
    def mend(hit: _Hit) -> str:
        now = rule.printed(hit)
        if now != hit[0]:
            repairs.append(Repair(field="", was=_around(text, hit), now=_around(text, hit, now), why=rule.why))
        return now

    return rule.pattern.sub(mend, text)


def _around(text: str, hit: _Hit, now: str | None = None) -> str:
    """The whole word the hit stands in: a repair of one letter is read more easily in its word."""
    start, end = hit.span()
    while start > 0 and (not text[start - 1].isspace() or hit.end() - start < _SHORT):
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    middle = hit[0] if now is None else now
    return text[start : hit.start()] + middle + text[hit.end() : end]


def _mend_numbers(text: str, repairs: list[Repair]) -> str:
    """Letters among the digits of the last numbers: ``20l6;l32(3):39l-411``."""
    hit = _TAIL.search(text)
    if hit is None or not any(char in hit[0] for char in "lIi|OoQ"):
        return text
    now = _IN_NUMBER.sub(lambda found: found[0].translate(_DIGITS), hit[0])
    if now != hit[0]:
        repairs.append(
            Repair(field="", was=hit[0].strip(), now=now.strip(), why="letters among the digits of a volume or page")
        )
    return text[: hit.start()] + now
