"""The text layer of type that is drawn: right or wrong font by font, for a font's map serves the whole page.

A few lines of every font are read to try it. Read, too, is every line that something speaks against: outlines that
cannot be those of their characters, print that no character covers, letters that make no language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

import msgspec

from recover.model.layer import LayerText
from recover.model.page import Line
from recover.stages.legibility.agree import compare_readings
from recover.stages.legibility.glyphs import Glyph, contradicted, wrong_glyphs
from recover.stages.legibility.shapes import misfits
from recover.stages.legibility.signals import is_nonsense, is_unmapped
from recover.stages.legibility.verdict import Evidence, Verdict
from recover.text.legible import odd_han
from recover.text.scripts import is_han, is_latin

# Lines read to try a font, and the characters after which no further line is needed.
SAMPLE_LINES, ENOUGH = 3, 60
# A sound font agrees with the reading of its print by 90 % and more, a shifted map by less than 20 %.
SOUND = 0.6
# Symbols and formulas are read badly, so that a font of theirs with few letters must be quite unlike its print.
SOUND_SYMBOLS, FEW = 0.25, 12
# A font with more characters without a meaning than this share is wrong; others lack a few glyphs' maps.
UNMAPPED = 0.3
# A line with so many Chinese characters that are hardly ever written is read.
ODD_HAN = 1

# Of Latin signs drawn for Chinese a reader takes some for Chinese: _ for 一.
STRAY_HAN = 0.2

SUBSTITUTED = "its font is not in the file and another is drawn in its place: the text layer is the only witness"
UNLIKE = "characters that are not what is printed"


def judge_type(evidence: Evidence) -> tuple[Verdict, ...]:
    """A verdict for every line, from the verdicts on its fonts and on single characters."""
    wrong = _wrong_fonts(evidence)
    evidence = _with_substituted(evidence, wrong)
    odd = {index: _misfits(layer) for index, layer in enumerate(evidence.layer)}
    garbled = [index for index in range(len(evidence.layer)) if _may_be_garbled(evidence, index)]
    doubtful = [*garbled, *(index for index in odd if any(odd[index]) or index in evidence.bare)]
    for index, line in zip(garbled, evidence.read(garbled), strict=True):
        unlike = contradicted(evidence.layer[index], line)
        odd[index] = tuple(one or other for one, other in zip(odd[index], unlike, strict=True))
    glyphs = _wrong_glyphs(evidence, wrong, doubtful)
    return tuple(_verdict(evidence, index, wrong, odd[index], glyphs) for index in range(len(evidence.layer)))


def _with_substituted(evidence: Evidence, wrong: dict[str, str]) -> Evidence:
    """Evidence with the lines settled that another font is drawn in; these fonts are taken out of ``wrong``."""
    places = _places(evidence)
    substituted = {font for font in wrong if font in evidence.foreign and _is_substituted(evidence, font, places[font])}
    for font in substituted:
        del wrong[font]
    lines = {index for font in substituted for index in places[font]}
    settled = {**dict.fromkeys(lines, SUBSTITUTED), **evidence.settled}
    return msgspec.structs.replace(evidence, settled=settled)


def _is_substituted(evidence: Evidence, font: str, lines: Sequence[int]) -> bool:
    """Whether a font writes Chinese and what is drawn in its place is none."""
    said = "".join(_chars_of(evidence.layer[index], font) for index in lines)
    drawn = "".join(line.text for line in evidence.read(list(lines[:SAMPLE_LINES])))
    return any(map(is_han, said)) and not is_nonsense(said) and sum(map(is_han, drawn)) < STRAY_HAN * len(drawn)


def _misfits(layer: LayerText) -> tuple[bool, ...]:
    return tuple(odd or is_unmapped(char) for odd, char in zip(misfits(layer), layer.text, strict=True))


def _may_be_garbled(evidence: Evidence, index: int) -> bool:
    """Whether a line's letters may be no language: then the print decides between them."""
    text = evidence.layer[index].text
    return index not in evidence.settled and (is_nonsense(text) or odd_han(text) >= ODD_HAN)


