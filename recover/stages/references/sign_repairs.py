"""Characters and marks that OCR takes for one another or loses, where neighbours or fields say which was printed."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from recover.lexicon.english import zipf
from recover.model.csl import CslItem
from recover.model.document import Repair
from recover.stages.references.item import find_mark
from recover.stages.references.journals import is_journal_word
from recover.text.vocabulary import Vocabulary

WHY = "between title and source stands a document type mark in square brackets"
MARK = "[J]. "
_HAN = "\u4e00-\u9fff"
# One or both brackets lost, or the letter; a j or y before it may be the bracket or the word's own end.
_BAR_AND_J = r"\s?\|\.?\s?[J3]\s?[\])|]?\|?"
_J_AND_BRACKET = r"(?:[1lI|]|(?P<stray>[jy]))?J[\])}|j]{1,2}|\sJ[\])}]|[\])}]J[\])}]|\[[月川]\]"
_BRACKET_AND_J = rf"\[J(?=[.．，,{_HAN}])|[jl|\[(]J(?=[.．])"
_BETWEEN_WORDS = re.compile(
    rf"(?<=[a-z{_HAN})])(?:{_BAR_AND_J}|{_J_AND_BRACKET}|{_BRACKET_AND_J})[.．，,。]?\s*(?=[A-Z{_HAN}])"
)
# A bracket and next to nothing, then a Chinese journal and its year.
_BEFORE_HAN = re.compile(
    rf"(?<=[a-z{_HAN})])\s?[\[{{［【][^\[\]{{}}()（）]{{0,2}}?[\]}})］】]?[.．，,。\s]*"
    rf"(?=[{_HAN}]{{3,20}}[,，.．。、]{{1,2}}\s?(?:19|20)\d{{2}}[,，.、;；(（])"
)
# A J in brackets of any kind, or one of the brackets, then an English journal, its year and volume.
_BEFORE_LATIN = re.compile(
    r"(?<=[A-Za-z)])\s?(?:[(\[{|]\s?[JjU1lI]?\s?[)\]}|j]|[1lI]?[\]}])\s*[.．,]\s*"
    r"(?=[A-Z][^\[\]{}]{2,80}?[,，.]\s?(?:19|20)\d{2}\s?[,，.]\s?\d)"
)


# What a thesis or a book never has behind its source: year, volume, issue and pages.
_OF_NO_JOURNAL = re.compile(
    r"\[[DMPRS]\](?=[.．，,。\s]*[^\[\]]{2,60}?[,，.。]\s?(?:19|20)\d{2}\s?[,，]\s?\d+\s?[(（]\w+[)）]\s?[:：])"
)
WHY_JOURNAL = "year, volume, issue and pages are a journal's"


# In a list whose entries have marks: one without its brackets, or a bracket of it, behind the title.
_IMPRINT = rf"[\]）)]?(?=[.．。,，]\s?(?:第?\d{{1,2}}版[.．。,，]\s?)?[{_HAN}]{{2,10}}\s?[:：])"
_ARTICLE = r"(?=[.．,，\s]\s*[A-Z][^\[\]{}]{2,80}?[,，.;]\s?(?:19|20)\d{2}\s?[,，.;]\s?\d)"
_BARE = (
    (re.compile(rf"(?<=[{_HAN}])M{_IMPRINT}"), "[M]"),
    (re.compile(rf"(?<=[a-z{_HAN}])E[BHR8]\s?/\s?[O0Q][L1lI][\]）)]?(?=[.．。]|\s?[(（]\d{{4}}-)"), "[EB/OL]"),
    (re.compile(rf"(?<=[a-z)])J[1lI|](?=\s){_ARTICLE}"), "[J]."),
    (re.compile(rf"(?<=[a-z])[)）]{_ARTICLE}"), "[J]"),
)


def _with_bare_mark(text: str) -> tuple[str, tuple[Repair, ...]]:
    for pattern, mark in _BARE:
        hit = pattern.search(text)
        if hit is not None and _closes_nothing(text, hit):
            repair = Repair(field="type", was=_around(text, hit), now=_around(text, hit, mark), why=WHY)
            return text[: hit.start()] + mark + text[hit.end() :], (repair,)
    return text, ()


def mend_type_mark(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The string with a journal's mark where one can be told; no other mark is misread so."""
    of_another = _OF_NO_JOURNAL.search(text)
    if of_another is not None:
        mended = f"{text[: of_another.start()]}[J]{text[of_another.end() :]}"
        return mended, (Repair(field="", was=of_another[0], now="[J]", why=WHY_JOURNAL),)
    if find_mark(text):
        return text, ()
    for pattern in (_BETWEEN_WORDS, _BEFORE_HAN, _BEFORE_LATIN):
        hit = pattern.search(text)
        if hit is not None and _closes_nothing(text, hit):
            start = hit.start() + _own_end(text, hit)
            was = text[start : hit.end()]
            mended = text[:start] + MARK + text[hit.end() :]
            return mended, (Repair(field="", was=was.strip(), now=MARK.strip(), why=WHY),) if was != MARK else ()
    return text, ()


