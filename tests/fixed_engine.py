"""A reader that says what it was told to: for tests of everything that is not recognition."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recover.model.page import Reading
from recover.model.raster import Pixels
from recover.model.records import Origin


class FixedEngine:
    """Reads the n-th image it is given as the n-th of ``texts``, and as nothing once they run out."""

    # It signs as a real one does: what is read must be traceable to an engine there is.
    name: Origin = "ppocr"

    def __init__(self, texts: Sequence[str], confidence: float = 1.0) -> None:
        self._texts = list(texts)
        self._confidence = confidence

    def read(self, images: Sequence[Pixels]) -> tuple[Reading, ...]:
        return tuple(self._read(image, self._texts.pop(0) if self._texts else "") for image in images)

    def _read(self, image: Pixels, text: str) -> Reading:
        width = image.shape[1]
        centers = tuple(float(x) for x in (np.arange(len(text)) + 0.5) * width / max(1, len(text)))
        return Reading(
            text=text,
            centers=centers,
            confidences=(self._confidence,) * len(text),
            alternatives=((),) * len(text),
        )
