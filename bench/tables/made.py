"""Documents with tables, made at random from a seed: what is printed, and so what is to be recovered."""

from __future__ import annotations

from random import Random
from typing import Literal

import msgspec

from bench.tables.words import FIELDS, Field, number, phrase, sentence

# How a table is ruled: every cell; every cell but the sides; three lines; three lines and those under merged heads;
# a line under every row; a ruled head over an open body; nothing.
RULES = ("grid", "open-sides", "three", "three-heads", "rows", "head-grid", "none")
Rules = Literal["grid", "open-sides", "three", "three-heads", "rows", "head-grid", "none"]
# Where a table is set: between its paragraphs, or at the top or foot of its column or page.
Placed = Literal["here", "top", "bottom"]
FONTS = (
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "AR PL UMing CN",
    "AR PL UKai CN",
    "WenQuanYi Zen Hei",
)


# From this number on heads are in two languages, each cell's English under its Chinese.
BILINGUAL = 1000
_ENGLISH = {"组别": "Group", "项目": "Item", "类型": "Type", "编号": "No."}


class Merge(msgspec.Struct, frozen=True):
    """A merged cell's first place and how far it reaches."""

    row: int
    col: int
    rowspan: int
    colspan: int


class MadeTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table as printed; ``rows`` hold a merged cell's text in its first place, its lines parted by line feeds.

    ``center`` and ``middle`` say how cells stand in their places, ``alone`` that a sideways one has a page to itself.
    A table with a ``cut`` goes on from this row on the next page, under ``continued`` and its heads.
    """

    label: str
    caption: str
    caption_en: str
    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...]
    head: int
    rules: Rules
    widths: tuple[str, ...]
    center: bool
    middle: bool
    inset: tuple[float, float]
    size: float
    note: str
    placed: Placed
    wide: bool
    justified: bool
    sideways: bool
    alone: bool = False
    cut: int = 0
    continued: str = ""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A document: headings, paragraphs and tables in the order of the source."""

    name: str
    font: str
    size: float
    columns: int
    dpi: int
    wear: str
    items: tuple[tuple[str, str] | MadeTable, ...]


