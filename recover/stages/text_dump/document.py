"""A dump read and made a document: what it holds, what it doesn't, and what would bring the rest back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import msgspec

from recover.model.document import (
    Author,
    Bilingual,
    BilingualList,
    Document,
    FrontBlock,
    Paragraph,
    Reference,
    Section,
    Source,
)
from recover.model.geometry import Box
from recover.model.records import Furniture, Problem
from recover.stages.references.parse import Parsed, doubts, parse_reference, to_references
from recover.stages.text_dump.headings import Heading, is_unreadable, paragraphs, read_heading
from recover.stages.text_dump.lines import DumpLine, find_furniture, read_lines
from recover.stages.text_dump.reference_list import Bibliography, find_bibliography
from recover.text.join import seam
from recover.text.legible import legibility


class DumpSection(msgspec.Struct, frozen=True, kw_only=True):
    """A section's heading (None before the first) and the lines under it."""

    heading: Heading | None
    lines: tuple[DumpLine, ...]
    page: int = 0


class DumpReading(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a dump; every line of text is in exactly one of the parts."""

    pages: int
    front: tuple[FrontPart, ...]
    sections: tuple[DumpSection, ...]
    bibliography: Bibliography
    furniture: tuple[DumpLine, ...]


def read_dump(text: str) -> DumpReading:
    """The parts of the dump ``text``, whatever it holds."""
    lines = read_lines(text)
    aside = find_furniture(lines)
    body = [line for position, line in enumerate(lines) if position not in aside]
    bibliography = find_bibliography(body)
    rest = [line for line in body if line.index not in bibliography.taken]
    first, sections = _sections(rest)
    front, others = read_front(first)
    if others:
        sections = (DumpSection(heading=None, lines=others, page=others[0].page), *sections)
    return DumpReading(
        pages=(lines[-1].page + 1) if lines else 0,
        front=front,
        sections=sections,
        bibliography=bibliography,
        furniture=tuple(line for position, line in enumerate(lines) if position in aside),
    )


def _sections(lines: Sequence[DumpLine]) -> tuple[list[DumpLine], tuple[DumpSection, ...]]:
    """The lines before the first heading, and the sections."""
    first: list[DumpLine] = []
    found: list[tuple[Heading, DumpLine, list[DumpLine]]] = []
    for line in lines:
        heading = read_heading(line.text, found[-1][0].order if found else ())
        if heading is not None:
            found.append((heading, line, []))
        elif found:
            found[-1][2].append(line)
        else:
            first.append(line)
    return first, tuple(
        DumpSection(heading=heading, lines=_with_body(heading, line, under), page=line.page)
        for heading, line, under in found
    )


def _with_body(heading: Heading, line: DumpLine, under: list[DumpLine]) -> tuple[DumpLine, ...]:
    """What the heading's line holds besides the heading is the section's first text."""
    if not heading.body:
        return tuple(under)
    return (msgspec.structs.replace(line, text=heading.body, legible=legibility(heading.body)), *under)


# A dump as a document: what it holds, what it doesn't, and what would bring the rest back.

# A dump has no places; its boxes are empty.
_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
_RESCAN = "the dump doesn't hold this text: run `recover pdf` on the scan or the PDF itself to read it anew"


def dump_to_document(text: str, name: str) -> Document:
    """The document that the dump ``text`` of the file ``name`` holds."""
    reading = read_dump(text)
    cited = _cited(reading)
    sections = tuple(_section(section, index) for index, section in enumerate(reading.sections))
    references = _references(reading)
    return Document(
        source=Source(name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), pages=reading.pages, kind="text"),
        title=Bilingual(**{_lang_of(part): parsed.csl.title for part, parsed in cited}),
        authors=_authors(cited),
        abstracts=_by_language(reading, "abstract", "part"),
        keywords=BilingualList(
            zh=sum((keywords(part.text) for part in _parts(reading, "keywords", "zh")), ()),
            en=sum((keywords(part.text) for part in _parts(reading, "keywords", "en")), ()),
        ),
        sections=sections,
        references=references,
        problems=(*_unreadable(reading), *_list_problems(reading, references)),
        front=tuple(_block(part) for part in reading.front),
        furniture=tuple(
            Furniture(
                page=line.page, box=_NOWHERE, text=line.text, kind="page-number" if line.text.isdigit() else "header"
            )
            for line in reading.furniture
        ),
    )


def _parts(reading: DumpReading, role: str, lang: str) -> list[FrontPart]:
    return [part for part in reading.front if part.role == role and part.lang == lang]


def _by_language(reading: DumpReading, *roles: str) -> BilingualList:
    texts = {
        lang: tuple(part.text for part in reading.front if part.role in roles and part.lang == lang)
        for lang in ("zh", "en")
    }
    return BilingualList(**texts)


def _cited(reading: DumpReading) -> list[tuple[FrontPart, Parsed]]:
    """The article's own citation says its title and authors in plain print."""
    return [(part, parse_reference(part.text)) for part in reading.front if part.role == "citation"]


def _lang_of(part: FrontPart) -> str:
    return "zh" if part.lang == "zh" else "en"


def _authors(cited: list[tuple[FrontPart, Parsed]]) -> tuple[Author, ...]:
    best = sorted(cited, key=lambda pair: pair[0].lang != "zh")
    if not best:
        return ()
    part, parsed = best[0]
    names = [f"{name.family} {name.given}".strip() or name.literal for name in parsed.csl.author]
    return tuple(Author(name=name, name_en=name if part.lang == "en" else "") for name in names)


def _section(section: DumpSection, index: int) -> Section:
    heading = section.heading
    return Section(
        id=f"s{index}",
        number=heading.number if heading else "",
        level=heading.level if heading else 1,
        title=heading.title if heading else "",
        title_en=heading.title_en if heading else "",
        page=section.page,
        paragraphs=paragraphs(section.lines),
    )


def _references(reading: DumpReading) -> tuple[Reference, ...]:
    return to_references(reading.bibliography.entries, ())


def _unreadable(reading: DumpReading) -> tuple[Problem, ...]:
    """One problem a section that holds nonsense, with the lines it stands on."""
    problems = []
    for section in reading.sections:
        bad = [line for i, line in enumerate(section.lines) if is_unreadable(section.lines, i)]
        if bad:
            reasons = sorted({reason.rsplit(" (", 1)[0] for line in bad for reason in line.legible.reasons})
            message = (
                f"{_name(section)}: {len(bad)} of {len(section.lines)} lines are no language"
                f" (lines {bad[0].index + 1} to {bad[-1].index + 1} of the dump): {'; '.join(reasons) or 'no words'};"
                " kept as printed with language und"
            )
            problems.append(Problem(stage="legibility", page=section.page, message=message, remedy=_RESCAN))
    left = [text for text in reading.bibliography.left_over if text.strip()]
    if left:
        message = f"beside the reference list stand {len(left)} lines of something else: {' / '.join(left)}"
        problems.append(Problem(stage="references", page=None, message=message, remedy=_RESCAN))
    return tuple(problems)


def _name(section: DumpSection) -> str:
    heading = section.heading
    if heading is None:
        return "text before the first heading"
    return " ".join(word for word in ("section", heading.number, heading.title or heading.title_en) if word)


def _list_problems(reading: DumpReading, references: tuple[Reference, ...]) -> tuple[Problem, ...]:
    remedy = "check the entry against the printed list"
    found = [
        Problem(stage="references", page=None, message=problem, remedy=remedy)
        for entry in reading.bibliography.entries
        for problem in entry.problems
    ]
    found.extend(doubts(references))
    return tuple(found)


def _block(part: FrontPart) -> FrontBlock:
    role = {"part": "abstract", "citation": "citation"}.get(part.role, part.role)
    return FrontBlock(role=role, lang=part.lang, paragraph=Paragraph(text=part.text, lang=part.lang, confidence=None))


# The front matter of a dump: abstract by its parts, keywords, funding, how to cite, in both languages.

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
