"""Watermarks: large grey shapes across the text, made paper so that the print over them can be read.

A watermark is lighter than the print, of one even tone, and its strokes are broader than those of the text. Inside its
strokes the tone becomes white and what is darker keeps its contrast; elsewhere the page stays as it is.
"""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from recover.model.geometry import Box
from recover.model.raster import Pixels

# A watermark's tone stands so far from the paper and from the print, of 255.
OFF_PAPER, OFF_PRINT = 22, 45
# Its broadest strokes are broader than this share of the page's longer side (3 pixels of an A4 page at 200 dpi:
# words of 16 points), their pieces longer than the second; longer ones than the third are pictures and tints.
STROKE, PIECE, LARGEST = 0.0012, 0.008, 0.6
# Its pieces cover so much of their boxes at most, and are as even as this (grey levels between the quarters).
FILLED, EVEN = 0.97, 16.0
# Fewer pieces of one tone are a drawing, and so is what is smaller than this share of the page's longer side.
LEAST_PIECES, SMALLEST = 3, 0.22
SAME_TONE = 16
# Print runs over a mark: beside its strokes so much is dark. Measured: 0.003 to 0.17 for words over text, 0.31 for the
# rims of letters at 110 dpi, 0 for headings in grey. Where nothing runs over it, its strokes are larger than this share
# of the page's longer side (42 points of A4).
LEAST_BESIDE, MOST_PRINT, LARGER_THAN_TYPE = 0.001, 0.22, 0.05
# Around its strokes lies the page: so much there is paper.
PAPER_SHARE = 0.6
# The page is searched in a picture this small, in which an A4 page at 200 dpi is whole; fewer dark pixels are no print.
SEARCH_PX, LEAST_PRINT = 2400, 100
# Grey bars behind headings are so much longer than high, and so full.
BAR, BAR_FULL = 3.0, 0.4
MARGIN_PX = 8
# Strokes of one word stand nearer than this share of the larger ones' size; so many words that are alike are tiles.
JOINED, ALIKE, TILES = 0.7, 1.4, 3

Counts = npt.NDArray[np.intp]


class Watermark(msgspec.Struct, frozen=True, kw_only=True):
    """The box (pixels) of what was made paper, and its grey."""

    box: Box
    tone: float


class Cleared(msgspec.Struct, frozen=True, kw_only=True):
    """A page without its watermark, and the mark alone, dark on white, for whoever would read it."""

    page: Pixels
    mark: Pixels
    watermark: Watermark


def clear_watermark(page: Pixels) -> Cleared | None:
    """The page with its watermark suppressed; None where it has none."""
    scale = min(1.0, SEARCH_PX / max(page.shape))
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else page
    counts = np.bincount(small.ravel(), minlength=256)
    paper = _quantile(counts, 0.75)
    dark = counts[: max(0, int(paper - 2 * OFF_PRINT))]
    if dark.sum() < LEAST_PRINT:
        return None
    black = _quantile(dark, 0.25)
    tone = _tone(_pieces(small, _solid(small, black, paper), max(small.shape)))
    if tone is None:
        return None
    side = max(page.shape)
    width = max(3, round(STROKE * side))
    mark = _all_of(page, tone, side)
    if not mark.any() or float(np.mean(_around(page, mark, width) > paper - OFF_PAPER)) < PAPER_SHARE:
        return None
    box = _box(mark)
    if max(box.width, box.height) < SMALLEST * side or _is_print(page, mark, black):
        return None
    return Cleared(
        page=_lightened(page, mark, width, (tone, black)),
        mark=np.where(mark > 0, 0, 255).astype(np.uint8),
        watermark=Watermark(box=box, tone=tone),
    )


def _quantile(counts: Counts, share: float) -> float:
    """The grey below which this share of the pixels lies; ``counts`` are those of every grey."""
    return float(np.searchsorted(np.cumsum(counts), share * counts.sum()))


def level_mark(cleared: Cleared) -> Pixels:
    """The mark alone, dark on white, turned so that its words lie level; of words that stand again and again, one."""
    points = np.argwhere(_one_of(np.asarray(cleared.mark == 0, np.uint8)))[:, ::-1].astype(np.float32)
    (x, y), (width, height), angle = cv2.minAreaRect(points)
    if width < height:
        width, height, angle = height, width, angle - 90
    forward = cv2.getRotationMatrix2D((x, y), angle, 1.0)
    forward[:, 2] += width / 2 + MARGIN_PX - x, height / 2 + MARGIN_PX - y
    size = int(width) + 2 * MARGIN_PX, int(height) + 2 * MARGIN_PX
    return np.asarray(cv2.warpAffine(cleared.mark, forward, size, borderValue=255), np.uint8)


