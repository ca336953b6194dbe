"""Notes under tables: told by how they begin, small, right under the table or drawn into it by the layout."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recover.model.flow import FloatRegion, FlowLine
from recover.model.geometry import Box
from recover.model.page import Line, Region

# 注：…; Note: … say what they are.
SAYS_NOTE = re.compile(r"^\s*(?:[\[［(（【]?注\s?\d?\s?[:：\]］)）】]|Notes?\s?[:：.])", re.IGNORECASE)
# *P<0.05; a：与对照组比较
TABLE_NOTE_START = re.compile(
    SAYS_NOTE.pattern + r"|^\s*[*＊△▲#＃†‡§①②③a-c]{1,2}\s?[)）:：]?\s?(?:[Pp]\s?[<＜>＞=]|与|vs|表示|为)"
)
# A note follows its table, and its lines each other, this closely, in type sizes.
UNDER_TABLE = 1.0
# A note that says it is one may measure larger by this factor; a line set in by this much is none of it then.
SAID, SET_IN = 1.05, 1.0


def find_table_notes(lines: Sequence[FlowLine], floats: Sequence[FloatRegion], small: float) -> set[int]:
    """Notes right under a table: what begins like one and is no larger than ``small``."""
    found: set[int] = set()
    for item in floats:
        at, bottom = item.position, item.region.box.y1
        if item.region.kind != "table" or at >= len(lines) or not TABLE_NOTE_START.match(lines[at].text):
            continue
        is_said = SAYS_NOTE.match(lines[at].text) is not None
        while at < len(lines) and _is_under(lines[at], item, bottom):
            is_first = at == item.position
            limit = SAID * small if is_said and (is_first or lines[at].indent < SET_IN) else small
            if lines[at].size > limit:
                break
            found.add(at)
            at, bottom = at + 1, lines[at].box.y1
    return found


def _is_under(line: FlowLine, item: FloatRegion, bottom: float) -> bool:
    """Whether a line stands close below ``bottom``, within the table's sides."""
    box = item.region.box
    is_within = line.box.x0 > box.x0 - line.size and line.box.x1 < box.x1 + line.size
    return line.page == item.page and is_within and -line.size < line.box.y0 - bottom < UNDER_TABLE * line.size


def part_notes(region: Region) -> tuple[Region, tuple[Line, ...]]:
    """The table without the note that the layout drew into it at its foot, and the note's lines from the top."""
    if region.kind != "table":
        return region, ()
    ordered = sorted(region.lines, key=lambda line: line.box.center[1])
    start = next((at for at, line in enumerate(ordered) if SAYS_NOTE.match(line.text)), 0)
    notes = ordered[start:]
    if not start or not all(_stands_alone(line, region) for line in notes) or _is_ruled_below(notes[0], region):
        return region, ()
    box = region.box
    kept = tuple(line for line in region.lines if line not in notes)
    table = msgspec.structs.replace(region, lines=kept, box=Box(box.x0, box.y0, box.x1, notes[0].box.y0))
    return table, tuple(notes)


def _stands_alone(line: Line, region: Region) -> bool:
    return not any(
        other is not line and abs(other.box.center[1] - line.box.center[1]) < 0.5 * line.height
        for other in region.lines
    )


def _is_ruled_below(line: Line, region: Region) -> bool:
    """Whether a rule runs under a line: the table goes on there."""
    return any(rule.center[1] > line.box.center[1] + 0.5 * line.height for rule in region.rules_across)
