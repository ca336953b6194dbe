"""Raised and lowered characters, told from where their ink begins and ends between the lines that type stands on."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from enum import Enum

import msgspec

from recover.lexicon.characters import is_han, is_wide
from recover.lexicon.english import zipf
from recover.model.page import Line
from recover.model.replace import replace_text
from recover.model.styles import LOWERED, RAISED, read_styles, written


class Shape(Enum):
    """Tall: from the baseline to the height of capitals; short: to that of an x; deep ones reach below the line."""

    TALL = "tall"
    SHORT = "short"
    DEEP = "deep"
    DEEP_TALL = "deep and tall"
    BRACKET = "bracket"
    SIGN = "sign"
    CELL = "cell"
    HAN = "han"
    OTHER = "other"


_TALL = frozenset("0123456789ABCDEFGHIKLMNOPRSTUVWXYZbdfhklitΔΓΘΛΞΠΣΦΨΩδθλ%‰&#†‡§")
_SHORT = frozenset("acemnorsuvwxzαεικνοπστυω")
_DEEP = frozenset("gpqyμµγηρχς")
_DEEP_TALL = frozenset("jJQβζξφψ")
_BRACKETS = frozenset("()[]{}|/\\")
_SIGNS = frozenset("+-−–=±")
_CELLS = frozenset(chr(code) for code in range(0x2460, 0x2500))
# Their ink fills no whole cell: 一 is a stroke in the middle.
_LOW_HAN = frozenset("一二三四口日曰白工土士上下心小")


def shape(char: str) -> Shape:
    """The shape of a printed character."""
    if is_han(char):
        return Shape.OTHER if char in _LOW_HAN else Shape.HAN
    for members, kind in (
        (_DEEP_TALL, Shape.DEEP_TALL),
        (_TALL, Shape.TALL),
        (_SHORT, Shape.SHORT),
        (_DEEP, Shape.DEEP),
        (_BRACKETS, Shape.BRACKET),
        (_SIGNS, Shape.SIGN),
        (_CELLS, Shape.CELL),
    ):
        if char in members:
            return kind
    return Shape.OTHER


# Where a line's characters stand: its baseline, the height of its capitals, of its x, and its Han.

# So many characters of a kind are evidence, so many of figures with hardly a letter; so many about a place tell the
# baseline there.
ENOUGH, MANY, NEAR = 3, 5, 15
# What most typefaces show, as shares of the height of Han: used where a page has no letters to tell.
CAPITALS, ABOVE_FOOT, SHORT = 0.78, 0.09, 0.7


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """A page's type: the height of capitals and how far the baseline lies above Han's foot, both in heights of Han.

    ``short`` is the height of an x over that of capitals, ``figures`` that of figures.
    """

    capitals: float = CAPITALS
    above_foot: float = ABOVE_FOOT
    short: float = SHORT
    figures: float = 1.0


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A line's type, as shares of the line's height: the baseline at each character, and the height of capitals."""

    baselines: tuple[float, ...]
    capitals: float
    short: float
    han: float
    figures: float = 1.0


class _Kinds(msgspec.Struct, frozen=True):
    """A line's characters by the evidence they give, as offsets."""

    han: list[int]
    tall: list[int]
    short: list[int]


def measure_page(lines: Iterable[Line]) -> Measures:
    """How letters stand to Han on a page, from the lines that show both."""
    capitals, above, short, figures = [], [], [], []
    for line in lines:
        kinds = _kinds(line)
        if len(kinds.han) < ENOUGH:
            continue
        foot, height = statistics.median(line.bottoms[at] for at in kinds.han), _height(line, kinds.han)
        for at in kinds.tall:
            capitals.append((line.bottoms[at] - line.tops[at]) / height)
            figures += capitals[-1:] if line.text[at].isdecimal() else []
            above.append((foot - line.bottoms[at]) / height)
        short += [(line.bottoms[at] - line.tops[at]) / height for at in kinds.short]
    tall = statistics.median(capitals) if len(capitals) >= ENOUGH else CAPITALS
    return Measures(
        capitals=tall,
        above_foot=statistics.median(above) if len(above) >= ENOUGH else ABOVE_FOOT,
        short=statistics.median(short) / tall if len(short) >= ENOUGH else SHORT,
        figures=statistics.median(figures) / tall if len(figures) >= ENOUGH else 1.0,
    )


