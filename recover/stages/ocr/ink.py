"""Ink: the dark pixels of a line, and what they tell of each character: its edges, its height, its weight."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from recover.lexicon.characters import is_wide
from recover.model.raster import Pixels
from recover.stages.ocr.alignment import Blob, Group, align, usual_width

Mask = npt.NDArray[np.uint8]
Columns = npt.NDArray[np.float32]
# Left, right, stroke weight, top, bottom of a character, in pixels.
Measured = tuple[float, float, float, float, float]
# Left, top, right and bottom of each blob of ink, in pixels.
Blobs = npt.NDArray[np.int32]
# Specks are smaller than this share of the line's height squared; a full stop is three times as large.
SPECK = 0.004
# A raised minus is as small: a stroke, this wide over the line's height.
MINUS_WIDTH = 0.09
# Ink that runs on for so many heights of a line's box is a rule, if it is no thicker than this: a dash is two high. In
# a box of one short word it is one from end to end above or below the word.
RULE, THICKEST, SHORTEST = 3.0, 0.3, 1.5
# Ink so near to a box's end, in its heights, that runs down this share of its whole height is a border.
BORDER, WHOLE = 0.4, 0.97


class CharInk(msgspec.Struct, frozen=True, kw_only=True):
    """Per character: left and right edge in pixels, stroke weight in pixels, ink's top and bottom in pixels."""

    lefts: tuple[float, ...] = ()
    rights: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
    tops: tuple[float, ...] = ()
    bottoms: tuple[float, ...] = ()


def ink_mask(pixels: Pixels) -> Mask:
    """1 where there is ink; an empty mask where the picture has no contrast."""
    return inked(pixels)[0]


