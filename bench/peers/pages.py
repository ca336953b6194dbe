"""The pages that all programs read, each with what is printed on it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pikepdf
import typst
from PIL import Image

from bench.accuracy.cases import Case, article_names, make_scan
from bench.accuracy.judge import true_paragraphs
from samples.article import FOLDER
from samples.truths import load_truth
from samples.wear import wear_pdf

FACES = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN", "AR PL UKai CN", "WenQuanYi Micro Hei")
# Columns and size of type.
LAYOUTS = ((1, 12), (2, 10), (3, 9))
HEAD = "中国应用科学通报　2019年第6期"
CHARACTERS = 1700


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """A file, its paragraphs or phrases, those of them whose order counts, running heads, and cells of tables."""

    group: str
    path: Path
    paragraphs: tuple[str, ...]
    ordered: tuple[int, ...] | None = None
    heads: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


def samples(dpi: int = 200) -> Iterator[Printed]:
    """The sample articles, lightly worn, without a text layer."""
    for name in article_names(FOLDER):
        truth = load_truth(name)
        yield Printed(
            group="samples",
            path=make_scan(Case(folder=FOLDER, sample=name, dpi=dpi, wear="light", text_layer="none")),
            paragraphs=true_paragraphs(truth),
            heads=tuple(truth.furniture),
            cells=tuple(cell for table in truth.tables for row in table.rows for cell in row if cell.strip()),
        )


def typeset(table: Path, folder: Path, count: int = 30) -> Iterator[Printed]:
    """Pages of abstracts of all fields in five typefaces and three layouts, lightly worn at 200 dpi."""
    rows = [row.split("\t")[-2].strip() for row in table.read_text(encoding="utf-8").splitlines()]
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 the same number gives the same page
        chance.shuffle(rows)
        columns, size = LAYOUTS[number % len(LAYOUTS)]
        texts: list[str] = []
        while sum(map(len, texts)) < CHARACTERS * (10 / size) ** 2:
            texts.append(rows[len(texts)])
        plain, scan = folder / f"plain-{number:02}.pdf", folder / f"typeset-{number:02}.pdf"
        plain.write_bytes(typst.compile(_source(texts, FACES[number % len(FACES)], columns, size).encode()))
        wear_pdf(plain, scan, dpi=200, wear="light", text_layer="none", seed=number, pages=1)
        yield Printed(group="typeset", path=scan, paragraphs=tuple(texts[:-1]), heads=(HEAD,))


def _source(texts: list[str], face: str, columns: int, size: float) -> str:
    paragraphs = "\n".join(f"#par[#{json.dumps(text, ensure_ascii=False)}]" for text in texts)
    return (
        f'#set page(paper: "a4", margin: 2cm, columns: {columns}, header: [#h(1fr) {HEAD}])\n'
        f'#set text(font: ("{face}", "Noto Serif CJK SC"), size: {size}pt, lang: "zh", region: "cn")\n'
        f"#set par(justify: true, first-line-indent: 2em, leading: 0.7em)\n{paragraphs}"
    )


def real(group: str, folder: Path, scratch: Path) -> Iterator[Printed]:
    """Files whose ``expect.json`` tells phrases on them; those that are to be refused are left out."""
    for name, wanted in json.loads((folder / "expect.json").read_text(encoding="utf-8")).items():
        if "exit" not in wanted:
            yield Printed(
                group=group,
                path=_as_pdf(folder / name, scratch),
                paragraphs=tuple(wanted.get("phrases", ())),
                ordered=tuple(wanted.get("order") or ()),
                heads=tuple(text for text in wanted.get("not_text") or () if len(text) > 1),
                cells=tuple(cell for _, cell in wanted.get("cells") or ()),
            )


def _as_pdf(path: Path, scratch: Path) -> Path:
    """The file itself, or a picture in a PDF: not every program takes pictures."""
    if path.suffix.lower() == ".pdf":
        with pikepdf.open(path):
            return path
    made = scratch / f"{path.stem}.pdf"
    with Image.open(path) as picture:
        picture.convert("RGB").save(made, resolution=200)
    return made
