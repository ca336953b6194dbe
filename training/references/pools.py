"""Word lists to fill the styles from: the project's own, those of packages, and ``pools.txt``."""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from random import Random

import opencc

from recover.lexicon.tables import chinese_shares, english_shares

_DATA = files("recover.stages.references") / "data"
_POOLS = Path(__file__).parent / "pools.txt"


@cache
def _sections() -> dict[str, str]:
    parts = re.split(r"^## (\w+)$", _POOLS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {name: text.strip("\n") for name, text in zip(parts[::2], parts[1::2], strict=True)}


def pool(name: str) -> str:
    """A section of ``pools.txt`` as it stands."""
    return _sections()[name]


class Pools:
    """The lists, and dice to choose from them."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._traditional = opencc.OpenCC("s2t")

    @cached_property
    def _han(self) -> list[str]:
        return [word for word in [*chinese_shares()][:25000] if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", word)]

    @cached_property
    def _english(self) -> list[str]:
        return [word for word in [*english_shares()][150:18000] if re.fullmatch(r"[a-z]{4,}", word)]

    @cached_property
    def _journals(self) -> list[list[str]]:
        return [line.split("\t") for line in (_DATA / "journals.tsv").read_text("utf-8").splitlines()]

    @cached_property
    def _surnames(self) -> list[str]:
        return (_DATA / "surnames.txt").read_text("utf-8").split()

    @cached_property
    def _han_surnames(self) -> list[str]:
        return (_DATA / "surnames_han.txt").read_text("utf-8").split()

    @cached_property
    def _places(self) -> tuple[list[str], list[str]]:
        names = [name.replace("_", " ") for name in (_DATA / "places.txt").read_text("utf-8").split()]
        return [n for n in names if not n.isascii() and n[0] > "\u3000"], [n for n in names if n[0] < "\u3000"]

    def _pick(self, *choices: str) -> str:
        return self._dice.choice(choices)

    def _words(self, text: str) -> str:
        return self._dice.choice(text.split())

    def traditional(self, text: str) -> str:
        return str(self._traditional.convert(text))
