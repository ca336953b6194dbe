"""Pairs that a text itself gives: a term with its English in brackets, keyword lists, table columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from recover.lexicon.characters import is_han
from recover.model.document import Document, Section, Table
from recover.stages.terms.bounds import (
    PAIR,
    Gloss,
    Surroundings,
    beginning_of,
    explains,
    is_abbreviation,
    is_phrase,
    plausible,
    read_gloss,
    tidy,
)


class Passage(msgspec.Struct, frozen=True):
    """A text and its place.

    ``section`` is a section's id, or ``title-zh``, ``abstract-en``, ``keywords-zh``, ``table:0``, ``figure:2``;
    ``paragraph`` counts in that list, -1 being a section's own heading. Of a table or figure 0 is the caption,
    1 the English caption, 2 and more the cells, row by row.
    """

    section: str
    paragraph: int
    text: str

    @property
    def is_chinese(self) -> bool:
        return any(map(is_han, self.text))


REFERENCES = "references"


def references(document: Document) -> tuple[Passage, ...]:
    """The entries of the reference list as printed, in order, under the section ``references``."""
    entries = enumerate(document.references)
    return tuple(Passage(REFERENCES, number, entry.raw) for number, entry in entries if entry.raw.strip())


def passages(document: Document) -> tuple[Passage, ...]:
    """All texts of a document but the reference list, in reading order."""
    every = (*_front(document), *_body(document), *_floats(document))
    return tuple(passage for passage in every if passage.text.strip())


def _front(document: Document) -> Iterator[Passage]:
    yield Passage("title-zh", 0, document.title.zh)
    yield Passage("title-en", 0, document.title.en)
    for name, texts in (
        ("abstract-zh", document.abstracts.zh),
        ("abstract-en", document.abstracts.en),
        ("keywords-zh", document.keywords.zh),
        ("keywords-en", document.keywords.en),
    ):
        yield from (Passage(name, number, text) for number, text in enumerate(texts))


def _body(document: Document) -> Iterator[Passage]:
    for section in document.sections:
        yield Passage(section.id, -1, _heading(section))
        yield from (Passage(section.id, number, p.text) for number, p in enumerate(section.paragraphs))


def _heading(section: Section) -> str:
    return f"{section.title} {section.title_en}".strip()


def _floats(document: Document) -> Iterator[Passage]:
    for number, table in enumerate(document.tables):
        cells = (cell for row in table.rows for cell in row)
        texts = (table.caption, table.caption_en, *cells)
        yield from (Passage(f"table:{number}", place, text) for place, text in enumerate(texts))
    for number, figure in enumerate(document.figures):
        texts = (figure.caption, figure.caption_en, *figure.text)
        yield from (Passage(f"figure:{number}", place, text) for place, text in enumerate(texts))


How = Literal["bracket", "keywords", "table", "abbreviation"]


class Mined(msgspec.Struct, frozen=True):
    """A pair and where the text gives it; ``how`` says by what."""

    zh: str
    en: str
    abbreviation: str
    how: How
    section: str
    paragraph: int


def mine(document: Document, passages: Sequence[Passage], around: Surroundings) -> tuple[Mined, ...]:
    """The pairs of a document, each once, as first given."""
    found = [
        *_keyword_pairs(document),
        *(pair for passage in passages for pair in _bracket_pairs(passage, around)),
        *(pair for number, table in enumerate(document.tables) for pair in _column_pairs(number, table)),
        *_abbreviation_pairs(passages, around),
    ]
    return tuple({(pair.zh, pair.en.lower()): pair for pair in reversed(found)}.values())[::-1]


def _keyword_pairs(document: Document) -> Iterator[Mined]:
    """Keywords stand in the same order in both languages; of lists that differ in length nothing is known."""
    zh, en = document.keywords.zh, document.keywords.en
    if len(zh) != len(en):
        return
    for number, (chinese, english) in enumerate(zip(zh, en, strict=True)):
        phrase = tidy(english)
        if any(map(is_han, chinese)) and is_phrase(phrase):
            yield Mined(chinese.strip(), phrase, "", "keywords", "keywords-zh", number)


def _bracket_pairs(passage: Passage, around: Surroundings) -> Iterator[Mined]:
    for match in PAIR.finditer(passage.text):
        gloss = read_gloss(match.group(1))
        if gloss and gloss.en:
            yield from _paired(passage, match.start(), gloss, around)
        elif is_chinese_term(match.group(1)):
            yield from _turned_round(passage, match, around)


def _paired(passage: Passage, bracket: int, gloss: Gloss, around: Surroundings) -> Iterator[Mined]:
    end = bracket - len(passage.text[:bracket]) + len(passage.text[:bracket].rstrip(' \u3000"”’』」'))
    start = beginning_of(passage.text, end, gloss, around)
    if start is not None and any(map(is_han, passage.text[start:end])):
        zh = passage.text[start:end].strip()
        yield Mined(zh, gloss.en, gloss.abbreviation, "bracket", passage.section, passage.paragraph)


ENGLISH_BEFORE = re.compile(r"[A-Za-z][A-Za-z\-‐’' ]*[A-Za-z]\s*$")


def is_chinese_term(inside: str) -> bool:
    """Whether a bracket holds a bare Chinese name."""
    return 2 <= len(inside) <= 16 and all(map(is_han, inside)) and inside[0] not in "见如即或又图表和与第不未无有约"


def _turned_round(passage: Passage, match: re.Match[str], around: Surroundings) -> Iterator[Mined]:
    """``amyotrophic lateral sclerosis（肌萎缩侧索硬化）`` inside a Chinese text, where the English begins by itself."""
    before = ENGLISH_BEFORE.search(passage.text[: match.start()])
    if not before or not passage.is_chinese or len(before.group().split()) > 5:
        return
    en, zh = tidy(before.group()), match.group(1)
    known = en.lower() in (other.lower() for other in around.english_of(zh))
    if known or (is_phrase(en) and len(en.split()) > 1 and plausible(zh, en) >= 0.9):
        yield Mined(zh, en, "", "bracket", passage.section, passage.paragraph)


HEADS = {
    "zh": re.compile(r"中文|汉语|chinese", re.IGNORECASE),
    "en": re.compile(r"英文|英语|english", re.IGNORECASE),
    "abbreviation": re.compile(r"缩写|简称|abbrev", re.IGNORECASE),
}


def _column_pairs(number: int, table: Table) -> Iterator[Mined]:
    """Rows of a table with a Chinese and an English column, and an abbreviation's where there is one."""
    if not table.rows:
        return
    columns = {name: _column(table.rows[0], head) for name, head in HEADS.items()}
    zh, en, short = columns["zh"], columns["en"], columns["abbreviation"]
    if zh is None or en is None or zh == en:
        return
    for place, row in enumerate(table.rows[1:], 1):
        if any(map(is_han, row[zh])) and is_phrase(tidy(row[en])):
            abbreviation = row[short].strip() if short is not None and short not in (zh, en) else ""
            yield Mined(
                row[zh].strip(), tidy(row[en]), abbreviation, "table", f"table:{number}", 2 + place * len(row) + zh
            )