def _closes_nothing(text: str, hit: re.Match[str]) -> bool:
    """Whether no bracket is open where the mark begins: ``[corrected].`` is the title's own."""
    before = text[: hit.start()]
    return all(before.count(left) <= before.count(right) for left, right in ("[]", "{}", "()", "（）"))


def _own_end(text: str, hit: re.Match[str]) -> int:
    """1 where the letter before the mark ends a word that is none without it: ``injuryJ]``, not ``micejJ]``."""
    stray = hit.groupdict().get("stray")
    word = re.search(r"[A-Za-z]+$", text[: hit.start()])
    if not stray or word is None:
        return 0
    return int(zipf(word[0] + stray) > zipf(word[0]))


# Marks of worn pages: lost type marks, and colons, semicolons and dashes among the numbers at the end.

# A reference ends, or an identifier follows.
_END = r"(?:[\s.,]*$|(?=[\s.,]*(?:DOI|doi|PMID|https?:)))"
_YEAR = r"(?P<year>\b(?:19|20)\d{2})\s?(?P<a>[.:,;、，。：；]{1,2})\s?"
_VOLUME = r"(?P<volume>\d{1,4})(?P<issue>\(\w{1,6}(?:[-–]\w{1,4})?\))?\s?(?P<b>[.:;：；。])\s?"
_PAGES = r"(?P<first>[A-Za-z]?\d{1,6})(?P<dash>\s?,?[-–~.:]\s?|\s|[,，]\s?)(?P<last>[A-Za-z]?\d{1,6})"
_TAIL = re.compile(_YEAR + _VOLUME + _PAGES + _END)
# A first page with a speck within: 33, 16-3330. No article of a journal has more pages than this.
_SPECKED = re.compile(r"(?<=[:：])(\s?)(\d{1,4})[,，.]\s?(\d{1,4})(?=[-–—](\d{2,6})" + _END + ")")
MOST_PAGES = 99
# Two pages without the dash between them: 13(12):42794295. Articles' numbers have fewer figures, or no issue.
_RUN_ON = re.compile(r"(?<=[)）][:：])(\s?)(\d{4})(\d{4})" + _END)
SIGNS = "after the year stand volume, issue and pages, each with its own sign"


def mend_worn(text: str, words: Vocabulary) -> tuple[str, tuple[Repair, ...]]:
    """The string as it was set; loose strings, which no document vouches for, are left alone."""
    if not words.counts:
        return text, ()
    text, marked = mend_type_mark(text)
    if words.has_marks and find_mark(text) is None:
        text, marked = _with_bare_mark(text)
    text, joined = _with_whole_page(text)
    text, ended = _with_stop(text)
    marked = (*marked, *joined, *ended)
    hit = _TAIL.search(text)
    was = text[hit.start() : hit.end("last")] if hit else ""
    if hit is None or (now := _with_signs(hit, was)) == was:
        return text, marked
    repair = Repair(field="", was=was, now=now, why=SIGNS)
    return text[: hit.start()] + now + text[hit.end("last") :], (*marked, repair)


# A Chinese title that ends in 、 before a paper or journal.
_ENDS_TITLE = re.compile(rf"(?<=[{_HAN}])、(?=[{_HAN}]{{1,10}}(?:报|杂志|通讯|学刊)[,，]\s?(?:19|20)\d{{2}}\b)")
ENDS = "a stop stands between a title and the paper it is in"


def _with_stop(text: str) -> tuple[str, tuple[Repair, ...]]:
    hit = _ENDS_TITLE.search(text)
    if hit is None:
        return text, ()
    repair = Repair(field="title", was=_around(text, hit), now=_around(text, hit, "."), why=ENDS)
    return f"{text[: hit.start()]}.{text[hit.end() :]}", (repair,)


