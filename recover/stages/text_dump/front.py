"""The front matter of a dump: abstract by its parts, keywords, funding, how to cite, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recover.stages.text_dump.lines import DumpLine
from recover.text.join import seam

_LABELS = (
    ("abstract", re.compile(r"^(?:(Abstract|ABSTRACT|摘\s*要|【摘要】)\s*[:：]?\s*(?=$|[A-Z\u4e00-\u9fff]))")),
    (
        "part",
        re.compile(
            r"^(?:(BACKGROUND(?: AND (?:OBJECTIVE|AIMS?))?|OBJECTIVES?|AIMS?|PURPOSE|INTRODUCTION"
            r"|(?:MATERIALS AND )?METHODS|"
            r"METHODOLOGY|RESULTS(?: AND (?:CONCLUSIONS?|DISCUSSION))?|CONCLUSIONS?|DISCUSSION|SIGNIFICANCE|"
            r"Background|Objectives?|Aims?|Purpose|(?:Materials and )?[Mm]ethods|Results(?: and "
            r"[Cc]onclusions?)?|Conclusions?)"
            r"\s*[:：]|[【\[]?(背景|目的|方法|材料与方法|结果|结果与结论|结论|讨论)[】\]]?\s*[:：]?(?=\s*[\u4e00-\u9fff]))\s*"
        ),
    ),
    (
        "keywords",
        re.compile(r"^(?:(Key\s?words?|KEY\s?WORDS?)\s*[:：]|[【\[]?(关\s*键\s*词|主\s*题\s*词)[】\]]?\s*[:：]?)\s*"),
    ),
    (
        "funding",
        re.compile(
            r"^(?:(Funding|Fund(?: program)?|Foundation items?|Supported by|Acknowledge?ments?)\s*[:：]"
            r"|[【\[]?(基金资助|基金项目|资助项目|基金)[】\]]?\s*[:：])\s*"
        ),
    ),
    (
        "citation",
        re.compile(
            r"^(?:(How to cite(?: this article)?|Citation|Cite this article(?: as)?)\s*[:：]|[【\[]?(引用本文"
            r"|本文引用格式|引用格式)[】\]]?\s*[:：])\s*"
        ),
    ),
    (
        "correspondence",
        re.compile(
            r"^(?:(Corresponding author|Correspondence(?: to)?|Author for correspondence)\s*[:：]|[【\[]?(通讯作者"
            r"|通信作者|作者简介|作者单位)[】\]]?\s*[:：])\s*"
        ),
    ),
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


class FrontPart(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of front matter: its role, language, text (with its label where that belongs to it) and first line."""

    role: str
    lang: str
    text: str
    label: str
    line: int
    page: int


def read_front(lines: Sequence[DumpLine]) -> tuple[tuple[FrontPart, ...], tuple[DumpLine, ...]]:
    """The labelled parts of ``lines``, and the lines that belong to none of them."""
    parts: list[FrontPart] = []
    others: list[DumpLine] = []
    for line in lines:
        role, label, rest = _labelled(line.text)
        if role:
            kept = line.text if role == "part" else rest
            parts.append(
                FrontPart(
                    role=role, lang=_lang(line.text), text=kept.strip(), label=label, line=line.index, page=line.page
                )
            )
        elif parts and _continues(parts[-1], line):
            parts[-1] = _longer(parts[-1], line.text)
        else:
            others.append(line)
    return tuple(part for part in parts if part.text), tuple(others)


def _labelled(text: str) -> tuple[str, str, str]:
    for role, pattern in _LABELS:
        hit = pattern.match(text)
        if hit:
            label = next(group for group in hit.groups() if group)
            return role, label, text[hit.end() :]
    return "", "", ""


def _continues(part: FrontPart, line: DumpLine) -> bool:
    """A legible line goes on with the part above, blank lines or not, until a part that ended is left behind."""
    if not line.legible.is_legible or _lang(line.text) != part.lang:
        return False
    if not part.text:
        return True
    ended = part.text.rstrip().endswith((".", "。", "．", ";", "；"))
    return not ended or (line.blanks_above == 0 and part.role in {"part", "abstract"})


def _longer(part: FrontPart, text: str) -> FrontPart:
    drop, between = seam(part.text, text)
    head = part.text[: len(part.text) - drop] if drop else part.text
    return msgspec.structs.replace(part, text=head + between + text)


def _lang(text: str) -> str:
    return "zh" if len(_HAN.findall(text)) > len(text) / 5 else "en"


def keywords(text: str) -> tuple[str, ...]:
    """The keywords of a line, without its closing stop."""
    return tuple(word.strip() for word in re.split(r"[;；,，、]\s*", text.strip(" .。")) if word.strip())
