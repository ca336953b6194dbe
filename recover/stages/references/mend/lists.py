"""Where a worn list of authors ends: stops read as commas and commas as stops, told by what names look like."""

from __future__ import annotations

import re

_HAN = "\u4e00-\u9fff"
_PERSON = rf"[{_HAN}]{{2,4}}"
_PARTICLE = r"(?:(?:van|Van|VAN|de|De|DE|le|Le|LE|la|La|LA|ter|Ter|von|Von|di|Di)\s(?:de[rn]?\s)?)?"
LATIN = rf"{_PARTICLE}[A-ZÀ-Þ][\w'’\-]+\s(?:[A-Z]{{1,3}}|[A-Z]\s[A-Z]|l)"
_BODY = (
    rf"[{_HAN}]{{2,20}}(?:委员会|学会|协会|学院|研究院|研究所|医院|中心|协作组|专家组|编写组|工作组|课题组"
    r"|管理局|卫生部|办公室|协作网|联盟|基金会)"
)
# No body's name: those end in 会, 院 and the like.
_TITLE = rf"(?=[{_HAN}A-Za-zα-ωΑ-Ω\d\- ]{{7,}}(?<![会院所局部组社])[.．。，,、：:\[［])"
BETWEEN = "between the names of a list stand commas"
_BEHIND = "a name has at most four characters: what follows is the title"
_CUT_SHORT = "等 ends a list of names"
_BODY_ENDS = "a body's name ends here: what follows is the title"
_ONE = "a volume has one number"
_PARTED = "a sign parts the year from the volume"
_APART_PUBLISHER = "a publisher's name ends before the year"
_APART = "a journal's name ends before the year"
_SPECK = "a speck of the page beside a sign that stands there"
_STUB = "what is left of the entry's number"
_NUMERAL = "initials are letters"
_JOURNAL = "between title and journal stands a stop"
_OVER = "an entry ends with its pages: what stands behind them is a speck"

# Pattern, what it becomes, and the evidence; each is applied as long as it fits.
MENDS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(rf"^[{_HAN}A-Za-z]{{1,2}}[\]］]\s?(?={_PERSON}[,，、.．]|{LATIN}[,.])"), "", _STUB),
    (re.compile(rf"(?<=[{_HAN}])[.．·]\s?(?=[,，]\s?等)"), "", _SPECK),
    (re.compile(r"(?<=[A-Z]),\s?[.·](?=\s?[A-Z])"), ",", _SPECK),
    (re.compile(r"(?<=[:：])\s?[,.·'](?=\s?\d+\s?[-–]\s?\d)"), "", _SPECK),
    (re.compile(r"(?<=[.,]\s)[-·'_](?=(?:19|20)\d{2}\s?[;,])"), "", _SPECK),
    (re.compile(r"(?<=\d[-–]\d)(\d*)\s?[.:;,'`·]*[:;,'`·]\s?$"), r"\1.", _SPECK),
    (re.compile(rf"^((?:{LATIN}[.,]\s?){{0,5}}{LATIN})(?:\.(?=\s?et\s?al)|(?=\set\s?al))"), r"\1,", BETWEEN),
    (re.compile(rf"^({LATIN})\.(?=\s{LATIN}\.\s[A-Z][a-z]+\s[a-z])"), r"\1,", BETWEEN),
    (
        re.compile(rf"^((?:{LATIN},\s?){{0,5}}{LATIN})\.(?=\s?(?:{LATIN}[.,]\s?){{1,6}}et\s?al)"),
        r"\1,",
        BETWEEN,
    ),
    (
        re.compile(rf"^({_PERSON})[.．。](?={_PERSON}(?:[,，、]\s?{_PERSON}){{0,3}}[,，、]\s?等)"),
        r"\1,",
        BETWEEN,
    ),
    (
        re.compile(rf"^((?:{_PERSON}[,，、]\s?){{1,6}}等)[,，]?\s?(?=[{_HAN}A-Za-z\d]{{2,}})"),
        r"\1. ",
        _CUT_SHORT,
    ),
    (re.compile(rf"^((?:{_PERSON}[,，、]\s?){{0,5}}{_PERSON})[,，:：]\s?{_TITLE}"), r"\1. ", _BEHIND),
    (re.compile(rf"^({_BODY})[,，:：]\s?{_TITLE}"), r"\1. ", _BODY_ENDS),
    (re.compile(rf"^((?:{LATIN},\s?){{0,8}}[A-ZÀ-Þ][\w'’\-]+\s[A-Z]{{1,2}})1(?=[,.]\s)"), r"\1I", _NUMERAL),
    (
        re.compile(
            rf"(?<=[{_HAN}]{{8}})[，、,：\s]\s?(?=[{_HAN}]{{2,12}}(?:[:：][{_HAN}]{{1,4}}版)?[,，.。]\s?(?:19|20)\d{{2}}\s?[,，.;；:：]\s?\d)"
        ),
        ". ",
        _JOURNAL,
    ),
    (re.compile(r"(\b(?:19|20)\d{2}\s?[;,，:：.]\s?\d)\s(?=\d{1,2}\()"), r"\1", _ONE),
    (re.compile(r"(:\s[A-Z][A-Za-z&\- ]{2,40})\.\s?(?=(?:19|20)\d{2}\.?\s*$)"), r"\1, ", _APART_PUBLISHER),
    (re.compile(r"(?<=出版社)(?=(?:19|20)\d{2}(?:[:：,，.]|$))"), ", ", _APART_PUBLISHER),
    (re.compile(r"\b((?:19|20)\d{2})(?=\d{1,3}\(\d{1,4}\)\s?:)"), r"\1;", _PARTED),
    (re.compile(rf"((?:19|20)\d{{2}}\s?[:：,，].*?\d[-–]\d+)[.．。]?\s+[{_HAN}'`·]$"), r"\1.", _OVER),
    (re.compile(rf"(?<=[{_HAN}]{{2}})[、:：](?=(?:19|20)\d{{2}}\s?[,，.;；]\s?\d{{1,4}}\s?[(（])"), ", ", _APART),
    (re.compile(rf"(?<=[{_HAN}])(?=(?:19|20)\d{{2}}\s?[,，.;；]\s?\d{{1,4}}\s?[(（])"), ", ", _APART),
)