def frame_of(line: Line, page: Measures) -> Frame | None:
    """The line's frame; None where neither Han nor letters tell it."""
    kinds = _kinds(line)
    letters = [at for at in (*kinds.tall, *kinds.short) if line.text[at].isalpha()]
    is_told = len(kinds.han) >= ENOUGH or len(letters) >= ENOUGH
    if not is_told and not (letters and len(kinds.tall) + len(kinds.short) >= MANY):
        return None
    has_han = len(kinds.han) >= ENOUGH
    han = _height(line, kinds.han) if has_han else 0.0
    capitals = page.capitals * han if has_han else _tallest(line, kinds, page)
    feet = [(at, line.bottoms[at]) for at in (*kinds.tall, *kinds.short)]
    if has_han:
        feet += [(at, line.bottoms[at] - page.above_foot * han) for at in kinds.han]
    return Frame(
        baselines=_baselines(feet, len(line.text)),
        capitals=capitals,
        short=capitals * page.short,
        han=han or capitals / CAPITALS,
        figures=page.figures,
    )


def _kinds(line: Line) -> _Kinds:
    inked = [at for at in range(len(line.text)) if line.weights and line.weights[at] > 0]
    by_shape = {at: shape(line.text[at]) for at in inked}
    return _Kinds(
        [at for at in inked if by_shape[at] is Shape.HAN],
        [at for at in inked if by_shape[at] is Shape.TALL],
        [at for at in inked if by_shape[at] is Shape.SHORT],
    )


def _tallest(line: Line, kinds: _Kinds, page: Measures) -> float:
    """The height of capitals in a line of letters alone."""
    heights = [line.bottoms[at] - line.tops[at] for at in kinds.tall]
    if len(heights) >= ENOUGH:
        return statistics.median(heights)
    return statistics.median(line.bottoms[at] - line.tops[at] for at in (*kinds.short, *kinds.tall)) / page.short


def _height(line: Line, places: Sequence[int]) -> float:
    return max(1e-3, statistics.median(line.bottoms[at] - line.tops[at] for at in places))


def _baselines(feet: Sequence[tuple[int, float]], length: int) -> tuple[float, ...]:
    """The baseline at every character: what most of the nearest say, since a line may lean or bend."""
    ordered = sorted(feet)
    values: list[float] = []
    low = 0
    for at in range(length):
        while low + NEAR < len(ordered) and at - ordered[low][0] > ordered[low + NEAR][0] - at:
            low += 1
        values.append(statistics.median(foot for _, foot in ordered[low : low + NEAR]))
    return tuple(values)


# A raised character ends this far above the baseline; a lowered one this far below it.
LIFTED, SUNK = 0.24, 0.08
# Either is so much smaller than one on the line.
SMALL = 0.86
# A lowered one begins this far below where its like would.
TOP_SUNK = 0.2
# A figure is as small as this for sure, and behind a letter lowered where it reaches below the line at all: a pixel at
# 150 dpi. Old-style figures are as small; those of other typefaces are as high as capitals.
SMALL_FIGURE, HARDLY_SUNK, DEEPEST, FULL_FIGURES = 0.76, 0.045, 0.45, 0.88
# A sign stands with its middle above or below these.
HIGH_SIGN, LOW_SIGN = 0.6, 0.16
# Signs, brackets and marks between two raised ones are raised, whatever their height.
_SCRIPTS = RAISED | LOWERED
_JOINING = frozenset("+-−–=±,.，、/()[]·×*:;'′")
# None of these ends a raised or lowered run: they reach below the line by nature.
_NEVER_LAST = frozenset("/,.，、(;:")
# A minus before a raised figure is raised with it behind a unit or ten, however low its ink was found.
_MINUSES = frozenset("-−–")
_PERCENT = frozenset("%％‰")
_EXPONENTIAL = re.compile(r"(?:[A-Za-z]|(?<![\d.])10)\Z")
_ALLELE_PAIR = re.compile(r"(?<=[A-Za-z0-9])[-+−–]/[-+−–](?![A-Za-z0-9])")
_NUMBERS = re.compile(r"(?<=[\u4e00-\u9fff])\d{1,2}([.．])\d{1,2}(?=[，,、；;])")
# Charges stand alone behind a letter.
_ATTACHED = frozenset("+-−–*")
# So do the two alleles of a gene.
_CHARGE = re.compile(r"[-+−–*]+|[-+−–]/[-+−–]")


