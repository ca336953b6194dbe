"""A desk's sheet, the log replayed, and the text a person wrote always agree."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recover.errors import UnreadableInput
from recover.export.document_json import read
from recover.model.document import Document, TermDoubt, Wording
from recover.pipeline.output import building
from recover.review.from_document import read_lean, unfold
from recover.review.log import Log, Misfit
from recover.review.replay import apply_log, replay, reviewed_document
from recover.review.session import Session
from recover.review.to_document import fold
from recover.review.working_copy import Block, WorkingCopy
from tests.review.made import make_document, write_folder

BODY = "p1.l3@0"
SECOND = "p1.l5@0"
REFERENCE = "p2.l5@0"


def write(desk: Session, key: str, now: str) -> None:
    desk.write(key, desk.block(key).text, now)


def assert_spans_point_at_their_characters(sheet: WorkingCopy) -> None:
    for key in sheet.order:
        block = sheet.blocks[key]
        for span in block.spans:
            line = sheet.lines[span.line]
            assert block.text[span.start : span.end] == line.text[span.at : span.at + span.end - span.start]
            assert len(line.edges) == 2 * len(line.text) == 2 * len(line.confidences)


def test_an_untouched_sheet_folds_to_the_document_it_came_from() -> None:
    document = make_document()
    folded = fold(unfold(document))
    for field in ("sections", "front", "tables", "references", "terms", "furniture", "pages", "title"):
        assert getattr(folded, field) == getattr(document, field)


def test_a_document_read_for_the_review_is_the_document(folder: Path) -> None:
    path = folder / "document.json"
    assert read_lean(path) == read(path)
    path.write_bytes(path.read_bytes().replace(b'"edges"', b'"egdes"'))
    with pytest.raises(UnreadableInput, match="edges"):
        read_lean(path)


def test_a_correction_reaches_the_line_the_paragraph_and_the_export(folder: Path) -> None:
    desk = Session(folder)
    write(desk, BODY, desk.block(BODY).text.replace("姜", "萎"))
    document = reviewed_document(folder)
    paragraph = document.sections[0].paragraphs[0]
    assert paragraph.text.startswith("肌萎缩侧索硬化是")
    (person,) = [span for span in paragraph.spans if span.origin == "person"]
    assert paragraph.text[person.start : person.end] == "萎"
    assert document.pages[0].regions[0].lines[2].text.startswith("肌萎缩")
    (told,) = document.corrections
    assert (told.was, told.now) == ("姜", "萎")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.tuples(
            st.sampled_from([BODY, SECOND, REFERENCE]),
            st.integers(0, 40),
            st.integers(0, 9),
            st.text("肌萎, 1𠮷", max_size=4),
        ),
        max_size=6,
    ),
    undone=st.integers(0, 3),
)
def test_any_edits_leave_text_lines_log_and_undo_in_step(
    tmp_path: Path, texts: list[tuple[str, int, int, str]], undone: int
) -> None:
    shutil.rmtree(tmp_path / "any", ignore_errors=True)
    desk = Session(write_folder(tmp_path / "any"))
    states = [fold(desk.sheet)]
    for key, at, length, now in texts:
        was = desk.block(key).text
        text = was[:at] + now + was[at + length :]
        if text and desk.write(key, was, text):
            assert desk.block(key).text == text
            assert_spans_point_at_their_characters(desk.sheet)
            states.append(fold(desk.sheet))
    for _ in range(min(undone, len(states) - 1)):
        desk.undo()
        states.pop()
    assert fold(desk.sheet) == states[-1]
    again = Session(desk.folder)
    assert again.conflicts == ()
    assert fold(again.sheet) == states[-1]
    assert apply_log(read(desk.folder / "document.json"), Log(desk.folder).read())[0].sections == states[-1].sections


def test_an_edit_over_two_lines_is_one_step(folder: Path) -> None:
    desk = Session(folder)
    before = desk.block(BODY).text
    write(desk, BODY, before.replace("疾病，患者", "病，病人"))
    assert "病，病人进行" in desk.block(BODY).text
    assert_spans_point_at_their_characters(desk.sheet)
    desk.undo()
    assert desk.block(BODY).text == before
    desk.redo()
    assert "病，病人进行" in desk.block(BODY).text


def test_a_stale_edit_is_refused_and_leaves_no_trace(folder: Path) -> None:
    one, other = Session(folder), Session(folder)
    was = one.block(BODY).text
    one.write(BODY, was, was.replace("姜", "萎"))
    with pytest.raises(Misfit):
        other.write(BODY, was, was + "？")
    assert len(Log(folder).read()) == 1
    assert other.block(BODY).text == one.block(BODY).text


def test_two_desks_on_one_folder_see_each_other(folder: Path) -> None:
    one, other = Session(folder), Session(folder)
    before = other.version
    write(one, SECOND, "改。")
    other.refresh()
    assert other.version != before
    assert other.block(SECOND).text == "改。"


def test_a_check_settles_a_doubt(folder: Path) -> None:
    desk = Session(folder)
    worst = desk.ranking.next(None)
    assert worst is not None
    assert (worst.line, worst.at) == ("p1.l3", 1)
    desk.check(worst.line, worst.at, worst.end, "姜")
    assert desk.ranking.place(worst.line, worst.at) is None
    desk.undo()
    assert desk.ranking.next(None) == worst


def kinds(desk: Session) -> list[str]:
    return [desk.sheet.blocks[key].kind for key in desk.sheet.order]


def sections(desk: Session) -> list[tuple[str, str, int, int]]:
    return [(one.number, one.title, one.level, len(one.paragraphs)) for one in fold(desk.sheet).sections]


def test_a_paragraph_becomes_a_heading_and_back(folder: Path) -> None:
    desk = Session(folder)
    desk.act("role", SECOND, now="heading:2")
    assert sections(desk)[1] == ("", "第二段说明请导多能干细胞的来源。", 2, 1)
    desk.act("role", SECOND, now="paragraph")
    assert sections(desk) == [("1", "资料和方法", 1, 3), ("2", "结果", 1, 2)]


@pytest.mark.parametrize(
    ("role", "field", "text"),
    [
        ("furniture", "furniture", "第二段说明请导多能干细胞的来源。"),
        ("front:title-zh", "front", "第二段说明请导多能干细胞的来源。"),
    ],
)
def test_a_block_leaves_the_text(folder: Path, role: str, field: str, text: str) -> None:
    desk = Session(folder)
    desk.act("role", SECOND, now=role)
    document = fold(desk.sheet)
    assert len(document.sections[0].paragraphs) == 2
    found = [one.text if field == "furniture" else one.paragraph.text for one in getattr(document, field)]
    assert text in found


def test_a_caption_goes_to_its_table(folder: Path) -> None:
    desk = Session(folder)
    write(desk, SECOND, "表 2 各组的疗效")
    desk.act("role", SECOND, now="caption:t1")
    (table,) = fold(desk.sheet).tables
    assert (table.label, table.caption) == ("表 2", "各组的疗效")


def test_order_changes_and_sections_follow(folder: Path) -> None:
    desk = Session(folder)
    desk.act("move", SECOND, now="up")
    first = fold(desk.sheet).sections[0]
    assert first.paragraphs[0].text.startswith("第二段")
    desk.act("move", SECOND, now="up")
    assert [one.title for one in fold(desk.sheet).sections] == ["", "资料和方法", "结果"]
    desk.act("move", SECOND, now="down")
    assert fold(desk.sheet).sections[0].title == "资料和方法"


def test_split_and_merge_are_each_others_undoing(folder: Path) -> None:
    desk = Session(folder)
    before = desk.block(BODY).text
    desk.act("split", BODY, at=before.index("患者"))
    assert desk.block(BODY).text + desk.sheet.blocks["p1.l4@0"].text == before
    assert_spans_point_at_their_characters(desk.sheet)
    write(desk, "p1.l4@0", desk.sheet.blocks["p1.l4@0"].text.replace("患者", "病人"))
    desk.act("merge", BODY, now="next")
    assert desk.block(BODY).text == before.replace("患者", "病人")
    assert_spans_point_at_their_characters(desk.sheet)


def test_a_heading_corrected_is_parsed_again(folder: Path) -> None:
    desk = Session(folder)
    write(desk, "p1.l2@0", "1.1 材料和方法")
    section = fold(desk.sheet).sections[0]
    assert (section.id, section.number, section.title) == ("s1", "1.1", "材料和方法")


def test_cells_are_edited(folder: Path) -> None:
    desk = Session(folder)
    write(desk, "t1.0.1", "数字")
    write(desk, "t1.0.0", "首列")
    (table,) = fold(desk.sheet).tables
    assert table.rows == (("首列", "数字"),)
    assert [cell.text for cell in table.cells] == ["首列", "数字"]


def test_a_references_field_is_set_and_told(folder: Path) -> None:
    desk = Session(folder)
    desk.act("field", REFERENCE, field="author", now="林, 若川; Smith, J. A.; {世界卫生组织}")
    desk.act("field", REFERENCE, field="issued", now="2021-03")
    (reference,) = fold(desk.sheet).references
    assert [name.family or name.literal for name in reference.csl.author] == ["林", "Smith", "世界卫生组织"]
    assert reference.csl.issued is not None
    assert reference.csl.issued.date_parts == ((2021, 3),)
    assert [(one.field, one.was, one.now) for one in reference.repairs][1] == ("issued", "2020", "2021-03")
    with pytest.raises(Misfit):
        desk.act("field", REFERENCE, field="__class__", now="x")


def test_a_corrected_entry_corrects_its_fields_but_never_its_raw(folder: Path) -> None:
    desk = Session(folder)
    raw = desk.block(REFERENCE).text
    write(desk, REFERENCE, raw.replace("2020", "2019").replace("神经杂志", "中华神经杂志"))
    (reference,) = fold(desk.sheet).references
    assert reference.raw == raw
    assert reference.csl.container_title == "中华神经杂志"
    assert reference.csl.issued is not None
    assert reference.csl.issued.date_parts[0][0] == 2019


def test_two_references_that_were_one_are_parted(folder: Path) -> None:
    desk = Session(folder)
    raw = desk.block(REFERENCE).text
    both = f"{raw} [2] 周以宁. 细胞移植[J]. 神经杂志, 2021, 2(1): 5-9."
    write(desk, REFERENCE, both)
    desk.act("split", REFERENCE, at=both.index("[2]"))
    references = fold(desk.sheet).references
    assert [(one.number, one.csl.title) for one in references] == [(1, "干细胞研究"), (2, "细胞移植")]


def test_a_term_is_found_wherever_it_stands(folder: Path) -> None:
    desk = Session(folder)
    desk.add_term("神经退行性疾病", "neurodegenerative disease", "")
    term = fold(desk.sheet).terms[-1]
    assert (term.source, term.count) == ("person", 1)
    place = term.mentions[0]
    text = fold(desk.sheet).sections[0].paragraphs[0].text
    assert (place.section, text[place.start : place.end]) == ("s1", "神经退行性疾病")


def test_mentions_move_with_their_text(folder: Path) -> None:
    desk = Session(folder)
    write(desk, "p2.l2@0", "提示间充质干细胞安全性好。")
    desk.act("role", "p2.l3@0", now="heading:2")
    (term,) = fold(desk.sheet).terms
    assert [(one.section, one.paragraph, one.start, one.end) for one in term.mentions] == [("s2", 0, 2, 8)]


# A new recovery of the same print.


def reviewed(folder: Path) -> Path:
    desk = Session(folder)
    write(desk, BODY, desk.block(BODY).text.replace("姜", "萎"))
    write(desk, SECOND, desk.block(SECOND).text.replace("请导", "诱导"))
    desk.act("role", "p2.l3@0", now="heading:2")
    desk.act("field", REFERENCE, field="volume", now="11")
    desk.add_term("神经退行性疾病", "neurodegenerative disease", "")
    return folder


def rerun(folder: Path, document: Document) -> None:
    with building(folder) as draft:
        write_folder(draft, document)


def test_a_new_recovery_keeps_the_log_and_its_corrections(folder: Path) -> None:
    rerun(reviewed(folder), make_document(dx=1.5, dy=-2.0, prefix="x"))
    document, conflicts = replay(folder)
    assert conflicts == ()
    assert document.sections[0].paragraphs[0].text.startswith("肌萎缩")
    assert "诱导" in document.sections[0].paragraphs[1].text
    assert [section.title for section in document.sections] == ["资料和方法", "结果", "结论部分很短。"]
    assert document.references[0].csl.volume == "11"
    assert document.terms[-1].count == 1


def test_doubts_about_terms_follow_the_review(folder: Path) -> None:
    document = make_document()
    (term,) = document.terms
    banned = Wording(text="间充质干细胞", mentions=term.mentions)
    doubt = TermDoubt(kind="forbidden", term=0, wordings=(banned,))
    desk = Session(write_folder(folder, msgspec.structs.replace(document, term_doubts=(doubt,))))
    assert fold(desk.sheet).term_doubts == (doubt,)
    write(desk, "p2.l2@0", desk.block("p2.l2@0").text.replace("间充质", "间质"))
    assert fold(desk.sheet).term_doubts == ()


def test_a_better_reading_needs_the_correction_no_more(folder: Path) -> None:
    rerun(reviewed(folder), make_document(misread="萎"))
    document, conflicts = replay(folder)
    assert conflicts == ()
    assert document.sections[0].paragraphs[0].text.startswith("肌萎缩")


def test_what_does_not_fit_is_listed_and_not_forced(folder: Path) -> None:
    rerun(reviewed(folder), make_document(misread="基本"))
    document, conflicts = replay(folder)
    assert [(one.action.was, one.action.now) for one in conflicts] == [("姜", "萎")]
    assert document.sections[0].paragraphs[0].text.startswith("肌基本缩")
    assert "诱导" in document.sections[0].paragraphs[1].text


def test_a_live_desk_takes_a_new_recovery_in(folder: Path) -> None:
    desk = Session(reviewed(folder))
    before = desk.version
    rerun(folder, make_document(dx=1.0, prefix="x"))
    desk.refresh()
    assert desk.version != before
    assert desk.conflicts == ()
    assert desk.block("p1.x3@0").text.startswith("肌萎缩")


def test_blocks_keep_their_kind_of_source() -> None:
    sheet = unfold(make_document())
    assert all(isinstance(block, Block) for block in sheet.blocks.values())
    assert len(set(sheet.order)) == len(sheet.order) == len(sheet.blocks)


def test_a_character_that_the_recovery_mended_can_be_corrected(tmp_path: Path) -> None:
    document = make_document()
    body = document.sections[0].paragraphs[0]
    mended = msgspec.structs.replace(body, text=body.text.replace("[1]", "[7]"))
    first = msgspec.structs.replace(document.sections[0], paragraphs=(mended, *document.sections[0].paragraphs[1:]))
    desk = Session(
        write_folder(tmp_path / "m", msgspec.structs.replace(document, sections=(first, *document.sections[1:])))
    )
    write(desk, BODY, mended.text.replace("[7]", "[1]"))
    assert fold(desk.sheet).sections[0].paragraphs[0].text == body.text
    assert_spans_point_at_their_characters(desk.sheet)
