"""Cited works brought together from lists with misread characters: ``python -m bench.search.merging``.

Invented works, some of them sequels of one another, are cited by made-up papers in two styles; print is misread at a
given rate. Told is the F1 of pairs of entries that are the same work.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from collections.abc import Iterable, Sequence

import msgspec

from recover.search.works import Copy, merge
from recover.stages.references.parse import parse_reference

FAMILIES = ("Ashdown", "Bellamy", "Corvin", "Dunmore", "Eastlake", "Fenwick", "Garrick", "Holloway", "Ingram", "Joyner")
CHINESE = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "文明建国华志强海燕丽娜晓东"
TOPICS = ("river sediment", "bone marrow", "wheat protein", "urban noise", "optical fibre", "lake algae", "soil carbon")
ASPECTS = ("transport", "ageing", "analysis", "mapping", "regulation", "repair", "modelling", "loss", "growth")
PLACES = ("in mice", "in northern China", "under drought", "at low temperature", "in the elderly", "after storage")
TOPICS_ZH = ("河流泥沙", "骨髓移植", "小麦蛋白", "城市噪声", "光纤传感", "湖泊藻类", "土壤碳库")
ASPECTS_ZH = ("输移规律", "老化机制", "定量分析", "空间分布", "调控途径", "修复效果", "数值模拟")
JOURNALS = ("J Appl Test", "Ann Field Res", "Acta Probata", "Trans Meas", "Bull Exp Method")
JOURNALS_ZH = ("试验学报", "应用测量", "田野研究", "方法通报")
# What readers take one sign for another.
CONFUSED = {
    "l": "1",
    "1": "l",
    "0": "O",
    "O": "0",
    "e": "c",
    "c": "e",
    "i": "l",
    "m": "rn",
    "h": "b",
    "S": "5",
    "5": "S",
    ",": ".",
    "末": "未",
    "土": "士",
    "日": "曰",
    "大": "太",
    "王": "主",
}


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """An invented work."""

    authors: tuple[str, ...]
    title: str
    journal: str
    year: int
    volume: int
    issue: int
    page: int
    is_chinese: bool

    def printed(self, number: int, style: str) -> str:
        names = ", ".join(self.authors[:3]) + (", et al" if len(self.authors) > 3 and not self.is_chinese else "")
        pages = f"{self.page}-{self.page + 7}"
        if style == "gb" or self.is_chinese:
            place = f"{self.journal}, {self.year}, {self.volume}({self.issue}): {pages}"
            return f"[{number}] {names}. {self.title}[J]. {place}."
        return f"[{number}] {names}. {self.title}. {self.journal}. {self.year};{self.volume}({self.issue}):{pages}."


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.search.merging", description="Measure merging.")
    parser.add_argument("--papers", type=int, default=40)
    parser.add_argument("--works", type=int, default=300)
    parser.add_argument("--rates", default="0,0.01,0.02", help="shares of characters misread")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    figures = {
        rate: _measure(arguments.papers, arguments.works, float(rate), arguments.seed)
        for rate in arguments.rates.split(",")
    }
    print(json.dumps(figures, indent=1))


def _measure(papers: int, works: int, rate: float, seed: int) -> dict[str, float]:
    chance = random.Random(seed)  # noqa: S311 no secret
    made = _works(chance, works)
    copies, truth = [], []
    for paper in range(papers):
        style = chance.choice(("gb", "vancouver"))
        for number, work in enumerate(chance.sample(range(works), 40), 1):
            raw = _misread(made[work].printed(number, style), rate, chance)
            copies.append(Copy(paper=f"paper-{paper}", number=number, raw=raw, csl=parse_reference(raw, number).csl))
            truth.append(work)
    began = time.perf_counter()
    merged = merge(copies)
    seconds = time.perf_counter() - began
    place = {(copy.paper, copy.number): index for index, work in enumerate(merged) for copy in work.copies}
    found = [place[copy.paper, copy.number] for copy in copies]
    return {**_pairs(truth, found), "entries": len(copies), "works": len(merged), "seconds": round(seconds, 2)}


def _pairs(truth: Sequence[int], found: Sequence[int]) -> dict[str, float]:
    true, got = _same(truth), _same(found)
    right = len(true & got)
    precision, recall = right / max(1, len(got)), right / max(1, len(true))
    both = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}


def _same(groups: Sequence[int]) -> set[tuple[int, int]]:
    members: dict[int, list[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault(group, []).append(index)
    return {pair for one in members.values() for pair in itertools.combinations(one, 2)}


def _works(chance: random.Random, count: int) -> list[Made]:
    found: dict[str, Made] = {}
    while len(found) < count:
        work = _chinese(chance) if chance.random() < 0.35 else _english(chance)
        if found and chance.random() < 0.08:  # a sequel by the same people
            before = chance.choice(list(found.values()))
            work = msgspec.structs.replace(
                before,
                title=f"{before.title}: part {chance.randint(2, 5)}",
                year=before.year + 1,
                page=chance.randint(1, 900),
            )
        found.setdefault(work.title + str(work.year), work)
    return list(found.values())


def _english(chance: random.Random) -> Made:
    names = tuple(
        f"{family} {chance.choice('ABCDEFGH')}{chance.choice('JKLMN')}"
        for family in chance.sample(FAMILIES, chance.randint(1, 4))
    )
    title = f"{chance.choice(ASPECTS).capitalize()} of {chance.choice(TOPICS)} {chance.choice(PLACES)}"
    return _made(chance, names, title, chance.choice(JOURNALS), is_chinese=False)


def _chinese(chance: random.Random) -> Made:
    names = tuple(chance.choice(CHINESE) + "".join(chance.sample(GIVEN, 2)) for _ in range(chance.randint(1, 3)))
    title = f"{chance.choice(PLACES_ZH)}{chance.choice(TOPICS_ZH)}{chance.choice(ASPECTS_ZH)}研究"
    return _made(chance, names, title, chance.choice(JOURNALS_ZH), is_chinese=True)


PLACES_ZH = ("干旱条件下", "西北地区", "低温环境中", "高原湖区", "贮藏期间")


def _made(chance: random.Random, names: Iterable[str], title: str, journal: str, *, is_chinese: bool) -> Made:
    return Made(
        authors=tuple(names),
        title=title,
        journal=journal,
        year=chance.randint(1985, 2024),
        volume=chance.randint(1, 80),
        issue=chance.randint(1, 12),
        page=chance.randint(1, 900),
        is_chinese=is_chinese,
    )


def _misread(text: str, rate: float, chance: random.Random) -> str:
    return "".join(_sign(char, chance) if chance.random() < rate else char for char in text)


def _sign(char: str, chance: random.Random) -> str:
    if char == " " or chance.random() < 0.2:
        return ""
    return CONFUSED.get(char, char)


if __name__ == "__main__":
    main()
