"""Which lines are captions, and text that the layout drew into a float."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recover.lexicon.characters import is_han
from recover.model.flow import FloatRegion, FlowLine
from recover.model.geometry import Box
from recover.model.page import Line, Region
from recover.text.numbering import parse_number

CAPTION = re.compile(
    r"^(?:续?[图表]\s*[.·]?\s*[A-Z]?\d{1,3}(?:[-.．]\d{1,2})?"
    r"|(?:Fig(?:ure|\.)?|Tab(?:le|\.)?)[,·]?\s*\d{1,3}(?:[-.]\d{1,2})?)(?=\D|$)"
    # A sentence that speaks of the float begins a line as well.
    r"(?!\s*(?:[。，；、）),;]|所示|可见|列出|给出|显示|(?:shows?|lists?|gives?|presents?|summari[sz]es?|illustrates?)\b))",
    re.IGNORECASE,
)
_CHINESE_LABEL = re.compile(r"续?(?P<word>[图表])\s*[.·]?\s*(?P<number>[A-Z]?\d{1,3}(?:[-.．]\d{1,2})?)")
_ENGLISH_LABEL = re.compile(
    r"(?P<word>Fig|Tab)(?:ure|le|\.)?[,·]?\s*(?P<number>[A-Z]?\d{1,3}(?:[-.．]\d{1,2})?)(?!\w)", re.IGNORECASE
)
_LABEL_ALONE = re.compile(
    r"(?:续?[图表]|Fig(?:ure|\.)?|Tab(?:le|\.)?)\s*[.·,]?\s*[A-Z]?\d{1,3}(?:[-.．]\d{1,2})?\s*", re.IGNORECASE
)
KIND_INITIALS = {"图": "f", "表": "t"}
KINDS = frozenset({"figure-caption", "table-caption"})
# Lines of one caption are at most this far apart, middle to middle, in type sizes; those of a caption in two
# languages, which are told by what they say, may be farther.
CAPTION_LEADING, WIDE_LEADING = 1.75, 2.2
# A label and its text stand level within so much, with no more white between them.
LEVEL, BESIDE = 0.5, 3.0
# A letter's width in type sizes.
LETTER = 0.5
# A centred line leaves this much white at both ends, as much on the left as on the right.
WHITE, CENTRED = 1.5, 1.2


def find_captions(lines: Sequence[FlowLine], floats: Sequence[FloatRegion], body: float) -> set[int]:
    """Lines of captions: those that begin like one, and those that go on with one."""
    found: set[int] = set()
    # The lines of the caption that is being followed: a Chinese one takes the English one below it.
    caption: list[FlowLine] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        is_region = line.kind in KINDS or (following is not None and _is_over_caption(line, following))
        goes_on = index - 1 in found and (_goes_on(lines[index - 1], line, body) or is_in_english(caption, line))
        begins = bool(CAPTION.match(line.text)) and (is_region or _is_near_float(line, floats) or is_set_apart(line))
        if goes_on or begins:
            found.add(index)
        caption = [*caption, line] if goes_on else [line]
    return found


def is_in_english(caption: Sequence[FlowLine], line: FlowLine) -> bool:
    """Whether a line goes on with a Chinese caption in English: its label again, or what its line had no room for."""
    above = caption[-1]
    chinese = _CHINESE_LABEL.match(caption[0].text)
    step = line.box.center[1] - above.box.center[1]
    is_close = line.page == above.page and 0 < step < WIDE_LEADING * min(line.size, above.size)
    if chinese is None or not is_close or any(map(is_han, line.text)):
        return False
    label = _ENGLISH_LABEL.match(line.text)
    if label is not None:
        return label["number"] == chinese["number"] and label["word"][0].lower() == KIND_INITIALS[chinese["word"]]
    is_twin = any(_ENGLISH_LABEL.match(one.text) for one in caption)
    word = line.text.split(" ", 1)[0]
    fills = above.rest < (len(word) + 1) * LETTER and line.box.x0 < above.box.x0 + line.size
    centred = abs(line.box.center[0] - above.box.center[0]) < CENTRED * line.size and line.indent > WHITE
    return is_twin and (fills or centred)


def starts_figure_caption(text: str) -> bool:
    """Whether a line begins like the caption of a figure."""
    return bool(CAPTION.match(text)) and text.lstrip("续")[0] in "图Ff"


def starts_table_caption(text: str) -> bool:
    """Whether a line begins like the caption of a table."""
    return bool(CAPTION.match(text)) and text.lstrip("续")[0] in "表Tt"


def is_set_apart(line: FlowLine) -> bool:
    """Whether a line is centred in its column, as no line of a paragraph is."""
    return min(line.indent, line.rest) > WHITE and abs(line.indent - line.rest) < CENTRED


def _is_over_caption(line: FlowLine, following: FlowLine) -> bool:
    """Whether the network saw a caption right below a label: some stand on lines of their own."""
    step = following.box.center[1] - line.box.center[1]
    is_close = following.page == line.page and 0 < step < CAPTION_LEADING * line.size
    return is_close and following.kind in KINDS and not CAPTION.match(following.text)


def _goes_on(above: FlowLine, line: FlowLine, body: float) -> bool:
    """Whether a line is the rest of the caption above: close below it, and set like it or as the network says.

    Or beside it, where white parts a label from the caption's text.
    """
    if _LABEL_ALONE.fullmatch(above.text) and _is_right_beside(above, line):
        return True
    is_caption = line.page == above.page and line.kind == above.kind and line.kind in KINDS
    if is_caption and _LABEL_ALONE.fullmatch(above.text):
        return abs(line.box.center[1] - above.box.center[1]) < CAPTION_LEADING * line.size
    if line.page != above.page or not 0 < line.box.center[1] - above.box.center[1] < CAPTION_LEADING * line.size:
        return False
    number = parse_number(line.text)
    if number is not None and (number.scheme != "decimal" or number.depth > 1):
        return False
    if line.kind in KINDS and (line.kind == above.kind or CAPTION.match(above.text)):
        return True
    alike = abs(line.size - above.size) < 0.2 * above.size
    centred = abs(line.box.center[0] - above.box.center[0]) < 0.6 * line.size and line.indent > 1.5
    small = max(line.size, above.size) < 0.93 * body and abs(line.box.x0 - above.box.x0) < 0.6 * line.size
    return (alike and (centred or small)) or _is_broken_off(above, line)


def _is_right_beside(left: FlowLine, line: FlowLine) -> bool:
    """Whether a line follows another in its row: the network may have seen only the first as a caption."""
    is_level = abs(line.box.center[1] - left.box.center[1]) < LEVEL * line.size
    return line.page == left.page and is_level and 0 < line.box.x0 - left.box.x1 < BESIDE * line.size


def _is_broken_off(above: FlowLine, line: FlowLine) -> bool:
    """Whether an English caption's line had no room for the word that the next one begins with."""
    is_foreign = not any(map(is_han, above.text + line.text))
    word = line.text.split(" ", 1)[0]
    fills = above.rest < (len(word) + 1) * LETTER and abs(line.box.x0 - above.box.x0) < line.size
    return is_foreign and fills and word[:1].islower()


