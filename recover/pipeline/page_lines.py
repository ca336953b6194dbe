"""The lines of a page as they stand in the end: its text layer judged, its print read, both brought together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from recover.engines.readers import Readers
from recover.model.page import LETTERS, Line, Reading, Rejected
from recover.model.records import Correction
from recover.pipeline.page_find import Found
from recover.pipeline.page_upright import Upright
from recover.settings import Settings
from recover.stages.clean.light import dark_on_light
from recover.stages.legibility.page_layer import PageLayer, unused_characters, unused_layer
from recover.stages.legibility.reconcile import decide, reconcile
from recover.stages.legibility.verdict import Evidence, Verdict
from recover.stages.ocr.boxes import type_size
from recover.stages.ocr.lines import layer_line, make_line, places_with_room, right_edges, with_second_look
from recover.stages.ocr.raised import MINUS, restored, with_lost_minuses, with_lost_rings
from recover.stages.ocr.vertical import read_standing, standing_line
from recover.stages.order import runs_down


class LinesRead(msgspec.Struct, frozen=True, kw_only=True):
    """The lines as they stand in the end, the verdicts on their layer, and what of the layer stands in no line.

    ``minuses`` are those that were put into lines, by line and offset.
    """

    lines: tuple[Line, ...]
    verdicts: tuple[Verdict, ...]
    rejected: tuple[Rejected, ...]
    minuses: tuple[tuple[int, int], ...] = ()


class _PrintReader:
    """Reads the lines of one page, each once."""

    def __init__(self, found: Found, upright: Upright, readers: Readers) -> None:
        self._found, self._upright, self._readers = found, upright, readers
        em = type_size(found.lines)
        columns = () if upright.stands else (i for i, line in enumerate(found.lines) if runs_down(line, em))
        # The lines that run down the page.
        self.downwards = frozenset(columns)
        self.read: dict[int, Line] = {}
        self.readings: dict[int, Reading] = {}

    def lines(self, indexes: Sequence[int]) -> list[Line]:
        missing = [index for index in indexes if index not in self.read]
        self._read_level([index for index in missing if index not in self.downwards])
        self._read_downwards([index for index in missing if index in self.downwards])
        return [self.read[index] for index in indexes]

    def _read_level(self, indexes: Sequence[int]) -> None:
        upright, reader = self._upright, self._readers.reader
        images = [dark_on_light(upright.clear.crop(self._found.lines[index])) for index in indexes]
        readings = reader.read(images)
        if not upright.stands:
            ringed = with_lost_rings(readings, images, reader.read)
            readings = tuple(with_lost_minuses(seen, image) for seen, image in zip(ringed, images, strict=True))
        for index, image, reading in zip(indexes, images, readings, strict=True):
            box = self._found.lines[index]
            self.read[index] = make_line(f"l{index + 1}", reading, image, box, upright.to_points, LETTERS[reader.name])
            self.readings[index] = reading

    def _read_downwards(self, indexes: Sequence[int]) -> None:
        upright, reader = self._upright, self._readers.reader
        columns = [dark_on_light(upright.clear.crop(self._found.lines[index])) for index in indexes]
        for index, reading in zip(indexes, read_standing(columns, reader.read), strict=True):
            box = self._found.lines[index]
            self.read[index] = standing_line(f"l{index + 1}", reading, box, upright.to_points, LETTERS[reader.name])


class _Ending:
    """Brings what the layer says and what was read of a line together."""

    def __init__(self, found: Found, layer: PageLayer, printed: _PrintReader, upright: Upright, readers: Readers):
        self._found, self._layer, self._printed = found, layer, printed
        self._upright, self._readers = upright, readers
        self._edges = right_edges(found.columns, printed.read)
        self._inside = {index for one in found.floats for index in one.lines}

    def line(self, index: int, verdict: Verdict, *, is_drawn: bool) -> Line:
        if verdict.outcome in ("none", "re-read"):
            return self._as_read(index)
        upright, box = self._upright, self._found.lines[index]
        kept = layer_line(
            f"l{index + 1}", self._layer.texts[index], upright.clear.crop(box), upright.points(box), upright.to_points
        )
        if verdict.outcome == "keep":
            return kept
        return reconcile(kept, self._printed.read[index], verdict.trusted, is_drawn=is_drawn)

    def _as_read(self, index: int) -> Line:
        line = self._printed.read[index]
        # Cells and labels end without a stop.
        if index in self._printed.downwards or (index in self._inside and not self._upright.stands):
            return line
        if self._upright.stands:
            # Ink and white are measured of characters that stand; these lie on their side.
            return msgspec.structs.replace(line, weights=(), tops=(), bottoms=(), insertions=())
        return self._seen_twice(index, line)

    def _seen_twice(self, index: int, line: Line) -> Line:
        """The line; of a restored page, with the marks that its reader nearly sees on the page as scanned."""
        upright, reader, edge = self._upright, self._readers.reader, self._edges.get(index)
        is_restored = upright.clear is not upright.raster
        if not is_restored or not self._printed.readings[index].marks or not places_with_room(line, edge):
            return line
        box = self._found.lines[index]
        pixels = upright.raster.crop(box)
        (second,) = reader.read([pixels])
        as_scanned = make_line(line.id, second, pixels, box, upright.to_points, LETTERS[reader.name])
        return with_second_look(line, as_scanned, edge)


def read_lines(
    found: Found,
    layer: PageLayer,
    faults: Mapping[str, str],
    upright: Upright,
    readers: Readers,
    settings: Settings,
    *,
    is_picture: bool,
) -> LinesRead:
    """Every line as it stands in the end; ``faults`` are those of the layer's fonts."""
    printed = _PrintReader(found, upright, readers)
    evidence = Evidence(
        layer=layer.texts,
        boxes=tuple(upright.points(line) for line in found.lines),
        faults=faults,
        read=printed.lines,
        settled=layer.settled,
        bare=layer.bare,
        foreign=layer.foreign,
    )
    verdicts = decide(evidence, settings.text_layer, is_picture=is_picture)
    printed.lines([index for index, verdict in enumerate(verdicts) if verdict.outcome != "keep"])
    ending = _Ending(found, layer, printed, upright, readers)
    lines = tuple(ending.line(index, verdict, is_drawn=not is_picture) for index, verdict in enumerate(verdicts))
    minuses = tuple(
        (index, at)
        for index, reading in sorted(printed.readings.items())
        if lines[index].text == printed.read[index].text == reading.text and verdicts[index].outcome != "keep"
        for at in restored(reading)
    )
    rejected = _rejected(layer, lines, verdicts, upright)
    return LinesRead(lines=lines, verdicts=verdicts, rejected=rejected, minuses=minuses)


