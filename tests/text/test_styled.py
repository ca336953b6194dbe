"""The styles of lines in texts put together from them."""

from __future__ import annotations

import msgspec
from printed_lines import make_flow_line, pieces

from recover.lexicon.characters import plain_text
from recover.model.document import Mark
from recover.model.page import merge_lines, slice_line
from recover.model.styles import ITALIC, RAISED, cut_marks, marks_of, written
from recover.text.join import compose


def flags(text: str, part: str, flag: int) -> str:
    start = text.index(part)
    return written([flag if start <= at < start + len(part) else 0 for at in range(len(text))])


def test_marks_follow_their_characters_over_a_break() -> None:
    lines = [make_flow_line(text, row=row, width=80) for row, text in enumerate(("本组每次分别注射", "1×106个细胞"))]
    second = msgspec.structs.replace(lines[1], line=msgspec.structs.replace(lines[1].line, styles="00001000"))
    paragraph = compose(pieces([lines[0], second]))
    marks = marks_of(paragraph.text, paragraph.spans, {second.key: second.line.styles})
    assert marks == (Mark(start=12, end=13, kind="sup"),)
    assert paragraph.text[12] == "6"


def test_white_between_italic_words_is_italic() -> None:
    line = make_flow_line("of Escherichia coli in", width=80)
    styles = flags(line.text, "Escherichia", ITALIC)
    both = "".join(max(one, two) for one, two in zip(styles, flags(line.text, "coli", ITALIC), strict=True))
    paragraph = compose(pieces([line]))
    (mark,) = marks_of(paragraph.text, paragraph.spans, {line.key: both})
    assert paragraph.text[mark.start : mark.end] == "Escherichia coli"


def test_styles_are_cut_and_joined_with_their_lines() -> None:
    line = make_flow_line("1×106个").line
    line = msgspec.structs.replace(line, styles=written([0, 0, 0, 0, RAISED, 0]))
    assert slice_line(line, 2, 5).styles == "001"
    assert merge_lines(make_flow_line("即").line, line, " ").styles == "00000010"
    assert merge_lines(make_flow_line("即").line, make_flow_line("是").line, "").styles == ""


def test_a_part_of_a_text_keeps_its_marks() -> None:
    marks = (Mark(start=2, end=6, kind="bold"), Mark(start=8, end=9, kind="sup"))
    assert cut_marks(marks, 4, 9) == (Mark(start=0, end=2, kind="bold"), Mark(start=4, end=5, kind="sup"))


def test_raised_and_lowered_codes_are_styles_of_plain_text() -> None:
    assert plain_text("Ca²⁺与H₂O") == ("Ca2+与H2O", "00110020")
