"""What of a text layer stands in no line of the page's reading, and why: nothing of it is dropped without a word."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from recover.model.geometry import Transform, enclose
from recover.model.layer import LayerChar, LayerText
from recover.model.page import Line, Rejected
from recover.stages.legibility.agree import folded
from recover.stages.legibility.verdict import Verdict
from recover.text.legible import legibility

# Neighbours of one row, no farther apart in type sizes, are told together.
APART = 1.5
# Text set aside is worth a warning from so many letters on; stray signs, leaders and bullets are not.
TELLING = 8

NOT_FOUND = "the text layer has it where no print was found"
SLANTED = "text across the page: a watermark or a stamp"
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
    if is_slanted(char):
        return SLANTED
    return NOT_FOUND if char.is_painted else UNPAINTED


def _goes_on(before: LayerChar, char: LayerChar) -> bool:
    if is_slanted(before) and is_slanted(char):
        return True
    gap = char.box.x0 - before.box.x1
    beside = abs(char.box.center[1] - before.box.center[1]) < 0.5 * before.box.height
    return beside and -APART * before.size < gap < APART * before.size and char.is_painted == before.is_painted


def telling(rejected: Sequence[Rejected]) -> tuple[Rejected, ...]:
    """Those that a person should look at: words, not leaders, bullets and what an OCR program saw in a picture."""
    return tuple(one for one in rejected if one.why != SLANTED and _is_telling(one.text))


def _is_telling(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= TELLING and len(set(letters)) > TELLING // 2 and legibility(text).is_legible