def _rejected(
    layer: PageLayer, final: Sequence[Line], verdicts: Sequence[Verdict], upright: Upright
) -> tuple[Rejected, ...]:
    """All of the text layer that stands in no line."""
    lines = zip(layer.texts, final, verdicts, strict=True)
    replaced = [
        one for text, line, verdict in lines if text.text for one in unused_layer(text, line, verdict, upright.to_page)
    ]
    return (*replaced, *unused_characters(layer.astray))


def minus_corrections(index: int, read: LinesRead, upright: Upright) -> tuple[Correction, ...]:
    """The minuses that were put in, each with its place on the original page."""
    return tuple(
        Correction(
            page=index,
            box=upright.to_page.box(read.lines[line].char_box(at, at + 1)).rounded(),
            was="",
            now=MINUS,
            why="a raised minus that the reader passed over",
            evidence="a flat stroke of its own stands high before a raised figure or behind a letter",
        )
        for line, at in read.minuses
    )


def decoded_corrections(index: int, layer: PageLayer, upright: Upright) -> tuple[Correction, ...]:
    """What was turned back into Chinese, with its place on the original page."""
    return tuple(
        Correction(
            page=index,
            box=upright.to_page.box(box).rounded(),
            was=was,
            now=now,
            why="bytes of Chinese that were taken for Latin letters",
            evidence="the bytes are GBK and make Chinese words",
        )
        for one in layer.decoded
        for was, now, box in zip(one.was, one.now, one.boxes, strict=True)
    )
