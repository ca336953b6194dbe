"""What a formula says, by the places and sizes of its characters and the rules between them.

Fractions, roots, sums with limits, what is raised and lowered, brackets over several rows. A formula whose parts stand
otherwise is not told.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import msgspec

from recover.model.geometry import Box, enclose
from recover.text.mathematics import (
    RELATIONS,
    WITH_LIMITS,
    Accent,
    Fence,
    Fraction,
    Lines,
    Mark,
    Node,
    Root,
    Row,
    Scripts,
    Sign,
    brackets,
)

# Sizes are shares of a row's type size. Type smaller than this is raised or lowered, and smaller than that to what is
# so: TeX, Typst and Word set .7 and .5, .71 and .5, .73 and .6.
SMALL, SMALLER = 0.86, 0.62
# Type on the line stands no farther off it; raised or lowered type no nearer.
_LEVEL, _OFF, _CLEAR = 0.06, 0.08, 0.25
# A fraction's rule stands over the baseline by about the height of a minus; .2 to .3 in six typefaces.
_AXIS, _OFF_AXIS = 0.25, 0.12
# How far a rule may miss the ends of what it stands over, or the root it belongs to.
_REACH, NEAR = 0.15, 0.25
# Brackets higher than this have grown with what they hold; parentheses of a line are 1 to 1.1 high.
_GROWN = 1.35
# White wider than this is a quad. Letters of a word and figures of a number stand no farther apart, nor stops behind
# them; nor small type in a run, which stands no farther from its sum; nor a line over what it covers.
_QUAD, _WORD, _STOP, _RUN, _FAR, _OVER = 0.9, 0.2, 0.3, 0.6, 0.8, 0.5
# A rule this much of the widest may be the one between a fraction's parts.
_ALMOST = 0.9
ACCENTS: dict[str, Mark] = {
    "\u0302": "hat", "ˆ": "hat", "^": "hat", "\u0303": "tilde", "˜": "tilde", "~": "tilde", "\u0304": "bar",
    "¯": "bar", "‾": "overline", "\u0305": "overline", "\u20d7": "vec", "\u0307": "dot", "˙": "dot", "\u0308": "ddot",
}  # fmt: skip


# What carries nothing raised or lowered.
_UNSCRIPTED = RELATIONS | frozenset("+-−×÷±∓·,;([{")


class NotTold(ValueError):
    """A formula whose parts don't account for all that is printed."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a formula: what it says, where its ink stands, and of what size its type is.

    ``axis`` is where a fraction's rule lies. Brackets and sums grow: their baseline tells nothing. ``is_least``: its
    type is as small as the formula's gets, so that what is raised beside it is no smaller.
    """

    node: Node
    ink: Box
    baseline: float
    size: float
    axis: float | None = None
    grows: bool = False
    is_least: bool = False

    @property
    def text(self) -> str:
        """The sign it is; "" for all that is built up."""
        return self.node.text if isinstance(self.node, Sign) else ""

    @property
    def is_grown(self) -> bool:
        """Whether it is a bracket higher than those of a line."""
        return bool(self.text) and self.text in "()[]{}|" and self.ink.height > _GROWN * self.size


Band: TypeAlias = tuple[list[Part], list[Box]]


def bands_of(parts: Sequence[Part], rules: Sequence[Box]) -> list[Band]:
    """What white from side to side parts, from above."""
    boxes = sorted([*(part.ink for part in parts), *rules], key=lambda box: box.y0)
    cuts, foot = [], boxes[0].y1
    for box in boxes:
        if box.y0 > foot:
            cuts.append((foot + box.y0) / 2)
        foot = max(foot, box.y1)
    edges = [float("-inf"), *cuts, float("inf")]
    return [
        (
            [part for part in parts if top < part.ink.center[1] < bottom],
            [rule for rule in rules if top < rule.center[1] < bottom],
        )
        for top, bottom in pairwise(edges)
    ]


def _tree(parts: Sequence[Part], rules: Sequence[Box] = ()) -> Node:
    return row_of(pieces_of(parts, rules))


def row_of(pieces: Sequence[Part]) -> Node:
    """What pieces say that stand in a row, brackets that have grown around what they hold."""
    row = tuple(brackets([piece.node for piece in pieces], [piece.is_grown for piece in pieces]))
    return row[0] if len(row) == 1 else Row(row)


def pieces_of(parts: Sequence[Part], rules: Sequence[Box] = ()) -> list[Part]:
    """The pieces of one row as it is read, from the left."""
    if not parts:
        raise NotTold
    brace = _open_brace(parts, rules)
    if brace is not None:
        return _with_cases(parts, rules, brace)
    if rules:
        return pieces_of(*_around_rule(parts, rules))
    return _assembled(_with_limits(_with_accents(_words(parts))))


# What stands around a rule: fractions, roots, and parts with a line over them.


def _around_rule(parts: Sequence[Part], rules: Sequence[Box]) -> tuple[list[Part], list[Box]]:
    """The parts with what stands around the widest rule made one, and the other rules."""
    rule = max(
        rules,
        key=lambda one: (
            (_is_between(one, parts), one.width) if one.width > _ALMOST * max(r.width for r in rules) else (False, 0.0)
        ),
    )
    size = max(part.size for part in parts)
    root = next((part for part in parts if part.text == "√" and _begins(rule, part)), None)
    column = [part for part in parts if part is not root and _is_in(part.ink, rule, size)]
    inner = [other for other in rules if other is not rule and _is_in(other, rule, size)]
    if root is not None:
        column = [part for part in column if rule.y0 < part.ink.center[1] < root.ink.y1 + _REACH * size]
        inner = [other for other in inner if rule.y0 < other.center[1] < root.ink.y1]
        made, used = _root(root, rule, column, inner, parts)
    else:
        made, used = _stacked(rule, column, inner), column
    rest = [part for part in parts if not any(part is one for one in used)]
    return [*rest, made], [other for other in rules if other is not rule and other not in inner]


def _is_between(rule: Box, parts: Sequence[Part]) -> bool:
    """Whether parts stand above a rule and below it."""
    column = [part.ink.center[1] for part in parts if _is_in(part.ink, rule, part.size)]
    return any(y < rule.y0 for y in column) and any(y > rule.y1 for y in column)


def _is_in(box: Box, rule: Box, size: float) -> bool:
    return rule.x0 - _REACH * size < box.center[0] < rule.x1 + _REACH * size


def _begins(rule: Box, root: Part) -> bool:
    near = NEAR * root.size
    return abs(root.ink.x1 - rule.x0) < near and abs(root.ink.y0 - rule.y0) < near


def _root(
    sign: Part, rule: Box, column: Sequence[Part], inner: Sequence[Box], parts: Sequence[Part]
) -> tuple[Part, list[Part]]:
    """The root and all the parts it is made of."""
    index = [
        part
        for part in parts
        if part.size < SMALL * sign.size
        and sign.ink.x0 - _REACH * sign.size < part.ink.center[0] < sign.ink.x1
        and part.ink.y1 < sign.ink.center[1] + NEAR * sign.size
        and not any(part is one for one in column)
    ]
    pieces = pieces_of(column, inner)
    node = Root(row_of(pieces), _tree(index) if index else None)
    ink = enclose([sign.ink, rule, *(part.ink for part in (*column, *index))])
    size, baseline = _line_of(pieces)
    if baseline is None:
        baseline, size = sign.baseline, sign.size
    return Part(node=node, ink=ink, baseline=baseline, size=size), [sign, *column, *index]


def _stacked(rule: Box, column: Sequence[Part], inner: Sequence[Box]) -> Part:
    """The fraction at a rule, or what it stands over."""
    above = [part for part in column if part.ink.center[1] < rule.center[1]]
    below = [part for part in column if part.ink.center[1] > rule.center[1]]
    if not below:
        raise NotTold("rule")
    rules_above = [other for other in inner if other.center[1] < rule.y0]
    rules_below = [other for other in inner if other.center[1] > rule.y1]
    pieces = pieces_of(below, rules_below)
    ink = enclose([rule, *(part.ink for part in column)])
    size = max(part.size for part in column)
    if above:
        node = Fraction(_tree(above, rules_above), row_of(pieces))
        return Part(node=node, ink=ink, baseline=rule.center[1] + _AXIS * size, size=size, axis=rule.center[1])
    size, baseline = _line_of(pieces)
    if rules_above or baseline is None or min(part.ink.y0 for part in below) - rule.y1 > _OVER * size:
        raise NotTold("rule")
    return Part(node=Accent(row_of(pieces), "overline"), ink=ink, baseline=baseline, size=size)


# Rows: words and numbers, accents, limits, brackets over several rows, and what stands raised and lowered.


def _line_of(pieces: Sequence[Part]) -> tuple[float, float | None]:
    """A row's type size and its baseline; None where all of it grows."""
    rigid = [piece for piece in pieces if not piece.grows and piece.axis is None]
    size = max(piece.size for piece in rigid or pieces)
    if rigid and any(SMALL * piece.size > size for piece in pieces):
        # All that stands on the line grows or is built up: a fraction between brackets, raised to a power.
        size = max(piece.size for piece in pieces)
        rigid = [piece for piece in pieces if piece.axis is not None and piece.size > SMALL * size]
    feet = [piece.baseline for piece in rigid if piece.size > SMALL * size]
    return size, statistics.median(feet) if feet else None


