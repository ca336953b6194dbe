"""PP-OCRv6 on OpenVINO: where the lines are, and what a line says. Its networks come in the wheel."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from recover.engines.networks import network_path
from recover.engines.openvino_core import ALL_CORES, Cpu, Floats, Network, compile_network, tried
from recover.errors import Check
from recover.model.page import Reading
from recover.model.raster import Pixels
from recover.model.records import Origin

HEIGHT_PX = 48
STEP_PX = 8
# Widths are rounded up so that few shapes occur: OpenVINO prepares anew for every shape it hasn't met.
WIDTH_STEP_PX = 64
MIN_WIDTH_PX = 64
# Characters below this keep their alternatives: above, the second guess was never right on our samples.
SURE = 0.995
MAX_ALTERNATIVES = 5
FAINTEST = 0.0005
MARKS = "，。、；：.,"


def open_reader(cpu: Cpu) -> PpocrReader:
    """The network comes in the wheel: nothing can be missing."""
    return PpocrReader(cpu)


def checks() -> Iterator[Check]:
    """Whether both networks run here."""
    one, blank = Cpu(1), np.full((96, 320), 255, np.uint8)
    yield tried("PP-OCRv6 line finder", lambda: PpocrLineFinder(one).find(blank))
    yield tried("PP-OCRv6 reader", lambda: PpocrReader(one).read([blank]))


class PpocrReader:
    """Reads lines with PP-OCRv6 small."""

    name: Origin = "ppocr"

    def __init__(self, cpu: Cpu = ALL_CORES) -> None:
        self._cpu = cpu

    def read(self, images: Sequence[Pixels]) -> tuple[Reading, ...]:
        readings: list[Reading] = [Reading()] * len(images)
        if not images:
            return ()
        network, alphabet = recogniser(self._cpu)
        labels = mark_labels(alphabet)
        # Equal widths follow each other: OpenVINO is slow with every shape it hasn't met.
        order = sorted(range(len(images)), key=lambda index: _padded_width(images[index]))
        for index, outputs in zip(order, network.run_each(_Batches(images, order)), strict=True):
            readings[index] = decode(outputs[0][0], alphabet, labels, images[index].shape)
        return tuple(readings)


class _Batches(Sequence[Floats]):
    """A batch for every line, drawn when it is asked for: alone, a line is read faster than among others."""

    def __init__(self, images: Sequence[Pixels], order: Sequence[int]) -> None:
        self._images, self._order = images, order

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, place: int) -> Floats:  # type: ignore[override]
        image = self._images[self._order[place]]
        return _line_input(image, _padded_width(image))[np.newaxis]


def mark_labels(alphabet: Sequence[str]) -> list[int]:
    """The labels of the marks that are looked for between characters."""
    return [alphabet.index(mark) for mark in MARKS if mark in alphabet]


def decode(steps: Floats, alphabet: Sequence[str], marks: list[int], shape: tuple[int, ...]) -> Reading:
    """CTC's best path: a character at the surest step of each run of one label, blanks left out.

    ``marks`` are the labels to look for between characters.
    """
    height, width = shape
    best = steps.argmax(axis=1)
    used = min(len(best), -(-_scaled_width(height, width) // STEP_PX))
    peaks = _peaks(best[:used], steps)
    scale = width / _scaled_width(height, width)
    return Reading(
        text="".join(alphabet[best[step]] for step in peaks),
        centers=tuple(min(float(width), (step + 0.5) * STEP_PX * scale) for step in peaks),
        confidences=tuple(float(min(1.0, steps[step, best[step]])) for step in peaks),
        alternatives=tuple(
            () if steps[step, best[step]] >= SURE else _alternatives(steps[step], alphabet) for step in peaks
        ),
        spaces=_spaces(steps, peaks),
        marks=_marks(steps[:used], peaks, alphabet, marks),
    )


def _spaces(steps: Floats, peaks: Sequence[int]) -> tuple[float, ...]:
    """The highest posterior of the space, the alphabet's last label, between each character and the one before."""
    return tuple(
        round(float(steps[before : step + 1, -1].max()), 4) for before, step in zip([0, *peaks], peaks, strict=False)
    )


def _marks(
    steps: Floats, peaks: Sequence[int], alphabet: Sequence[str], labels: list[int]
) -> tuple[tuple[str, float], ...]:
    """The likeliest mark, and its highest posterior, between each character and the next, where none was read."""
    stretches = zip([-1, *peaks], [*peaks, len(steps)], strict=True)
    return tuple(_likeliest(steps[before + 1 : step, labels], alphabet, labels) for before, step in stretches)


def _likeliest(between: Floats, alphabet: Sequence[str], labels: list[int]) -> tuple[str, float]:
    if not between.size:
        return "", 0.0
    label = int(between.max(axis=0).argmax())
    return alphabet[labels[label]], round(float(between[:, label].max()), 4)


def _peaks(best: npt.NDArray[np.int64], steps: Floats) -> list[int]:
    peaks: list[int] = []
    previous = 0
    for step, label in enumerate(int(value) for value in best):
        if label and label == previous and steps[step, label] > steps[peaks[-1], label]:
            peaks[-1] = step
        elif label and label != previous:
            peaks.append(step)
        previous = label
    return peaks


