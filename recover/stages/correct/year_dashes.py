"""Dashes between two years that were read as the Chinese one: 1979一1984 is 1979—1984, also over a line's end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recover.model.page import PageReading
from recover.model.records import Correction
from recover.model.replace import replace_text
from recover.stages.correct.correct import with_lines
from recover.stages.correct.place import places

_BETWEEN_YEARS = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)年?(一)((?:1[5-9]|20)\d\d)(?!\d)")
DASH = "—"
# Nobody measured these readings; no number is written so.
CONFIDENCE = 0.99
WHY = "a dash between two years"


def with_year_dashes(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the dashes between years that their readers took for 一."""
    return [_mended(page) for page in pages]


def _mended(page: PageReading) -> PageReading:
    for region, row, at in list(_misread(page)):
        line = page.regions[region].lines[row]
        box = page.to_page.box(line.char_box(at, at + 1)).rounded()
        evidence = "no number is written in figures of both kinds, and the later year stands behind"
        done = Correction(page=page.index, box=box, was="一", now=DASH, why=WHY, evidence=evidence)
        page = with_lines(page, {(region, row): replace_text(line, at, at + 1, DASH, CONFIDENCE)}, (done,))
    return page


def _misread(page: PageReading) -> Iterator[tuple[int, int, int]]:
    """Region, line and offset of every 一 between two years; those of a text layer stay as they are."""
    text = ""
    owners: list[tuple[int, int, int]] = []
    for region, row, place in places(page):
        kept = [at for at, char in enumerate(place.line.text) if not char.isspace()]
        text += "".join(place.line.text[at] for at in kept)
        owners += [(region, row, at) for at in kept]
    for found in _BETWEEN_YEARS.finditer(text):
        region, row, at = owners[found.start(2)]
        was_read = page.regions[region].lines[row].readers[at] != "t"
        if was_read and int(found[1]) < int(found[3]):
            yield region, row, at