def _words(parts: Sequence[Part]) -> list[Part]:
    """The parts with figures that stand together made numbers, and upright letters words."""
    made: list[Part] = []
    for part in sorted(parts, key=lambda one: (round(one.size, 1), round(one.baseline, 1), one.ink.x0)):
        before = made[-1] if made else None
        if before is not None and _goes_on(before, part):
            face = "number" if before.node.face == "number" else part.node.face  # type: ignore[union-attr]
            node = Sign(before.text + part.text, face)
            made[-1] = msgspec.structs.replace(before, node=node, ink=enclose((before.ink, part.ink)))
        else:
            made.append(part)
    if any(part.text.endswith(".") and part.text != "." for part in made):
        raise NotTold("stop")
    return made


def _goes_on(before: Part, part: Part) -> bool:
    if not (isinstance(before.node, Sign) and isinstance(part.node, Sign)) or before.grows or part.grows:
        return False
    is_level = abs(before.baseline - part.baseline) < _LEVEL * part.size and abs(before.size - part.size) < 0.1
    is_near = part.ink.x0 - before.ink.x1 < (_WORD if part.text != "." else _STOP) * part.size
    faces = (before.node.face, part.node.face)
    is_number = faces == ("number", "number") or (faces[0] == "number" and part.text == "." and "." not in before.text)
    return is_level and is_near and (is_number or faces in (("upright", "upright"), ("words", "words")))