def _alternatives(posterior: Floats, alphabet: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Other labels of a step that is not sure, best first; "" stands for no character at all."""
    likely = np.argpartition(posterior, -MAX_ALTERNATIVES - 1)[-MAX_ALTERNATIVES - 1 :]
    ranked = sorted(((float(posterior[label]), int(label)) for label in likely), reverse=True)[1:]
    return tuple((alphabet[label], share) for share, label in ranked if share >= FAINTEST)


def _scaled_width(height: int, width: int) -> int:
    return max(1, round(width * HEIGHT_PX / max(1, height)))


def _padded_width(image: Pixels) -> int:
    scaled = _scaled_width(*image.shape)
    return max(MIN_WIDTH_PX, -(-scaled // WIDTH_STEP_PX) * WIDTH_STEP_PX)


def _line_input(image: Pixels, width: int) -> Floats:
    """Three equal planes, 48 pixels high, from -1 to 1, padded with mid-grey as in training."""
    scaled = min(width, _scaled_width(*image.shape))
    plane = np.zeros((HEIGHT_PX, width), dtype=np.float32)
    shrinking = image.shape[0] > HEIGHT_PX
    resized = cv2.resize(image, (scaled, HEIGHT_PX), interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR)
    plane[:, :scaled] = (resized.astype(np.float32) / 255 - 0.5) / 0.5
    return np.broadcast_to(plane, (3, HEIGHT_PX, width))


# The two networks of PP-OCRv6, which come in the package, compiled by OpenVINO.

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"


@functools.lru_cache(maxsize=2)
def detector(cpu: Cpu) -> Network:
    """The network that marks where print is."""
    return compile_network(network_path(DETECTOR), cpu)


@functools.lru_cache(maxsize=2)
def recogniser(cpu: Cpu) -> tuple[Network, tuple[str, ...]]:
    """The network that reads a line, and its alphabet: entry 0 is CTC's blank, the last one a space."""
    network = compile_network(network_path(RECOGNISER), cpu, parted=True)
    return network, ("", *network.metadata("character").splitlines(), " ")


# Where the lines are: PP-OCRv6's detector on a straight page, its map of print turned into upright boxes.

# The long side given to the network: A4 at about 160 dpi, where 7 pt type is 15 pixels high.
LONG_SIDE = 1856
STRIDE = 32
# The network's own defaults: a pixel is print above INK, a line is kept when its mean is above KEEP.
INK, KEEP = 0.3, 0.5
# DB networks mark a shrunken core of each line; this ratio of area to perimeter grows it back.
UNCLIP = 1.5
MIN_CORE_PX = 3


class PpocrLineFinder:
    """Finds lines with the network that ships with PP-OCRv6."""

    def __init__(self, cpu: Cpu = ALL_CORES) -> None:
        self._cpu = cpu

    def find(self, pixels: Pixels) -> tuple[tuple[float, float, float, float, float], ...]:
        return _boxes(*self._print_map(pixels))

    def courses(self, pixels: Pixels) -> tuple[Floats, ...]:
        """The middle of every line along its way, bent or not: rows of x, y and half the line's core's height."""
        return _courses(*self._print_map(pixels))

    def _print_map(self, pixels: Pixels) -> tuple[Floats, float, float]:
        height, width = pixels.shape
        shrink = min(1.0, LONG_SIDE / max(height, width))
        size = tuple(max(STRIDE, round(side * shrink / STRIDE) * STRIDE) for side in (width, height))
        small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if shrink < 1 else cv2.INTER_LINEAR)
        print_map = detector(self._cpu).run(_page_input(small))[0][0, 0]
        return print_map, width / size[0], height / size[1]


def _page_input(grey: Pixels) -> Floats:
    plane = (grey.astype(np.float32) / 255 - 0.5) / 0.5
    return np.asarray(np.broadcast_to(plane, (1, 3, *plane.shape)), np.float32).copy()


def _boxes(print_map: Floats, scale_x: float, scale_y: float) -> tuple[tuple[float, float, float, float, float], ...]:
    mask = (print_map > INK).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    sums = np.bincount(labels.ravel(), weights=print_map.ravel(), minlength=count)
    found = []
    for label in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[label])
        score = float(sums[label]) / area
        if min(w, h) < MIN_CORE_PX or score < KEEP:
            continue
        grow = w * h * UNCLIP / (2 * (w + h))
        found.append(
            (
                max(0.0, (x - grow) * scale_x),
                max(0.0, (y - grow) * scale_y),
                min(print_map.shape[1], x + w + grow) * scale_x,
                min(print_map.shape[0], y + h + grow) * scale_y,
                score,
            )
        )
    return tuple(found)


def _courses(print_map: Floats, scale_x: float, scale_y: float) -> tuple[Floats, ...]:
    mask = (print_map > INK).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    found = []
    for label in range(1, count):
        x, y, w, h, _ = (int(value) for value in stats[label])
        core = labels[y : y + h, x : x + w] == label
        if min(w, h) < MIN_CORE_PX or float(print_map[y : y + h, x : x + w][core].mean()) < KEEP:
            continue
        high = core.sum(axis=0)
        middle = (core * np.arange(h)[:, None]).sum(axis=0) / high
        course = np.stack([(x + np.arange(w)) * scale_x, (y + middle) * scale_y, high / 2 * scale_y], axis=1)
        found.append(np.asarray(course, np.float32))
    return tuple(found)
