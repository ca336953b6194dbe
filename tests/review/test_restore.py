"""What stands in no text is brought back at its place, once, and the account follows."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from recover.model.document import Document
from recover.model.geometry import Box
from recover.model.records import Account, OpenPlace, PageAccount, PageLine
from recover.review.log import Misfit
from recover.review.ranking import Ranking
from recover.review.regions import lost_places, open_places, written_line
from recover.review.replay import reviewed_document
from recover.review.session import Session
from recover.review.to_document import fold
from recover.stages.account import CLASSES
from tests.review.made import SIZE, STEP, make_document, write_folder

# Between the body's two lines and the second paragraph of the first page.
PLACE = Box(40, 116, 200, 124)


def with_open(document: Document) -> Document:
    places = (
        OpenPlace(box=PLACE, text="漏掉的一行", what="rejected", why="the print reads otherwise"),
        OpenPlace(box=Box(40, 400, 60, 412), text="", what="unread", why="print that stands in no line that was read"),
    )
    page = PageAccount(page=0, rejected=5, unread=2, open=places)
    return msgspec.structs.replace(document, account=Account(rejected=5, unread=2, pages=(page,)))


@pytest.fixture
def desk(tmp_path: Path) -> Session:
    return Session(write_folder(tmp_path / "paper", with_open(make_document())))


def texts(folder: Path) -> list[str]:
    return [one.text for section in reviewed_document(folder).sections for one in section.paragraphs]


def test_a_place_becomes_a_paragraph_where_it_is_printed(desk: Session) -> None:
    desk.restore(0, 0, "")
    told = texts(desk.folder)
    assert told.index("漏掉的一行") == 1
    account = reviewed_document(desk.folder).account
    assert [place.text for page in account.pages for place in page.open if place.what == "unread"] == [""]
    assert "漏掉的一行" not in [place.text for page in account.pages for place in page.open]
    with pytest.raises(Misfit, match="already"):
        desk.restore(0, 0, "")
    desk.undo()
    assert "漏掉的一行" not in texts(desk.folder)


def test_what_nobody_read_takes_what_a_person_types(desk: Session) -> None:
    with pytest.raises(Misfit, match="no text"):
        desk.restore(0, 1, " ")
    desk.restore(0, 1, "甲乙")
    assert "甲乙" in texts(desk.folder)


def test_a_running_head_goes_into_the_text_at_its_height(desk: Session) -> None:
    desk.into_text("furniture:0")
    document = reviewed_document(desk.folder)
    assert texts(desk.folder)[0] == "神经杂志"
    assert document.furniture == ()
    with pytest.raises(Misfit, match="already"):
        desk.into_text("furniture:0")


def test_another_reading_of_print_that_stands_in_the_text_is_none_of_the_lost_places(desk: Session) -> None:
    line = desk.sheet.lines["p1.l3"].quad
    over = OpenPlace(box=Box(line[0], line[1], line[4], line[5]), text="layer", what="rejected", why="reads otherwise")
    account = desk.sheet.document.account
    page = msgspec.structs.replace(account.pages[0], open=(*account.pages[0].open, over))
    document = msgspec.structs.replace(desk.sheet.document, account=msgspec.structs.replace(account, pages=(page,)))
    sheet = msgspec.structs.replace(desk.sheet, document=document)
    assert [number for _, number, _ in open_places(sheet)] == [0, 1, 2]
    assert [number for _, number, _ in lost_places(sheet)] == [0, 1]


def counts(folder: Path) -> dict[str, int]:
    account = reviewed_document(folder).account
    return {name: getattr(account, name) for name in ("characters", *CLASSES)}


def test_what_is_brought_back_counts_among_the_text_and_nothing_is_counted_twice(desk: Session) -> None:
    desk.finish(is_finished=False)
    before = counts(desk.folder)
    desk.restore(0, 0, "")
    after = counts(desk.folder)
    assert (after["text"] - before["text"], after["rejected"] - before["rejected"]) == (5, -5)
    assert after["characters"] == before["characters"]
    desk.into_text("furniture:0")
    last = counts(desk.folder)
    assert (last["text"] - after["text"], last["furniture"] - after["furniture"]) == (4, -4)
    assert last["characters"] == sum(last[name] for name in CLASSES) == before["characters"]
    desk.undo()
    desk.undo()
    assert counts(desk.folder) == before


# A region of the first page that is read anew: the made pages set a line every STEP points from 30 on.


def region(first: int, last: int, left: float = 30, right: float = 560) -> Box:
    return Box(left, 28 + STEP * first, right, 28 + STEP * last + SIZE + 4)


def read_as(*texts: str) -> tuple[PageLine, ...]:
    return tuple(written_line(text, region(2 + n, 2 + n)) for n, text in enumerate(texts))


def draw(desk: Session, box: Box, *texts: str, now: str = "", is_apart: bool = False) -> None:
    lines = read_as(*texts)
    desk.restore_drawn(0, box, now or "".join(texts), lines, is_apart=is_apart)


BODY = "肌姜缩侧索硬化是一种神经退行性疾病，患者进行性肌无力[1]。"
SECOND = "第二段说明请导多能干细胞的来源。"


def assert_in_step(desk: Session) -> None:
    for key in desk.sheet.order:
        block = desk.sheet.blocks[key]
        for span in block.spans:
            line = desk.sheet.lines[span.line]
            assert block.text[span.start : span.end] == line.text[span.at : span.at + span.end - span.start]
    again = Session(desk.folder)
    assert again.conflicts == ()
    assert fold(again.sheet) == fold(desk.sheet)


def test_a_region_drawn_over_a_paragraph_replaces_it_and_one_undo_restores_it(desk: Session) -> None:
    desk.finish(is_finished=False)
    before, counted = fold(desk.sheet), counts(desk.folder)
    draw(desk, region(2, 3), "肌萎缩侧索硬化是一种神经退行性疾病，", "患者进行性肌无力[1]。")
    told = texts(desk.folder)
    assert told[:2] == [BODY.replace("姜", "萎"), SECOND]
    assert counts(desk.folder) == counted
    lines = [line.text for page in fold(desk.sheet).pages for one in page.regions for line in one.lines]
    assert "肌姜缩" not in "".join(lines)
    assert "" not in lines
    assert desk.log.read()[1].was == BODY
    assert_in_step(desk)
    desk.undo()
    assert fold(desk.sheet) == before
    desk.redo()
    assert texts(desk.folder)[0] == BODY.replace("姜", "萎")


def test_a_region_over_a_part_of_a_paragraph_replaces_that_part(desk: Session) -> None:
    draw(desk, region(3, 3), "病人进行性肌无力[1]。")
    assert texts(desk.folder)[0] == BODY.replace("患者", "病人")
    assert_in_step(desk)


def test_a_region_over_two_paragraphs_leaves_one_and_a_typed_correction_is_part_of_the_step(desk: Session) -> None:
    draw(desk, region(2, 4), "肌萎缩侧索硬化", "请导多能干细胞", now="肌萎缩侧索硬化，诱导多能干细胞")
    told = texts(desk.folder)
    assert told[0] == "肌萎缩侧索硬化，诱导多能干细胞"
    assert SECOND not in told
    assert_in_step(desk)
    desk.undo()
    assert texts(desk.folder)[:2] == [BODY, SECOND]


def test_a_part_becomes_a_block_of_its_own(desk: Session) -> None:
    draw(desk, region(3, 3), "患者进行性肌无力[1]。", is_apart=True)
    assert texts(desk.folder)[:3] == ["肌姜缩侧索硬化是一种神经退行性疾病，", "患者进行性肌无力[1]。", SECOND]
    assert_in_step(desk)
    desk.undo()
    assert texts(desk.folder)[0] == BODY


def test_a_heading_that_is_drawn_anew_stays_one_and_doubts_follow(desk: Session) -> None:
    draw(desk, region(1, 2), "1 资料与方法")
    section = reviewed_document(desk.folder).sections[0]
    assert (section.number, section.title) == ("1", "资料与方法")
    assert section.paragraphs[0].text == "患者进行性肌无力[1]。"
    assert all(doubt.line != "p1.l3" for doubt in desk.ranking.doubts)
    assert desk.ranking.doubts == Ranking(desk.sheet, desk.ranking.language).doubts


def test_a_region_where_nothing_stands_becomes_a_paragraph_and_tables_are_left_alone(desk: Session) -> None:
    draw(desk, region(30, 30), "新的一段。")
    assert "新的一段。" in texts(desk.folder)
    with pytest.raises(Misfit, match="cell by cell"):
        desk.restore_drawn(1, region(0, 9), "甲", read_as("甲"))
    with pytest.raises(Misfit, match="no text"):
        desk.restore_drawn(0, region(30, 30), " ", ())
