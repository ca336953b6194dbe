"""Raised minuses too faint for a blob of ink: rows of grey in the white before a figure, or behind an ion or a gene."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from recover.lexicon.characters import is_wide
from recover.model.page import Alternative, Doubt, Line
from recover.model.replace import replace_text
from recover.model.styles import LOWERED, RAISED, padded
from recover.stages.type_styles.scripts import Frame, frame_of, measure_page, script_at
from recover.stages.type_styles.zones import Picture

Floats = npt.NDArray[np.float64]

# Over five typefaces at 150 dpi, the white before raised figures was 0.30 to 0.59 capitals wide with a minus in it, and
# 0.21 at most without; its darkest row 0.17 to 0.38 between paper and ink, the other rows 0.06 at most; that row stood
# at 0.56 to 0.75 of the figure's height.
NARROWEST, WIDEST = 0.27, 0.8
GREY, REST, OVER_REST = 0.15, 0.09, 2.5
HIGHEST, LOWEST_STROKE, THICK = 0.4, 0.85, 0.12
CONFIDENCE = 0.9


def with_faint_minuses(lines: Sequence[Line], pictures: Sequence[Picture]) -> tuple[Line, ...]:
    """``lines`` with the minuses they lack before raised figures; those of a text layer stay."""
    page = measure_page(lines)
    return tuple(_mended(line, picture, frame_of(line, page)) for line, picture in zip(lines, pictures, strict=True))


def _mended(line: Line, picture: Picture, frame: Frame | None) -> Line:
    if frame is None or "t" in line.readers or len(line.tops) != len(line.text):
        return line
    exponents, charges = set(_lost(line, picture, frame)), set(_lost_charges(line, picture, frame))
    for at in sorted(exponents | charges, reverse=True):
        line = replace_text(line, at, at, "-", CONFIDENCE)
        line = _raised(line, at, at + 1) if at in charges else line
        doubt = Doubt(at, (Alternative("", round(1 - CONFIDENCE, 4), line.readers[at - 1]),))
        line = msgspec.structs.replace(line, doubts=tuple(sorted((*line.doubts, doubt), key=lambda one: one.at)))
    return line


def _lost(line: Line, picture: Picture, frame: Frame) -> Iterator[int]:
    """The offsets of raised figures that a minus stands before."""
    for at in range(1, len(line.text)):
        before = line.text[at - 1]
        may_be = (before.isascii() and before.isalpha()) or line.text[max(0, at - 2) : at] == "10"
        if not may_be or not line.text[at].isdecimal() or script_at(line, at, frame) != RAISED:
            continue
        height = picture.pixels.shape[0]
        columns = _gap(line, at, picture)
        rows = _darkness(picture, columns, (int(line.tops[at] * height), round(line.bottoms[at] * height)))
        if _holds_minus(rows, columns[1] - columns[0], frame.capitals * height):
            yield at


# A minus alone behind an ion. Over twenty typefaces at 150 dpi, the white with one in it was 0.33 to 0.71 capitals wide
# before Chinese, its darkest row 0.17 to 0.38 and 0.66 to 1.04 capitals high, the others 0.12 at most; of 1,072 places
# behind other letters two were like it but for a row of 0.12.
CHARGE_WHITE, CHARGE_GREY, CHARGE_REST, CHARGE_PLACE = (0.32, 0.8), 0.155, 0.12, (0.62, 1.08)
# White is looked through from so high over the baseline.
CHARGE_TOP = 1.1
_WORD_END = re.compile(r"[a-z]{2}\Z")


def _lost_charges(line: Line, picture: Picture, frame: Frame) -> Iterator[int]:
    """The offsets behind ions where a raised minus was too faint to be read."""
    capital = frame.capitals * picture.pixels.shape[0]
    for at in range(1, len(line.text)):
        if not is_wide(line.text[at]) or not _is_ion(line, at, frame):
            continue
        left, right = _gap(line, at, picture)
        fits = CHARGE_WHITE[0] * capital <= right - left <= CHARGE_WHITE[1] * capital
        if fits and _stroke_in(picture, (left, right), frame.baselines[at - 1], capital) is not None:
            yield at


def _stroke_in(picture: Picture, columns: tuple[int, int], baseline: float, capital: float) -> float | None:
    """How high, in capitals, a grey stroke stands in the white between two columns; None where there is none."""
    height = picture.pixels.shape[0]
    top = int(max(0.0, baseline * height - CHARGE_TOP * capital))
    rows = _darkness(picture, columns, (top, round(baseline * height)))
    if rows.size < 5:
        return None
    darkest, rest = int(rows.argmax()), float(np.sort(rows)[:-3].max())
    place = (baseline * height - top - darkest - 0.5) / capital
    is_stroke = rows[darkest] >= CHARGE_GREY and rest <= CHARGE_REST
    return place if is_stroke and CHARGE_PLACE[0] <= place <= CHARGE_PLACE[1] else None


def _is_ion(line: Line, at: int, frame: Frame) -> bool:
    """Whether what ends there may bear a charge: an element's symbol, or a lowered figure; no word."""
    before = line.text[at - 1]
    if before.isdecimal():
        return script_at(line, at - 1, frame) == LOWERED
    return before.isascii() and before.isalpha() and not _WORD_END.search(line.text, 0, at)


