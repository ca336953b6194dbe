"""Paragraphs of random fields: sentences with slots, and rows of tables of abstracts, references and terms."""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from string import ascii_uppercase

import msgspec

PHRASES = Path(__file__).with_name("phrases.toml")
SLOT = re.compile(r"\{([a-z]+)\}")
# What a page of abstracts has of each other kind of paragraph.
SENTENCES = 4
# The shares of abstracts, references, terms and a topic's sentences in plain papers and in those of one learned field;
# the rest are phrases. A topic has so many terms and symbols.
PLAIN, LEARNED, TERMS, SYMBOLS = (0.5, 0.1, 0.05, 0.0), (0.2, 0.1, 0.1, 0.5), 12, 5
# Where citation marks stand, and how many of the clauses have one.
CITED, SHARE_CITED = re.compile(r"(?<=[\u4e00-\u9fff])(?=[，。；．,;.])"), 0.12
# How houses set marks behind Chinese: full-width, half-width, dots or rings with either, as every author wrote them.
STYLES = ("full", "full", "full", "full", "half", "half", "dotted", "ringed", "written")
# What a house ends sentences with, and whether its other marks are full-width.
STOPS = {"full": "。", "half": ".", "dotted": "．", "ringed": "。"}
BESIDE_HAN = re.compile(
    r"(?<=[\u4e00-\u9fff”》）])[,;:?.]|[,;:](?=[\u4e00-\u9fff“《])|(?<=[)\]])\.(?=[\u4e00-\u9fff]|$)"
)
BRACKETS = ("full", "half", "written")
FULL = {",": "，", ";": "；", ":": "：", "?": "？", "(": "（", ")": "）", ".": "。"}
HALF = {mark: half for half, mark in FULL.items() if half != "."}