def mark_scripts(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A page's lines with their raised and lowered characters marked."""
    page = measure_page(lines)
    return tuple(_marked(line, page) for line in lines)


def _marked(line: Line, page: Measures) -> Line:
    if not line.tops or len(line.tops) != len(line.text):
        return line
    frame = frame_of(line, page)
    if frame is None:
        return line
    flags = read_styles(line.styles, len(line.text))
    found = [script_at(line, at, frame) for at in range(len(line.text))]
    scripts = [flag & _SCRIPTS or script for flag, script in zip(flags, found, strict=True)]
    scripts = _with_shallow(line, scripts, frame)
    scripts = _with_alleles(line, scripts)
    scripts = _without_strays(line, _with_stars(line, _joined(line, _with_faint(line, scripts))))
    styles = written([flag & ~_SCRIPTS | script for flag, script in zip(flags, scripts, strict=True)])
    return _with_commas(msgspec.structs.replace(line, styles=styles))


def _with_shallow(line: Line, scripts: Sequence[int], frame: Frame) -> list[int]:
    """Small figures behind a letter are lowered however little they sink, where figures are as high as capitals."""
    told = list(scripts)
    if frame.figures < FULL_FIGURES:
        return told
    for at in range(1, len(told)):
        before, char = line.text[at - 1], line.text[at]
        is_behind = (before.isalpha() and not is_wide(before)) or (told[at - 1] == LOWERED and before.isdecimal())
        if told[at] or not is_behind or not char.isdecimal() or not line.weights[at]:
            continue
        foot = (line.bottoms[at] - frame.baselines[at]) / frame.capitals
        height = (line.bottoms[at] - line.tops[at]) / frame.capitals
        if height <= SMALL_FIGURE and HARDLY_SUNK <= foot <= DEEPEST:
            told[at] = LOWERED
    return told


def _with_commas(line: Line) -> Line:
    """Raised numbers behind a name are parted by commas, which are hardly told from stops in so small type."""
    for match in _NUMBERS.finditer(line.text) if line.styles else ():
        at = match.start(1)
        if set(line.styles[match.start() : match.end()]) == {f"{RAISED:x}"}:
            line = replace_text(line, at, at + 1, ",")
    return line


def script_at(line: Line, at: int, frame: Frame, extent: tuple[float, float] | None = None) -> int:
    """How the character at ``at`` stands by its own ink; ``extent`` is that, where the line's takes in another's."""
    if not line.weights[at]:
        return 0
    top, bottom = extent or (line.tops[at], line.bottoms[at])
    kind = shape(line.text[at])
    scale = frame.capitals
    above_foot = (frame.baselines[at] - bottom) / scale
    height = (bottom - top) / scale
    if kind is Shape.SIGN:
        return _sign(above_foot + height / 2, line.text, at)
    full = _full_height(kind, frame) / scale
    if not full or height > SMALL * full:
        return 0
    if above_foot >= LIFTED:
        return RAISED
    top_sunk = full - (_descent(kind)) - (above_foot + height)
    if kind in (Shape.TALL, Shape.SHORT, Shape.DEEP, Shape.BRACKET) and above_foot <= -SUNK and top_sunk >= TOP_SUNK:
        return LOWERED
    return 0


def _full_height(kind: Shape, frame: Frame) -> float:
    """The height of a character on the line, as a share of the line's; 0 where its shape tells nothing."""
    if kind is Shape.TALL or kind is Shape.DEEP_TALL:
        return frame.capitals
    if kind is Shape.SHORT:
        return frame.short
    if kind is Shape.DEEP:
        return frame.short + 0.3 * frame.capitals
    if kind is Shape.BRACKET:
        return 1.25 * frame.capitals
    return frame.han if kind is Shape.CELL else 0.0


def _descent(kind: Shape) -> float:
    return {Shape.DEEP: 0.3, Shape.BRACKET: 0.25}.get(kind, 0.0)


def _sign(middle: float, text: str, at: int) -> int:
    """A sign has no height of its own: only its place tells, and only behind a letter or figure."""
    before = text[at - 1 : at]
    if not (before.isascii() and (before.isalnum() or before in ")]+-/")):
        return 0
    return RAISED if middle >= HIGH_SIGN and text[at] != "=" else LOWERED if middle <= LOW_SIGN else 0


def _with_faint(line: Line, scripts: Sequence[int]) -> list[int]:
    """What has no ink of its own, a minus taken for a speck, an x run into an a, stands as its neighbour does."""
    known = list(scripts)
    for at, char in enumerate(line.text):
        if line.weights[at] or known[at] or not char.isascii():
            continue
        before, after = known[at - 1] if at else 0, known[at + 1] if at + 1 < len(known) else 0
        if char in _ATTACHED or char.isalnum():
            known[at] = before or (after if char in _ATTACHED else 0)
    return known


def _joined(line: Line, scripts: Sequence[int]) -> list[int]:
    """A mark between two raised characters is raised as well, and a minus between a letter or ``10`` and a figure."""
    joined = list(scripts)
    for at in range(1, len(joined) - 1):
        if joined[at]:
            continue
        # In x²=y² the sign between the two raised figures stands on the line; i=1 is lowered as a whole.
        is_equals = line.text[at] == "=" and joined[at - 1] == RAISED
        if joined[at - 1] and joined[at - 1] == joined[at + 1] and line.text[at] in _JOINING and not is_equals:
            joined[at] = joined[at - 1]
        is_exponent = joined[at + 1] == RAISED and line.text[at + 1].isdecimal() and not joined[at - 1]
        if is_exponent and line.text[at] in _MINUSES and _EXPONENTIAL.search(line.text, 0, at):
            joined[at] = RAISED
    return joined


def _with_alleles(line: Line, scripts: Sequence[int]) -> list[int]:
    """``+/+`` and ``-/-`` behind a gene are raised all three where one of them is."""
    told = list(scripts)
    for match in _ALLELE_PAIR.finditer(line.text):
        if RAISED in told[match.start() : match.end()]:
            told[match.start() : match.end()] = [RAISED] * 3
    return told


def _with_stars(line: Line, scripts: Sequence[int]) -> list[int]:
    """Stars behind raised figures are raised with them; they stand so high by nature."""
    starred = list(scripts)
    for at in range(1, len(starred)):
        if starred[at - 1] == RAISED and line.text[at] in "*＊":
            starred[at] = RAISED
    return starred


_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d?-\d\d?(?!\d)")
_SENTENCE = re.compile(r" [a-z]{2}")
# Words of two letters that sentences begin with have 6.3 and more, symbols like Xn and Kd 4.4 at most.
USUAL_WORD = 6.0


def _without_strays(line: Line, scripts: Sequence[int]) -> list[int]:
    """Without runs that hold no letter or figure, but for a charge, and without pieces of words."""
    kept = list(scripts)
    at = 0
    while at < len(kept):
        end = at + 1
        while end < len(kept) and kept[end] == kept[at]:
            end += 1
        while kept[at] and end - at > 1 and line.text[end - 1] in _NEVER_LAST:
            end -= 1
            kept[end] = 0
        run = line.text[at:end]
        has_body = any(char.isalnum() for char in run) or _CHARGE.fullmatch(run)
        # A raised figure behind a point is a worn decimal.
        is_decimal = line.text[at - 1 : at] == "." and at > 1 and line.text[at - 2].isdecimal() and not kept[at - 2]
        # As is one between a figure and a percent sign: 5.40 %.
        is_worn = run.isdecimal() and line.text[end : end + 1] in _PERCENT and line.text[:at][-1:].isdecimal()
        # Nor is a letter behind an opening bracket raised: what is raised belongs to what stands before it.
        is_first = run.isalpha() and line.text[:at][-1:] in ("(", "（")
        is_whole = is_first or _is_in_date(line.text, at, end) or _is_in_word(line.text, at, end)
        if kept[at] and (not has_body or is_decimal or is_worn or is_whole):
            kept[at:end] = [0] * (end - at)
        at = end
    return kept


def _is_in_date(text: str, start: int, end: int) -> bool:
    """Whether figures stand between the hyphens of a date: 2020-08-17."""
    return any(found.start() < start and end < found.end() for found in _DATE.finditer(text))


def _is_in_word(text: str, start: int, end: int) -> bool:
    """Whether small letters go on from a word, or are gone on with: those on the line, cut badly."""
    run, before, after = text[start:end], text[max(0, start - 2) : start], text[end : end + 1]
    if not (run.isascii() and run.isalpha() and run.islower()):
        return False
    if before[-1:].isupper() and not before[:-1].isalnum() and _SENTENCE.match(text, end):
        # A kerned word of two letters that a sentence begins with: We find.
        return zipf(before[-1] + run) >= USUAL_WORD
    if after.isascii() and after.islower():
        return True
    is_behind_word = len(before) == 2 and before.isascii() and before.isalpha() and before.islower()
    return is_behind_word or (after.isascii() and after.isalpha() and before[-1:].isalpha())