def _gap(line: Line, at: int, picture: Picture) -> tuple[int, int]:
    """The columns between the character before ``at`` and that at it."""
    left, right = line.rights[at - 1], line.lefts[at]
    return max(0, round((left - picture.left) / picture.scale)), round((right - picture.left) / picture.scale)


def _darkness(picture: Picture, columns: tuple[int, int], rows: tuple[int, int]) -> Floats:
    """How dark a part of the picture is, between paper (0) and ink (1), row by row."""
    part = picture.pixels[rows[0] : rows[1], columns[0] : columns[1]].astype(np.float64)
    if part.size == 0:
        return np.zeros(0)
    white, black = float(np.percentile(picture.pixels, 80)), float(np.percentile(picture.pixels, 2))
    return np.asarray(np.clip((white - part) / max(1.0, white - black), 0, 1).mean(axis=1), np.float64)


def _holds_minus(rows: Floats, width: int, capital: float) -> bool:
    thick = max(1, round(THICK * capital))
    if not NARROWEST * capital <= width <= WIDEST * capital or rows.size < thick + 3:
        return False
    means = np.convolve(rows, np.ones(thick) / thick, "valid")
    first = int(means.argmax())
    rest = np.delete(rows, range(max(0, first - 1), min(rows.size, first + thick + 1)))
    place = (first + thick / 2) / rows.size
    is_row = means[first] >= GREY and rest.mean() <= min(REST, means[first] / OVER_REST)
    return bool(is_row and HIGHEST <= place <= LOWEST_STROKE)


# Two minuses with a slash between them, behind a gene: both its copies are gone.

_GENE = re.compile(r"(?<=[A-Za-z0-9])[-−–—/~]{0,3}(?=[\u4e00-\u9fff])")
ALLELES = "-/-"
# All three are so wide, in capitals; the slash is so high and ends so far above the line; the strokes are level.
ALLELES_WHITE, SLASH_HIGH, SLASH_FOOT, LEVEL = (0.9, 2.4), (0.35, 0.95), 0.2, 0.16


def with_faint_alleles(lines: Sequence[Line], pictures: Sequence[Picture]) -> tuple[Line, ...]:
    """``lines`` with ``-/-`` where its strokes are grey and its slash alone is ink."""
    page = measure_page(lines)
    return tuple(
        _with_alleles(line, picture, frame_of(line, page)) for line, picture in zip(lines, pictures, strict=True)
    )


def _with_alleles(line: Line, picture: Picture, frame: Frame | None) -> Line:
    if frame is None or "t" in line.readers or len(line.tops) != len(line.text):
        return line
    for match in reversed(list(_GENE.finditer(line.text))):
        start, end = match.span()
        if line.text[start:end] != ALLELES and _are_alleles(line, start, end, picture, frame):
            line = _raised(replace_text(line, start, end, ALLELES, CONFIDENCE), start, start + len(ALLELES))
    return line


def _are_alleles(line: Line, start: int, end: int, picture: Picture, frame: Frame) -> bool:
    height = picture.pixels.shape[0]
    capital, baseline = frame.capitals * height, frame.baselines[start - 1] * height
    left = round((line.rights[start - 1] - picture.left) / picture.scale)
    right = round((line.lefts[end] - picture.left) / picture.scale)
    if not ALLELES_WHITE[0] * capital <= right - left <= ALLELES_WHITE[1] * capital:
        return False
    inside = [box for box in picture.blobs.tolist() if left <= (box[0] + box[2]) / 2 <= right]
    tall = [box for box in inside if box[3] - box[1] >= SLASH_HIGH[0] * capital]
    if len(tall) != 1 or tall[0][3] - tall[0][1] > SLASH_HIGH[1] * capital:
        return False
    x0, _, x1, y1 = tall[0]
    if baseline - y1 < SLASH_FOOT * capital:
        return False
    places = [_stroke_in(picture, part, baseline / height, capital) for part in ((left, x0), (x1, right))]
    known = [place for place in places if place is not None]
    return len(known) == 2 and abs(known[0] - known[1]) < LEVEL


def _raised(line: Line, start: int, end: int) -> Line:
    styles = list(padded(line.styles, len(line.text)))
    styles[start:end] = [f"{RAISED:x}"] * (end - start)
    return msgspec.structs.replace(line, styles="".join(styles))
