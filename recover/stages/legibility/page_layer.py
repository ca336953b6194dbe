"""A page's text layer made ready for judging: brought to its lines, its bytes decoded, the rest listed."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import msgspec
import numpy as np
from rapidfuzz.distance import Levenshtein

from recover.lexicon.characters import is_han, is_wide, plain_letters
from recover.model.geometry import Box, Transform, enclose
from recover.model.page import LayerChar, LayerText, Line, Rejected
from recover.model.raster import Pixels, Raster
from recover.model.records import Problem
from recover.stages.legibility.drawn import SUBSTITUTED
from recover.stages.legibility.reconcile import has_uncovered_print
from recover.stages.legibility.verdict import Verdict, folded
from recover.stages.legibility.witness import LayerLine
from recover.text.legible import legibility

# White that is a space though the layer has none, in type sizes, beyond what the line puts between letters: justified
# lines squeeze spaces to 0.2, pairs of letters stand apart by up to 0.11.
SPACE_EM = 0.16


def place_layer(
    characters: Sequence[LayerChar], lines: Sequence[Box], to_upright: Transform
) -> tuple[tuple[LayerText, ...], tuple[LayerChar, ...]]:
    """The layer's text of every line (empty where it has none), and the characters that fit no line."""
    placed: list[list[tuple[Box, Box | None, LayerChar]]] = [[] for _ in lines]
    astray: list[LayerChar] = []
    if not lines:
        return (), tuple(char for char in characters if not char.text.isspace())
    edges = np.array([(line.x0, line.y0, line.x1, line.y1) for line in lines])
    for char in characters:
        box = to_upright.box(char.box)
        index = _home(box, edges)
        if index is not None:
            placed[index].append((box, to_upright.box(char.ink) if char.ink is not None else None, char))
        elif not char.text.isspace():
            astray.append(char)
    return tuple(_in_line(chars) for chars in placed), tuple(astray)


def _home(box: Box, edges: np.ndarray) -> int | None:
    """The line whose middle is nearest among those that hold the character's centre, those beside it asked last."""
    x, y = box.center
    slack = box.height * 0.25
    inside = (edges[:, 0] - slack <= x) & (x <= edges[:, 2] + slack) & (edges[:, 1] <= y) & (y <= edges[:, 3])
    found = np.flatnonzero(inside)
    if not found.size:
        return None
    is_beside = (x < edges[found, 0]) | (x > edges[found, 2])
    off = np.abs((edges[found, 1] + edges[found, 3]) / 2 - y)
    return int(found[np.lexsort((off, is_beside))[0]])


def _in_line(chars: Sequence[tuple[Box, Box | None, LayerChar]]) -> LayerText:
    """Characters from left to right; the file's order settles ties, so that stacked marks stay as they were."""
    line: list[tuple[str, Box, str, Box | None]] = []
    chars = sorted(chars, key=lambda item: item[0].center[0])
    usual = _usual_gap(chars)
    for box, ink, char in chars:
        if char.text.isspace():
            if line and line[-1][0] != " " and not is_wide(line[-1][0]):
                before = line[-1][1]
                line.append((" ", Box(before.x1, box.y0, max(before.x1, box.x1), box.y1), char.font, None))
            continue
        if line and line[-1][0] != " " and _is_gap(line[-1][1], box, line[-1][0], char.text, usual):
            line.append((" ", Box(line[-1][1].x1, box.y0, box.x0, box.y1), char.font, None))
        if line and line[-1][0] == " " and is_wide(char.text[0]):
            del line[-1]
        line += [(piece, box, char.font, ink) for piece in plain_letters(char.text)]
    text, boxes, fonts, inks = zip(*line, strict=True) if line else ((), (), (), ())
    return LayerText(text="".join(text), boxes=boxes, fonts=fonts, inks=inks)


def _is_gap(left: Box, right: Box, before: str, after: str, usual: float) -> bool:
    if is_wide(before[-1]) or is_wide(after[0]):
        return False
    return right.x0 - left.x1 > (SPACE_EM + usual) * min(left.height, right.height)


def _usual_gap(chars: Sequence[tuple[Box, Box | None, LayerChar]]) -> float:
    """The white that a line puts between letters, in type sizes: above 0 where it is spaced out."""
    gaps = [
        (right.x0 - left.x1) / max(1e-6, right.height)
        for (left, _, one), (right, _, other) in pairwise(chars)
        if one.text.isascii() and one.text.isalnum() and other.text.isascii() and other.text.isalnum()
    ]
    return max(0.0, statistics.median(gaps)) if gaps else 0.0