def _column(heads: Sequence[str], wanted: re.Pattern[str]) -> int | None:
    found = [
        number
        for number, head in enumerate(heads)
        if wanted.search(head) and not ("缩写" in head and wanted is HEADS["en"])
    ]
    return found[0] if found else None


def _abbreviation_pairs(passages: Sequence[Passage], around: Surroundings) -> Iterator[Mined]:
    """A Chinese term and an English one that the same abbreviation is given for, in their own languages."""
    english = _spelt_out(passages)
    for passage in passages:
        for match in PAIR.finditer(passage.text) if passage.is_chinese else ():
            gloss = read_gloss(match.group(1))
            phrase = english.get(gloss.abbreviation.removesuffix("s"), "") if gloss and not gloss.en else ""
            if gloss and phrase:
                for pair in _paired(passage, match.start(), Gloss(phrase, gloss.abbreviation), around):
                    yield msgspec.structs.replace(pair, how="abbreviation")


def _spelt_out(passages: Sequence[Passage]) -> dict[str, str]:
    """The phrase that English passages give each abbreviation for; none where they give two."""
    found: dict[str, set[str]] = {}
    for passage in passages:
        for match in PAIR.finditer(passage.text) if not passage.is_chinese else ():
            short = match.group(1).strip()
            phrase = _phrase_before(passage.text[: match.start()], short) if is_abbreviation(short) else ""
            if phrase:
                found.setdefault(short.removesuffix("s"), set()).add(phrase)
    return {short: next(iter(phrases)) for short, phrases in found.items() if len(phrases) == 1}


def _phrase_before(text: str, short: str) -> str:
    """The fewest words before a bracket that its letters stand for, after Schwartz and Hearst (2003)."""
    words = re.findall(r"[^\s,.;:()]+", re.split(r"[,.;:()]", text)[-1])
    for count in range(1, min(len(words), len(short) + 4) + 1):
        phrase = " ".join(words[-count:])
        if explains(short, phrase) and count > 1:
            return phrase
    return ""