def _is_near_float(line: FlowLine, floats: Sequence[FloatRegion]) -> bool:
    near = 2.5 * line.size
    return any(
        item.page == line.page
        and min(abs(line.box.y0 - item.region.box.y1), abs(item.region.box.y0 - line.box.y1)) < near
        and line.box.x0 < item.region.box.x1
        and line.box.x1 > item.region.box.x0
        for item in floats
    )


# Text that the layout drew into a float: above a table's caption, below a figure's.

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


def label_row(region: Region) -> tuple[Line, ...]:
    """A table's topmost row where it is nothing but the caption's label and text, which wide white parts."""
    ordered = sorted(region.lines, key=lambda line: line.box.center[1])
    first = [line for line in ordered[:3] if line is ordered[0] or are_level(line, ordered[0])]
    row = sorted(first, key=lambda line: line.box.x0)
    is_caption = region.kind == "table" and len(row) == 2 and _LABEL_ALONE.fullmatch(row[0].text)
    return tuple(row) if is_caption else ()


def are_level(line: Line, other: Line) -> bool:
    """Whether two lines stand in one row."""
    return abs(other.box.center[1] - line.box.center[1]) < 0.5 * line.height


def stands_alone(line: Line, region: Region) -> bool:
    """Whether nothing else stands in the line's row: a cell that says "Table 2" is no caption, and no note."""
    return not any(other is not line and are_level(line, other) for other in region.lines)