def _with_whole_page(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The string with its first page put together, where only so it comes right before the last."""
    hit = _RUN_ON.search(text)
    if hit is not None and _are_near(hit[2], hit[3]):
        was, now = hit[2] + hit[3], f"{hit[2]}-{hit[3]}"
        return text[: hit.start(2)] + now + text[hit.end(3) :], (Repair(field="page", was=was, now=now, why=SIGNS),)
    hit = _SPECKED.search(text)
    if hit is None or not _are_near(hit[2] + hit[3], hit[4]):
        return text, ()
    was, now = f"{hit[2]}{text[hit.end(2) : hit.start(3)]}{hit[3]}-{hit[4]}", f"{hit[2]}{hit[3]}-{hit[4]}"
    return text[: hit.end(2)] + text[hit.start(3) :], (Repair(field="page", was=was, now=now, why=SIGNS),)


def _are_near(first: str, last: str) -> bool:
    """Whether two figures are an article's first and last page."""
    return len(first) == len(last) and first.isdecimal() and 0 < int(last) - int(first) <= MOST_PAGES


def _with_signs(hit: re.Match[str], was: str) -> str:
    """Only a tail that no dialect prints so is set anew; full width is as good as half."""
    after_year, after_issue, dash = hit["a"], hit["b"], hit["dash"].strip()
    if after_year in ";,；，" and after_issue in ":：" and dash in {"-", "–", "~"}:
        return was
    if not hit["issue"] and after_year == "." and after_issue == ".":
        return was
    if dash in {",", "，"} and not _are_near(hit["first"], hit["last"]):
        return was
    worn = set(after_year) & set(".、")
    sign = ";" if after_year[0] in ":：；;" else "," if worn else after_year
    gap = hit.string[hit.end("a") : hit.start("volume")] or " " * bool(worn and sign == ",")
    volume, pages = hit["volume"] + (hit["issue"] or ""), f"{hit['first']}-{hit['last']}"
    return f"{hit['year']}{sign}{gap}{volume}:{hit.string[hit.end('b') : hit.start('first')]}{pages}"


# Characters that OCR takes for one another, where their neighbours say which was printed.

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
        ("O' ", "O’ ", "D' ", "D’ "),
        re.compile(r"\b([OD]['’])\s(?=[A-ZÀ-Þ][a-zà-ÿ]+[,;.\s])"),
        lambda hit: hit[1],
        "a name with an apostrophe is one word",
    ),
    Rule(
        ("1-9", "1.9", "1 9", "2-0", "2.0", "2 0"),
        re.compile(r"(?<=[.．,，]\s)([12])[-. ](9\d{2}|0[0-2]\d)(?=\s?[;；,，]\s?\d{1,4}\s?[(（])"),
        lambda hit: hit[1] + hit[2],
        "a year is one figure",
    ),
    Rule(
        ("[D]",),
        re.compile(r"(?<=[\u4e00-\u9fff]{2})[太犬]学(?=[,，.．。])"),
        lambda _: "大学",
        "a thesis is written at a university",
    ),
    Rule(
        ("一",),
        re.compile(r"(?<=\d)一(?=\d)"),
        lambda _: "—",
        "between figures 一 is a dash",
    ),
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
        re.compile(r"(?![\[［]EB/OL[\]］])[\[(［]\s?E[BHR8]\s?/\s?[O0Q][L1lI](?:[\]）)］]|[L1lI](?=[.．。]))"),
        lambda hit: "［EB/OL］" if hit[0][0] == "［" else "[EB/OL]",
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
        re.compile(r"(?<=[(（])(?:19|20)(?:\d\s\d|(?!\d\d)[\dlIOo|]{2})(?=[)）])"),
        lambda hit: hit[0].replace(" ", "").translate(_DIGITS),
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
_SIGNS = tuple((sign, rule) for rule in RULES for sign in rule.signs)
# Of a lone letter the word before it is shown as well.
_SHORT = 3
_TAIL_GLYPHS = re.compile(r"[.,，\s](?:1[89]|2[0O])[\dlIO|]{2}\s*[;,:，；：]\s*[\dlIiOo|Qe()（）\-–:;,：；，.\s]*$")
_IN_NUMBER = re.compile(r"(?<=\d)[lI|OoQ](?=[\d():;.,（）：；，\s–-]|$)|(?<=[\d;:(–（：；-])[lIi|OoQ](?=[\dlI|Oo])")


def mend_string(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The string as printed, and what was mended; ``field`` is left empty until the fields are known."""
    repairs: list[Repair] = []
    for rule in _signed(text):
        text = _apply(rule, text, repairs)
    return _mend_numbers(text, repairs), tuple(repairs)


def _signed(text: str) -> list[Rule]:
    """The rules whose signs show in ``text``: most strings show none, and the shapes are dear to look for."""
    return list(dict.fromkeys([rule for sign, rule in _SIGNS if sign in text]))


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
    hit = _TAIL_GLYPHS.search(text)
    if hit is None or not any(char in hit[0] for char in "lIi|OoQ"):
        return text
    now = _IN_NUMBER.sub(lambda found: found[0].translate(_DIGITS), hit[0])
    if now != hit[0]:
        why = "letters among the digits of a volume or page"
        repairs.append(Repair(field="", was=hit[0].strip(), now=now.strip(), why=why))
    return text[: hit.start()] + now


def placed(repairs: tuple[Repair, ...], item: CslItem) -> tuple[Repair, ...]:
    """The repairs of the string, each with the field it ended up in."""
    return tuple(
        repair if repair.field else msgspec.structs.replace(repair, field=_field(repair.now, item))
        for repair in repairs
    )


def _field(now: str, item: CslItem) -> str:
    fragment = now.strip(" .,;:()")
    if fragment and fragment in item.title:
        return "title"
    if fragment and fragment in item.container_title:
        return "container-title"
    if item.page and item.page in now:
        return "page"
    if item.issue and f"({item.issue})" in now:
        return "issue"
    return "author" if fragment.rstrip(".,").isupper() else "title" if fragment.isalpha() else "page"
