"""Paragraphs: lines joined over columns and pages where the evidence says that one goes on."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from recover.lexicon.characters import is_han, is_wide
from recover.model.flow import Block, FlowLine, Piece
from recover.text.labels import names_itself, starts_with_label
from recover.text.names import are_names, tells_where
from recover.text.numbering import parse_number
from recover.text.reference_lists import is_list_heading

# The usual distance of lines, which white before a paragraph exceeds.

# Lines of one type differ in measured size by less than this share; a column may hold text, lists and notes.
SAME_TYPE = 0.12
# With fewer steps between lines of one type the whole column's are taken.
MIN_STEPS = 3

# Steps so near, in type sizes, tell more than those of the whole column: lists are set closer than text.
NEARBY = 12.0


class Step(NamedTuple):
    """From a line to the next: how far in points, the size of its type, and where on the page it stands."""

    step: float
    size: float
    page: int
    y: float


class Pitches:
    """The steps from line to line in every column, each with the size of its lines."""

    def __init__(self, lines: Sequence[FlowLine]) -> None:
        self._steps: Mapping[int, list[Step]] = _steps(lines)

    def of(self, line: FlowLine) -> float:
        """The usual step to a line of this size around it, else in its column, in points; 0 where there is none."""
        steps = self._steps.get(line.column, [])
        alike = [one for one in steps if abs(one.size - line.size) < SAME_TYPE * line.size]
        near = [one for one in alike if _is_near(one, line)]
        chosen = next((some for some in (near, alike) if len(some) >= MIN_STEPS), steps)
        return statistics.median(one.step for one in chosen) if chosen else 0.0


def _is_near(step: Step, line: FlowLine) -> bool:
    return step.page == line.page and abs(step.y - line.box.center[1]) < NEARBY * line.size


def _steps(lines: Sequence[FlowLine]) -> dict[int, list[Step]]:
    steps: dict[int, list[Step]] = {}
    for above, line in pairwise(lines):
        y = line.box.center[1]
        step = y - above.box.center[1]
        if above.column == line.column and 0 < step < 4 * line.size:
            steps.setdefault(line.column, []).append(Step(step, line.size, line.page, y))
    return steps


# Paragraphs parted where a display formula stands in them, so that it is shown at its place.


def parted_at(blocks: Sequence[Block], positions: Iterable[int]) -> tuple[Block, ...]:
    """``blocks`` cut before the lines that ``positions`` count, wherever such a line stands inside of one."""
    cuts = sorted(set(positions))
    parted: list[Block] = []
    first = 0
    for block in blocks:
        end = first + len(block.pieces)
        edges = [0, *(cut - first for cut in cuts if first < cut < end), len(block.pieces)]
        parted += [Block(pieces=block.pieces[start:stop]) for start, stop in itertools.pairwise(edges)]
        first = end
    return tuple(parted)


# Where paragraphs begin: indents, white at line ends, wider leading, labels; never one sign alone where it errs.

# A first line is set in by one to four type sizes; less is a slanted scan, more is a centred line.
INDENT_MIN, INDENT_MAX = 0.9, 5.0
FLUSH = 0.65
# White before a paragraph, against the usual distance of lines.
WIDE_LEADING = 1.45
# A line ends early when its next word would have fitted with this many type sizes to spare.
SPARE = 0.9
FAR_TOO_SHORT = 4.0
# A centred line leaves more than this at both ends, as much at either but for so little.
CENTRED, EVEN = 2.5, 1.2
# A heading's line is full that leaves less than this.
FULL = 1.5
SIZE_CHANGE = 1.12
# A line of few characters measures badly; under a title type so much smaller is something else.
FAR_LARGER = 1.4
# Text never runs from a column into one twice as wide: what stands alone in so narrow a one is a label or a scrap.
NARROW = 0.5
# What runs over two columns is wider than one by this; front matter is set smaller than the text by a point, say.
ACROSS, SMALLER = 0.6, 1.06
# A numbered item's first line stands out by this many type sizes, and is full to this.
HANGING, FILLED = 3.0, 1.0
# Strokes over the body's that make a headline.
DISPLAY = 1.35
# Boxes and strokes of one bold type differ by less than this share.
SAME_BOX = 0.2
# Strokes over the body's that make a line's beginning bold.
BOLD = 1.12
# So much where the line stands alone: at 150 and 200 dpi bold ones measured 1.06 and more.
HEAVIER = 1.05
# White over a heading makes its distance so many times the lines' usual one; print measured 1.33 and more.
STANDS_OFF = 1.2
# Numbers that begin a paragraph wherever a sentence has ended; a heading leaves this much white behind it.
_ITEMS = frozenset({"part", "chapter", "chapter-section", "formal", "han", "han-bracket"})
SHORT_ITEM = 8.0
# Behind these no heading begins: the number goes on with a sentence (0.8 MPa～ | 1.6 MPa).
OPEN = frozenset("（([［〔【《，,、～~—–-/+×=＝<＜≤≥")
_SENTENCE_ENDS = frozenset("。．.！？")
TERMINAL = frozenset('。．.！!？?；;：:…”’"』」')


def split_paragraphs(lines: Sequence[FlowLine]) -> tuple[Block, ...]:
    """Lines gathered into blocks: paragraphs, headings, single labels. Every line is in exactly one."""
    pitches = Pitches(lines)
    groups: list[list[FlowLine]] = []
    for index, line in enumerate(lines):
        previous = lines[index - 1] if index else None
        following = lines[index + 1] if index + 1 < len(lines) else None
        if previous is None or begins_paragraph(previous, line, following, pitches.of(line), groups[-1]):
            groups.append([line])
        else:
            groups[-1].append(line)
    return tuple(Block(pieces=tuple(Piece(line, 0, len(line.text)) for line in group)) for group in groups)


def begins_paragraph(
    previous: FlowLine, line: FlowLine, following: FlowLine | None, pitch: float, above: Sequence[FlowLine] = ()
) -> bool:
    """Whether ``line`` starts anew after ``previous``; ``pitch`` is the usual distance of such lines in points.

    ``above`` are the lines of the paragraph that ``previous`` belongs to.
    """
    if previous.kind == line.kind == "title" and _title_wraps(previous, line):
        return False
    if _is_wrapped_heading(previous, line) or _is_display(previous, line):
        return False
    if (
        _is_set_otherwise(previous, line)
        or _is_announced(previous, line)
        or _is_next_item(above, line)
        or _is_bold_head(previous, line, following, pitch)
    ):
        return True
    if _is_centred(line) and not _is_centred(previous) and line.kind != "equation":
        return not _goes_on_centred(previous, line)
    if line.column != previous.column:
        return _begins_in_new_column(previous, line)
    leaves_white = pitch > 0 and line.box.center[1] - previous.box.center[1] > WIDE_LEADING * pitch
    return leaves_white or _begins_in_column(previous, line, following, above)


def _is_centred(line: FlowLine) -> bool:
    """Whether a line leaves white on both sides, as much on the left as on the right; no line of a paragraph does."""
    return line.indent > CENTRED and abs(line.indent - line.rest) < EVEN


def _goes_on_centred(previous: FlowLine, line: FlowLine) -> bool:
    """Whether a centred line is the rest of a full one: affiliations end in a postcode or a small word below."""
    is_full = max(previous.indent, previous.rest) < FULL and not _ends(previous) and line.column == previous.column
    is_open = max(previous.text.rfind(sign) for sign in "(（") > max(previous.text.rfind(sign) for sign in ")）")
    is_rest = line.text[:1].isdecimal() or line.text[:1].islower() or previous.text.rstrip()[-1:] in {",", "，", "、"}
    is_rest = is_rest or is_open
    is_close = line.box.y0 - previous.box.y1 < 0.9 * line.size
    return is_full and is_rest and is_close and parse_number(line.text) is None and not _changes_size(previous, line)


def _is_wrapped_heading(previous: FlowLine, line: FlowLine) -> bool:
    """A short line centred under a full one that is a heading: the network takes the second line for text."""
    if line.column != previous.column or not _is_centred(line) or not _is_heading_start(previous):
        return False
    is_full = previous.rest < FULL and line.box.y0 - previous.box.y1 < FULL * line.size
    return is_full and parse_number(line.text) is None and not starts_with_label(line.text)


def _is_set_otherwise(previous: FlowLine, line: FlowLine) -> bool:
    """Whether type changes from title to text or back, or in size."""
    changes_kind = (previous.kind == "title") != (line.kind == "title") and not _runs_on(previous, line)
    return changes_kind or _changes_size(previous, line)


def _is_announced(previous: FlowLine, line: FlowLine) -> bool:
    """Whether the line begins with a label or number, or heads a list of references, where a paragraph may begin."""
    is_over = ends_early(previous, line) or _ends(previous)
    if is_over and are_names(previous.text) and tells_where(line.text):
        return True
    if starts_with_label(line.text) and (is_over or line.column != previous.column or names_itself(line.text)):
        return True
    if _ends(previous) and (_is_numbered_item(line) or is_list_heading(line.text)):
        return True
    starts = _is_heading_start(line) and previous.text.rstrip()[-1:] not in OPEN
    return starts and (is_over or previous.kind == "title" or _is_heading_start(previous))


def _is_bold_head(previous: FlowLine, line: FlowLine, following: FlowLine | None, pitch: float) -> bool:
    """Whether a bold line that ends no sentence stands at the margin, behind a sentence and over what is set in.

    Where it stands off the line before, whatever follows may be set as it is.
    """
    is_alone = line.indent < FLUSH and line.rest > SHORT_ITEM and line.text.strip()[-1:].isalnum()
    if not is_alone or not _ends(previous) or following is None:
        return False
    stands_off = pitch > 0 and line.box.center[1] - previous.box.center[1] > STANDS_OFF * pitch
    is_heavy = line.bold > BOLD and stands_off and line.column == previous.column
    return is_heavy or (line.bold > HEAVIER and _is_set_in(following))


def _is_numbered_item(line: FlowLine) -> bool:
    """Whether a short line begins with a number that no sentence wraps before: 三、, 第二节."""
    number = parse_number(line.text)
    return number is not None and number.scheme in _ITEMS and line.rest > SHORT_ITEM


def _is_next_item(above: Sequence[FlowLine], line: FlowLine) -> bool:
    """Whether a line begins with the number after that of the paragraph above, which is over: (2) … 。 (3) …"""
    first, number = (parse_number(above[0].text), parse_number(line.text)) if above else (None, None)
    if first is None or number is None or above[-1].text.rstrip()[-1:] not in _SENTENCE_ENDS:
        return False
    return (
        first.scheme == number.scheme
        and first.values[:-1] == number.values[:-1]
        and first.values[-1] + 1 == number.values[-1]
    )


def _begins_in_column(
    previous: FlowLine, line: FlowLine, following: FlowLine | None, above: Sequence[FlowLine]
) -> bool:
    if _is_set_in(line) and not _is_in_item(above, line):
        return _begins_by_indent(previous, line, following)
    return _is_over(previous, line)


def _is_over(previous: FlowLine, line: FlowLine) -> bool:
    """Whether the line before ends early, after a sentence or by far."""
    return ends_early(previous, line) and (_ends(previous) or previous.rest > FAR_TOO_SHORT)


def _is_in_item(above: Sequence[FlowLine], line: FlowLine) -> bool:
    """Whether a line is set in like the further lines of the numbered item above it."""
    return len(above) > 1 and _hangs(above[0], above[1]) and abs(line.indent - above[1].indent) < 0.5


def ends_early(previous: FlowLine, line: FlowLine) -> bool:
    """Whether the next line's first word would have fitted on the line before."""
    return previous.rest > _first_word(line) / line.size + SPARE


