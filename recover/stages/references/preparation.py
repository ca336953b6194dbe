"""A string before its words are labelled: decoded, without its number, translation, odd spaces and identifiers."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from itertools import pairwise

import msgspec

from recover.lexicon.chinese import is_in_word

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f]")
_TAGS = re.compile(r"</?(?:i|b|em|sub|sup|span|strong|u|sc)\b[^<>]{0,80}>", re.IGNORECASE)
# Digits and letters only: full-width punctuation may belong to a title and stays as printed.
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def decode(text: str) -> str:
    """Entities decoded (twice: lists pasted from the web hold ``&amp;#38;``), mark-up and runs of space dropped."""
    if "&" in text:
        text = unescape(unescape(text))
    if "<" in text:
        text = _TAGS.sub("", text)
    if not text.isascii():
        text = text.translate(_FULL_WIDTH)
    if not text.isprintable():
        text = _INVISIBLE.sub(lambda hit: " " if hit[0] in "\x0b\x0c" else "", text)
    return " ".join(text.split())


_CIRCLED = "\u2460-\u2473"
# Brackets are misread as one another, as l, I, 1 or J; a digit inside as l, I, O or o, or with a bracket as ④.
_BRACKETED = re.compile(
    rf"^[\s•·*'‘\"]*[\[［【(（{{〔|]\s*([\dlIOoi.·{_CIRCLED}]{{1,4}})\s*\\?\s*[\]］】)）}}〕|J]\s*[.:]?\s*"
)
_DOTTED = re.compile(r"^\s*(\d{1,3})\s*(?:[.．、](?!\d)\s*|\s(?=[^\W\d_]))")
_RING = re.compile(rf"^\s*([{_CIRCLED}])[.．、]?\s*(?=\S)")
# "[39 j白书宁": of the closing bracket is left what looks like a j.
_STUB = re.compile(r"^\s*[\[［]\s?(\d{1,3})\s?[jJ]\s?(?=[\u4e00-\u9fff])")
# "[71  SMITH": the closing bracket itself was read as a figure.
_SWALLOWED = re.compile(r"^\s*[\[［]\s?(\d{1,3})[1lI|]\s+(?=[A-Z\u4e00-\u9fff])")
_LOOKALIKE = str.maketrans({"l": "1", "I": "1", "i": "1", "O": "0", "o": "0", ".": "", "·": ""})
_ONES = frozenset("lIi")
_PAIRS = frozenset(["[]", "［］", "()", "（）", "【】", "〔〕"])


def leading_number(text: str) -> tuple[int, int]:
    """The number in front of ``text`` and where the entry begins; (0, 0) where there is none."""
    hit = _BRACKETED.match(text)
    if hit and (any(char.isnumeric() for char in hit[1]) or (hit[1] in _ONES and hit[0].lstrip()[0] in "[［")):
        return _figure(hit[1]), hit.end()
    hit = _STUB.match(text) or _SWALLOWED.match(text) or _DOTTED.match(text) or _RING.match(text)
    return (_figure(hit[1]), hit.end()) if hit else (0, 0)


def _figure(printed: str) -> int:
    """``1l`` is 11; ``④`` is 4."""
    return int(unicodedata.normalize("NFKC", printed).strip(".·").translate(_LOOKALIKE))


def is_damaged(text: str) -> bool:
    """Whether the brackets around the number were misread, or the number in them: ``(22]``, ``[71``, ``[④]``."""
    hit = _BRACKETED.match(text)
    if hit is None:
        return bool(_STUB.match(text + "\u4e00") or _SWALLOWED.match(text + " A"))
    printed = hit[0].strip(" .:")
    return printed[0] + printed[-1] not in _PAIRS or not printed[1:-1].strip().isdecimal()


_IS_HAN = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)")
# Behind the reference's last stop, bracket or figure a name begins, no identifier.
_LATIN_BEGINS = re.compile(
    r"(?:(?<=[.．。)）\]］])|(?<=[\d/]\s))\s*[\[［(（]?"
    r"(?=[A-ZÀ-Þ](?:[\w'’-]+|\.)[\s,.])(?!(?:DOI|PMID|PMCID|ISBN|ISSN|CSTR|URL|http|Available|Epub)\b)"
)
# Behind an English reference, which says what it is of, or ends with a stop, the Chinese one begins.
_HAN_BEGINS = re.compile(r"(?:[.．。)）\]］]|(?<=\d))\s*[\[［(（]?(?=[\u4e00-\u9fff])")
_IN_CHINESE = re.compile(
    r"[.．。,，]?\s*[(（\[]\s*[Ii]n\s?Chinese(?:\s?[,，]?\s?with\s?[^()（）\[\]]{3,40})?\s*[)）\]]"
)
# Less than this is no reference.
_SHORTEST = 30