def _with_accents(parts: Sequence[Part]) -> list[Part]:
    """The parts with marks and the letters they stand over made one."""
    marks = [part for part in parts if part.text in ACCENTS and part.text]
    made = [part for part in parts if not any(part is mark for mark in marks)]
    for mark in marks:
        x, under = mark.ink.center[0], mark.ink.y1 - _LEVEL * mark.size
        hosts = [one for one in made if one.ink.x0 < x < one.ink.x1 and under < one.ink.y0 < under + _OVER * one.size]
        if len(hosts) != 1 or isinstance(hosts[0].node, Fraction):
            raise NotTold(mark.text)
        node = Accent(hosts[0].node, ACCENTS[mark.text])
        made[next(at for at, one in enumerate(made) if one is hosts[0])] = msgspec.structs.replace(
            hosts[0], node=node, ink=enclose((hosts[0].ink, mark.ink))
        )
    return made


def _with_limits(parts: Sequence[Part]) -> list[Part]:
    """The parts with sums and what stands below and above them made one."""
    made = list(parts)
    signs = [part for part in parts if part.text in WITH_LIMITS and part.text]
    for sign in signs:
        small = [part for part in made if part.size < SMALL * sign.size and _nearest(part, signs) is sign]
        below = _limit(sign, [part for part in small if part.ink.y0 > sign.ink.y1 - _LEVEL * sign.size])
        above = _limit(sign, [part for part in small if part.ink.y1 < sign.ink.y0 + _LEVEL * sign.size])
        if not below and not above:
            continue
        node = Scripts(sign.node, _tree(below) if below else None, _tree(above) if above else None)
        used = [sign, *below, *above]
        made = [part for part in made if not any(part is one for one in used)]
        ink = enclose(part.ink for part in used)
        made.append(Part(node=node, ink=ink, baseline=sign.baseline, size=sign.size, grows=sign.grows))
    return made


def _nearest(part: Part, signs: Sequence[Part]) -> Part:
    return min(signs, key=lambda sign: abs(sign.ink.center[0] - part.ink.center[0]))


def _limit(sign: Part, small: Sequence[Part]) -> list[Part]:
    """Of small type above or below a sum what stands in one run over or under it."""
    run: list[Part] = []
    reach = sign.ink
    for part in sorted(small, key=lambda one: abs(one.ink.center[0] - sign.ink.center[0])):
        is_high = max(part.ink.y0 - sign.ink.y1, sign.ink.y0 - part.ink.y1) > _FAR * sign.size
        apart = max(part.ink.x0 - reach.x1, reach.x0 - part.ink.x1)
        if not is_high and apart < (_RUN * part.size if run else 0.0):
            run.append(part)
            reach = part.ink if len(run) == 1 else enclose((reach, part.ink))
    return run