def _begins_by_indent(previous: FlowLine, line: FlowLine, following: FlowLine | None) -> bool:
    if line.indent > previous.indent + 0.5:
        return not _hangs(previous, line)
    # Both lines are set in alike: two paragraphs of one line, or a block set in as a whole, mostly at both ends.
    if ends_early(previous, line):
        is_over = _ends(previous) or _is_heading_start(previous)
        return is_over or previous.rest > line.indent + SPARE
    goes_on = following is not None and following.column == line.column and abs(following.indent - line.indent) < 0.5
    return _ends(previous) and not goes_on


def _hangs(previous: FlowLine, line: FlowLine) -> bool:
    """Whether a line goes on with a numbered item: its first line stands out, is full, and no sentence ends there."""
    is_item = previous.indent < FLUSH and parse_number(previous.text) is not None
    stands_out = line.indent - previous.indent < HANGING and parse_number(line.text) is None
    return is_item and stands_out and previous.rest < FILLED and not _ends(previous)


def _begins_in_new_column(previous: FlowLine, line: FlowLine) -> bool:
    if _is_last_of_block(previous, line):
        return False
    if _is_set_in(line) or _width(previous) < NARROW * _width(line) or _leaves_front(previous, line):
        return True
    return previous.rest > 1.5 and _ends(previous)


