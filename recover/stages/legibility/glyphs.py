"""Single glyphs that a font's map gets wrong, by what is printed wherever they stand.

A font may be right but for a few characters (或 shown as ½, every 7 as a 1). In the lines that were read, its glyphs
are compared with the print one by one; one that is never what it says, and always the same other character, is wrong on
the whole page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from rapidfuzz.distance import Levenshtein

from recover.model.layer import LayerText
from recover.model.page import Line
from recover.stages.legibility.agree import folded
from recover.text.legible import makes_word
from recover.text.scripts import is_han

# A reader as sure as this hardly errs; of signs that it confuses (marks, letters alike in shape) so many must agree.
SURE, OFTEN = 0.95, 3
# Of a figure one place is enough where the reader is as sure as this.
CERTAIN = 0.99
ALIKE = frozenset("0oO°º1lI|")

# A font's name and the character it says.
Glyph = tuple[str, str]


class _Contrast(msgspec.Struct, frozen=True):
    """What is printed where a glyph says otherwise, and whether this one place is proof."""

    printed: str
    is_proof: bool


class _Witness(msgspec.Struct):
    same: int = 0
    other: list[_Contrast] = msgspec.field(default_factory=list)


def wrong_glyphs(layer: Sequence[LayerText], read: Mapping[int, Line]) -> frozenset[Glyph]:
    """Glyphs that no line read has as they say; ``read`` are the lines read, by their index."""
    seen: dict[Glyph, _Witness] = defaultdict(_Witness)
    for index, line in read.items():
        for font, char, contrast in _compared(layer[index], line):
            if contrast is None:
                seen[font, char].same += 1
            else:
                seen[font, char].other.append(contrast)
    return frozenset(glyph for glyph, witness in seen.items() if _is_wrong(glyph[1], witness))


def _is_wrong(char: str, witness: _Witness) -> bool:
    if witness.same or len({contrast.printed for contrast in witness.other}) != 1:
        return False
    printed = witness.other[0].printed
    is_plain = _is_plain(char) and _is_plain(printed)
    needed = 2 if is_plain and not ALIKE.issuperset((char, printed)) else OFTEN
    return any(contrast.is_proof for contrast in witness.other) or len(witness.other) >= needed


def _is_plain(char: str) -> bool:
    return is_han(char) or char.isdigit()


def _compared(layer: LayerText, line: Line) -> Iterable[tuple[str, str, _Contrast | None]]:
    """Font and character of each place where both say one character, and what is printed where that is another."""
    left, right = folded(layer.text), folded(line.text)
    for code in Levenshtein.opcodes([char for char, _ in left], [char for char, _ in right]):
        source, target = left[code.src_start : code.src_end], right[code.dest_start : code.dest_end]
        if code.tag == "equal":
            yield from ((layer.fonts[at], layer.text[at], None) for _, at in source)
        elif code.tag == "replace" and len(source) == len(target):
            for (_, at), (printed, origin) in zip(source, target, strict=True):
                if line.confidences[origin] >= SURE:
                    proof = _is_proof(layer.text, at, printed, line.confidences[origin])
                    yield layer.fonts[at], layer.text[at], _Contrast(printed, proof)


def _is_proof(text: str, at: int, printed: str, confidence: float) -> bool:
    """Whether one place proves a glyph wrong: a figure surely read, a character that makes a word only as printed."""
    char = text[at]
    if char.isdigit() and printed.isdigit():
        return confidence >= CERTAIN and not ALIKE.issuperset((char, printed))
    if is_han(char) and is_han(printed):
        return makes_word(text[:at] + printed + text[at + 1 :], at) and not makes_word(text, at)
    return False


def contradicted(layer: LayerText, line: Line) -> tuple[bool, ...]:
    """For each character whether the print surely says otherwise."""
    found = [False] * len(layer.text)
    left, right = folded(layer.text), folded(line.text)
    for code in Levenshtein.opcodes([char for char, _ in left], [char for char, _ in right]):
        read = [origin for _, origin in right[code.dest_start : code.dest_end]]
        if code.tag == "replace" and min(line.confidences[origin] for origin in read) >= SURE:
            for _, at in left[code.src_start : code.src_end]:
                found[at] = True
    return tuple(found)
