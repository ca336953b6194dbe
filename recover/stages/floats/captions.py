"""Captions: the lines of each parted by language, and the float each belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recover.model.document import CAPTION, Document, Figure, FrontBlock, Paragraph, Span, Table
from recover.model.flow import FloatRegion, Flow, FlowLine, Piece
from recover.model.geometry import Box
from recover.model.page import Line
from recover.text.join import compose

_LABEL = re.compile(
    r"^(?P<word>续?[图表]|Fig(?:ure|\.)?|Tab(?:le|\.)?)\s*[.·,，]?\s*"
    r"(?P<number>[A-Z]?\d{1,3}(?:\s*[-.．]\s*\d{1,2})?(?:[a-z](?![a-z]))?)[\s|｜:：.．、\u3000]*",
    re.IGNORECASE,
)
# A caption farther from a float than this many type sizes is another one's, unless nothing else is left.
NEAR = 6.0
# A float with so many rows of text side by side may be a table.
MIN_ROWS = 3
WRONG_SIDE, FAR_PENALTY, OTHER_PAGE_PENALTY, WRONG_KIND_PENALTY = 2.0, 30.0, 60.0, 1000.0


class Caption(msgspec.Struct, frozen=True, kw_only=True):
    """A caption: whether it speaks of a table, its label as printed, its text in both languages, its lines.

    ``position`` is the number of flow lines before it.
    ``spans`` and ``spans_en`` are the places of both with their labels.
    """

    is_table: bool
    label: str
    text: str
    text_en: str
    lines: tuple[FlowLine, ...]
    position: int = 0
    spans: tuple[Span, ...] = ()
    spans_en: tuple[Span, ...] = ()


def read_captions(flow: Flow) -> tuple[Caption, ...]:
    """Captions from their lines: a Chinese one takes the English one that follows it."""
    groups: list[list[FlowLine]] = []
    for line in flow.captions:
        label = _LABEL.match(line.text)
        if label and groups and _is_twin(groups[-1], line, label):
            groups[-1].append(line)
        elif label or not groups or not _goes_on(groups[-1][-1], line):
            groups.append([line])
        else:
            groups[-1].append(line)
    said = "".join(re.sub(r"\s", "", line.text) for line in flow.lines)
    found = (caption for group in groups if (caption := _caption(group, said)) is not None)
    return tuple(msgspec.structs.replace(caption, position=_position(caption, flow)) for caption in found)


def _position(caption: Caption, flow: Flow) -> int:
    pairs = zip(flow.captions, flow.caption_positions, strict=False)
    return next((position for line, position in pairs if line is caption.lines[0]), 0)


def _goes_on(above: FlowLine, line: FlowLine) -> bool:
    return above.page == line.page and line.box.y0 - above.box.y1 < 1.2 * line.size


def _is_twin(group: Sequence[FlowLine], line: FlowLine, label: re.Match[str]) -> bool:
    first = _LABEL.match(group[0].text)
    if first is None or not _goes_on(group[-1], line):
        return False
    is_chinese = first.group("word")[0] in "图表续"
    same_kind = _says_table(first.group("word")) == _says_table(label.group("word"))
    numbers = _number(first), _number(label)
    is_same = numbers[0] == numbers[1] or _is_run_into(*numbers)
    return is_same and same_kind and is_chinese and label.group("word")[0] not in "图表续"


def _number(label: re.Match[str]) -> str:
    return re.sub(r"\s", "", label.group("number"))


def _is_run_into(number: str, twin: str) -> bool:
    """Whether a figure of the text has joined the number that the other language has: 表141 例 and Table 1."""
    return number.isdecimal() and number != twin and number.startswith(twin)


def _says_table(word: str) -> bool:
    return "表" in word or word.lower().startswith("tab")


def _whole_number(label: re.Match[str], said: str) -> str:
    """``1`` of ``图1.5种药物``, where the text speaks of 图1 and of no 图1.5: a stop stands behind the number."""
    number, word = _number(label), label.group("word")[-1]
    whole = re.match(r"\d+(?=[.．]\d)", number)
    if whole is None or not re.match(r"[\u4e00-\u9fff]", label.string[label.end() :]):
        return number
    is_said = re.search(rf"{word}{re.escape(number)}(?!\d)", said)
    return whole[0] if not is_said and re.search(rf"{word}{whole[0]}(?![.．]?\d)", said) else number


def _caption(lines: Sequence[FlowLine], said: str) -> Caption | None:
    """``said`` is what the text says, without its spaces."""
    label = _LABEL.match(lines[0].text)
    if label is None:
        return None
    split = next((i for i, line in enumerate(lines) if i and _LABEL.match(line.text)), len(lines))
    in_english = compose([Piece(line, 0, len(line.text)) for line in lines[split:]])
    as_printed = compose([Piece(line, 0, len(line.text)) for line in lines[:split]])
    english, own = in_english.text, as_printed.text
    own_label = _LABEL.match(own)
    text = own[own_label.end() :] if own_label else own
    twin = _LABEL.match(english)
    number = _whole_number(label, said)
    if own_label and twin and _is_run_into(number, _number(twin)):
        number = _number(twin)
        text = own[own_label.start("number") + len(number) :]
    elif own_label and number != _number(label):
        text = own[own_label.start("number") + len(number) :].lstrip(" .．")
    return Caption(
        is_table=_says_table(label.group("word")),
        label=f"{label.group('word')} {number}",
        text=text.strip(),
        text_en=(english[twin.end() :] if twin else english).strip(),
        lines=tuple(lines),
        spans=as_printed.spans,
        spans_en=in_english.spans,
    )


def with_captions_in_front(document: Document) -> Document:
    """The document whose ``front`` also has captions in English, for programs that know captions of one language."""
    items: tuple[Table | Figure, ...] = (*document.tables, *document.figures)
    english = tuple(
        FrontBlock(
            role=CAPTION, lang="en", paragraph=Paragraph(text=item.caption_en, lang="en", marks=item.caption_en_marks)
        )
        for item in items
        if item.caption_en
    )
    front = (*(block for block in document.front if block.role != CAPTION), *english)
    return msgspec.structs.replace(document, front=front)


def match_captions(captions: Sequence[Caption], floats: Sequence[FloatRegion]) -> dict[int, int]:
    """Float index for each caption index, nearest pairs first; a caption over a break still finds its float."""
    pairs = sorted(
        (_distance(caption, item), c, f) for c, caption in enumerate(captions) for f, item in enumerate(floats)
    )
    matched: dict[int, int] = {}
    for distance, caption, item in pairs:
        fits = distance < WRONG_KIND_PENALTY or (
            distance - WRONG_KIND_PENALTY < NEAR and _may_be_other(captions[caption], floats[item])
        )
        if caption not in matched and item not in matched.values() and fits:
            matched[caption] = item
    return matched


def _may_be_other(caption: Caption, item: FloatRegion) -> bool:
    """Whether the caption knows better than the network, which takes a chart for a table, a bare table for a figure."""
    return not caption.is_table or _count_rows(item.region.lines) >= MIN_ROWS


def _count_rows(lines: Sequence[Line]) -> int:
    """Rows in which text stands side by side."""
    ordered = sorted(lines, key=lambda line: line.box.center[1])
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and line.box.center[1] - rows[-1][-1].box.center[1] < 0.5 * line.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return sum(len(row) > 1 for row in rows)


def _distance(caption: Caption, item: FloatRegion) -> float:
    """In type sizes; captions of tables stand above, those of figures below."""
    first = caption.lines[0]
    cost = WRONG_KIND_PENALTY if caption.is_table != (item.region.kind == "table") else 0.0
    if first.page != item.page:
        return cost + OTHER_PAGE_PENALTY * abs(first.page - item.page)
    if first.to_page != item.to_page:
        apart = _apart(first.to_page.box(first.box), item.to_page.box(item.region.box)) / first.size
        return cost + WRONG_SIDE + apart + (FAR_PENALTY if apart > NEAR else 0.0)
    top, bottom = caption.lines[0].box.y0, caption.lines[-1].box.y1
    box = item.region.box
    gap = (box.y0 - bottom) if caption.is_table else (top - box.y1)
    beside = max(0.0, first.box.x0 - box.x1, box.x0 - first.box.x1)
    distance = (abs(gap) + 2 * beside) / first.size
    wrong_side = WRONG_SIDE if gap < -first.size else 0.0
    return cost + distance + wrong_side + (FAR_PENALTY if distance > NEAR else 0.0)


def _apart(one: Box, other: Box) -> float:
    """How far two boxes on a page are apart: areas that were turned upright have frames of their own."""
    across = max(0.0, one.x0 - other.x1, other.x0 - one.x1)
    return across + max(0.0, one.y0 - other.y1, other.y0 - one.y1)
