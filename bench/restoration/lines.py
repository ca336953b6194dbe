"""Typeset patches of pages: mixed Chinese and English lines of random words, in random faces and sizes."""

from __future__ import annotations

import csv
import random
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

import jieba
import msgspec
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples.degrade import Gray

GLOSSARY = Path(__file__).parents[2] / "glossaries" / "als-stem-cell.csv"
# A word's frequency counts between these: else half of every line were 的 and no rare character ever seen.
RAREST, MOST_FREQUENT = 20, 3000
MARKS_ZH, MARKS_EN = "，。、；：（）“”《》", ",.;:()"
# fontconfig's weights of faces that text is set in, and the names of faces with other regions' forms.
LIGHT, BOLD = 50, 200
FOREIGN = re.compile(r"\b(HK|JP|KR|TC|TW|MBE|Mono)\b")
FIGURES = ("{:d}", "{:d}.5%", "{:d}-987", "2019,{:d}(4):12-35.", "×10", "±", "<0.05", "α", "β", "μL", "℃")


class LineBox(msgspec.Struct, frozen=True):
    """The rows of a patch that a line's type takes."""

    top: float
    bottom: float


class Faces(msgspec.Struct, frozen=True):
    """The fonts of a patch: Chinese, Latin, and the small one of superscripts."""

    han: ImageFont.FreeTypeFont
    latin: ImageFont.FreeTypeFont
    small: ImageFont.FreeTypeFont


def typeset(chance: random.Random, height: int, width: int) -> tuple[Gray, tuple[LineBox, ...]]:
    """A clean patch (height x width, uint8) of black lines, and where they are."""
    size = round(chance.choice([chance.uniform(18, 44), chance.uniform(20, 34)]))
    faces = _faces(chance, size)
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    ink = 0 if chance.random() < 0.8 else chance.randint(0, 70)
    lead, left = size * chance.uniform(1.25, 1.9), chance.uniform(-size, 1.5 * size)
    baseline, boxes = chance.uniform(0.3, 1.0) * size, []
    while baseline < height + size:
        indent = 2 * size if chance.random() < 0.12 else 0
        end = width if chance.random() < 0.85 else width * chance.uniform(0.3, 0.95)
        _draw_line(draw, (left + indent, baseline, end), _words(chance, width / size * 1.1), faces, size, ink)
        boxes.append(LineBox(baseline - 0.88 * size, baseline + 0.12 * size))
        if chance.random() < 0.05:
            rule = int(baseline + 0.35 * size)
            draw.line((0, rule, width, rule), fill=ink, width=chance.choice([1, 1, 2, 3]))
        baseline += lead
    return np.asarray(image), tuple(boxes)


def _draw_line(
    draw: ImageDraw.ImageDraw,
    place: tuple[float, float, float],
    words: Iterator[tuple[str, str]],
    faces: Faces,
    size: int,
    ink: int,
) -> None:
    x, baseline, end = place
    for word, kind in words:
        font = {"han": faces.han, "latin": faces.latin, "mark": faces.small}[kind]
        lift = 0.35 * size if kind == "mark" else 0
        for char in word:
            if x > end:
                return
            draw.text((x, baseline - lift), char, font=font, fill=ink, anchor="ls")
            x += font.getlength(char)


def _words(chance: random.Random, length: float) -> Iterator[tuple[str, str]]:
    """Words and their kind, about as many as fill ``length`` Chinese cells; one line in five is English."""
    is_english = chance.random() < 0.2
    done = 0.0
    while done < length:
        word, kind = _word(chance, is_english=is_english)
        yield word, kind
        done += len(word) * (1 if kind == "han" else 0.5)


def _word(chance: random.Random, *, is_english: bool) -> tuple[str, str]:
    draw = 0.62 + 0.3 * chance.random() if is_english else chance.random()
    if draw < 0.6:
        words, weights = _chinese()
        return chance.choices(words, cum_weights=weights)[0], "han"
    if draw < 0.82:
        space = " " if is_english or chance.random() < 0.5 else ""
        return space + chance.choice(_english()), "latin"
    if draw < 0.88:
        return chance.choice(FIGURES).format(chance.randint(0, 999)), "latin"
    if draw < 0.95:
        return (chance.choice(MARKS_EN), "latin") if is_english else (chance.choice(MARKS_ZH), "han")
    first = chance.randint(1, 99)
    return (f"[{first}]" if chance.random() < 0.6 else f"[{first}-{first + 3}]"), "mark"


@cache
def _chinese() -> tuple[list[str], list[int]]:
    """Words of the general dictionary with their summed weights."""
    with jieba.get_module_res("dict.txt") as file:
        rows = [line.decode("utf-8").split() for line in file]
    weights = [min(int(row[1]), MOST_FREQUENT) + RAREST for row in rows]
    return [row[0] for row in rows], list(accumulate(weights))


@cache
def _english() -> list[str]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted({word for row in rows for word in re.findall(r"[A-Za-z][A-Za-z0-9-]*", row["en"])})


def _faces(chance: random.Random, size: int) -> Faces:
    path, index = chance.choice(_han_fonts())
    han = ImageFont.truetype(path, size, index=index)
    western, number = chance.choice(_latin_fonts())
    latin = ImageFont.truetype(western, max(8, round(size * chance.uniform(0.9, 1.02))), index=number)
    small = ImageFont.truetype(western, max(6, round(0.62 * size)), index=number)
    return Faces(han, latin if chance.random() < 0.75 else han, small)


@cache
def _han_fonts() -> list[tuple[str, int]]:
    """Chinese faces in the mainland's forms, from light to bold."""
    return sorted(font[:2] for font in _fonts(":lang=zh-cn") if not FOREIGN.search(font[2]))


@cache
def _latin_fonts() -> list[tuple[str, int]]:
    """Faces with Latin and Greek letters and no Chinese, each letter as wide as it is."""
    latin = _fonts(":lang=en") & _fonts(":lang=el") - _fonts(":lang=zh-cn") - _fonts(":lang=ja") - _fonts(":lang=ko")
    return sorted(font[:2] for font in latin if "Mono" not in font[2])


@cache
def _fonts(pattern: str) -> frozenset[tuple[str, int, str]]:
    """The files, indices and families that fontconfig knows for a pattern, from light to bold."""
    form = "%{file}\t%{index}\t%{weight}\t%{family[0]}\n"
    told = subprocess.run(["fc-list", "-f", form, pattern], capture_output=True, check=True, text=True)
    rows = [line.split("\t") for line in told.stdout.splitlines()]
    return frozenset(
        (file, int(index) & 0xFFFF, family)
        for file, index, weight, family in rows
        if weight.isdecimal() and LIGHT <= int(weight) <= BOLD and file.endswith((".ttf", ".ttc", ".otf"))
    )