def _one_of(mark: Pixels) -> Pixels:
    """1 where the mark is; of several words that are alike only where the one is that shows the most."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mark, connectivity=8)
    reach = max(3, int(JOINED * np.percentile(stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1), 75)))
    joined = cv2.morphologyEx(mark, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    sizes = stats[1:, cv2.CC_STAT_AREA]
    usual = float(np.percentile(sizes, 75))
    alike = np.flatnonzero((sizes > usual / ALIKE) & (sizes < usual * ALIKE)) + 1
    if alike.size < TILES:
        return mark
    shown = np.bincount(labels[mark > 0], minlength=len(stats))
    return np.asarray(np.where(labels == alike[np.argmax(shown[alike])], mark, 0), np.uint8)


def _solid(page: Pixels, black: float, paper: float) -> Pixels:
    """1 where grey, neither paper nor print, is broader than the rim of a letter."""
    grey = ((page > black + OFF_PRINT) & (page < paper - OFF_PAPER)).astype(np.uint8)
    width = max(3, round(STROKE * max(page.shape)))
    return np.asarray(cv2.morphologyEx(grey, cv2.MORPH_OPEN, np.ones((width, width), np.uint8)), np.uint8)


class _Piece(msgspec.Struct, frozen=True):
    label: int
    tone: float
    area: int


def _pieces(page: Pixels, solid: Pixels, side: int) -> list[_Piece]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    found = []
    for label in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[label])
        if not PIECE * side < max(width, height) < LARGEST * side or area > FILLED * width * height:
            continue
        if width > BAR * height and area > BAR_FULL * width * height and width > 0.1 * side:
            continue
        values = page[y : y + height, x : x + width][labels[y : y + height, x : x + width] == label]
        if float(np.subtract(*np.percentile(values, (75, 25)))) < EVEN:
            found.append(_Piece(label, float(np.median(values)), area))
    return found


def _tone(pieces: list[_Piece]) -> float | None:
    """The tone that most of the pieces share; None where too few do."""
    half, tone = sum(piece.area for piece in pieces) / 2, 0.0
    for piece in sorted(pieces, key=lambda piece: piece.tone):
        half -= piece.area
        if half <= 0:
            tone = piece.tone
            break
    same = [piece for piece in pieces if abs(piece.tone - tone) < SAME_TONE]
    return tone if len(same) >= LEAST_PIECES else None


def _all_of(page: Pixels, tone: float, side: int) -> Pixels:
    """1 where the page has that tone in shapes broader than the rim of a letter."""
    near = (np.abs(page.astype(np.int16) - round(tone)) < SAME_TONE).astype(np.uint8)
    near = cv2.morphologyEx(near, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    is_piece = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) > PIECE / 2 * side
    is_piece[0] = False
    return np.asarray(is_piece[labels], np.uint8)


def _is_print(page: Pixels, mark: Pixels, black: float) -> bool:
    """Whether it is print of its own: grey words that nothing is printed over, or the grey rims of dark letters."""
    rim = cv2.dilate(mark, np.ones((9, 9), np.uint8)) - mark
    beside = float(np.mean(page[rim > 0] < black + OFF_PRINT))
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(mark, np.ones((5, 5), np.uint8)), connectivity=8)
    size = np.percentile(stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1), 75)
    return beside > MOST_PRINT or (beside < LEAST_BESIDE and size < LARGER_THAN_TYPE * max(page.shape))


def _around(page: Pixels, mark: Pixels, width: int) -> Pixels:
    """The page's pixels close to the mark but off its blurred edges."""
    edge = cv2.dilate(mark, np.ones((2 * width + 1, 2 * width + 1), np.uint8))
    ring = cv2.dilate(edge, np.ones((4 * width + 1, 4 * width + 1), np.uint8)) - edge
    return np.asarray(page[ring > 0], np.uint8)


def _lightened(page: Pixels, mark: Pixels, width: int, levels: tuple[float, float]) -> Pixels:
    """The page with the mark made white: what is darker than it keeps its contrast where it lies on the mark.

    ``levels`` are the greys of the mark and of the print; the mark's blurred rim only loses its own tones.
    """
    tone, black = levels
    kernel = np.ones((2 * width + 1, 2 * width + 1), np.uint8)
    inside = cv2.morphologyEx(mark, cv2.MORPH_CLOSE, kernel)
    rim = cv2.dilate(inside, np.ones((2 * width + 3, 2 * width + 3), np.uint8))
    top = max(black + 1.0, tone - SAME_TONE / 2)
    stretched = np.clip((page.astype(np.float32) - black) * (255 - black) / (top - black) + black, 0, 255)
    lightened = np.where((rim > 0) & (page > tone - SAME_TONE), 255, page)
    return np.asarray(np.where(inside > 0, stretched, lightened), np.uint8)


def _box(mask: Pixels) -> Box:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return Box(float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))
