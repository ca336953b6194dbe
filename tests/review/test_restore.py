"""What stands in no text is brought back at its place, once, and the account follows."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from recover.model.document import Account, Document, OpenPlace, PageAccount
from recover.model.geometry import Box
from recover.review.log import Misfit
from recover.review.replay import reviewed_document
from recover.review.session import Session
from tests.review.made import make_document, write_folder

# Between the body's two lines and the second paragraph of the first page.
PLACE = Box(40, 105, 200, 113)


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
