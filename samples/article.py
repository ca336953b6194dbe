"""An article as it is written in ``samples/articles/*.yaml``: the one source of its pages and of its truth."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import msgspec

from samples.reference import ReferenceSource, parse_reference_lines

FOLDER = Path(__file__).parent
ARTICLES = FOLDER / "articles"

_HEADING = re.compile(r"(?P<marks>#+) (?P<number>\S+) \| (?P<title>[^|]+?)(?: \| (?P<title_en>.+))?$")


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Immutable; a misspelt key in an article is an error."""


class Person(Source, frozen=True, kw_only=True):
    """A name, or any other short text, in both languages."""

    zh: str
    en: str


class Labelled(Source, frozen=True, kw_only=True):
    """A note: ``label`` as printed without its colon."""

    label: str
    text: str


class TableSource(Source, frozen=True, kw_only=True):
    """``merges`` maps ``row,column`` to ``[row_span, column_span]``; a merged cell's other places are empty."""

    label: str
    caption: str
    rows: tuple[tuple[str, ...], ...]
    caption_en: str = ""
    rules: Literal["three-line", "grid", "none"] = "three-line"
    columns: tuple[str, ...] = ()
    merges: dict[str, tuple[int, int]] = {}
    wide: bool = False
    placed: Literal["top", "bottom", "here"] = "here"


class FigureSource(Source, frozen=True, kw_only=True):
    """``drawing`` names a function of ``houses/drawings.typ``; ``data`` is its argument."""

    label: str
    caption: str
    drawing: str
    data: tuple[tuple[str, ...], ...]
    caption_en: str = ""
    wide: bool = False
    placed: Literal["top", "bottom", "here"] = "here"


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """``run_in``: the paragraph after it begins on its line."""

    number: str
    title: str
    title_en: str
    level: int
    run_in: bool


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph with its marks."""

    source: str


class Float(msgspec.Struct, frozen=True, kw_only=True):
    """Where a figure or a table is called into the body."""

    kind: Literal["figure", "table"]
    name: str


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """From the next page on, so many columns."""

    count: int


Block = Heading | Text | Float | Columns


class Article(Source, frozen=True, kw_only=True):
    """``body`` holds a block a line.

    ``# 1 | 标题 | Title`` is a heading (deeper ones have more marks), ``!figure name`` and ``!table name`` call a
    float, ``!columns 3`` changes the page; any other line is a paragraph.
    """

    name: str
    house: str
    title: Person
    authors: tuple[Person, ...]
    affiliations: Person
    journal: Person
    issue: Person
    site: str = ""
    font: str = ""
    page_mark: str = "{}"
    first_page: int
    abstract_zh: tuple[str, ...]
    abstract_en: tuple[str, ...]
    keywords_zh: tuple[str, ...]
    keywords_en: tuple[str, ...]
    body: str
    references: str
    terms: str
    front_notes: tuple[Labelled, ...] = ()
    footnotes: tuple[Labelled, ...] = ()
    notes: tuple[Labelled, ...] = ()
    figures: dict[str, FigureSource] = {}
    tables: dict[str, TableSource] = {}
    running_heads: tuple[str, ...] = ()
    run_in_levels: tuple[int, ...] = ()
    reference_heading: str = ""
    dialect: Literal["vancouver", "gbt7714"] = "vancouver"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body in order; a heading runs into the paragraph after it where its level does so."""
        lines = [line.strip().removesuffix(" |") for line in self.body.splitlines() if line.strip()]
        blocks = [self._block(line) for line in lines]
        return tuple(
            msgspec.structs.replace(block, run_in=False)
            if isinstance(block, Heading) and not isinstance(after, Text)
            else block
            for block, after in zip(blocks, [*blocks[1:], None], strict=True)
        )

    @property
    def reference_list(self) -> tuple[ReferenceSource, ...]:
        return parse_reference_lines(self.references)

    def _block(self, line: str) -> Block:
        if line.startswith("!"):
            kind, name = line[1:].split()
            if kind == "columns":
                return Columns(count=int(name))
            return msgspec.convert({"kind": kind, "name": name}, Float)
        match = _HEADING.match(line)
        if match is None:
            return Text(source=line)
        level = len(match["marks"])
        return Heading(
            number=match["number"],
            title=match["title"],
            title_en=match["title_en"] or "",
            level=level,
            run_in=level in self.run_in_levels,
        )


def load_article(name: str) -> Article:
    """Read and check ``articles/NAME.yaml``."""
    return msgspec.yaml.decode((ARTICLES / f"{name}.yaml").read_bytes(), type=Article)


def article_names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in ARTICLES.glob("*.yaml")))
