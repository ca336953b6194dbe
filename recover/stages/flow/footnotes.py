"""Footnotes and notes under tables: small type that begins with a label or with a note's mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recover.model.flow import FloatRegion, FlowLine
from recover.model.geometry import Box
from recover.model.page import Line, Region
from recover.stages.flow.captions import are_level, stands_alone
from recover.text.numbering import SAYS_NOTE, NoteMark, follows, leading_mark
from recover.text.reference_lists import cites_work, is_list_heading, is_note_heading, is_sure_list_heading

# A footnote is set smaller than the body by this factor, and stands off it by this many type sizes.
FOOTNOTE_SIZE, FOOTNOTE_GAP = 0.93, 0.35
# Notes in type as large as the text stand off it by this much, and their marks stand in the text above.
FAR = 0.9
# Notes whose first mark was not read stand off it by this much.
FAR_BELOW = 1.5
# Notes stand in the lower part of what is printed on a page: from this share of its height down.
LOWER = 0.4
NOTE_START = re.compile(
    r"^[\s*＊①②③④⑤⑥⑦⑧⑨⑩△▲#\[［（(【]*(?:\d{1,2}[)）\]］]|基金|作者简介|作者单位|第一作者|通[信讯]作者|责任作者|收稿|修回|接受|录用|投稿"
    r"|注[：:]|E-?mail|Corresponding|Received|Foundation|Supported|Manuscript|Author)",
    re.IGNORECASE,
)

# Of a note's characters no more than this stand in lines that measure too large.
MISMEASURED = 0.4
# Behind text there may be a list in small type: half of so many lines at the beginning are small as well.
BEGINNING = 3
SPECK = 2
WORN_LABEL = re.compile(r"^[\s【\[]*(\S{4})[】\]]?[：:]")
LABELS = ("基金项目", "作者简介", "作者单位", "第一作者", "通信作者", "通讯作者", "责任作者", "收稿日期", "修回日期")


def find_footnotes(lines: Sequence[FlowLine], size: float) -> set[int]:
    """The lines of footnotes, ``size`` being the body's type size."""
    return _labelled(lines, size) | _marked(lines, size)


def _marked(lines: Sequence[FlowLine], size: float) -> set[int]:
    """Notes at the foot of columns that begin with a mark, one after the other."""
    found: set[int] = set()
    head = _list_heading(lines)
    last: NoteMark | None = None
    for column in sorted({line.column for line in lines}):
        members = [index for index, line in enumerate(lines) if line.column == column]
        marked = next((at for at in members if _begins_marked(lines, members, at, size, last, at > head)), None)
        worn = next((at for at in members if at < head and _begins_worn(lines, members, at, size)), None)
        start = min((at for at in (marked, worn) if at is not None), default=None)
        if start is not None:
            found.update(index for index in members if index >= start)
            marks = [leading_mark(lines[index].text) for index in members if index >= start]
            last = next((mark for mark in reversed(marks) if mark is not None and mark.value), last)
    return found


def _list_heading(lines: Sequence[FlowLine]) -> int:
    """Where the list of references surely begins; behind all lines where no heading says so."""
    return next((at for at, line in enumerate(lines) if is_sure_list_heading(line.text)), len(lines))


def _begins_marked(
    lines: Sequence[FlowLine], members: Sequence[int], at: int, size: float, last: NoteMark | None, in_list: bool
) -> bool:
    """Whether the notes of a column begin with a line."""
    mark = leading_mark(lines[at].text)
    # Endnotes stand under a heading of their own.
    is_headed = at > 0 and is_note_heading(lines[at - 1].text)
    if mark is None or lines[at].kind == "title" or is_headed or not _is_low(lines, at):
        return False
    if not follows(mark, last) and not _is_called(lines, at, mark):
        return False
    if in_list and mark.kind != "circled":
        # Entries never begin with a star, and none stands so far below another.
        return mark.kind == "star" and at != members[0] and _stands_off(lines, at, FAR_BELOW)
    rest = [lines[index] for index in members if index >= at]
    is_whole = at == members[0]
    if is_whole and not _stands_below_others(lines, at):
        return False
    if _are_small(rest, size):
        return is_whole or _is_set_off(lines, at) or lines[at - 1].size > lines[at].size / FOOTNOTE_SIZE
    is_far = not is_whole and _stands_off(lines, at, FAR)
    return is_far and mark.kind in ("circled", "star", "bracket") and _is_called(lines, at, mark)