def _wrong_glyphs(evidence: Evidence, wrong: Mapping[str, str], doubtful: Sequence[int]) -> frozenset[Glyph]:
    """Glyphs of sound fonts that the lines read so far show to be wrong."""
    tried = {index for font, lines in _places(evidence).items() if font not in wrong for index in lines[:1]}
    known = tried.union(doubtful) - evidence.settled.keys()
    indexes = sorted(known.union(_figure_lines(evidence, wrong, known)))
    found: dict[int, Line] = dict(zip(indexes, evidence.read(indexes), strict=True))
    return frozenset(glyph for glyph in wrong_glyphs(evidence.layer, found) if glyph[0] not in wrong)


def _figure_lines(evidence: Evidence, wrong: Mapping[str, str], known: Set[int]) -> set[int]:
    """A line for every figure of a sound font that no line read so far has: a wrong figure is no odd text."""
    lines: dict[Glyph, int] = {}
    for index, layer in enumerate(evidence.layer):
        for glyph in zip(layer.fonts, layer.text, strict=True):
            if glyph[1].isdigit() and glyph[0] not in wrong and (index in known or glyph not in lines):
                lines[glyph] = index
    return {index for index in lines.values() if index not in known and index not in evidence.settled}


def _wrong_fonts(evidence: Evidence) -> dict[str, str]:
    """Fonts whose characters are not what is printed, and how that is known."""
    places = _places(evidence)
    wrong = {font: fault for font in places if (fault := _fault(evidence, font))}
    evidence.read(sorted({lines[0] for font, lines in places.items() if font not in wrong}))
    for font, lines in places.items():
        text = "".join(_chars_of(evidence.layer[index], font) for index in lines)
        if sum(map(is_unmapped, text)) > UNMAPPED * len(text):
            wrong[font] = "characters without a meaning"
        elif font not in wrong and (reason := _trial(evidence, font, lines, text)):
            wrong[font] = reason
    return wrong


def _fault(evidence: Evidence, font: str) -> str:
    """What the file itself shows to be wrong with a font; fonts of one name are numbered behind a #."""
    return evidence.faults.get(font) or evidence.faults.get(font.rpartition("#")[0], "")


def _places(evidence: Evidence) -> dict[str, list[int]]:
    """The lines of every font, those with most of its characters first."""
    counts: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for index, text in enumerate(evidence.layer):
        if index in evidence.settled:
            continue
        for char, font in zip(text.text, text.fonts, strict=True):
            counts[font][index] += not char.isspace()
    return {font: sorted(lines, key=lambda at: (-lines[at], at)) for font, lines in counts.items()}


def _chars_of(text: LayerText, font: str) -> str:
    return "".join(char for char, its in zip(text.text, text.fonts, strict=True) if its == font)


def _trial(evidence: Evidence, font: str, lines: Sequence[int], text: str) -> str:
    """Why a font is wrong, by reading some of its lines; "" when it is not."""
    same = compared = 0
    for index in lines[:SAMPLE_LINES]:
        layer = evidence.layer[index]
        agreement = compare_readings(layer.text, evidence.read([index])[0].text)
        own = [value for value, its in zip(agreement.same, layer.fonts, strict=True) if its == font]
        same += sum(value is True for value in own)
        compared += sum(value is not None for value in own)
        if compared >= ENOUGH:
            break
    letters = sum(is_han(char) or is_latin(char) for char in text)
    needed = SOUND if letters >= max(FEW, len(text) // 2) else SOUND_SYMBOLS
    if not compared or same >= needed * compared or (letters < 3 and len(text) < FEW):
        return ""
    return f"a font whose characters are not what is printed ({same} of {compared} the same)"


def _verdict(
    evidence: Evidence, index: int, wrong: Mapping[str, str], odd: Sequence[bool], glyphs: frozenset[Glyph]
) -> Verdict:
    layer = evidence.layer[index]
    if not layer.text.strip():
        return Verdict("none")
    if index in evidence.settled:
        return Verdict("keep", evidence.settled[index])
    pairs = list(zip(layer.text, layer.fonts, strict=True))
    trusted = tuple(
        char.isspace() or (font not in wrong and not bad and (font, char) not in glyphs)
        for (char, font), bad in zip(pairs, odd, strict=True)
    )
    if all(trusted) and index not in evidence.bare:
        return Verdict("keep", "its fonts say what is printed")
    reason = next((wrong[font] for font in layer.fonts if font in wrong), UNLIKE if not all(trusted) else "")
    if any(ok and not char.isspace() for ok, char in zip(trusted, layer.text, strict=True)):
        return Verdict("reconcile", reason or "print that the layer lacks", trusted)
    return Verdict("re-read", reason)