class Bilingual(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is printed first, its translation, and whether the entry says that the work is in Chinese."""

    first: str
    translation: str = ""
    is_in_chinese: bool = False


def part_languages(text: str) -> Bilingual:
    """``text`` cut before its translation: two complete references of one year, one of them without Chinese."""
    says = bool(_IN_CHINESE.search(text))
    cut = _cut(text) if _IS_HAN.search(text) else None
    first, second = (text[: cut[0]], text[cut[1] :].strip()) if cut else (text, "")
    return Bilingual(first=_IN_CHINESE.sub("", first).rstrip(), translation=second, is_in_chinese=says)


def _cut(text: str) -> tuple[int, int] | None:
    """Where the first reference ends and where its translation begins."""
    han = [hit.start() for hit in _IS_HAN.finditer(text)]
    if _IS_HAN.search(text[:_SHORTEST]):
        candidates = _LATIN_BEGINS.finditer(text, han[-1] + 1)
    else:
        candidates = (hit for hit in [_HAN_BEGINS.search(text, _SHORTEST)] if hit and hit.end() == han[0])
    for hit in candidates:
        first, second = text[: hit.end()], text[hit.end() :]
        if len(second) >= _SHORTEST and set(_YEAR.findall(first)) & set(_YEAR.findall(second)):
            return len(first.rstrip("[［(（ ")), hit.end()
    return None


_HAN = "\u3400-\u9fff"
# A sentence's stop before a word in capitals or quotation marks; dotted initials (J.A.) hold single letters only.
_NEXT = r"[A-Z][A-Za-z]|[A-Z][\s\-][A-Za-z]|[a-z]{1,3}[A-Z]|\d+\s|[\"“]"
_AFTER_STOP = re.compile(rf"(?<=[a-z\d)\]®])(?<!\s[a-z])\.(?={_NEXT})(?!\d)")
_AFTER_INITIAL = re.compile(r"(?<=[\s,;.][A-Z])\.(?=[A-Z][a-zA-Z]{2}|[\"“]|[A-Z]-?[a-z]|A\s|[a-z]{1,3}[A-Z])")
_AFTER_INITIALS = re.compile(rf"(?<=\s[A-Z]{{2}}|[A-Z]{{3}})\.(?={_NEXT})|(?<=\s(?:Jr|Sr))\.(?=[A-Z\"“])")
# N,N-dimethyl keeps its comma tight.
_AFTER_COMMA = re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])(?![A-Z]-)")
_AFTER_COLON = re.compile(r"(?<=[A-Za-z)])[:;?](?=[A-Za-z\"“])")
_AFTER_YEAR_STOP = re.compile(r"(?<=[A-Za-z])\.(?=(?:19|20)\d{2}\s?[;,])")
_LOST = (_AFTER_STOP, _AFTER_INITIAL, _AFTER_INITIALS, _AFTER_COMMA, _AFTER_COLON, _AFTER_YEAR_STOP)
# Those that are put back in print too: Cu,Zn and 93(24):e2294 are set tight.
_BETWEEN_NAMES = re.compile(r"(?<=\s[A-Z]),(?=[A-Z][\w'’-]+\s[A-Z])|(?<=\s[A-Z]{2}),(?=[A-Z][\w'’-]+\s[A-Z])")
_SURELY_LOST = (_AFTER_STOP, _AFTER_INITIAL, _AFTER_INITIALS, _BETWEEN_NAMES, _AFTER_YEAR_STOP)
_TIGHT = re.compile(r"[^\s\d][.,:;?][^\W_\d]|[.:][\"“]|[A-Za-z]\.[12]\d{3}")
_BEFORE_SIGN = rf"(?<=[\d)\]）］{_HAN}])\s+(?=[,;:.)(\[（，．：；])|(?<=[a-zA-Z\]])\s+(?=[,.](?:\s|$))"
_INSIDE_BRACKETS = rf"(?<=[(\[（])\s+(?=[\d{_HAN}])|(?<=[(\[（]\d)\s+(?=[)\]）])"
_AT_DASH = r"(?<=\d)\s+(?=[-–]\s?\d)|(?<=\d[-–])\s+(?=\d)"
_ADDED = re.compile(f"{_BEFORE_SIGN}|{_INSIDE_BRACKETS}|{_AT_DASH}")
# So many of an entry's marks at most have lost their space, and so much around it is shown.
_MOST_LOST, _SHOWN = 0.25, 24
_GAP = re.compile(r"\d\s|[)\](\[（\u3400-\u9fff]\s|\s[,.]")


def respace(text: str) -> str:
    """The string with the spaces that its punctuation asks for; addresses must be out of it already."""
    if _GAP.search(text):
        text = _ADDED.sub("", text)
    if _TIGHT.search(text):
        for pattern in _LOST:
            text = pattern.sub(_spaced, text)
    return text


def _spaced(hit: re.Match[str]) -> str:
    return hit[0] + " "


# Where addresses and numbers of documents begin, no space is missing.
_ADDRESS = re.compile(r"https?:|www\.|doi|10\.\d{4}", re.IGNORECASE)
_SPACED_SIGN = re.compile(r"\S[.,:;] ")
WHY_SPACE = "the entry's other marks have a space behind them"


def with_lost_spaces(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The string with the spaces that recognition lost, and each place before and after.

    A list that is set without spaces stays so: most of the entry's marks must have one.
    """
    if not _TIGHT.search(text):
        return text, []
    address = _ADDRESS.search(text)
    head = text[: address.start()] if address else text
    # A straight quotation mark may be a closing one. None of 1,309 well printed entries is changed.
    joints = sorted(
        {hit.end() for pattern in _SURELY_LOST for hit in pattern.finditer(head) if head[hit.end()] != chr(34)}
    )
    if not joints or len(joints) > _MOST_LOST * len(_SPACED_SIGN.findall(head)):
        return text, []
    parts = [text[begin:stop] for begin, stop in zip([0, *joints], [*joints, len(text)], strict=True)]
    places = [(left[-_SHOWN:].rpartition(" ")[2], right[:_SHOWN].partition(" ")[0]) for left, right in pairwise(parts)]
    return " ".join(parts), [(left + right, f"{left} {right}") for left, right in places]


# "鲁明川，等施万细胞": the stop behind the names that are left out was lost; words that begin with 等 are a title's.
_OTHERS = re.compile(rf"^(?:[{_HAN}·]{{2,8}}[,，、]\s?){{1,6}}等(?=[{_HAN}A-Za-z]{{4}})")
WHY_OTHERS = "the names left out end a list of authors: a stop stands behind them"


def with_stop_behind_others(text: str) -> tuple[str, tuple[str, str] | None]:
    """The string with the stop lost behind Chinese authors cut short, and the place as it was and as it is."""
    hit = _OTHERS.match(text)
    if hit is None or is_in_word(text[hit.end() - 1 : hit.end() + 3], 0):
        return text, None
    now = "等．" if "．" in text else "等. "
    return text[: hit.end() - 1] + now + text[hit.end() :], ("等", now.strip())


_DOI = re.compile(
    r"[\s,.;，．。；(\[]*(?:(?:https?://(?:dx\.)?doi\.org/)|(?:\bdoi\s*[:：.]?\s*(?:https?://(?:dx\.)?doi\.org/)?))\s*"
    r"(10\.\d{4,9}/[^\s，。；［］]+)",
    re.IGNORECASE,
)
_BARE_DOI = re.compile(r"(?<![\w/=:])(10\.\d{4,9}/[^\s，。；［］]+)")
_PMID = re.compile(r"[\s;,.]*(?:PubMed\s*)?PMID\s*[:：]?\s*(\d{4,9})\.?", re.IGNORECASE)
_PMCID = re.compile(r"[\s;,.]*(?:PMCID\s*[:：]?\s*)(PMC\d{4,9})\.?", re.IGNORECASE)
# An address at the end of the string, broken by lines or by recognition.
_BROKEN_URL = re.compile(
    r"(?:https?|ftp)\s?:\s?//[^\s，。；．］>]+(?:\s+[\w\-]*[./?=&%#~:;][\w\-./?=&%#~:;]*)*(?=[.．]?\s*(?:$|DOI))"
)
# The identifier of Chinese science data, by itself: within an address it is the address's.
_CSTR = re.compile(r"(?:^|[\s,.;，．。；]+)CSTR\s*[:：]\s*(\d{4,6}\.[\w.\-/]*\w)\.?", re.IGNORECASE)
_ISBN = re.compile(r"[\s;,.]*ISBN(?:-1[03])?\s*[:：]?\s*([\d][\d\-‐ ]{8,16}[\dXx])", re.IGNORECASE)
_URL = re.compile(
    r"[\s,.;，．。；(<\[]*(?:(?:Available (?:from|at)|Retrieved from|URL)\s*[:：]?\s*)?"
    r"((?:https?|ftp)://[^\s，。；．］>]+|www\.[^\s，。；．］>]+)",
    re.IGNORECASE,
)
# A map's scale, a statement of its own: ``[CM]. 比例尺 1:500 000. 北京``; in a title it is the title's.
_SCALE = re.compile(
    r"(?<=[.．。\]］])\s*(?:比例尺|[Ss]cale)?\s*[:：]?\s*"
    r"(1\s?[:：]\s?(?:\d{1,3}(?:[ ,，]?\d{3}){1,2}|\d{1,4}\s?万))(?=\s*[.．。])"
)
_DAY = r"\d{4}\s*[-–—./年]\s*\d{1,2}\s*[-–—./月]\s*\d{1,2}日?"
_ENGLISH_DAY = r"(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}[.,]?\s+(?:\d{1,2},?\s+)?\d{4}|\d{4}[-/ ][\w]{1,9}[-/ ]\d{1,2}|\d{4}"
_IN_BRACKETS = rf"\s*[\[［]\s*(?:cited|accessed|引用日期)?\s*[:：]?\s*({_DAY})\s*[\]］]\s*[.．]?"
_IN_WORDS = rf"\s*\(?\b(?:Accessed|Retrieved|cited)(?:\s+on)?\s*[:：]?\s*({_ENGLISH_DAY})\)?[.]?(?:\s+from)?"
_CITED = r"\s*\[\s*(?:cited|accessed)\s+(\d{4}\s+[A-Z][a-z]{2}\.?(?:\s+\d{1,2})?)\s*\]"
_TAKEN_FROM = rf"\s*({_DAY})\s*(?:取自|检索自|引自)\s*[:：]?"
_ACCESSED = re.compile(f"{_IN_BRACKETS}|{_IN_WORDS}|{_CITED}|{_TAKEN_FROM}")
_INSIDE_ADDRESS = frozenset("=?&/:-_.%")
_TRAIL = ".,;:，。；)]}>"


class Identifiers(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What was found, and the string without it."""

    rest: str
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    isbn: str = ""
    url: str = ""
    accessed: str = ""
    cstr: str = ""
    scale: str = ""


def take_identifiers(text: str) -> Identifiers:
    """Take identifiers out of ``text``; a string with none costs one look for each."""
    lower = text.lower()
    accessed = url = doi = pmid = pmcid = isbn = cstr = scale = ""
    if "cstr" in lower:
        cstr, text = _take(_CSTR, text)
    if "doi" in lower or "10." in lower:
        doi, text = _take_doi(text)
    if "http" in lower or "www." in lower or "ftp:" in lower:
        url, text = _take(_URL, _BROKEN_URL.sub(lambda hit: "".join(hit[0].split()), text))
    if "pmid" in lower:
        pmid, text = _take(_PMID, text)
    if "pmc" in lower:
        pmcid, text = _take(_PMCID, text)
    if "isbn" in lower:
        isbn, text = _take(_ISBN, text)
    if "[" in text or "［" in text or "ccessed" in text or "etrieved" in text or "cited" in text or "自" in text:
        accessed, text = _take(_ACCESSED, text)
    if "CM" in text or "比例尺" in text or "scale" in lower:
        scale, text = _take(_SCALE, text)
    return Identifiers(
        rest=text.strip(),
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
        isbn=isbn,
        url=url,
        accessed=accessed,
        cstr=cstr,
        scale=scale,
    )


def _take_doi(text: str) -> tuple[str, str]:
    """The DOI; one inside a longer web address stays there, for the address would be broken without it."""
    for hit in _DOI.finditer(text):
        if hit[0][0].isalpha() and text[hit.start() - 1 : hit.start()] in _INSIDE_ADDRESS and hit.start():
            continue
        return _clean_doi(hit[1]), (text[: hit.start()] + _gap(hit[0]) + text[hit.end() :])
    bare = _BARE_DOI.search(text)
    if bare:
        return _clean_doi(bare[1]), text[: bare.start()] + text[bare.end() :]
    return "", text


def _clean_doi(doi: str) -> str:
    doi = doi.rstrip(".,;:，。；>")
    while doi.endswith((")", "]")) and doi.count(")") + doi.count("]") > doi.count("(") + doi.count("["):
        doi = doi[:-1].rstrip(".,;:")
    return doi


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    hit = pattern.search(text)
    if hit is None:
        return "", text
    value = next(group for group in hit.groups() if group).strip().rstrip(_TRAIL)
    return value, text[: hit.start()] + _gap(hit[0]) + text[hit.end() :]


def _gap(removed: str) -> str:
    """The stop that closed the text before the identifier belongs to that text."""
    return ". " if removed[:1] in ".．。" else " "