def _begins_worn(lines: Sequence[FlowLine], members: Sequence[int], at: int, size: float) -> bool:
    """Whether notes begin with a line whose mark was not read: small type far below the text, works or marks in it."""
    if at == members[0] or lines[at].kind == "title" or not _is_low(lines, at):
        return False
    rest = [lines[index] for index in members if index >= at]
    if not _stands_off(lines, at, FAR_BELOW) or not _are_small(rest, size):
        return False
    return cites_work(lines[at].text) or any(_is_called_note(lines, index) for index in members if index > at)


def _stands_off(lines: Sequence[FlowLine], at: int, sizes: float) -> bool:
    """Whether so many type sizes of white stand between a line and the one before it."""
    return lines[at].box.y0 - lines[at - 1].box.y1 > sizes * lines[at].size


def _are_small(rest: Sequence[FlowLine], size: float) -> bool:
    """Whether most characters of the lines are in small type: short lines may measure large; so are the first ones."""
    large = sum(len(line.text) for line in rest if line.size > FOOTNOTE_SIZE * size)
    first = rest[:BEGINNING]
    begins = 2 * sum(line.size <= FOOTNOTE_SIZE * size for line in first) >= len(first)
    return begins and large < MISMEASURED * sum(len(line.text) for line in rest)


def _is_low(lines: Sequence[FlowLine], at: int) -> bool:
    """Whether a line stands in the lower part of its page."""
    page = [line.box for line in lines if line.page == lines[at].page]
    top, bottom = min(box.y0 for box in page), max(box.y1 for box in page)
    return lines[at].box.y0 > top + LOWER * (bottom - top)


def _stands_below_others(lines: Sequence[FlowLine], at: int) -> bool:
    """Whether text of other columns stands above a column that is nothing but notes, and none below."""
    others = [line for line in lines if line.page == lines[at].page and line.column != lines[at].column]
    return bool(others) and all(line.box.center[1] < lines[at].box.y1 for line in others)


def _is_called(lines: Sequence[FlowLine], at: int, mark: NoteMark) -> bool:
    """Whether a note's mark stands in the text above it on its page."""
    return any(line.page == lines[at].page and mark.printed in line.text[1:] for line in lines[:at])


def _is_called_note(lines: Sequence[FlowLine], at: int) -> bool:
    """Whether a line begins with a bracketed mark or a ring that the text above it has."""
    mark = leading_mark(lines[at].text)
    return mark is not None and mark.kind in ("circled", "bracket") and _is_called(lines, at, mark)


def _labelled(lines: Sequence[FlowLine], size: float) -> set[int]:
    """Small type at the foot of a column that begins like a note."""
    found: set[int] = set()
    head = _list_heading(lines)
    for column in sorted({line.column for line in lines}):
        members = [index for index, line in enumerate(lines) if line.column == column]
        tail = _small_tail(lines, members, size)
        # Entries of a list are small and numbered too, but stand under its heading.
        if tail and len(tail) < len(members) and is_list_heading(lines[tail[0] - 1].text):
            tail = []
        begins = [at for at in members if _begins_note(lines, at, in_list=at > head)]
        beginnings = [at for at in begins if at in tail and len(tail) < len(members)]
        beginnings += [at for at in begins if at != members[0] and _is_small_from(lines, members, at, size)]
        if beginnings:
            start = min(beginnings)
            found.update(index for index in members if index >= start - _is_speck(lines[start - 1]))
    return found


def _small_tail(lines: Sequence[FlowLine], members: Sequence[int], size: float) -> list[int]:
    """The last lines of a column, as far up as they are small."""
    tail: list[int] = []
    for index in reversed(members):
        if lines[index].kind == "title" or not _is_small(lines, index, FOOTNOTE_SIZE * size):
            break
        tail.insert(0, index)
    return tail


def _is_small_from(lines: Sequence[FlowLine], members: Sequence[int], at: int, size: float) -> bool:
    """Whether most of what stands from a line that says it is a note on is small: short lines may measure large."""
    rest = [lines[index] for index in members if index >= at]
    is_said = not lines[at].text.lstrip(" *＊[［(（【")[:1].isdecimal()
    large = sum(len(line.text) for line in rest if line.size > FOOTNOTE_SIZE * size)
    is_small = large < MISMEASURED * sum(len(line.text) for line in rest)
    return is_said and is_small and not any(line.kind == "title" for line in rest)


def _is_speck(line: FlowLine) -> bool:
    """Whether a line is what a note's rule was read as: a letter or a mark, no Chinese."""
    return len(line.text.strip()) <= SPECK and line.text.isascii()


