"""Raised and lowered characters, told from where their ink begins and ends.

Thresholds are shares of the height of capitals. Type sets raised figures 0.58 to 0.7 as large and 0.3 to 0.45 em (0.42
to 0.65 of a capital) higher, lowered ones 0.12 to 0.2 em lower; worn scans at 150 dpi blur either by a tenth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recover.model.page import Line
from recover.model.styles import LOWERED, RAISED, read_styles, written
from recover.stages.type_styles.frame import Frame, Measures, frame_of, measure_page
from recover.stages.type_styles.shapes import Shape, shape

# A raised character ends this far above the baseline; a lowered one this far below it.
LIFTED, SUNK = 0.24, 0.08
# Either is so much smaller than one on the line.
SMALL = 0.86
# A lowered one begins this far below where its like would.
TOP_SUNK = 0.2
# A sign stands with its middle above or below these.
HIGH_SIGN, LOW_SIGN = 0.6, 0.16
# Signs, brackets and marks between two raised ones are raised, whatever their height.
_SCRIPTS = RAISED | LOWERED
_JOINING = frozenset("+-−–=±,.，、/()[]·×*:;'′")
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
    scripts = _without_strays(line, _joined(line, _with_faint(line, scripts)))
    styles = written([flag & ~_SCRIPTS | script for flag, script in zip(flags, scripts, strict=True)])
    return msgspec.structs.replace(line, styles=styles)


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
    return {
        Shape.TALL: frame.capitals,
        Shape.SHORT: frame.short,
        Shape.DEEP: frame.short + 0.3 * frame.capitals,
        Shape.DEEP_TALL: frame.capitals,
        Shape.BRACKET: 1.25 * frame.capitals,
        Shape.CELL: frame.han,
    }.get(kind, 0.0)


def _descent(kind: Shape) -> float:
    return {Shape.DEEP: 0.3, Shape.BRACKET: 0.25}.get(kind, 0.0)


def _sign(middle: float, text: str, at: int) -> int:
    """A sign has no height of its own: only its place tells, and only behind a letter or figure."""
    before = text[at - 1 : at]
    if not (before.isascii() and (before.isalnum() or before in ")]+-")):
        return 0
    return RAISED if middle >= HIGH_SIGN else LOWERED if middle <= LOW_SIGN else 0


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
    """A mark between two raised characters is raised as well."""
    joined = list(scripts)
    for at in range(1, len(joined) - 1):
        if not joined[at] and joined[at - 1] and joined[at - 1] == joined[at + 1] and line.text[at] in _JOINING:
            joined[at] = joined[at - 1]
    return joined


def _without_strays(line: Line, scripts: Sequence[int]) -> list[int]:
    """Without runs that hold no letter or figure, but for a charge, and without pieces of words."""
    kept = list(scripts)
    at = 0
    while at < len(kept):
        end = at + 1
        while end < len(kept) and kept[end] == kept[at]:
            end += 1
        run = line.text[at:end]
        has_body = any(char.isalnum() for char in run) or _CHARGE.fullmatch(run)
        if kept[at] and (not has_body or _is_in_word(line.text, at, end)):
            kept[at:end] = [0] * (end - at)
        at = end
    return kept


def _is_in_word(text: str, start: int, end: int) -> bool:
    """Whether small letters go on from a word, or are gone on with: those on the line, cut badly."""
    run = text[start:end]
    if not (run.isascii() and run.isalpha() and run.islower()):
        return False
    if text[end : end + 1].isascii() and text[end : end + 1].islower():
        return True
    return (text[max(0, start - 2) : start].isalpha() and text[max(0, start - 2) : start].islower() and start > 1) or (
        text[end : end + 1].isascii() and text[end : end + 1].isalpha() and text[start - 1 : start].isalpha()
    )
