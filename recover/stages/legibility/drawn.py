"""The text layer of type that is drawn: right or wrong font by font, for a font's map serves the whole page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from recover.model.layer import LayerText
from recover.stages.legibility.agree import compare_readings
from recover.stages.legibility.signals import is_unmapped
from recover.stages.legibility.verdict import Evidence, Verdict
from recover.text.scripts import is_han, is_latin

# Lines read to try a font, and the characters after which no further line is needed.
SAMPLE_LINES, ENOUGH = 3, 60
# A sound font agrees with the reading of its print by 90 % and more, a shifted map by less than 20 %.
SOUND = 0.6
# Symbols and formulas are read badly, so that a font of theirs with few letters must be quite unlike its print.
SOUND_SYMBOLS, FEW = 0.25, 12


def judge_type(evidence: Evidence) -> tuple[Verdict, ...]:
    """A verdict for every line, from the verdicts on its fonts."""
    wrong = _wrong_fonts(evidence)
    return tuple(_verdict(layer, wrong) for layer in evidence.layer)


def _wrong_fonts(evidence: Evidence) -> dict[str, str]:
    """Fonts whose characters are not what is printed, and how that is known."""
    places = _places(evidence.layer)
    wrong = {font: evidence.faults[font] for font in places if font in evidence.faults}
    evidence.read(sorted({lines[0] for font, lines in places.items() if font not in wrong}))
    for font, lines in places.items():
        text = "".join(_chars_of(evidence.layer[index], font) for index in lines)
        if is_unmapped(text):
            wrong[font] = "characters without a meaning"
        elif font not in wrong and (reason := _trial(evidence, font, lines, text)):
            wrong[font] = reason
    return wrong


def _places(layer: Sequence[LayerText]) -> dict[str, list[int]]:
    """The lines of every font, those with most of its characters first."""
    counts: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for index, text in enumerate(layer):
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
        agreement = compare_readings(layer.text, evidence.read([index])[0])
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


def _verdict(layer: LayerText, wrong: dict[str, str]) -> Verdict:
    if not layer.text.strip():
        return Verdict("none")
    trusted = tuple(char.isspace() or font not in wrong for char, font in zip(layer.text, layer.fonts, strict=True))
    reason = next((wrong[font] for font in layer.fonts if font in wrong), "")
    if all(trusted):
        return Verdict("keep", "its fonts say what is printed")
    if any(ok and not char.isspace() for ok, char in zip(trusted, layer.text, strict=True)):
        return Verdict("reconcile", reason, trusted)
    return Verdict("re-read", reason)