def _is_small(lines: Sequence[FlowLine], index: int, limit: float) -> bool:
    """Whether a line's type is small; where it measures large, the line right above it decides."""
    if lines[index].size <= limit:
        return True
    above = lines[index - 1] if index else None
    return (
        above is not None
        and above.column == lines[index].column
        and above.size <= limit
        and not _is_set_off(lines, index)
    )


def _begins_note(lines: Sequence[FlowLine], index: int, *, in_list: bool) -> bool:
    """Whether a line set off from the text begins like a note; what looks like a list's entry must say it is one."""
    text = lines[index].text
    match = NOTE_START.match(text)
    if match is not None and not match.group(0)[-1:].isalpha() and not _is_low(lines, index):
        return False  # 1) an affiliation over the abstract
    is_entry = in_list or lines[index].kind == "reference"
    is_numbered = match is not None and not match.group(0)[-1:].isalpha() and is_entry
    begins = (match is not None and not is_numbered) or _has_worn_label(text)
    return begins and _is_set_off(lines, index)


def _has_worn_label(text: str) -> bool:
    """Whether a label stands before a colon, one of its characters misread."""
    label = WORN_LABEL.match(text)
    return label is not None and any(sum(map(str.__eq__, label[1], known)) >= len(known) - 1 for known in LABELS)


def _is_set_off(lines: Sequence[FlowLine], index: int) -> bool:
    above = lines[index - 1 - (index > 1 and _is_speck(lines[index - 1]))]
    return lines[index].box.y0 - above.box.y1 > FOOTNOTE_GAP * lines[index].size


# Notes under tables: told by how they begin, small, right under the table or drawn into it by the layout.

# *P<0.05; a：与对照组比较
TABLE_NOTE_START = re.compile(
    SAYS_NOTE.pattern + r"|^\s*[*＊△▲#＃†‡§①②③a-c]{1,2}\s?[)）:：]?\s?(?:[Pp]\s?[<＜>＞=]|与|vs|表示|为)"
)
# Detectors tear lines at the white of these.
TEARING = frozenset("，。；：、,;")
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
        while at < len(lines) and _is_under(lines[at], item, bottom, is_said=is_said):
            is_first = at == item.position
            limit = SAID * small if is_said and (is_first or lines[at].indent < SET_IN) else small
            if lines[at].size > limit:
                break
            found.add(at)
            at, bottom = at + 1, lines[at].box.y1
    return found


def _is_under(line: FlowLine, item: FloatRegion, bottom: float, *, is_said: bool) -> bool:
    """Whether a line stands close below ``bottom``, within the table or, where it says it is a note, from the edge."""
    box = item.region.box
    is_within = line.box.x0 > box.x0 - line.size and line.box.x1 < box.x1 + line.size
    is_in_column = is_said and line.left < box.center[0]
    is_close = line.page == item.page and -line.size < line.box.y0 - bottom < UNDER_TABLE * line.size
    return is_close and (is_within or is_in_column)


def part_notes(region: Region) -> tuple[Region, tuple[Line, ...]]:
    """The table without the note that the layout drew into it at its foot, and the note's lines from the top."""
    if region.kind != "table":
        return region, ()
    ordered = sorted(region.lines, key=lambda line: line.box.center[1])
    start = next((at for at, line in enumerate(ordered) if SAYS_NOTE.match(line.text)), 0)
    notes = ordered[start:]
    are_text = all(stands_alone(line, region) or _is_torn(line, region) for line in notes)
    if not start or not are_text or _is_ruled_below(notes[0], region):
        return region, ()
    box = region.box
    kept = tuple(line for line in region.lines if line not in notes)
    table = msgspec.structs.replace(region, lines=kept, box=Box(box.x0, box.y0, box.x1, notes[0].box.y0))
    return table, tuple(notes)


def _is_torn(line: Line, region: Region) -> bool:
    """Whether a line is a piece of one that was torn at a mark, whose white parts it from the other piece."""
    return any(
        left.text[-1:] in TEARING and 0 < right.box.x0 - left.box.x1 < line.height and are_level(left, right)
        for other in region.lines
        for left, right in ((line, other), (other, line))
    )


def _is_ruled_below(line: Line, region: Region) -> bool:
    """Whether a rule runs under a line: the table goes on there."""
    return any(rule.center[1] > line.box.center[1] + 0.5 * line.height for rule in region.rules_across)
