"""Paragraphs of random fields: sentences with slots, and rows of tables of abstracts, references and terms."""

from __future__ import annotations

import json
import random
import re
import tomllib
from functools import cache
from pathlib import Path

PHRASES = Path(__file__).with_name("phrases.toml")
SLOT = re.compile(r"\{([a-z]+)\}")
# What a page of abstracts has of each other kind of paragraph.
SENTENCES = 4
# The shares of abstracts, references and terms on plain pages and on those of one learned field; the rest are phrases.
PLAIN, LEARNED = (0.5, 0.1, 0.05), (0.3, 0.3, 0.3)
# How houses set marks behind Chinese: as written, full-width, full-width with a raised stop, half-width.
STYLES = ("written", "written", "full", "full", "dotted", "half")
FULL = {",": "，", ";": "；", ":": "：", "?": "？", "(": "（", ")": "）", ".": "。"}
HALF = {mark: half for half, mark in FULL.items() if half != "."}


class Sources:
    """Rows of the tables, every second one apart: ``half`` 0 to fit on, 1 held out."""

    def __init__(self, folder: Path, half: int) -> None:
        table = (folder / "text" / "csl_abstracts_dev.tsv").read_text(encoding="utf-8").splitlines()
        strings = (folder / "references" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
        terms = (folder / "terms" / "hpo_en_zh_dev.tsv").read_text(encoding="utf-8").splitlines()[1:]
        self.abstracts = [row.split("\t")[-2].strip() for row in table[half::2]]
        self.references = [json.loads(row)["string"] for row in strings[half::2]]
        self.terms = [row.split("\t")[:2] for row in terms[half::2]]


def paragraphs(chance: random.Random, sources: Sources, length: int) -> list[str]:
    """Paragraphs of about ``length`` characters together, in one style of marks; one page in three has more terms."""
    style, found = chance.choice(STYLES), []
    shares = chance.choice([PLAIN, PLAIN, LEARNED])
    while sum(map(len, found)) < length:
        found.append(" ".join(set_marks(_paragraph(chance, sources, shares), style).split()))
    return found


def set_marks(text: str, style: str) -> str:
    """``text`` with the marks behind Chinese as the style has them."""
    if style == "written":
        return text
    if style == "half":
        return "".join(HALF.get(char, char) for char in text)
    full = re.sub(
        r"(?<=[\u4e00-\u9fff”》）])[,;:?.()]|[()](?=[\u4e00-\u9fff])",
        lambda hit: FULL[hit[0]],
        text.replace("...", "…"),
    )
    full = _with_pairs(full)
    return full.replace("。", "．") if style == "dotted" else full


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


def _paragraph(chance: random.Random, sources: Sources, shares: tuple[float, float, float]) -> str:
    kind = chance.choices(("abstract", "reference", "terms", "phrases"), (*shares, 1 - sum(shares)))[0]
    if kind == "abstract":
        return chance.choice(sources.abstracts)
    if kind == "reference":
        return f"[{chance.randint(1, 60)}] {chance.choice(sources.references)}"
    if kind == "terms":
        rows = [chance.choice(sources.terms) for _ in range(SENTENCES)]
        return "、".join(f"{chinese}({english})" for english, chinese in rows) + "。"
    fields = _phrases()["fields"]
    sentences = fields[chance.choice(sorted(fields))]
    return "".join(_filled(chance, chance.choice(sentences)) for _ in range(SENTENCES))


def _filled(chance: random.Random, sentence: str) -> str:
    return SLOT.sub(lambda hit: _value(chance, hit[1]), sentence).replace("{{", "{").replace("}}", "}")


def _value(chance: random.Random, slot: str) -> str:
    if slot == "n":
        return str(chance.randint(1, chance.choice([9, 60, 900])))
    if slot == "f":
        return f"{chance.uniform(0, chance.choice([1, 10, 100])):.{chance.randint(1, 3)}f}"
    if slot == "year":
        return str(chance.randint(1600, 2025))
    return str(chance.choice(_phrases()["slots"][slot]))


@cache
def _phrases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(PHRASES.read_text(encoding="utf-8"))
