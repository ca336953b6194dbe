"""The text layer of type that is drawn: right or wrong font by font and glyph by glyph, told from the print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence, Set

import msgspec

from recover.lexicon.characters import is_han, is_latin
from recover.model.geometry import Box
from recover.model.page import LayerText, Line
from recover.stages.legibility.verdict import (
    Evidence,
    Verdict,
    compare_in_place,
    folded,
    is_nonsense,
    is_unmapped,
    placed_codes,
)
from recover.text.legible import makes_word, odd_han

# Shares of the type size. Outlines of Chinese characters measure 0.8 to 0.95 both ways; of Latin letters only a few
# are as broad, and none of these as high.
HAN_SIZED = 0.8
# Chinese characters of few strokes are flat or thin, but long; smaller than this both ways is a mark.
LEAST_HAN = 0.4
# Marks are small; Latin signs of the middle (=, -, ~) are flat, and a hyphen is short (TeX's minus is 0.61 wide).
LARGEST_MARK, HIGHEST_DASH, LONGEST_HYPHEN = 0.7, 0.45, 0.7
# Raised letters and figures end so high above the base line at least, which lies so high in the cell.
RAISED, BASE = 0.15, 0.13

_MARKS = frozenset(".,:;·'\"`´¨¸°ºª¹²³’‘、。，；：．")
_RAISED = frozenset("ºª°¹²³")
# Flat, or thin where the line runs down.
_DOTS = frozenset("…‥")
_DASHES = frozenset("=-~–—−¬")
# As broad and as high as a Chinese character in most typefaces.
_BROAD = frozenset("@©®™ÅÄÖÕÔÂÃÆŒ½¼¾%‰")
_FRACTIONS = frozenset("½¼¾")


def misfits(layer: LayerText) -> tuple[bool, ...]:
    """For each character whether its outline cannot be its own."""
    if not layer.inks:
        return (False,) * len(layer.text)
    return tuple(
        ink is not None and _is_misfit(at, layer.text, box, ink)
        for at, (box, ink) in enumerate(zip(layer.boxes, layer.inks, strict=True))
    )


def _is_misfit(at: int, text: str, cell: Box, ink: Box) -> bool:
    char, size = text[at], max(1e-6, cell.height)
    width, height = ink.width / size, ink.height / size
    if is_han(char):
        return max(width, height) < LEAST_HAN
    if char in _RAISED:
        return (cell.y1 - ink.y1) / size - BASE < RAISED
    if char in _MARKS:
        return max(width, height) > LARGEST_MARK
    if char in _DASHES or char in _DOTS:
        thickness = min(width, height) if char in _DOTS else height
        return thickness > HIGHEST_DASH or (char == "-" and width > LONGEST_HYPHEN)
    if char in _FRACTIONS:
        return _is_no_fraction(at, text)
    return ord(char) < 0x250 and char not in _BROAD and min(width, height) > HAN_SIZED


def _is_no_fraction(at: int, text: str) -> bool:
    """Whether a fraction stands where none can: before a figure, or behind a Chinese character and before another."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return after.isdigit() or (any(map(is_han, after)) and not before.isdigit())


# Single glyphs that a font's map gets wrong, by what is printed wherever they stand.

# A reader as sure as this hardly errs; of signs that it confuses (marks, letters alike in shape) so many must agree.
SURE, OFTEN = 0.95, 3
# Of a figure one place is enough where the reader is as sure as this.
CERTAIN = 0.99
# A sign that stands for several (， and 。 mapped to one) is right in some places: wrong in so many, it is in doubt.
MOSTLY = 0.3
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


def wrong_glyphs(layer: Sequence[LayerText], read: Mapping[int, Line], wrong: Container[str] = ()) -> frozenset[Glyph]:
    """Glyphs that no line read has as they say; ``read`` are the lines read, by their index.

    ``wrong`` are fonts that are known to lie: beside their characters nobody knows which sign was read for which.
    """
    seen: dict[Glyph, _Witness] = defaultdict(_Witness)
    for index, line in read.items():
        for font, char, contrast in _compared(layer[index], line, wrong):
            if contrast is None:
                seen[font, char].same += 1
            else:
                seen[font, char].other.append(contrast)
    return frozenset(glyph for glyph, witness in seen.items() if _is_wrong(glyph[1], witness))


def _is_wrong(char: str, witness: _Witness) -> bool:
    wrong = len(witness.other)
    if not char.isalnum() and wrong >= OFTEN and wrong >= MOSTLY * (witness.same + wrong):
        return True
    if witness.same or len({contrast.printed for contrast in witness.other}) != 1:
        return False
    printed = witness.other[0].printed
    is_plain = _is_plain(char) and _is_plain(printed)
    needed = 2 if is_plain and not ALIKE.issuperset((char, printed)) else OFTEN
    return any(contrast.is_proof for contrast in witness.other) or len(witness.other) >= needed


def _is_plain(char: str) -> bool:
    return is_han(char) or char.isdigit()


def _compared(layer: LayerText, line: Line, wrong: Container[str]) -> Iterable[tuple[str, str, _Contrast | None]]:
    """Font and character of each place where both say one character, and what is printed where that is another."""
    left, right = folded(layer.text), folded(line.text)
    odd = misfits(layer)
    for code in placed_codes(layer.text, [box.center[0] for box in layer.boxes], line):
        source, target = left[code.src_start : code.src_end], right[code.dest_start : code.dest_end]
        if code.tag == "equal":
            yield from ((layer.fonts[at], layer.text[at], None) for _, at in source)
        elif code.tag == "replace" and len(source) == len(target):
            for (_, at), (printed, origin) in zip(source, target, strict=True):
                beside = layer.fonts[max(0, at - 1) : at + 2]
                if line.confidences[origin] >= SURE and not any(font in wrong for font in beside):
                    proof = odd[at] or _is_proof(layer.text, at, printed, line.confidences[origin])
                    yield layer.fonts[at], layer.text[at], _Contrast(printed, proof)


def _is_proof(text: str, at: int, printed: str, confidence: float) -> bool:
    """Whether a place proves a glyph wrong by its text: a figure surely read, a character in no word but as printed."""
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
    for code in placed_codes(layer.text, [box.center[0] for box in layer.boxes], line):
        read = [origin for _, origin in right[code.dest_start : code.dest_end]]
        if code.tag == "replace" and min(line.confidences[origin] for origin in read) >= SURE:
            for _, at in left[code.src_start : code.src_end]:
                found[at] = True
    return tuple(found)


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
    return frozenset(glyph for glyph in wrong_glyphs(evidence.layer, found, wrong) if glyph[0] not in wrong)


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
        agreement = compare_in_place(layer, evidence.read([index])[0])
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