# Chinese whose bytes were taken for Latin letters (À£ÑñÐÔ for 溃疡性): turned back where the bytes decode.

# GBK writes a character in two bytes. Two of them in a row make no western word: Müller and naïveté have none.
_PAIRS = re.compile(rb"(?:[\x81-\xfe][\x40-\x7e\x80-\xfe]){2,}|\xa3[\xa1-\xfe]|\xa1[\xa1-\xbf]")
# Full-width marks alone (£¬ for ，): a pound sign before another sign is no English either.
_MARKS = re.compile(rb"(?:\xa3[\xa1-\xfe]|\xa1[\xa1-\xbf])+")
# Where others of a font are such bytes, one pair is enough: 2016Äê4ÔÂ.
_LONE_PAIRS = re.compile(rb"(?:[\xa1-\xfe][\xa1-\xfe])+")
# PDF libraries give the byte 0xAD, no letter but a soft hyphen, as a hyphen.
_SOFT = re.compile(rb"(?<=[\xa1-\xfe])-")
# Both bytes of the characters in everyday use are above this; so many of a run's must be.
_EVERYDAY, _MOST = 0xA1, 0.75


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A line with its Chinese back, what was turned back and its fonts, and the places of the new characters."""

    layer: LayerText
    was: tuple[str, ...]
    now: tuple[str, ...]
    boxes: tuple[Box, ...]
    fonts: frozenset[str]


def decode_gbk(layer: LayerText, known: frozenset[str] = frozenset()) -> Decoded | None:
    """The layer's line with Latin letters that are GBK bytes turned back; None where there are none.

    ``known`` are fonts some of whose letters were found to be such bytes.
    """
    data = _SOFT.sub(b"\xad", _bytes(layer.text))
    runs = [match.span() for match in _PAIRS.finditer(data) if _is_chinese(match[0])]
    known = known.union(layer.fonts[at] for start, end in runs for at in range(start, end))
    taken = {at for start, end in runs for at in range(start, end)}
    for match in _LONE_PAIRS.finditer(data) if known else ():
        start, end = match.span()
        if taken.isdisjoint(range(start, end)) and known.issuperset(layer.fonts[start:end]) and _is_chinese(match[0]):
            runs.append((start, end))
    runs.sort()
    if not runs:
        return None
    return Decoded(
        layer=_joined(layer, data, runs),
        was=tuple(layer.text[start:end] for start, end in runs),
        now=tuple(data[start:end].decode("gbk") for start, end in runs),
        boxes=tuple(enclose(layer.boxes[start:end]) for start, end in runs),
        fonts=frozenset(layer.fonts[at] for start, end in runs for at in range(start, end)),
    )


def _decoded(texts: Sequence[LayerText]) -> dict[int, Decoded]:
    """The lines of a page that hold such letters, by their index."""
    sure = {index: one for index, text in enumerate(texts) if text.text and (one := decode_gbk(text))}
    known = frozenset().union(*(one.fonts for one in sure.values()))
    if not known:
        return sure
    return {index: one for index, text in enumerate(texts) if text.text and (one := decode_gbk(text, known))}


def looks_misdecoded(text: str) -> bool:
    """Whether most of a text is letters between À and ÿ and their like, which no language has in such number."""
    strange = sum(0xA1 <= ord(char) <= 0xFF for char in text)
    return strange >= 4 and 2 * strange > len(text.replace(" ", ""))


def _bytes(text: str) -> bytes:
    """One byte a character, 0 for what no western encoding has in one."""
    return b"".join(_byte(char) for char in text)


def _byte(char: str) -> bytes:
    for encoding in ("latin-1", "cp1252"):
        try:
            return char.encode(encoding)
        except UnicodeEncodeError:
            continue
    return b"\0"


def _is_chinese(run: bytes) -> bool:
    if _MARKS.fullmatch(run):
        return True
    try:
        text = run.decode("gbk")
    except UnicodeDecodeError:
        return False
    everyday = sum(lead >= _EVERYDAY and trail >= _EVERYDAY for lead, trail in zip(run[::2], run[1::2], strict=True))
    return everyday >= _MOST * len(text) and any(map(is_han, text)) and legibility(text).is_legible


def _joined(layer: LayerText, data: bytes, runs: list[tuple[int, int]]) -> LayerText:
    """The layer with each pair of letters in ``runs`` as one character."""
    text, boxes, fonts, inks = [], [], [], []
    at, inside = 0, {place for start, end in runs for place in range(start, end)}
    while at < len(layer.text):
        width = 2 if at in inside else 1
        text.append(data[at : at + 2].decode("gbk") if width == 2 else layer.text[at])
        boxes.append(enclose(layer.boxes[at : at + width]))
        fonts.append(layer.fonts[at])
        inks.append(layer.inks[at] if layer.inks and width == 1 else None)
        at += width
    return LayerText(text="".join(text), boxes=tuple(boxes), fonts=tuple(fonts), inks=tuple(inks))


# What of a text layer stands in no line of the page's reading, and why: nothing of it is dropped without a word.

# Neighbours of one row, no farther apart in type sizes, are told together.
APART = 1.5
# Text set aside is worth a warning from so many letters on; stray signs, leaders and bullets are not.
TELLING = 8

NOT_FOUND = "the text layer has it where no print was found"
SLANTED = "text across the page: a watermark or a stamp"
REPEATED = "pale words that stand all over the page: a watermark"
# Painted text that leans more than this, in degrees, off the page's axes is no line of it.
LEANING = 8.0
UNPAINTED = "text that is not painted, where no print was found"


def unused_layer(layer: LayerText, line: Line, verdict: Verdict, to_page: Transform) -> tuple[Rejected, ...]:
    """Runs of a line's layer that its reading doesn't have; ``to_page`` leads from the line to the original page."""
    left, right = folded(layer.text), folded(line.text)
    codes = Levenshtein.opcodes([char for char, _ in left], [char for char, _ in right])
    runs = [left[code.src_start : code.src_end] for code in codes if code.tag in ("replace", "delete")]
    return tuple(_rejected(layer, [at for _, at in run], verdict, to_page) for run in runs if run)


def _rejected(layer: LayerText, places: Sequence[int], verdict: Verdict, to_page: Transform) -> Rejected:
    box = to_page.box(enclose(layer.boxes[at] for at in places)).rounded()
    text = layer.text[places[0] : places[-1] + 1]
    return Rejected(box=box, text=text, why=verdict.reason or "the print reads otherwise")


def unused_characters(astray: Sequence[LayerChar]) -> tuple[Rejected, ...]:
    """Characters that stand in no line, neighbours of a row together."""
    rows: list[list[LayerChar]] = []
    for char in astray:
        if rows and _goes_on(rows[-1][-1], char):
            rows[-1].append(char)
        else:
            rows.append([char])
    return tuple(
        Rejected(
            box=enclose(char.box for char in row).rounded(),
            text="".join(char.text for char in row),
            why=_why(row[0]),
        )
        for row in rows
    )


def is_slanted(char: LayerChar) -> bool:
    """Whether a character stands across the page."""
    return char.is_painted and abs((char.slant + 45) % 90 - 45) > LEANING


def _why(char: LayerChar) -> str:
    if char.is_mark:
        return REPEATED
    if is_slanted(char):
        return SLANTED
    return NOT_FOUND if char.is_painted else UNPAINTED


def _goes_on(before: LayerChar, char: LayerChar) -> bool:
    if before.is_mark != char.is_mark:
        return False
    if is_slanted(before) and is_slanted(char):
        return True
    gap = char.box.x0 - before.box.x1
    beside = abs(char.box.center[1] - before.box.center[1]) < 0.5 * before.box.height
    return beside and -APART * before.size < gap < APART * before.size and char.is_painted == before.is_painted


def telling(rejected: Sequence[Rejected]) -> tuple[Rejected, ...]:
    """Those that a person should look at: words, not leaders, bullets and what an OCR program saw in a picture."""
    return tuple(one for one in rejected if one.why not in (SLANTED, REPEATED) and _is_telling(one.text))


def _is_telling(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= TELLING and len(set(letters)) > TELLING // 2 and legibility(text).is_legible


ONLY_WITNESS = "its font is not in the file and nothing is drawn: the text layer is the only witness"
DECODED = "Latin letters that are bytes of Chinese (GBK), turned back"


class PageLayer(msgspec.Struct, frozen=True, kw_only=True):
    """The layer's text of every line; what stands in none; what was turned back into Chinese; what nobody drew.

    ``settled`` are the lines that the print cannot prove or disprove, ``bare`` those with print that no character
    covers, ``foreign`` the fonts that are not in the file.
    """

    texts: tuple[LayerText, ...]
    astray: tuple[LayerChar, ...] = ()
    decoded: tuple[Decoded, ...] = ()
    undrawn: tuple[LayerLine, ...] = ()
    settled: Mapping[int, str] = {}
    bare: frozenset[int] = frozenset()
    foreign: frozenset[str] = frozenset()


def prepare_layer(
    characters: Sequence[LayerChar],
    lines: Sequence[Box],
    own: Sequence[LayerLine],
    upright: Raster,
    to_upright: Transform,
    ink_of: Callable[[Box], Pixels] | None,
) -> PageLayer:
    """The layer at ``lines`` (pixels of ``upright``, whose map leads to points); ``own`` are the layer's own lines.

    ``ink_of`` gives the ink of a line of drawn type; None for a scan, whose layer is not part of it.
    """
    level = [char for char in characters if not (is_slanted(char) or char.is_mark)]
    texts, astray = place_layer(level, [upright.to_page.box(line) for line in lines], to_upright)
    aside = (char for char in characters if (is_slanted(char) or char.is_mark) and not char.text.isspace())
    astray = (*astray, *aside)
    decoded = _decoded(texts)
    texts = tuple(decoded[index].layer if index in decoded else text for index, text in enumerate(texts))
    undrawn = tuple(line for line in own if not line.is_printed)
    witnesses = [line.box for line in undrawn if line.is_language]
    settled = {
        index: ONLY_WITNESS
        for index, line in enumerate(lines)
        if any(_is_same(upright.to_page.box(line), box) for box in witnesses)
    }
    bare: frozenset[int] = frozenset()
    if ink_of is not None:
        settled |= dict.fromkeys(decoded, DECODED)
        to_pixels = upright.to_page.inverse()
        bare = frozenset(
            index
            for index, line in enumerate(lines)
            if texts[index].text.strip() and has_uncovered_print(ink_of(line), _cells(texts[index], line, to_pixels))
        )
    return PageLayer(
        texts=texts,
        astray=astray,
        decoded=tuple(decoded.values()),
        undrawn=undrawn,
        settled=settled,
        bare=bare - settled.keys(),
        foreign=frozenset(char.font for char in characters if char.is_painted and not char.is_embedded),
    )


def _is_same(box: Box, other: Box) -> bool:
    return box.intersection(other) > 0.9 * max(box.area, other.area)


def _cells(layer: LayerText, line: Box, to_pixels: Transform) -> list[Box]:
    """The characters' cells in pixels of the line's picture."""
    left = max(0, int(line.x0))
    boxes = [to_pixels.box(box) for box, char in zip(layer.boxes, layer.text, strict=True) if not char.isspace()]
    return [Box(box.x0 - left, box.y0, box.x1 - left, box.y1) for box in boxes]


# What a person should know of a page's text layer: each in one message with its remedy.


def layer_problems(
    index: int, layer: PageLayer, lines: Sequence[Line], verdicts: Sequence[Verdict]
) -> tuple[Problem, ...]:
    """The problems of page ``index``; ``lines`` stand as they are in the end."""
    told = (_undrawn(layer, lines, verdicts), _astray(layer), _misdecoded(lines))
    return tuple(
        Problem(stage="legibility", page=index, message=message, remedy=remedy) for message, remedy in told if message
    )


def _undrawn(layer: PageLayer, lines: Sequence[Line], verdicts: Sequence[Verdict]) -> tuple[str, str]:
    unproved = (ONLY_WITNESS, SUBSTITUTED)
    texts = [line.text for line, verdict in zip(lines, verdicts, strict=True) if verdict.reason in unproved]
    lost = [line.text for line in layer.undrawn if not line.is_language]
    if not texts and not lost:
        return "", ""
    message = f"{sum(map(len, texts))} characters come from the text layer alone: their font is not in the file"
    if lost:
        message += f"; {sum(map(len, lost))} more make no language: {_shortened('; '.join(lost))}"
    return message, "compare the page with the file opened where its fonts are installed"


def _astray(layer: PageLayer) -> tuple[str, str]:
    astray = telling(unused_characters(layer.astray))
    if not astray:
        return "", ""
    # What nobody sees on the page isn't quoted: it may be what somebody took out. The account has its places.
    message = f"{sum(len(one.text) for one in astray)} characters of the text layer stand where no print was found"
    return message, "compare the page with its picture"


def _misdecoded(lines: Sequence[Line]) -> tuple[str, str]:
    texts = [line.text for line in lines if looks_misdecoded(line.text)]
    if not texts:
        return "", ""
    message = f"{len(texts)} lines are printed in letters that make no language: {_shortened('; '.join(texts))}"
    return message, "their bytes may be of another encoding: find the original file"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