def inked(pixels: Pixels) -> tuple[Mask, Blobs]:
    """The mask of the ink and its connected blobs, without what is smaller than the smallest stop."""
    if pixels.size == 0 or int(pixels.max()) - int(pixels.min()) < 24:
        return np.zeros(pixels.shape, np.uint8), np.zeros((0, 4), np.int32)
    _, drawn = cv2.threshold(pixels, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    mask = _without_rules(np.asarray(drawn, np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] < max(3.0, SPECK * mask.shape[0] ** 2)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    small &= ~((wide >= MINUS_WIDTH * mask.shape[0]) & (wide >= 2 * high) & (stats[:, cv2.CC_STAT_AREA] > 3))
    small[0] = True
    kept = np.where(small[labels], 0, mask).astype(np.uint8) if count > 1 else mask
    left, top, width, height = stats[~small, :4].T
    return kept, np.stack((left, top, left + width, top + height), axis=1)


def _without_rules(mask: Mask) -> Mask:
    """The mask without the rules of a table, or under words, that a line's box reaches into."""
    height, width = mask.shape
    length = min(int(RULE * height), width)
    bare = _without_borders(mask)
    if width <= SHORTEST * height or int(mask.sum(axis=1, dtype=np.int64).max()) < length:
        return bare
    rules = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    if length == width:
        rules[height // 4 : height - height // 4] = 0
    if int(rules.sum(axis=0).max()) > THICKEST * height:
        return bare
    # Their edges are uneven by a pixel.
    return np.asarray(bare & ~cv2.dilate(rules, np.ones((3, 1), np.uint8)), np.uint8)


def _without_borders(mask: Mask) -> Mask:
    """The mask without what runs down its whole height near its ends, apart from the rest: borders of the cell."""
    height, width = mask.shape
    near = int(BORDER * height)
    whole = cv2.dilate(mask, np.ones((1, 3), np.uint8)).sum(axis=0, dtype=np.int64) >= WHOLE * height
    if width <= 2 * near or not (whole[:near].any() or whole[-near:].any()):
        return mask
    is_inked = np.asarray(mask.any(axis=0), np.bool_)
    kept = mask.copy()
    kept[:, _border(is_inked[:near], whole[:near])] = 0
    kept[:, ::-1][:, _border(is_inked[: -near - 1 : -1], whole[: -near - 1 : -1])] = 0
    return kept


def _border(is_inked: npt.NDArray[np.bool_], is_whole: npt.NDArray[np.bool_]) -> slice:
    """The columns of a border among those from an end on; none where no white follows it."""
    drawn = np.flatnonzero(is_whole)
    white = np.flatnonzero(~is_inked[drawn[-1] :]) if drawn.size else drawn
    return slice(max(0, int(drawn[0]) - 1), int(drawn[-1] + white[0])) if white.size else slice(0)


def measure_ink(pixels: Pixels, centers: Sequence[float], text: str) -> CharInk:
    """Cut a line between its characters' centres and measure each piece; letters and figures by their own blobs."""
    if not centers:
        return CharInk()
    mask, blobs = inked(pixels)
    columns = mask.sum(axis=0).astype(np.float32)
    cuts = with_empty_filled(_cuts(columns, centers, pixels.shape[0], text), columns, text)
    darkness = _darkness(pixels, mask)
    depth = np.asarray(darkness.sum(axis=0), np.float32)
    page = _Columns(mask, columns)
    measured = [_measure(page, depth, cuts[i], cuts[i + 1], text[i]) for i in range(len(centers))]
    measured = own_extents(measured, cuts, blobs, text)
    boxes = [(int(x0), int(y0), int(x1), int(y1)) for x0, y0, x1, y1 in blobs]
    for group in align(boxes, centers, text):
        if not group.blobs:
            # Without ink of its own a character stays where it was read.
            left, right, *_ = measured[group.chars[0]]
            measured[group.chars[0]] = (left, right, 0.0, 0.0, float(pixels.shape[0]))
            continue
        for at, char in zip(group.chars, _of_blobs(group, boxes, mask, darkness, text), strict=True):
            measured[at] = char
    lefts, rights, weights, tops, bottoms = zip(*measured, strict=True)
    return CharInk(lefts=lefts, rights=rights, weights=weights, tops=tops, bottoms=bottoms)


def _of_blobs(
    group: Group, boxes: Sequence[Blob], mask: Mask, darkness: npt.NDArray[np.float32], text: str
) -> list[Measured]:
    """The characters of a group measured within its blobs' box; those that touch each other are cut apart."""
    height = float(mask.shape[0])
    own = [boxes[at] for at in group.blobs]
    x0, y0 = min(box[0] for box in own), min(box[1] for box in own)
    x1, y1 = max(box[2] for box in own), max(box[3] for box in own)
    columns = mask[y0:y1, x0:x1].sum(axis=0).astype(np.float32)
    cuts = _inner_cuts(columns, [text[at] for at in group.chars])
    found = []
    for start, end in pairwise(cuts):
        piece = mask[y0:y1, x0 + start : x0 + end]
        rows = np.flatnonzero(piece.any(axis=1))
        dark = float(darkness[y0:y1, x0 + start : x0 + end].sum())
        top, bottom = (y0 + int(rows[0]), y0 + int(rows[-1]) + 1) if rows.size else (0, int(height))
        found.append((float(x0 + start), float(x0 + end), _stroke_width(piece, dark), float(top), float(bottom)))
    return found


def _stroke_width(piece: Mask, darkness: float) -> float:
    """Twice the ink over its outline: the mean stroke's thickness in pixels."""
    padded = np.pad(piece, 1).view(np.int8)
    outline = int(np.abs(np.diff(padded, axis=0)).sum() + np.abs(np.diff(padded, axis=1)).sum())
    # An outline walked along pixel sides is 4/pi longer than the curve it follows.
    return 2 * darkness / max(1.0, outline * math.pi / 4)


def _inner_cuts(columns: npt.NDArray[np.float32], chars: Sequence[str]) -> list[int]:
    """Where to cut characters that touch each other: the thinnest place near where their usual widths end."""
    widths = np.array([usual_width(char) for char in chars])
    ends = np.cumsum(widths) / widths.sum() * columns.size
    cuts = [0]
    for end, one, two in zip(ends[:-1], widths[:-1], widths[1:], strict=True):
        reach = max(1.0, 0.3 * min(one, two) / widths.sum() * columns.size)
        low = max(cuts[-1] + 1, round(end - reach))
        high = max(low + 1, min(columns.size - 1, round(end + reach) + 1))
        cuts.append(low + int(np.argmin(columns[low:high])) if high <= columns.size and low < columns.size else low)
    return [*cuts, columns.size]


def _cuts(columns: npt.NDArray[np.float32], centers: Sequence[float], height: int, text: str) -> list[int]:
    """Where to cut: the whitest column between two centres, of several that where they should meet."""
    width = len(columns)
    first = max(0, round(centers[0] - height))
    last = min(width, round(centers[-1] + height))
    cuts = [first]
    cells = [2 if is_wide(char) else 1 for char in text]
    for at, (left, right) in enumerate(pairwise(centers)):
        low, high = int(left), max(int(left) + 1, int(np.ceil(right)))
        between = columns[low:high]
        if between.size == 0:
            cuts.append(min(width, low))
            continue
        # A letter is half as wide as Han, whose own strokes leave white between them.
        middle = left + (right - left) * cells[at] / (cells[at] + cells[at + 1]) - low
        cuts.append(low + _whitest(between, middle))
    return [*cuts, last]


def _whitest(between: npt.NDArray[np.float32], middle: float) -> int:
    """The whitest column; of several the one nearest ``middle``, wide white before a gap between strokes."""
    ink = between.tolist()
    best, nearest = math.inf, -1
    start = 0
    for at in range(len(ink) + 1):  # plain loops: a dozen columns are too few for arrays
        if at < len(ink) and not ink[at]:
            continue
        if at > start:
            inner = min(max(middle, start), at - 1)
            cost = abs(inner - middle) - (at - start)
            if cost < best:
                best, nearest = cost, int(inner)
        start = at + 1
    if nearest >= 0:
        return nearest
    size = max(1.0, len(ink))
    return min(range(len(ink)), key=lambda at: ink[at] + abs(at - middle) / size)


def _darkness(pixels: Pixels, mask: Mask) -> npt.NDArray[np.float32]:
    """Each pixel's darkness between paper (0) and ink (1): blur spreads it without changing the sum."""
    is_ink = mask > 0
    inside = np.bincount(pixels[is_ink], minlength=256)
    if not inside.any():
        return np.zeros(pixels.shape, np.float32)
    outside = np.bincount(pixels[~is_ink], minlength=256)
    black = _percentile(inside, 0.1)
    white = _percentile(outside, 0.6) if outside.any() else 255.0
    # A grey level has one darkness: looked up, not worked out for every pixel.
    levels = np.clip((white - np.arange(256, dtype=np.float32)) / max(1.0, white - black), 0, 1)
    return np.asarray(levels[pixels], np.float32)


def _percentile(counts: npt.NDArray[np.int64], share: float) -> float:
    """The grey level below which a share of the pixels lies, between two levels in proportion; by level's counts."""
    passed = np.cumsum(counts)
    place = share * (int(passed[-1]) - 1)
    low = int(np.searchsorted(passed, math.floor(place), side="right"))
    high = int(np.searchsorted(passed, math.ceil(place), side="right"))
    return low + (high - low) * (place - math.floor(place))


class _Columns:
    """What a line's columns of pixels hold: ink, the sides of ink that face white, the first and the last ink."""

    def __init__(self, mask: Mask, columns: Columns) -> None:
        self.height = mask.shape[0]
        self.ink = columns
        signed = mask.view(np.int8)
        upright = np.abs(np.diff(signed, axis=0)).sum(axis=0, dtype=np.int64) + mask[0] + mask[-1]
        across = np.abs(np.diff(signed, axis=1)).sum(axis=0, dtype=np.int64)
        self._upright: list[int] = upright.tolist()
        self._across: list[int] = across.tolist()
        self._counts: list[int] = columns.astype(np.int64).tolist()
        self._tops = mask.argmax(axis=0)
        self._bottoms = self.height - mask[::-1].argmax(axis=0)

    def outline(self, left: int, right: int) -> int:
        """The length of the outline of the ink between two columns, in pixel sides."""
        cut = self._counts[left] + self._counts[right - 1]
        return sum(self._upright[left:right]) + sum(self._across[left : right - 1]) + cut

    def extent(self, left: int, right: int) -> tuple[float, float]:
        """The first row with ink between two columns, and the row behind the last."""
        has_ink = self.ink[left:right] > 0
        return float(self._tops[left:right][has_ink].min()), float(self._bottoms[left:right][has_ink].max())


def _measure(line: _Columns, depth: Columns, start: int, end: int, char: str) -> Measured:
    inked = np.flatnonzero(line.ink[start:end])
    if char.isspace() or inked.size == 0:
        return float(start), float(max(start, end)), 0.0, 0.0, float(line.height)
    left, right = start + int(inked[0]), start + int(inked[-1]) + 1
    # Twice the ink over its outline is the mean stroke's thickness in pixels. An outline walked along pixel sides is
    # 4/pi longer than the curve it follows.
    weight = 2 * float(depth[left:right].sum()) / max(1.0, line.outline(left, right) * math.pi / 4)
    return float(left), float(right), weight, *line.extent(left, right)


# The top and bottom of each character's own ink: what reaches into its column from a neighbour doesn't count.

# A blob of ink with this share of its width inside a column is that character's; with less than that it is not, and
# what lies between may be: characters that touch. A slash may lean over half of its neighbour.
OWN, FOREIGN, FOREIGN_SLASH = 0.7, 0.2, 0.5
_SLASHES = frozenset("/\\")
_SIGNS = frozenset("-–−+.·")


def own_extents(
    measured: Sequence[Measured], cuts: Sequence[int], blobs: npt.NDArray[np.int32], text: str
) -> list[Measured]:
    """``measured`` with tops and bottoms of whole blobs where each of a character's blobs is its own."""
    if not len(blobs):
        return list(measured)
    edges = np.asarray(cuts)
    inside = np.minimum(blobs[:, 2, None], edges[1:]) - np.maximum(blobs[:, 0, None], edges[:-1])
    share = np.maximum(inside, 0) / np.maximum(1, blobs[:, 2] - blobs[:, 0])[:, None]
    foreign = np.array([FOREIGN_SLASH if _is_by_slash(text, at) else FOREIGN for at in range(len(text))])
    own, shared = share >= OWN, (share >= foreign) & (share < OWN)
    _give_slashes(own, blobs, text, [char[2] > 0 for char in measured])
    is_clear = own.any(axis=0) & ~shared.any(axis=0)
    tops = np.where(own, blobs[:, 1, None], np.iinfo(np.int32).max).min(axis=0)
    bottoms = np.where(own, blobs[:, 3, None], -1).max(axis=0)
    return [
        (*char[:3], float(tops[at]), float(bottoms[at])) if is_clear[at] and char[2] > 0 else char
        for at, char in enumerate(measured)
    ]


def _give_slashes(own: npt.NDArray[np.bool_], blobs: npt.NDArray[np.int32], text: str, has_ink: Sequence[bool]) -> None:
    """The last blob of the character before it to a slash that leans over it wholly."""
    for at in range(1, len(text)):
        held = np.flatnonzero(own[:, at - 1])
        if text[at] in _SLASHES and not has_ink[at] and held.size > 1:
            own[held[np.argmax(blobs[held, 2])], at - 1] = False


def with_empty_filled(cuts: Sequence[int], columns: Columns, text: str) -> list[int]:
    """``cuts`` with those moved that left a character without ink and gave its neighbour that of two."""
    moved = list(cuts)
    # A sign may be so faint that it has no ink at all.
    for at in sorted(range(len(text)), key=lambda place: text[place] in _SIGNS):
        if text[at].isspace() or columns[moved[at] : moved[at + 1]].any():
            continue
        for part in (_white, _thin):
            if at + 1 < len(text) and (place := _parted(part, columns, moved, at + 1, text, 0)):
                moved[at + 1] = place
                break
            if at and (place := _parted(part, columns, moved, at - 1, text, -1)):
                moved[at] = place
                break
    return moved


def _parted(
    part: Callable[[Columns, int], int | None],
    columns: Columns,
    cuts: Sequence[int],
    at: int,
    text: str,
    which: int,
) -> int | None:
    """Where to part the column of ``text[at]``, if it may hold two characters; first (0) or last (-1) of the places."""
    if is_wide(text[at]) or text[at].isspace():
        return None
    inked = np.flatnonzero(columns[cuts[at] : cuts[at + 1]])
    if inked.size < 2:
        return None
    first, last = cuts[at] + int(inked[0]), cuts[at] + int(inked[-1])
    place = part(columns[first : last + 1], which)
    return first + place if place else None


def _white(ink: Columns, which: int) -> int | None:
    white = np.flatnonzero(ink == 0)
    return int(white[which]) if white.size else None


def _thin(ink: Columns, which: int) -> int | None:  # noqa: ARG001 there is one thinnest place
    rim = ink.size // 4
    return rim + int(ink[rim:-rim].argmin()) if rim else None


def _is_by_slash(text: str, at: int) -> bool:
    return not _SLASHES.isdisjoint(text[max(0, at - 1) : at + 2])