def _is_last_of_block(previous: FlowLine, line: FlowLine) -> bool:
    """Whether a short line in a column is the rest of what runs over both: below it, flush with it, in its type."""
    is_below = previous.page == line.page and 0 <= line.box.center[1] - previous.box.center[1] < 2 * line.size
    is_flush = abs(line.box.x0 - previous.box.x0) < FLUSH * line.size
    alike = not _differ(previous, line, SMALLER) and _width(line) < ACROSS * _width(previous)
    return is_below and is_flush and alike and not _ends(previous)


def _leaves_front(previous: FlowLine, line: FlowLine) -> bool:
    """Whether a column begins below what runs over both, in other type or another script: keywords over the text."""
    is_other = _differ(previous, line, SMALLER) or (any(map(is_han, line.text)) and not any(map(is_han, previous.text)))
    return is_other and _width(line) < ACROSS * _width(previous)


def _width(line: FlowLine) -> float:
    """The width of the line's column."""
    return line.right - line.left


def _is_set_in(line: FlowLine) -> bool:
    return INDENT_MIN <= line.indent <= INDENT_MAX


def _differ(one: FlowLine, other: FlowLine, times: float) -> bool:
    """Whether the larger of two lines' types is more than so many times the smaller."""
    small, large = sorted((one.size, other.size))
    return large > times * small


