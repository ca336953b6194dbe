"""What else a reader saw at each character."""

from __future__ import annotations

from recover.stages.correct.place import Place

Others = tuple[tuple[str, float], ...]


def doubts(place: Place) -> dict[int, Others]:
    """Other readings with their posteriors by offset; another reader's can't be held against this one's."""
    line = place.line
    found = {
        doubt.at: tuple(
            (one.text, one.confidence) for one in doubt.alternatives if one.reader == line.readers[doubt.at]
        )
        for doubt in line.doubts
    }
    return {at: others for at, others in found.items() if line.confidences[at] > 0}
