"""A layer's line and a reading of it made one: sound characters stay, the others come from the print."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rapidfuzz.distance import Levenshtein

from recover.model.page import Line
from recover.model.styles import padded
from recover.stages.legibility.agree import folded

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
    codes = Levenshtein.opcodes([char for char, _ in left], [char for char, _ in right])
    parts: list[_Part] = []
    for code in codes:
        from_layer = _stretch(left, code.src_start, code.src_end, len(layer.text))
        from_read = _stretch(right, code.dest_start, code.dest_end, len(read.text))
        stays = code.tag == "equal" or (
            all(trusted[at] for at in range(*from_layer)) and from_layer[0] < from_layer[1]
            if is_drawn
            else _is_possible(layer.text[slice(*from_layer)], read, from_read)
        )
        is_sure = all(trusted[max(0, from_layer[0] - 1) : from_layer[0] + 1])
        if code.tag == "insert" and is_drawn and is_sure and _is_covered(layer, read, from_read, trusted):
            continue
        if code.tag == "equal" and not is_drawn:
            stays = False  # both say the same, and the reading has its confidences
        parts.append(_Part(layer, *from_layer) if stays else _Part(read, *from_read))
    return _joined(layer, [part for part in parts if part.start < part.end])


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
