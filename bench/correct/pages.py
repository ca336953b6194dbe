"""Random pages: texts in random faces, sizes and columns, typeset, and worn as scans are."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pypdfium2
import typst

from bench.correct.texts import House, Sources, entries, make_house, paragraphs
from samples.degrade import WEARS, Gray, Wear, degrade

# Faces of pages to fit on and of those held out; one is common to both.
HAN = (
    ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing", "AR PL UKai", "WenQuanYi Micro Hei"),
    ("AR PL SungtiL GB", "AR PL KaitiM GB", "LXGW WenKai", "WenQuanYi Zen Hei", "Noto Serif CJK SC"),
)
LATIN = (
    (
        *("Liberation Serif", "Liberation Sans", "DejaVu Serif", "Libertinus Serif", ""),
        *("Nimbus Roman", "Nimbus Sans", "C059", "P052", "URW Bookman", ""),
    ),
    ("New Computer Modern", "Linux Libertine O", "DejaVu Sans", "Liberation Serif", ""),
)
SCANS = (("heavy", 200), ("light", 200), ("clean", 300), ("heavy", 200), ("light", 150), ("clean", 200), ("light", 300))
# Pages of these numbers are all worn.
WORN_ONLY, WORN = range(500, 1000), (("heavy", 200), ("heavy", 200), ("heavy", 300), ("heavy", 150))
LENGTH = 2200
# So many pages make a document, of one house; the last of one with citation marks is its list.
PAGES, SHARE_CITED, CITED_A_PAGE = 3, 0.6, 20
CITATION = re.compile(r"(?<=[\u4e00-\u9fff])(\[\d+(?:[-,]\d+)?\])")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A typeset page and how it is to be scanned."""

    name: str
    paragraphs: tuple[str, ...]
    source: str
    wear: str
    dpi: int


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages of a document share."""

    size: float
    house: House
    wear: str
    dpi: int
    is_cited: bool
    head: str


def document_of(number: int) -> int:
    """The document that a page belongs to."""
    return number // PAGES


def make_page(number: int, half: int, sources: Sources) -> Page:
    """The page of a number; ``half`` 0 to fit on, 1 held out."""
    chance = random.Random(2 * number + half)  # noqa: S311 the same number gives the same page
    setting = _setting(document_of(number), half, sources, is_worn=number in WORN_ONLY)
    length = round(LENGTH * (10 / setting.size) ** 2)
    at = number % PAGES
    if setting.is_cited and at == PAGES - 1:
        texts = entries(chance, sources, length)
    else:
        texts = paragraphs(chance, sources, length, setting.house, CITED_A_PAGE * at if setting.is_cited else None)
    return Page(
        name=f"{half}-{number:03}-{setting.wear}-{setting.dpi}",
        paragraphs=tuple(texts),
        source="\n".join([setting.head, *(f"#par[{_content(text)}]" for text in texts)]),
        wear=setting.wear,
        dpi=setting.dpi,
    )


def _setting(document: int, half: int, sources: Sources, *, is_worn: bool) -> Setting:
    chance = random.Random(f"{document} {half}")  # noqa: S311 the same number gives the same setting
    size = chance.choice([8.5, 9, 10, 10.5, 12])
    faces = [face for face in (chance.choice(LATIN[half]), chance.choice(HAN[half]), "Noto Serif CJK SC") if face]
    columns, spacing = chance.choice([1, 2, 2, 3]), chance.choice(["auto", "none"])
    scans = WORN if is_worn else SCANS
    wear, dpi = scans[document % len(scans)]
    head = (
        f'#set page(paper: "a4", margin: 1.8cm, columns: {columns})',
        f'#set text(font: {_tuple(faces)}, size: {size}pt, lang: "zh", region: "cn", hyphenate: false)',
        f"#set text(cjk-latin-spacing: {spacing})",
        # Those of New Computer Modern are printed over the mark before them.
        '#show regex("[①-⑳]"): set text(font: "Noto Serif CJK SC")',
        f"#set par(justify: true, leading: {chance.uniform(0.5, 0.9):.2f}em, first-line-indent: 2em)",
    )
    return Setting(
        size=size,
        house=make_house(chance, sources),
        wear=wear,
        dpi=dpi,
        is_cited=chance.random() < SHARE_CITED,
        head="\n".join(head),
    )


def _content(text: str) -> str:
    """A paragraph with its citation marks raised."""
    parts = CITATION.split(text)
    return "".join(f"#{'super' * (at % 2)}({json.dumps(part, ensure_ascii=False)})" for at, part in enumerate(parts))


def _tuple(faces: list[str]) -> str:
    return "(" + ", ".join(json.dumps(face) for face in faces) + ")"


def draw(page: Page, fonts: typst.Fonts) -> Gray:
    """The first sheet of the page as scanned."""
    pdf = typst.compile(page.source.encode(), format="pdf", font_paths=fonts)
    sheet = pypdfium2.PdfDocument(pdf)[0]
    pixels = np.ascontiguousarray(sheet.render(scale=page.dpi / 72, grayscale=True).to_numpy().squeeze())
    worn = degrade(pixels, _wear(page), hash_of(page.name))
    packed = cv2.imencode(".jpg", worn.image, [cv2.IMWRITE_JPEG_QUALITY, worn.jpeg_quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)


def _wear(page: Page) -> Wear:
    return WEARS[page.wear]


def hash_of(name: str) -> int:
    return int.from_bytes(name.encode()[:8], "big") % 2**31


def save(page: Page, folder: Path, fonts: typst.Fonts) -> Path:
    """The scan as a picture file with its resolution in it."""
    from PIL import Image  # noqa: PLC0415 only to write

    path = folder / f"{page.name}.png"
    Image.fromarray(draw(page, fonts)).save(path, dpi=(page.dpi, page.dpi))
    return path
