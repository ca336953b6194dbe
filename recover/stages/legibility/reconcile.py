"""A layer's line and a reading of it made one: sound characters stay, the others come from the print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import cv2
import msgspec
import numpy as np
from rapidfuzz.distance import Levenshtein, Opcode, Opcodes

from recover.model.geometry import Box
from recover.model.page import Line
from recover.model.raster import Pixels
from recover.model.styles import padded
from recover.settings import TextLayerChoice
from recover.stages.legibility.drawn import judge_type
from recover.stages.legibility.verdict import (
    Evidence,
    Verdict,
    compare_readings,
    folded,
    is_nonsense,
    is_off_scale,
    is_short_of_print,
    is_unmapped,
    mean_share,
    placed_codes,
)

# Outlines reach a little over their cells; anti-aliased edges too. In line heights.
OVERHANG = 0.08
# The smallest mark of print, and the thickest rule or underline and its least length, in line heights.
LEAST_MARK, RULE, LONG = 0.1, 0.15, 1.5
# What hangs in from the neighbouring lines lies with its middle in the outermost part of the picture.
RIM = 0.08


def has_uncovered_print(ink: Pixels, cells: Sequence[Box]) -> bool:
    """Whether a line has ``ink`` (1 where it is dark) outside of ``cells``, its layer's characters in pixels."""
    height, width = ink.shape
    if not height or not width:
        return False
    mask = ink.copy()
    slack = OVERHANG * height
    for cell in cells:
        mask[:, max(0, int(cell.x0 - slack)) : max(0, int(np.ceil(cell.x1 + slack)))] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return any(_is_mark(stats[label], height, width) for label in range(1, count))


def _is_mark(stats: np.ndarray, height: int, width: int) -> bool:
    left, top, across, down, _ = (int(value) for value in stats)
    middle = (top + down / 2) / height
    is_cut = left == 0 or left + across >= width
    is_rule = min(across, down) < RULE * height and max(across, down) > LONG * height
    return max(across, down) >= LEAST_MARK * height and RIM < middle < 1 - RIM and not is_cut and not is_rule


# The text layer of a scan, which some program once read from the same print: believed line by line.

SAMPLE_LINES = 4
# A layer that is right differs from a reading only where the reading errs.
AGREES = 0.97
# Below the first the layer is another text; a layer between is doubtful and more lines are read.
DOUBTFUL = 0.85
MORE_LINES = 8
# This share of nonsense among a page's characters, and none of it is believed unread.
SUSPICIOUS = 0.02
# A line this near its reading is right but for a few characters, which are settled one by one.
NEARLY = 0.9


def judge_scan(evidence: Evidence) -> tuple[Verdict, ...]:
    """A verdict for every line."""
    present = [index for index, layer in enumerate(evidence.layer) if layer.text.strip()]
    signs = {index: sign for index in present if (sign := _sign(evidence, index))}
    verdicts = [Verdict("none")] * len(evidence.layer)
    evidence.read(sorted(signs))  # all in one go, which is faster than line by line
    for index, sign in signs.items():
        verdicts[index] = _by_reading(evidence, index, sign)
    candidates = [index for index in present if index not in signs]
    agreement = 0.0 if _is_suspicious(evidence, verdicts) else _trial(evidence, candidates)
    if agreement < AGREES:
        evidence.read(candidates)
    for index in candidates:
        if agreement >= AGREES:
            verdicts[index] = Verdict("keep", f"lines read to try the layer: {agreement:.0%} the same")
        else:
            verdicts[index] = _by_reading(evidence, index)
    return tuple(verdicts)


def _sign(evidence: Evidence, index: int) -> str:
    """What speaks against a line's layer before anything is read; "" when nothing does."""
    layer = evidence.layer[index]
    if is_unmapped(layer.text):
        return "characters without a meaning"
    if is_nonsense(layer.text):
        return "letters that make no language"
    if is_off_scale(layer, evidence.boxes[index]):
        return "boxes of another size than the print"
    if is_short_of_print(layer, evidence.boxes[index]):
        return "print that the layer lacks"
    return ""


def _is_suspicious(evidence: Evidence, verdicts: Sequence[Verdict]) -> bool:
    """Whether much of the layer was found to be wrong; signs alone may err."""
    sizes = [len(layer.text) for layer in evidence.layer]
    wrong = sum(size for size, verdict in zip(sizes, verdicts, strict=True) if verdict.outcome == "re-read")
    return wrong > SUSPICIOUS * max(1, sum(sizes))


