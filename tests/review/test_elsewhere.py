from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.model.document import Document, Mark, Section
from recover.review.log import Log, Misfit
from recover.review.places import Target, alike, find_text
from recover.review.replay import reviewed_document
from recover.review.server.read_routes import _shown
from recover.review.session import Session
from recover.review.working_copy import after_edit, between, toggled
from tests.review.made import Page, make_document, one, write_folder

TIMES = 12


@pytest.fixture
def repeated(tmp_path: Path) -> Session:
    """A document in which a misread term stands twelve times, and its characters once in another word."""
    page = Page(0)
    paragraphs = tuple(one(page, f"第{number}组于细胞移植后观察。") for number in range(TIMES))
    other = one(page, "对于细心的读者，于细胞无从谈起。")
    section = Section(id="s1", number="1", level=1, title="资料", paragraphs=(*paragraphs, other))
    made = Document(source=make_document().source, sections=(section,), pages=(page.record(),))
    return Session(write_folder(tmp_path / "paper", made))


def test_a_text_is_found_everywhere_with_its_place(repeated: Session) -> None:
    found = list(find_text(repeated.sheet, "于细胞"))
    assert len(found) == TIMES + 1
    assert all(repeated.sheet.blocks[spot.block].text[spot.start : spot.end] == "于细胞" for spot in found)
    assert all(repeated.sheet.lines[spot.line].text[spot.at :].startswith("于细胞") for spot in found)
    assert not list(find_text(repeated.sheet, ""))


def test_one_correction_and_one_confirmation_mend_all_places_and_one_undo_takes_them_back(repeated: Session) -> None:
    first = next(find_text(repeated.sheet, "于细胞"))
    block = repeated.sheet.blocks[first.block]
    repeated.write(block.id, block.text, block.text.replace("于细胞", "干细胞"))
    after = repeated.sheet.blocks[block.id]
    others = list(alike(repeated.sheet, after, first.start, "干", "于"))
    # In 对于细心 only one of the two neighbours is the same.
    assert len(others) == TIMES
    repeated.write_everywhere([Target(spot.block, spot.start, spot.was) for spot in others], "干")
    texts = [
        paragraph.text for section in reviewed_document(repeated.folder).sections for paragraph in section.paragraphs
    ]
    assert "".join(texts).count("干细胞") == TIMES + 1
    assert "对于细心的读者" in texts[-1]
    repeated.undo()
    assert len(list(find_text(repeated.sheet, "于细胞"))) == TIMES
    assert Log(repeated.folder).read()[-1].kind == "undo"


def test_places_that_changed_meanwhile_are_refused_whole(repeated: Session) -> None:
    spots = list(find_text(repeated.sheet, "于细胞"))
    targets = [Target(spot.block, spot.start, spot.was) for spot in spots]
    with pytest.raises(Misfit):
        repeated.write_everywhere([*targets, Target(spots[0].block, 0, "别的")], "干细胞")
    assert len(list(find_text(repeated.sheet, "于细胞"))) == TIMES + 1
    assert Log(repeated.folder).read() == ()


def test_several_places_of_one_block_are_changed_together(repeated: Session) -> None:
    spots = [spot for spot in find_text(repeated.sheet, "于") if "读者" in repeated.sheet.blocks[spot.block].text]
    assert len(spots) == 2
    repeated.write_everywhere([Target(spot.block, spot.start, spot.was) for spot in spots], "干细")
    assert repeated.sheet.blocks[spots[0].block].text == "对干细细心的读者，干细细胞无从谈起。"


def test_every_doubt_that_is_counted_can_be_shown(folder: Path) -> None:
    document = make_document()
    line = document.pages[1].regions[0].lines[4]
    assert line.text.startswith("[1]")
    desk = Session(folder)
    for doubt in desk.ranking.doubts:
        block, start, end = _shown(desk, doubt.line, doubt.at, doubt.end)
        assert block.text[start:end]


def test_characters_are_set_raised_and_plain_again_and_it_is_logged(folder: Path) -> None:
    desk = Session(folder)
    block = next(block for block in desk.sheet.blocks.values() if "间充质" in block.text and block.kind == "paragraph")
    desk.set_marks(block.id, 0, 2, "sup")
    marks = reviewed_document(folder).sections[1].paragraphs[0].marks
    assert marks == (Mark(start=0, end=2, kind="sup"),)
    desk.write(block.id, block.text, "新" + block.text)
    assert reviewed_document(folder).sections[1].paragraphs[0].marks == (Mark(start=1, end=3, kind="sup"),)
    desk.set_marks(block.id, 1, 3, "sup")
    assert reviewed_document(folder).sections[1].paragraphs[0].marks == ()


texts = st.text(alphabet="甲乙丙abc12", min_size=1, max_size=12)


@given(texts, st.data())
def test_marks_stay_on_the_characters_they_were_on(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    first, last = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    new = data.draw(st.text(alphabet="XY", max_size=3))
    if first == last:
        return
    edited = text[:start] + new + text[end:]
    moved = after_edit((Mark(start=first, end=last, kind="sup"),), start, end, len(new))
    kept = [at for at in range(first, last) if not start <= at < end]
    shift = len(new) - (end - start)
    expected = {at if at < start else at + shift for at in kept}
    got = {at for mark in moved for at in range(mark.start, mark.end)}
    assert expected <= got
    assert all(edited[at] in "XY" for at in got - expected)
    assert all(0 <= mark.start < mark.end <= len(edited) for mark in moved)


@given(st.integers(0, 9), st.integers(1, 10), st.integers(0, 9), st.integers(1, 10))
def test_what_is_raised_twice_is_plain(first: int, size: int, start: int, length: int) -> None:
    marks = toggled((), first, first + size, "sup")
    raised = toggled(marks, start, start + length, "sub")
    covered = {at for mark in raised for at in range(mark.start, mark.end)}
    assert covered == set(range(first, first + size)) | set(range(start, start + length))
    assert not {at for m in raised if m.kind == "sup" for at in range(m.start, m.end)} & set(
        range(start, start + length)
    )
    assert toggled(toggled((), start, start + length, "bold"), start, start + length, "bold") == ()
    assert between(marks, 0, first) == ()
