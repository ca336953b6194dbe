"""Text that the layout drew into a float: above a table's caption, below a figure's."""

from __future__ import annotations

import msgspec

from recover.model.geometry import Box
from recover.model.page import Line, Region

# Boxes of lines one below the other overlap by up to this share of their height.
SLACK = 0.3
# The region that text drawn into a float belongs to.
STRAY = Region(id="stray", kind="text", box=Box(0, 0, 0, 0))


def part_strays(region: Region, caption: Region) -> tuple[Region, tuple[Line, ...]]:
    """The float without the text beyond its caption, and that text from the top down.

    Captions of tables stand above them and captions of figures below: what lies beyond is none of theirs.
    """
    if not caption.lines or not region.lines:
        return region, ()
    top, bottom = min(line.box.y0 for line in caption.lines), max(line.box.y1 for line in caption.lines)
    is_table = caption.kind == "table-caption"
    strays = [line for line in region.lines if _is_beyond(line, top, bottom, is_table=is_table)]
    if len(strays) == len(region.lines):
        return region, ()
    kept = tuple(line for line in region.lines if line not in strays)
    box = region.box
    if strays:
        box = Box(box.x0, bottom, box.x1, box.y1) if is_table else Box(box.x0, box.y0, box.x1, top)
    ordered = tuple(sorted(strays, key=lambda line: (line.box.center[1], line.box.x0)))
    rest = msgspec.structs.replace(
        region,
        lines=kept,
        box=box,
        rules_across=tuple(rule for rule in region.rules_across if _lies_in(rule, box)),
        rules_down=tuple(rule for rule in region.rules_down if _lies_in(rule, box)),
    )
    return rest, ordered


def _lies_in(rule: Box, box: Box) -> bool:
    return box.y0 <= rule.center[1] <= box.y1


def _is_beyond(line: Line, top: float, bottom: float, *, is_table: bool) -> bool:
    slack = SLACK * line.height
    return line.box.y1 <= top + slack if is_table else line.box.y0 >= bottom - slack