def _trial(evidence: Evidence, candidates: Sequence[int]) -> float:
    agreement = _agreement(evidence, spread(evidence, candidates, SAMPLE_LINES))
    if DOUBTFUL <= agreement < AGREES:
        agreement = _agreement(evidence, spread(evidence, candidates, SAMPLE_LINES + MORE_LINES))
    return agreement


def _agreement(evidence: Evidence, sample: Sequence[int]) -> float:
    readings = evidence.read(sample)
    pairs = zip(sample, readings, strict=True)
    return mean_share([compare_readings(evidence.layer[index].text, reading.text) for index, reading in pairs])


def spread(evidence: Evidence, candidates: Sequence[int], count: int) -> list[int]:
    """Long lines, from all over the page: they say most about it."""
    by_length = sorted(candidates, key=lambda index: -len(evidence.layer[index].text))
    longest = sorted(by_length[: max(count, len(candidates) // 2)])
    step = max(1, len(longest) // count)
    return longest[::step][:count]


def _by_reading(evidence: Evidence, index: int, sign: str = "") -> Verdict:
    """Keep what the print confirms; ``sign`` is what spoke against the line."""
    text = evidence.layer[index].text
    share = compare_readings(text, evidence.read([index])[0].text).share
    if share >= 1.0:
        return Verdict("keep", "the print reads the same")
    if share >= NEARLY:
        return Verdict("reconcile", "the print reads nearly the same", (True,) * len(text))
    return Verdict("re-read", sign or "the print reads otherwise")


# Where the reader itself is less sure than this, a layer that it holds possible is believed.
UNSURE = 0.7


class _Part(msgspec.Struct, frozen=True):
    line: Line
    start: int
    end: int


def reconcile(layer: Line, read: Line, trusted: Sequence[bool], *, is_drawn: bool) -> Line:
    """``layer`` with what is wrong in it replaced from ``read``.

    Over drawn type (``is_drawn``) trusted characters stay whatever was read; over a scan both are readings, and
    the layer's stays only where both agree or where the reader was unsure and held it possible.
    """
    left, right = folded(layer.text), folded(read.text)
    parts: list[_Part] = []
    for codes in _changes(_codes(layer, read, is_drawn=is_drawn)):
        source = [at for _, at in left[codes[0].src_start : codes[-1].src_end]]
        target = [at for _, at in right[codes[0].dest_start : codes[-1].dest_end]]
        if is_drawn and codes[0].tag != "equal" and (apart := _apart(layer, read, source, target, trusted)):
            parts += apart
            continue
        for code in codes:
            from_layer = _stretch(left, code.src_start, code.src_end, len(layer.text))
            from_read = _stretch(right, code.dest_start, code.dest_end, len(read.text))
            parts += _chosen(code, layer, read, from_layer, from_read, trusted, is_drawn=is_drawn)
    return _joined(layer, [part for part in parts if part.start < part.end])


def _changes(codes: Iterable[Opcode]) -> Iterator[list[Opcode]]:
    """Neighbouring changes together, each code that changes nothing alone."""
    for is_change, some in groupby(codes, key=lambda code: code.tag != "equal"):
        if is_change:
            yield list(some)
        else:
            yield from ([code] for code in some)


def _apart(
    layer: Line, read: Line, source: Sequence[int], target: Sequence[int], trusted: Sequence[bool]
) -> list[_Part]:
    """Trusted characters as they are, and what was read for the others; nothing unless it fits only that way.

    It does where as many signs were read as there are characters not to be trusted: 、 drawn over a figure is not seen.
    """
    doubtful = [at for at in source if not trusted[at]]
    if not 0 < len(doubtful) < len(source) or len(target) != len(doubtful):
        return []
    printed = dict(zip(doubtful, target, strict=True))
    return [_Part(read, printed[at], printed[at] + 1) if at in printed else _Part(layer, at, at + 1) for at in source]


def _chosen(
    code: Opcode,
    layer: Line,
    read: Line,
    from_layer: tuple[int, int],
    from_read: tuple[int, int],
    trusted: Sequence[bool],
    *,
    is_drawn: bool,
) -> list[_Part]:
    """What stays of the layer, or what comes from the reading, where one stretch became another."""
    stays = code.tag == "equal" or (
        all(trusted[at] for at in range(*from_layer)) and from_layer[0] < from_layer[1]
        if is_drawn
        else _is_possible(layer.text[slice(*from_layer)], read, from_read)
    )
    is_sure = all(trusted[max(0, from_layer[0] - 1) : from_layer[0] + 1])
    if code.tag == "insert" and is_drawn and is_sure and _is_covered(layer, read, from_read, trusted):
        return []
    if code.tag == "equal" and not is_drawn:
        stays = False  # both say the same, and the reading has its confidences
    return [_Part(layer, *from_layer) if stays else _Part(read, *from_read)]


def _codes(layer: Line, read: Line, *, is_drawn: bool) -> Opcodes:
    """How the layer becomes the reading; where a scan's layer puts its characters is no better known than these."""
    if is_drawn:
        middles = [(left + right) / 2 for left, right in zip(layer.lefts, layer.rights, strict=True)]
        return placed_codes(layer.text, middles, read)
    return Levenshtein.opcodes([char for char, _ in folded(layer.text)], [char for char, _ in folded(read.text)])


def _is_covered(layer: Line, read: Line, place: tuple[int, int], trusted: Sequence[bool]) -> bool:
    """Whether what was read there stands in the cells of trusted characters: then it is read wrongly, not lacking.

    Asked only between trusted characters: how many stand beside a wrong one, nobody but the reader knows.
    """
    middles = [(read.lefts[at] + read.rights[at]) / 2 for at in range(*place) if not read.text[at].isspace()]
    cells = [
        (layer.lefts[at], layer.rights[at]) for at, char in enumerate(layer.text) if trusted[at] and not char.isspace()
    ]
    return any(left < middle < right for middle in middles for left, right in cells)


def _stretch(chars: Sequence[tuple[str, int]], start: int, end: int, size: int) -> tuple[int, int]:
    """Offsets of the text between two places among its folded characters, white space before included."""
    first = chars[start - 1][1] + 1 if start else 0
    last = size if end == len(chars) else chars[end - 1][1] + 1 if end else 0
    return (first, last) if start < end else (first, first)


def _is_possible(text: str, read: Line, place: tuple[int, int]) -> bool:
    """Whether the reader was unsure of one character there, and the layer's is among its alternatives."""
    start, end = place
    if end - start != 1 or len(text) != 1 or read.confidences[start] >= UNSURE:
        return False
    return any(one.text == text for doubt in read.doubts if doubt.at == start for one in doubt.alternatives)


def _joined(layer: Line, parts: Sequence[_Part]) -> Line:
    doubts = []
    at = 0
    for part in parts:
        moved = at - part.start
        doubts += [
            msgspec.structs.replace(doubt, at=doubt.at + moved)
            for doubt in part.line.doubts
            if part.start <= doubt.at < part.end
        ]
        at += part.end - part.start
    return msgspec.structs.replace(
        layer,
        text="".join(part.line.text[part.start : part.end] for part in parts),
        readers="".join(part.line.readers[part.start : part.end] for part in parts),
        lefts=_spliced(parts, "lefts"),
        rights=_spliced(parts, "rights"),
        confidences=_spliced(parts, "confidences"),
        weights=_spliced(parts, "weights"),
        tops=_spliced(parts, "tops"),
        bottoms=_spliced(parts, "bottoms"),
        styles="".join(_styles(part) for part in parts),
        doubts=tuple(doubts),
    )


def _styles(part: _Part) -> str:
    return padded(part.line.styles, len(part.line.text))[part.start : part.end]


def _spliced(parts: Sequence[_Part], field: str) -> tuple[float, ...]:
    return tuple(value for part in parts for value in getattr(part.line, field)[part.start : part.end])


# Keep a line's text layer, read the print again, or make one of both.


def decide(evidence: Evidence, choice: TextLayerChoice, *, is_picture: bool) -> tuple[Verdict, ...]:
    """A verdict for every line; ``choice`` is the user's and overrides what the page says."""
    if choice == "ignore":
        return (Verdict("none", "--text-layer ignore"),) * len(evidence.layer)
    if choice == "keep":
        return tuple(
            Verdict("keep", "--text-layer keep") if layer.text.strip() else Verdict("none") for layer in evidence.layer
        )
    return judge_scan(evidence) if is_picture else judge_type(evidence)
