"""Text from pieces: every character knows its place on the page, what a seam adds has none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from printed_lines import make_flow_line, pieces, read_by

from recover.model.document import Paragraph
from recover.model.flow import FlowLine
from recover.text.join import compose


def lines_of(texts: list[str]) -> list[FlowLine]:
    return [make_flow_line(text, row=row, width=80) for row, text in enumerate(texts)]


def sources(paragraph: Paragraph, lines: list[FlowLine]) -> dict[int, str]:
    """For each placed offset of the text, the character that the span names on its line."""
    by_key = {line.key: line for line in lines}
    return {
        offset: by_key[span.line].text[span.at + offset - span.start]
        for span in paragraph.spans
        for offset in range(span.start, span.end)
    }


TEXT = st.text(st.sampled_from("神经元，。（AbcXyz019- "), min_size=1, max_size=14)


@given(st.lists(TEXT, min_size=1, max_size=6), st.data())
def test_spans_map_one_to_one_to_the_lines(texts: list[str], data: st.DataObject) -> None:
    lines = [
        read_by(
            line, "".join(data.draw(st.lists(st.sampled_from("tp"), min_size=len(line.text), max_size=len(line.text))))
        )
        for line in lines_of(texts)
    ]
    paragraph = compose(pieces(lines))
    placed = sources(paragraph, lines)
    assert all(paragraph.text[offset] == char for offset, char in placed.items())
    assert sum(span.end - span.start for span in paragraph.spans) == len(placed)
    unplaced = [char for offset, char in enumerate(paragraph.text) if offset not in placed]
    assert set(unplaced) <= {" "}


@given(st.lists(TEXT, min_size=1, max_size=6))
def test_composing_loses_only_white_space_and_line_end_hyphens(texts: list[str]) -> None:
    text = compose(pieces(lines_of(texts))).text
    printed = "".join(texts)
    assert [char for char in text if char not in " -"] == [char for char in printed if char not in " -"]


def test_a_dropped_hyphen_takes_its_span_with_it() -> None:
    lines = lines_of(["trans-", "plantation"])
    paragraph = compose(pieces(lines))
    assert paragraph.text == "transplantation"
    assert [(span.start, span.end, span.at) for span in paragraph.spans] == [(0, 5, 0), (5, 15, 0)]


def test_each_reader_has_a_span_of_its_own() -> None:
    line = read_by(make_flow_line("神经元ALS"), "tttppp")
    assert [(span.start, span.end, span.origin) for span in compose(pieces([line])).spans] == [
        (0, 3, "text-layer"),
        (3, 6, "ppocr"),
    ]


def test_boxes_are_those_of_the_characters() -> None:
    first, second = compose(pieces(lines_of(["神经", "元"]))).spans
    assert (first.box.x0, first.box.y0, first.box.x1, first.box.y1) == (0, 100, 20, 110)
    assert (second.box.x0, second.box.y0, second.box.x1, second.box.y1) == (0, 116, 10, 126)


def test_nothing_composes_to_nothing() -> None:
    assert compose([]) == Paragraph(text="", lang="und")