def make(number_: int) -> Made:
    """The document of this number: every seventh shares its kind of rules."""
    rng = Random(f"tables {number_}")  # noqa: S311 the same tables every time
    rules: Rules = RULES[number_ % len(RULES)]
    columns = rng.choice((1, 1, 2))
    sideways = number_ % 10 == 9
    field = rng.choice(FIELDS)
    size = rng.choice((9.0, 10.0, 10.5, 12.0))
    first = _table(rng, field, 1, rules, columns, size, sideways=sideways)
    if number_ % 10 == 4:
        first = _cut(rng, first)
    tables = [first]
    if rng.random() < 0.4 and not sideways:
        tables.append(_table(rng, rng.choice(FIELDS), 2, rng.choice(RULES), columns, size, sideways=False))
    if number_ >= BILINGUAL:
        tables = [_bilingual(table) for table in tables]
    return Made(
        name=f"t{number_:03d}-{rules}",
        font=rng.choice(FONTS),
        size=size,
        columns=columns,
        dpi=(150, 200, 300)[number_ // len(RULES) % 3],
        wear=rng.choice(("clean", "light")),
        items=tuple(_items(rng, tables)),
    )


def _bilingual(table: MadeTable) -> MadeTable:
    """The table with the English of each head under it; heads over several columns stay as they are."""
    english = {name: other for field in FIELDS for name, other in zip(field.measures, field.english, strict=False)}
    english.update(_ENGLISH)
    heads = tuple(
        tuple(f"{text}\n{english[text]}" if text in english else text for text in row)
        for row in table.rows[: table.head]
    )
    return msgspec.structs.replace(table, rows=(*heads, *table.rows[table.head :]))


def _cut(rng: Random, table: MadeTable) -> MadeTable:
    """The table cut between two groups of its rows, or in the middle."""
    starts = [merge.row for merge in table.merges if merge.row > table.head]
    english = table.label.startswith("T")
    forms = (f"{table.label} (continued)",) if english else (f"续{table.label}", f"{table.label}（续）")
    return msgspec.structs.replace(
        table,
        cut=starts[0] if starts else table.head + (len(table.rows) - table.head) // 2,
        continued=rng.choice(forms),
        placed="here",
        wide=False,
    )


def _items(rng: Random, tables: list[MadeTable]) -> list[tuple[str, str] | MadeTable]:
    field = rng.choice(FIELDS[:3])
    items: list[tuple[str, str] | MadeTable] = []
    for at, table in enumerate(tables, 1):
        items.append(("heading", f"{at} {rng.choice(field.subjects)}的{rng.choice(field.measures).split('/')[0]}"))
        said = f"结果见{table.label}。" if field.comma == "，" else ""
        items += [("text", sentence(rng, field, rng.randint(3, 6)) + said)]
        items += [("text", sentence(rng, field, rng.randint(2, 7))) for _ in range(rng.randint(0, 2))]
        items.append(table)
        items += [("text", sentence(rng, field, rng.randint(3, 7))) for _ in range(rng.randint(1, 2))]
    return items


def _table(rng: Random, field: Field, at: int, rules: Rules, columns: int, size: float, *, sideways: bool) -> MadeTable:
    is_wrapped = rng.random() < 0.55
    width = 3 if is_wrapped and columns == 2 else rng.randint(3, 5)
    height = rng.randint(3, 4) if is_wrapped else rng.randint(3, 8)
    merges: list[Merge] = []
    head = _head(rng, field, width, merges)
    if rng.random() < 0.5:
        body = _grouped(rng, field, width, height, len(head), merges, is_wrapped=is_wrapped)
    else:
        names = rng.sample(field.names, height)
        body = [[name, *_cells(rng, field, width - 1, is_wrapped=is_wrapped)] for name in names]
    is_short = not is_wrapped
    english = field.comma == ", "
    label = f"Table {at}" if english else f"表{at}"
    return MadeTable(
        label=label,
        caption=_caption(rng, field),
        caption_en=_caption(rng, FIELDS[3]) if not english and rng.random() < 0.3 else "",
        rows=tuple(tuple(row) for row in (*head, *body)),
        merges=tuple(merges),
        head=len(head),
        rules=rules,
        widths=_widths(rng, width, is_short=is_short, body=body),
        center=rng.random() < 0.4,
        middle=rng.random() < 0.5,
        inset=(rng.choice((3.0, 5.0)), rng.choice((2.5, 3.5, 5.0))),
        size=size - rng.choice((0.0, 1.0, 1.5)),
        note=f"注：{sentence(rng, FIELDS[rng.randrange(3)], 1)}" if rng.random() < 0.25 else "",
        placed="here" if sideways else rng.choice(("here", "here", "here", "top", "bottom")),
        wide=columns == 2 and not sideways and rng.random() < 0.4,
        justified=rng.random() < 0.5,
        sideways=sideways,
        alone=sideways and rng.random() < 0.5,
    )


def _caption(rng: Random, field: Field) -> str:
    gap = " of " if field.comma == ", " else "的"
    one, other = rng.choice(field.measures).split("/")[0], rng.choice(field.names)
    return f"{one}{gap}{other}" if gap == " of " else f"{other}{gap}{one}比较"


def _head(rng: Random, field: Field, width: int, merges: list[Merge]) -> list[list[str]]:
    """One row of headings, or two with headings over several columns."""
    first = (
        rng.choice(("组别", "项目", "类型", "编号")) if field.comma == "，" else rng.choice(("Item", "Group", "Site"))
    )
    names = rng.sample(field.measures, width - 1)
    if width < 4 or rng.random() < 0.5:
        return [[first, *names]]
    reach = rng.randint(2, width - 2) if width > 4 else 2
    start = rng.choice((1, width - reach))
    upper, lower = [first, *names], [""] * width
    over = rng.choice(field.groups) + ("" if field.comma == ", " else "结果")
    for column in range(start, start + reach):
        lower[column], upper[column] = names[column - 1], ""
    upper[start] = over
    merges.append(Merge(0, start, 1, reach))
    merges.extend(Merge(0, column, 2, 1) for column in range(width) if not lower[column])
    return [upper, lower]


def _grouped(
    rng: Random, field: Field, width: int, height: int, top: int, merges: list[Merge], *, is_wrapped: bool
) -> list[list[str]]:
    """Rows in groups named in the first column."""
    groups = rng.sample(field.groups, 2)
    body: list[list[str]] = []
    for group in groups:
        rows = max(2, height // 2)
        merges.append(Merge(top + len(body), 0, rows, 1))
        for row, name in enumerate(rng.sample(field.names, rows)):
            body.append([group if not row else "", name, *_cells(rng, field, width - 2, is_wrapped=is_wrapped)])
    return body


def _cells(rng: Random, field: Field, count: int, *, is_wrapped: bool) -> list[str]:
    wrapped = rng.sample(range(count), min(count, rng.randint(1, 2))) if is_wrapped else []
    return [phrase(rng, field) if at in wrapped else _short(rng, field) for at in range(count)]


def _short(rng: Random, field: Field) -> str:
    return rng.choice(("—", rng.choice(field.names))) if rng.random() < 0.15 else number(rng)


def _widths(rng: Random, width: int, *, is_short: bool, body: list[list[str]]) -> tuple[str, ...]:
    """Columns as wide as what they hold, or shares of the width where cells are wrapped."""
    if is_short:
        return ("auto",) * width if rng.random() < 0.5 else ("1fr",) * width
    longest = [max(len(row[column]) for row in body) for column in range(width)]
    return tuple("3fr" if length > 12 else "auto" if column == 0 else "1.3fr" for column, length in enumerate(longest))