class Sources:
    """Rows of the tables, every second one apart, and fields of phrases: ``half`` 0 to fit on, 1 held out."""

    def __init__(self, folder: Path, half: int) -> None:
        table = (folder / "text" / "csl_abstracts_dev.tsv").read_text(encoding="utf-8").splitlines()
        strings = (folder / "references" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
        terms = (folder / "terms" / "hpo_en_zh_dev.tsv").read_text(encoding="utf-8").splitlines()[1:]
        self.abstracts = [row.split("\t")[-2].strip() for row in table[half::2]]
        self.references = [json.loads(row)["string"] for row in strings[half::2]]
        self.terms = [row.split("\t")[:2] for row in terms[half::2]]
        self.fields = _phrases()["held_out" if half else "fields"]


class House(msgspec.Struct, frozen=True, kw_only=True):
    """How a document is written: its styles of marks and of brackets, its shares of texts, its terms and symbols."""

    marks: str
    brackets: str
    shares: tuple[float, ...]
    topic: Sequence[Sequence[str]]
    symbols: Sequence[str]


def make_house(chance: random.Random, sources: Sources) -> House:
    """One document in two keeps to a few terms."""
    return House(
        marks=chance.choice(STYLES),
        brackets=chance.choice(BRACKETS),
        shares=chance.choice([PLAIN, LEARNED]),
        topic=chance.sample(sources.terms, TERMS),
        symbols=[_symbol(chance) for _ in range(SYMBOLS)],
    )


def _symbol(chance: random.Random) -> str:
    """What genes, cells and samples are called: capitals and a figure, some with a Greek letter or a hyphen."""
    letters = "".join(chance.choices(ascii_uppercase, k=chance.randint(2, 4)))
    return letters + chance.choice(["", "α", "β", "γ", "-1", "-6", "-43", *map(str, range(1, 20))])


def paragraphs(chance: random.Random, sources: Sources, length: int, house: House, cited: int | None) -> list[str]:
    """Paragraphs of about ``length`` characters together; ``cited`` is the number before the first citation mark's,

    None where a document has none.
    """
    found: list[str] = []
    while sum(map(len, found)) < length:
        text = " ".join(set_marks(_paragraph(chance, sources, house), house.marks, house.brackets).split())
        if cited is not None:
            text, cited = with_citations(chance, text, cited)
        found.append(text)
    return found


def entries(chance: random.Random, sources: Sources, length: int) -> list[str]:
    """The list that a document ends with, about so long."""
    found: list[str] = []
    while sum(map(len, found)) < length:
        found.append(f"[{len(found) + 1}] {chance.choice(sources.references)}")
    return found


def with_citations(chance: random.Random, text: str, cited: int) -> tuple[str, int]:
    """``text`` with citation marks before some marks behind Chinese, rising from ``cited`` on, and the last number."""
    parts = CITED.split(text)
    for at in range(len(parts) - 1):
        if chance.random() < SHARE_CITED:
            first, last = cited + 1, cited + chance.choice([1, 1, 1, 2, 3, 4])
            parts[at] += f"[{first}]" if first == last else f"[{first}{chance.choice('-,')}{last}]"
            cited = last
    return "".join(parts), cited


def set_marks(text: str, style: str, brackets: str) -> str:
    """``text`` with the marks behind Chinese, and the brackets beside it, as the house has them."""
    if style == "written":
        return text
    full = BESIDE_HAN.sub(lambda hit: FULL[hit[0]], text.replace("...", "…"))
    if style in ("half", "ringed"):
        full = "".join(HALF.get(char, char) if char not in "（）" else char for char in full)
    full = full.replace("。", STOPS[style]) if style != "ringed" else full
    return _with_brackets(full, brackets)


def _with_brackets(text: str, brackets: str) -> str:
    if brackets == "written":
        return text
    if brackets == "half":
        return text.replace("（", "(").replace("）", ")")
    return _with_pairs(re.sub(r"(?<=[\u4e00-\u9fff”》])\(|\)(?=[\u4e00-\u9fff])", lambda hit: FULL[hit[0]], text))


def _with_pairs(text: str) -> str:
    """Brackets of one pair in one width."""
    chars, opened = list(text), []
    for at, char in enumerate(text):
        if char in "(（":
            opened.append(at)
        elif char in ")）" and opened:
            pair = (opened.pop(), at)
            if any(text[one] in "（）" for one in pair):
                chars[pair[0]], chars[pair[1]] = "（", "）"
    return "".join(chars)


def _paragraph(chance: random.Random, sources: Sources, house: House) -> str:
    kinds = ("abstract", "reference", "terms", "topic", "phrases")
    kind = chance.choices(kinds, (*house.shares, 1 - sum(house.shares)))[0]
    if kind == "abstract":
        return chance.choice(sources.abstracts)
    if kind == "reference":
        return f"[{chance.randint(1, 60)}] {chance.choice(sources.references)}"
    if kind == "terms":
        rows = [chance.choice(sources.terms) for _ in range(SENTENCES)]
        return "、".join(f"{chinese}({english})" for english, chinese in rows) + "。"
    topic, fields = _phrases()["topic"]["sentences"], sources.fields
    sentences = topic if kind == "topic" else fields[chance.choice(sorted(fields))]
    return "".join(_filled(chance, chance.choice(sentences), house) for _ in range(SENTENCES))


def _filled(chance: random.Random, sentence: str, house: House) -> str:
    return SLOT.sub(lambda hit: _value(chance, hit[1], house), sentence).replace("{{", "{").replace("}}", "}")


def _value(chance: random.Random, slot: str, house: House) -> str:
    if slot == "n":
        return str(chance.randint(1, chance.choice([9, 60, 900])))
    if slot == "f":
        return f"{chance.uniform(0, chance.choice([1, 10, 100])):.{chance.randint(1, 3)}f}"
    if slot == "year":
        return str(chance.randint(1600, 2025))
    if slot in ("en", "zh"):
        english, chinese = chance.choice(house.topic)
        return english.lower() if slot == "en" else chinese
    if slot == "symbol":
        return chance.choice(house.symbols)
    return str(chance.choice(_phrases()["slots"][slot]))


@cache
def _phrases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(PHRASES.read_text(encoding="utf-8"))
