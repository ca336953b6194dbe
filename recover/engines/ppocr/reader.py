"""What a line says: PP-OCRv6's recogniser, its posteriors decoded into characters with alternatives."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from recover.engines.ppocr.models import Floats, recogniser
from recover.engines.reading import Pixels, Reading

HEIGHT_PX = 48
STEP_PX = 8
# Widths are rounded up so that few shapes occur: OpenVINO prepares anew for every shape it hasn't met.
WIDTH_STEP_PX = 64
MIN_WIDTH_PX = 64
# A batch's pixels: more lines at once gain nothing on two cores and cost memory.
BATCH_PX = 6 * 960
# Characters below this keep their alternatives: above, the second guess was never right on our samples.
SURE = 0.995
MAX_ALTERNATIVES = 5
FAINTEST = 0.0005
MARKS = "，。、；：.,"


class PpocrReader:
    """Reads lines with PP-OCRv6 small."""

    name = "ppocr"
    letter = "p"

    def __init__(self, threads: int = 0) -> None:
        self._threads = threads

    def read(self, images: Sequence[Pixels]) -> tuple[Reading, ...]:
        readings: list[Reading] = [Reading()] * len(images)
        for batch in _batches([_padded_width(image) for image in images]):
            width = _padded_width(images[batch[-1]])
            network, alphabet = recogniser(self._threads)
            labels = mark_labels(alphabet)
            stacked = np.stack([_normalised(images[index], width) for index in batch])
            posteriors = network.run(stacked)[0]
            for index, steps in zip(batch, posteriors, strict=True):
                readings[index] = decode(steps, alphabet, labels, images[index].shape)
        return tuple(readings)


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
        alternatives=tuple(_alternatives(steps[step], alphabet) for step in peaks),
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
    """Other labels of the step, best first; "" stands for no character at all."""
    if float(posterior.max()) >= SURE:
        return ()
    likely = np.argpartition(posterior, -MAX_ALTERNATIVES - 1)[-MAX_ALTERNATIVES - 1 :]
    ranked = sorted(((float(posterior[label]), int(label)) for label in likely), reverse=True)[1:]
    return tuple((alphabet[label], share) for share, label in ranked if share >= FAINTEST)


def _scaled_width(height: int, width: int) -> int:
    return max(1, round(width * HEIGHT_PX / max(1, height)))


def _padded_width(image: Pixels) -> int:
    scaled = _scaled_width(*image.shape)
    return max(MIN_WIDTH_PX, -(-scaled // WIDTH_STEP_PX) * WIDTH_STEP_PX)


def _batches(widths: Sequence[int]) -> list[list[int]]:
    """Indexes grouped by padded width, narrow first, no group over BATCH_PX."""
    groups: list[list[int]] = []
    for index in sorted(range(len(widths)), key=lambda item: (widths[item], item)):
        width = widths[index]
        if groups and widths[groups[-1][0]] == width and (len(groups[-1]) + 1) * width <= BATCH_PX:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _normalised(image: Pixels, width: int) -> Floats:
    """Three equal planes, 48 pixels high, from -1 to 1, padded with mid-grey as in training."""
    scaled = min(width, _scaled_width(*image.shape))
    plane = np.zeros((HEIGHT_PX, width), dtype=np.float32)
    shrinking = image.shape[0] > HEIGHT_PX
    resized = cv2.resize(image, (scaled, HEIGHT_PX), interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR)
    plane[:, :scaled] = (resized.astype(np.float32) / 255 - 0.5) / 0.5
    return np.broadcast_to(plane, (3, HEIGHT_PX, width))