def _changes_size(previous: FlowLine, line: FlowLine) -> bool:
    if min(len(previous.text), len(line.text)) < 5:
        return _differ(previous, line, FAR_LARGER) and previous.kind == "title"
    # A headline may stand under a full line of text, both of which the network takes for a title.
    is_headline = line.kind == "title" and line.size > FAR_LARGER * previous.size
    return is_headline or (
        _differ(previous, line, SIZE_CHANGE) and (previous.rest > 2 or line.column != previous.column)
    )


def _is_heading_start(line: FlowLine) -> bool:
    """Whether a line begins with a heading's number and is set bold or like a title, or the number says enough."""
    number = parse_number(line.text)
    if number is None:
        return False
    return (
        line.bold > BOLD
        or line.kind == "title"
        or (number.depth > 2 and is_wide(line.text[number.end : number.end + 1]))
    )


def _ends(line: FlowLine) -> bool:
    text = line.text.rstrip("0123456789[]［］,，-–")
    return line.text.rstrip()[-1:] in TERMINAL or text[-1:] in TERMINAL


def _first_word(line: FlowLine) -> float:
    """The width in points of what could not be parted from the line's start."""
    text = line.text
    if not text:
        return 0.0
    end = 1
    while not is_wide(text[0]) and end < len(text) and not text[end].isspace() and not is_wide(text[end]):
        end += 1
    return line.line.rights[end - 1] - line.line.lefts[0]


def _runs_on(previous: FlowLine, line: FlowLine) -> bool:
    """A full line that the network calls a title, for the heading run in at its start, and the line after it."""
    full = previous.rest < 1.0 and line.column == previous.column and not _is_set_in(line)
    return full and previous.kind == "title" and abs(previous.size - line.size) < 0.1 * line.size


def _title_wraps(previous: FlowLine, line: FlowLine) -> bool:
    """A title's second line: as large, close below, the first one full or both centred."""
    if line.column != previous.column or parse_number(line.text) is not None or starts_with_label(line.text):
        return False
    if are_names(line.text):
        return False
    alike = abs(previous.size - line.size) < 0.15 * previous.size or _are_set_alike(previous, line)
    close = line.box.y0 - previous.box.y1 < 0.9 * line.size
    # Two short lines at the margin may be of one length.
    is_flush = max(previous.indent, line.indent) < FLUSH and min(previous.rest, line.rest) > SHORT_ITEM
    centred = abs(previous.box.center[0] - line.box.center[0]) < previous.size and not is_flush
    return alike and close and (previous.rest < 2.5 or centred)


def _is_display(previous: FlowLine, line: FlowLine) -> bool:
    """Whether two bold lines of one size stand centred one below the other: a headline that the network missed."""
    if line.column != previous.column or min(previous.bold, line.bold) < DISPLAY:
        return False
    alike = abs(previous.size - line.size) < 0.1 * previous.size
    close = line.box.y0 - previous.box.y1 < 0.9 * line.size
    is_even = abs(line.indent - line.rest) < EVEN and abs(previous.indent - previous.rest) < EVEN
    is_single = parse_number(line.text) is None and not starts_with_label(line.text)
    return alike and close and is_even and is_single and line.indent > INDENT_MIN


def _are_set_alike(previous: FlowLine, line: FlowLine) -> bool:
    """Whether two lines of Latin are of one type: few tall letters measure badly, boxes and strokes say enough."""
    if any(is_wide(char) for char in previous.text + line.text) or min(previous.bold, line.bold) < BOLD:
        return False
    heights = abs(previous.box.height - line.box.height) < SAME_BOX * previous.box.height
    return heights and abs(previous.bold - line.bold) < SAME_BOX * previous.bold
