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
_ROMAN = str.maketrans("l|1", "III")
_DIGITS = str.maketrans("lIi|OoQ", "1111000")
_CHROMOSOME = "[1-9]|1[0-9]|2[0-2]|X"


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


def _whole_page(hit: _Hit) -> str:
    """``33.16-3330`` is 3316-3330, where that is the shape of the range."""
    whole = hit[1] + hit[2]
    last = re.match(r"\d+", hit.string[hit.end() + 1 :])
    return whole if last and len(last[0]) == len(whole) and int(whole) <= int(last[0]) else hit[0]


def _whole_last_page(hit: _Hit) -> str:
    """``1405-141.1`` is 1405-1411, where that is the shape of the range."""
    last = hit["head"] + hit["rest"]
    return f"{hit['first']}-{last}" if len(last) == len(hit["first"]) and int(last) >= int(hit["first"]) else hit[0]


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
        ("0rf", "Orf", "0rF"),
        re.compile(rf"\bC({_CHROMOSOME})[0O]r[fF](?=\d)"),
        lambda hit: f"C{hit[1]}orf",
        "a gene's open reading frame is written orf",
    ),
    Rule(
        ("0orf",),
        re.compile(r"\bC([3-9])0orf(?=\d)"),
        lambda hit: f"C{hit[1]}orf",
        "there are 22 numbered chromosomes: the nought is the o of orf, read twice",
    ),
    Rule(
        ("hase ",),
        re.compile(
            r"(?<=\b[Pp]hase )(?=[I1l|/ab]*[Il|])(?=[I1l/ab|]*[l|])"
            r"[Il|1]{1,3}[ab]?(?:/[Il|1]{1,3}[ab]?)?(?![\w|])"
        ),
        lambda hit: hit[0].translate(_ROMAN),
        "a trial's phase is a Roman numeral",
    ),
    Rule(
        ("ype ",),
        re.compile(r"(?<=\b[Tt]ype )(?=[I1|]*l)[Il|1]{1,3}[ab]?(?![\w|])"),
        lambda hit: hit[0].translate(_ROMAN),
        "the type is a Roman numeral",
    ),
    Rule(
        ("IFNy", "IFN-y", "nterferon-y", "nterferon-a", "nterferony"),
        re.compile(r"\b(IFN-?|[Ii]nterferon-?)(y|(?<=[Ii]nterferon-)a)\b"),
        lambda hit: hit[1] + ("γ" if hit[2] == "y" else "α"),
        "interferons are alpha, beta and gamma",
    ),
    Rule(
        ("PPARy", "PPAR-y", "Fcy"),
        re.compile(r"\b(PPAR-?|Fc)y(?=\b|R)"),
        lambda hit: f"{hit[1]}γ",
        "these receptors are alpha, delta, epsilon or gamma",
    ),
    Rule(
        ("•", "·", "°"),
        re.compile(r"(?<![^\s.,;:\-])[•·°]\s?(?=[A-Za-z\d])|(?<=[A-Za-z,.;:)\]])\s?[•·°](?=\s|$)"),
        lambda _: "",
        "a speck of the page between words",
    ),
    Rule(
        ("*", "- "),
        re.compile(
            r"(?<=[a-z])\*(?=\s[a-z])"
            r"|(?:(?<=\bof)|(?<=\bin)|(?<=\bthe)|(?<=\bfor)|(?<=\bwith)|(?<=\binto)|(?<=\bfrom))-(?=\s[A-Za-z])"
        ),
        lambda _: "",
        "a speck of the page behind a word",
    ),
    Rule(
        ("1-", "1.", "2-", "2."),
        re.compile(r"(?<=\s)(?:1[-.·]9\d{2}|2[-.·]0\d{2})(?=;\d)"),
        lambda hit: hit[0][0] + hit[0][2:],
        "a speck of the page in a year",
    ),
    Rule(
        (".",),
        re.compile(r"(?<=:)(\d{1,3})\.(\d{1,3})(?=[-–]\d{3,6}[.\s]*$)"),
        _whole_page,
        "a speck of the page in a page number",
    ),
    Rule(
        (".",),
        re.compile(r"(?<=[:：]\s)(?P<first>\d{3,5})-(?P<head>\d{1,4})\.(?P<rest>\d{1,3})(?=[\s.]*$)"),
        _whole_last_page,
        "a speck of the page in a page number",
    ),
    Rule(
        (" '", " ‘"),
        re.compile(r"(?<=[a-z]\s)['‘](?=[a-z]{3})(?!.*\w['’](?:[\s.,:;]|$))"),
        lambda _: "",
        "a quotation mark that none closes is a speck",
    ),
    Rule(
        ("'",),
        re.compile(r"(?<=[A-Za-z]\d)'(?=[a-z]{4})"),
        lambda _: " ",
        "no apostrophe stands between a figure and a word",
    ),
    Rule(
        ("'",),
        re.compile(r"(?<=[a-z]{4})'(?=[a-z]{4})"),
        lambda _: " ",
        "no apostrophe parts two whole words",
    ),
    Rule(
        ("' ",),
        re.compile(r"(?<=[a-rt-z]{3})'(?=\s[A-Za-z]{2})"),
        lambda _: "",
        "a speck of the page behind a word",
    ),
    Rule(
        ("al·", "al•"),
        re.compile(r"(?<=\bet al)[·•]\s?(?=[A-Z])"),
        lambda _: ". ",
        "et al. ends with a stop",
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
        ("10.",),
        re.compile(r"(?<=DOI:)\s?\.\s?(?=10\.\d{4})|(?<=DOI: )\.\s?(?=10\.\d{4})"),
        lambda _: "",
        "a speck of the page before a DOI",
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
    Rule(("lle",), re.compile(r"\blle(?=\d{1,4}(?:\b|[-A-Z])|-to-|\()"), lambda _: "Ile", "isoleucine is written Ile"),
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
    Rule(
        ("®",),
        re.compile(r"(?<=[\d.,;:)\]])\s?®"),
        lambda _: "",
        "a registered mark follows a name, not a number or a stop",
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
