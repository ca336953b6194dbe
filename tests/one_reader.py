"""A reader for tests that must know what is read and what is shown to it."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.page import Reading
from recover.model.raster import Pixels


class OneReader:
    """Reads everything as one text, and keeps what it was shown."""

    def __init__(self, text: str, confidence: float = 0.97) -> None:
        self._text, self._confidence = text, confidence
        self.shown: list[Pixels] = []

    def __call__(self, images: Sequence[Pixels]) -> list[Reading]:
        self.shown += images
        count = len(self._text)
        return [Reading(text=self._text, centers=(9.0,) * count, confidences=(self._confidence,) * count)] * len(images)
