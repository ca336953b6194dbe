"""A table that goes on over the page is one table."""

from __future__ import annotations

import msgspec
import pytest

from recover.model.document import Cell, MergedCell, Span, Table
from recover.model.geometry import Box
from recover.stages.floats.figures_and_tables import join_continued, repeated_heads

HEAD = ("节段", "例数")


def table(label: str, *rows: tuple[str, ...], caption: str = "", page: int = 0) -> Table:
    cells = tuple(Cell(row=y, column=x, text=text) for y, row in enumerate(rows) for x, text in enumerate(row))
    return Table(label=label, caption=caption, page=page, box=Box(0, 0, 1, 1), rows=rows, cells=cells)


@pytest.mark.parametrize(
    ("label", "caption"),
    [("续表 1", ""), ("续表 1", "患者资料"), ("表 1", "（续）"), ("表 1", "续"), ("表 1", "(continued)")],
)
def test_rows_go_on_and_a_repeated_head_is_left_out(label: str, caption: str) -> None:
    first = table("表 1", HEAD, ("C3", "2"), ("C4", "7"), caption="患者资料")
    (joined,) = join_continued([first, table(label, HEAD, ("C5", "9"), caption=caption, page=1)])
    assert joined.rows == (HEAD, ("C3", "2"), ("C4", "7"), ("C5", "9"))
    assert (joined.label, joined.caption, joined.page) == ("表 1", "患者资料", 0)
    assert [(cell.row, cell.text) for cell in joined.cells[-2:]] == [(3, "C5"), (3, "9")]


def test_a_head_that_was_misread_is_still_repeated() -> None:
    (joined,) = join_continued(
        [table("表 1", ("损伤节段", "训练前"), ("C3", "2")), table("续表 1", ("损伤节股", "训练前"), ("C4", "7"))]
    )
    assert [row[0] for row in joined.rows] == ["损伤节段", "C3", "C4"]


def test_a_continuation_goes_to_the_table_of_its_number() -> None:
    tables = [table("表 1", HEAD, ("a", "1")), table("表 2", HEAD, ("b", "2")), table("续表 1", ("c", "3"))]
    assert [len(item.rows) for item in join_continued(tables)] == [3, 2]


def test_a_continuation_without_its_table_stays() -> None:
    alone = table("续表 3", HEAD, ("a", "1"))
    assert join_continued([table("表 1", HEAD, ("b", "2")), alone])[1] == alone


def test_merged_cells_of_a_continuation_move_with_its_rows() -> None:
    more = table("续表 1", HEAD, ("C5", "9"), ("", "8"), page=1)
    spanned = msgspec.structs.replace(more, spans=(MergedCell(row=1, col=0, rowspan=2),))
    (joined,) = join_continued([table("表 1", HEAD, ("C3", "2"), ("C4", "7")), spanned])
    assert joined.spans == (MergedCell(row=3, col=0, rowspan=2),)


def test_what_is_printed_again_is_kept_as_the_page_s_own() -> None:
    def at(line: str, text: str) -> tuple[Span, ...]:
        return (Span(start=0, end=len(text), page=1, box=Box(0, 0, 9, 9), origin="ppocr", line=line),)

    more = table("续表 1", HEAD, ("C5", "9"), page=1)
    cells = tuple(msgspec.structs.replace(cell, spans=at(f"c{n}", cell.text)) for n, cell in enumerate(more.cells))
    more = msgspec.structs.replace(more, cells=cells, caption_spans=at("c9", "续表1"))
    found = repeated_heads([table("表 1", HEAD, ("C3", "2")), more])
    assert [(item.line, item.text) for item in found] == [("c9", "续表 1"), ("c0", "节段"), ("c1", "例数")]
