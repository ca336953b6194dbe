"""Random matter: sentences, names, headings and references of invented works."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words.txt"


@cache
def words(kind: str) -> tuple[str, ...]:
    rows = (line.partition("=") for line in WORDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return next(tuple(values.split()) for name, _, values in rows if name.strip() == kind)


class Matter:
    """A source of random words; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 nothing here is a secret

    def one(self, kind: str) -> str:
        return self.random.choice(words(kind))

    def some(self, kind: str, count: int) -> list[str]:
        return self.random.sample(words(kind), count)

    def sentence(self) -> str:
        opening = self.one("opening") if self.random.random() < 0.5 else ""
        closing = self.one("closing") if self.random.random() < 0.5 else ""
        return f"{opening}{self.one('subject')}{self.one('adverb')}{self.one('verb')}{self.one('object')}{closing}。"

    def paragraph(self, least: int = 2, most: int = 5) -> str:
        return "".join(self.sentence() for _ in range(self.random.randint(least, most)))

    def title(self) -> str:
        return self.one("subject") + self.one("title")

    def name(self) -> str:
        return self.one("surname") + self.one("given")

    def names(self, most: int = 3) -> list[str]:
        given = self.some("given", self.random.randint(1, most))
        return [self.one("surname") + name for name in given]

    def english(self) -> str:
        first, second = self.some("english", 2)
        return f"{first.capitalize()} and {second} in the river districts of the south"

    def year(self) -> int:
        return self.random.randint(1979, 2019)

    def pages(self) -> str:
        first = self.random.randint(3, 300)
        return f"{first}-{first + self.random.randint(2, 19)}"