def _open_brace(parts: Sequence[Part], rules: Sequence[Box]) -> Part | None:
    """The one brace over several rows that nothing closes; no rule reaches over it."""
    braces = [part for part in parts if part.is_grown and part.text == "{"]
    is_closed = any(part.is_grown and part.text == "}" for part in parts)
    if len(braces) != 1 or is_closed or any(rule.x0 < braces[0].ink.x0 < rule.x1 for rule in rules):
        return None
    return braces[0]


def _with_cases(parts: Sequence[Part], rules: Sequence[Box], brace: Part) -> list[Part]:
    edge = brace.ink.center[0]
    inside = [part for part in parts if part is not brace and part.ink.center[0] > edge]
    before = [part for part in parts if part is not brace and part.ink.center[0] < edge]
    rows = bands_of(inside, [rule for rule in rules if rule.x0 > edge])
    if len(rows) < 2:
        raise NotTold("brace")
    lines = Lines(tuple((_tree(*row),) for row in rows))
    pieces = pieces_of(before, [rule for rule in rules if rule.x0 < edge]) if before else []
    ink = enclose([brace.ink, *(part.ink for part in inside)])
    return [*pieces, Part(node=Fence("{", lines, ""), ink=ink, baseline=brace.baseline, size=brace.size, grows=True)]


def _assembled(parts: Sequence[Part]) -> list[Part]:
    """The row's parts from the left, what is raised and lowered behind what it belongs to."""
    size, baseline = _line_of(parts)
    line: list[Part] = []
    scripts: list[tuple[list[Part], list[Part]]] = []
    for part in sorted(parts, key=lambda one: one.ink.x0):
        rise = _rise(part, size, baseline, scripts[-1] if scripts else ([], []))
        if rise == 0:
            line.append(part)
            scripts.append(([], []))
            continue
        if not line or (line[-1].text in _UNSCRIPTED and line[-1].text):
            # Raised before its letter: isotopes.
            line.append(Part(node=Row(), ink=part.ink, baseline=baseline or part.baseline, size=size))
            scripts.append(([], []))
        scripts[-1][rise > 0].append(part)
    return _spaced([_scripted(base, *around) for base, around in zip(line, scripts, strict=True)], size)


def _rise(part: Part, size: float, baseline: float | None, around: tuple[list[Part], list[Part]]) -> int:
    """1 for raised, -1 for lowered, 0 for on the line; ``around`` is what the part before has of both."""
    if baseline is None:
        if part.size > SMALL * size:
            return 0
        raise NotTold(part.text)
    if part.axis is not None:
        rise = (baseline - _AXIS * size - part.axis) / size
        return 0 if abs(rise) < _OFF_AXIS else 1 if rise > 0 else -1
    rise = (baseline - part.baseline) / size
    if part.size > SMALL * size:
        if part.grows or abs(rise) < _LEVEL:
            return 0
        if part.is_least and _CLEAR < abs(rise) < 2 * _CLEAR:
            return 1 if rise > 0 else -1
        raise NotTold(part.text)
    if part.size < SMALLER * size and any(around):
        # Raised or lowered once more: it goes with the nearer of what stands before it.
        near = [
            (abs(group[-1].baseline - part.baseline), sign)
            for group, sign in zip(around, (-1, 1), strict=True)
            if group
        ]
        return min(near)[1]
    if abs(rise) < _OFF:
        raise NotTold(part.text)
    return 1 if rise > 0 else -1


def _scripted(base: Part, lower: Sequence[Part], upper: Sequence[Part]) -> Part:
    if not lower and not upper:
        return base
    node = Scripts(base.node, _tree(lower) if lower else None, _tree(upper) if upper else None)
    ink = enclose(part.ink for part in (base, *lower, *upper))
    return msgspec.structs.replace(base, node=node, ink=ink)


def _spaced(pieces: Sequence[Part], size: float) -> list[Part]:
    """The pieces with wide white between them as a part of its own."""
    spaced = list(pieces[:1])
    for before, piece in pairwise(pieces):
        if piece.ink.x0 - before.ink.x1 > _QUAD * size:
            spaced.append(msgspec.structs.replace(piece, node=Sign("\u2003"), axis=None))
        spaced.append(piece)
    return spaced
