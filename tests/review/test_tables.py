"""Rows and columns come and go, cells are merged, and no text of a cell is lost on the way."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.model.document import Cell, MergedCell, Table
from recover.model.geometry import Box
from recover.review.from_document import unfold
from recover.review.log import Misfit
from recover.review.replay import reviewed_document
from recover.review.session import Session
from recover.review.structure import CHANGES, reshape
from recover.review.to_document import fold
from tests.review.made import make_document


def test_rows_and_columns_are_added_filled_and_deleted(folder: Path) -> None:
    desk = Session(folder)
    desk.act("table", "t1.0.0", now="add-row")
    added = next(key for key in desk.sheet.order if desk.sheet.blocks[key].row == 1)
    desk.write(added, "", "新格")
    assert reviewed_document(folder).tables[0].rows == (("第一列", "数值"), ("新格", ""))
    desk.act("table", "t1.0.0", now="add-column")
    assert reviewed_document(folder).tables[0].rows == (("第一列", "", "数值"), ("新格", "", ""))
    desk.act("table", "t1.0.1", now="delete-column")
    assert reviewed_document(folder).tables[0].rows == (("第一列", ""), ("新格", ""))
    desk.undo()
    assert reviewed_document(folder).tables[0].rows == (("第一列", "", "数值"), ("新格", "", ""))


def test_cells_are_merged_with_their_texts(folder: Path) -> None:
    desk = Session(folder)
    desk.act("table", "t1.0.0", now="merge-right")
    table = reviewed_document(folder).tables[0]
    assert table.rows == (("第一列数值", ""),)
    assert table.spans == (MergedCell(row=0, col=0, colspan=2),)
    with pytest.raises(Misfit, match="no cell to merge"):
        desk.act("table", "t1.0.0", now="merge-right")
    desk.act("table", "t1.0.0", now="split")
    table = reviewed_document(folder).tables[0]
    assert (table.rows, table.spans) == ((("第一列数值", ""),), ())
    assert [(cell.row, cell.column, cell.column_span) for cell in table.cells] == [(0, 0, 1), (0, 1, 1)]
    with pytest.raises(Misfit, match="not merged"):
        desk.act("table", "t1.0.0", now="split")
    desk.undo()
    with pytest.raises(Misfit, match="stays"):
        desk.act("table", "t1.0.0", now="delete-row")


@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from(CHANGES)), max_size=8))
def test_tables_stay_whole_under_any_changes(changes: list[tuple[int, str]]) -> None:
    document = make_document()
    texts = [["甲", "乙", "丙"], ["丁", "戊", "己"], ["庚", "辛", "壬"]]
    cells = tuple(Cell(row=r, column=c, text=text) for r, row in enumerate(texts) for c, text in enumerate(row))
    table = Table(label="", caption="", page=0, box=Box(0, 0, 9, 9), rows=tuple(map(tuple, texts)), cells=cells)
    sheet = unfold(msgspec.structs.replace(document, tables=(table,)))
    for number, change in changes:
        known = [key for key in sheet.order if sheet.blocks[key].kind == "cell"]
        before = "".join(sorted("".join(sheet.blocks[key].text for key in known)))
        try:
            sheet = reshape(sheet, sheet.blocks[known[number % len(known)]], change)
        except Misfit:
            continue
        made = fold(sheet).tables[0]
        assert len({len(row) for row in made.rows}) == 1
        assert {(c.row, c.column): c.text for c in made.cells}.items() >= {
            (r, c): text for r, row in enumerate(made.rows) for c, text in enumerate(row) if text
        }.items()
        for span in made.spans:
            assert span.row + span.rowspan <= len(made.rows)
            assert span.col + span.colspan <= len(made.rows[0])
        after = "".join(sorted("".join(cell for row in made.rows for cell in row)))
        assert after == before or change.startswith("delete")
