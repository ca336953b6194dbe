"""Lines stay whole when they are merged and cut: one value a character in every tuple."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recover.model.geometry import Box
from recover.model.page import UNMEASURED, Alternative, Doubt, Line, merge_lines, slice_line


@st.composite
def lines(draw: st.DrawFn, x0: float = 0.0) -> Line:
    text = draw(st.text("神经元abc 1.（", min_size=1, max_size=12))
    count = len(text)
    measured = draw(st.booleans())
    ink = (0.1,) * count if measured else ()
    doubts = tuple(Doubt(at, (Alternative("已", 0.3, "s"),)) for at in range(count) if draw(st.booleans()))
    return Line(
        id="l1",
        text=text,
        box=Box(x0, 0, x0 + 10.0 * count, 12),
        lefts=tuple(x0 + 10.0 * at for at in range(count)),
        rights=tuple(x0 + 10.0 * at + 9 for at in range(count)),
        confidences=tuple(draw(st.lists(st.sampled_from([UNMEASURED, 0.5, 1.0]), min_size=count, max_size=count))),
        readers="".join(draw(st.lists(st.sampled_from("tps"), min_size=count, max_size=count))),
        weights=ink,
        tops=ink,
        bottoms=ink,
        doubts=doubts,
    )


def is_whole(line: Line) -> bool:
    columns = (line.lefts, line.rights, line.confidences, line.readers)
    ink = (line.weights, line.tops, line.bottoms)
    return all(len(column) == len(line.text) for column in columns) and all(len(c) in {0, len(line.text)} for c in ink)


@given(lines(), lines(x0=300.0), st.sampled_from(["", " "]))
def test_merging_loses_nothing(left: Line, right: Line, gap: str) -> None:
    merged = merge_lines(left, right, gap)
    assert merged.text == left.text + gap + right.text
    assert is_whole(merged)
    assert [merged.text[doubt.at] for doubt in merged.doubts] == [
        *(left.text[doubt.at] for doubt in left.doubts),
        *(right.text[doubt.at] for doubt in right.doubts),
    ]
    assert merged.box.x0 == left.box.x0
    assert merged.box.x1 == right.box.x1


@given(lines(), st.data())
def test_a_slice_keeps_its_characters_with_their_doubts(line: Line, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line.text)))
    end = data.draw(st.integers(start, len(line.text)))
    part = slice_line(line, start, end)
    assert part.text == line.text[start:end].strip()
    assert is_whole(part)
    assert all(0 <= doubt.at < len(part.text) for doubt in part.doubts)


@given(lines())
def test_confidence_is_none_only_where_nobody_measured(line: Line) -> None:
    measured = [value for value in line.confidences if value >= 0]
    assert (line.confidence is None) == (not measured)
    assert line.confidence is None or min(measured) <= line.confidence <= max(measured)
