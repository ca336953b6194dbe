"""Footnotes at the foot of pages, parted, tied to their marks, and read as the list where there is no other."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_flow_line, pieces

from recover.model.document import Mark, Section
from recover.model.flow import FlowLine
from recover.pipeline.document import cite_notes, notes_as_list
from recover.stages.flow.footnotes import find_footnotes
from recover.stages.notes import note_problems, read_notes
from recover.text.join import compose
from recover.text.vocabulary import NO_WORDS

BODY = 10.0


def column(*rows: tuple[str, float, int], page: int = 0, number: int = 1) -> list[FlowLine]:
    """Lines of a column: text, size, and how many rows of white stand above it."""
    lines, row = [], 0
    for text, size, white in rows:
        row += 1 + white
        lines.append(make_flow_line(text, row=row, size=size, page=page, column=number, width=40))
    return lines


def section(lines: list[FlowLine]) -> Section:
    return Section(id="s1", number="1", level=1, title="起源", paragraphs=(compose(pieces(lines)),))


TEXT = (
    ("此说始见于宋人笔记。①其后诸家沿用。②", BODY, 0),
    ("近人所论亦多本于此。", BODY, 0),
    ("至今未有定说。", BODY, 0),
)
NOTES = (
    ("①陶知行：《农书考》，某地：某书局，1958年，第12页。", 8.0, 4),
    ("②孔令谦：《水利志》，某地：某社，1962年，", 8.0, 0),
    ("第3页。", 8.0, 0),
)


def test_notes_stand_apart_and_know_their_marks() -> None:
    lines = column(*TEXT, *NOTES)
    found = find_footnotes(lines, BODY)
    assert found == {3, 4, 5}
    notes, others = read_notes([lines[at] for at in sorted(found)], [section(lines[:3])], on_page=True)
    assert not others
    assert [note.mark for note in notes] == ["①", "②"]
    assert notes[1].text == "孔令谦：《水利志》，某地：某社，1962年，第3页。"
    text = section(lines[:3]).paragraphs[0].text
    assert [text[note.anchor.at] for note in notes if note.anchor] == ["①", "②"]


@pytest.mark.parametrize(
    ("marks", "worn"), [(("[1]", "[2]"), ("", "")), (("[1]", "[2]"), ("1 ", "")), (("①", "②"), ("", "②"))]
)
def test_notes_whose_marks_were_worn_off_are_told_by_the_works_they_cite(
    marks: tuple[str, str], worn: tuple[str, str]
) -> None:
    body = ((f"此说始见于宋人笔记。{marks[0]}其后诸家沿用。{marks[1]}", BODY, 0), *TEXT[1:])
    works = ("陶知行：《农书考》，某地：某书局，1958年，第12页。", "孔令谦：《水利志》，某地：某社，1962年，第3页。")
    lines = column(*body, *((mark + work, 8.0, 0) for mark, work in zip(worn, works, strict=True)))
    notes, others = read_notes(lines[-2:], [section(lines[:3])], on_page=True)
    assert not others
    assert [(note.mark, note.text) for note in notes] == list(zip(marks, works, strict=True))


def test_a_remark_without_a_mark_is_no_note() -> None:
    lines = column(*TEXT, ("作者简介：陶知行，某大学历史系教授。", 8.0, 4), ("本文受某基金资助。", 8.0, 0))
    notes, others = read_notes(lines[-2:], [section(lines[:3])], on_page=True)
    assert (notes, len(others)) == ((), 2)


@pytest.mark.parametrize("marks", [("[1]", "[2]"), ("〔1〕", "〔2〕"), ("*", "**")])
def test_marks_of_other_kinds(marks: tuple[str, str]) -> None:
    body = ((f"此说始见于宋人笔记。{marks[0]}其后诸家沿用。{marks[1]}", BODY, 0), *TEXT[1:])
    foot = ((f"{marks[0]}陶知行：《农书考》，第12页。", 8.0, 4), (f"{marks[1]}孔令谦：《水利志》，第3页。", 8.0, 0))
    lines = column(*body, *foot)
    notes, _ = read_notes([lines[at] for at in sorted(find_footnotes(lines, BODY))], [section(lines[:3])], on_page=True)
    assert [note.mark for note in notes] == list(marks)
    assert all(note.anchor for note in notes)


def test_numbers_begin_anew_on_the_next_page() -> None:
    first, second = column(*TEXT, *NOTES), column(*TEXT, *NOTES, page=1, number=2)
    paragraphs = (compose(pieces(first[:3])), compose(pieces(second[:3])))
    text = msgspec.structs.replace(section(first[:3]), paragraphs=paragraphs)
    lines = [*first, *second]
    notes, _ = read_notes([lines[at] for at in sorted(find_footnotes(lines, BODY))], [text], on_page=True)
    assert [note.anchor.paragraph for note in notes if note.anchor] == [0, 0, 1, 1]


def test_bare_numbers_are_tied_where_they_are_raised() -> None:
    lines = column(("此说始见于宋人笔记。1其后1年诸家沿用。", BODY, 0), *TEXT[1:], ("1 陶知行：《农书考》。", 8.0, 4))
    paragraph = msgspec.structs.replace(compose(pieces(lines[:3])), marks=(Mark(start=10, end=11, kind="sup"),))
    text = msgspec.structs.replace(section(lines[:3]), paragraphs=(paragraph,))
    notes, _ = read_notes([lines[at] for at in sorted(find_footnotes(lines, BODY))], [text], on_page=True)
    assert [note.anchor.at for note in notes if note.anchor] == [10]


def test_exponents_call_no_note() -> None:
    lines = column(
        ("每次用量为10的χ1倍，见于笔记1。", BODY, 0), *TEXT[1:], ("1Harlan, B. C., Old Roads, London, 2004.", 8.0, 4)
    )
    text = compose(pieces(lines[:3]))
    raised = tuple(Mark(start=at, end=at + 1, kind="sup") for at in (text.text.index("1倍"), text.text.index("1。")))
    called = msgspec.structs.replace(section(lines[:3]), paragraphs=(msgspec.structs.replace(text, marks=raised),))
    (note,), _ = read_notes([lines[at] for at in sorted(find_footnotes(lines, BODY))], [called], on_page=True)
    assert (note.mark, note.text[:6]) == ("1", "Harlan")
    assert note.anchor is not None
    assert note.anchor.at == text.text.index("1。")


def test_a_list_of_items_in_the_text_is_no_foot() -> None:
    lines = column(("研究分三步：", BODY, 0), ("①收集样本；", BODY, 0), ("②测定含量；", BODY, 0), ("③统计。", BODY, 0))
    assert not find_footnotes(lines, BODY)


def test_notes_are_the_list_of_a_paper_that_has_none() -> None:
    lines = column(*TEXT, *NOTES, ("③此点承友人相告。", 8.0, 0))
    text = section(lines[:3])
    notes, _ = read_notes([lines[at] for at in sorted(find_footnotes(lines, BODY))], [text], on_page=True)
    linked, references = notes_as_list(notes, NO_WORDS)
    assert [note.references for note in linked] == [(0,), (1,), ()]
    assert [reference.number for reference in references] == [1, 2]
    cited = cite_notes([text], linked)[0].paragraphs[0]
    assert [(cited.text[item.start : item.end], item.references) for item in cited.citations] == [
        ("①", (0,)),
        ("②", (1,)),
    ]


def test_no_number_is_made_up_where_marks_begin_anew() -> None:
    lines = [*column(*TEXT, *NOTES), *column(*TEXT, *NOTES, page=1, number=2)]
    notes, _ = read_notes([lines[at] for at in sorted(find_footnotes(lines, BODY))], [], on_page=True)
    assert [reference.number for reference in notes_as_list(notes, NO_WORDS)[1]] == [0, 0, 0, 0]


def test_brackets_of_another_kind_are_the_same_mark() -> None:
    lines = column(("此说始见于宋人笔记[1]。", BODY, 0), *TEXT[1:])
    notes, _ = read_notes([make_flow_line("〔1〕陶知行：《农书考》，第12页。")], [section(lines)], on_page=False)
    assert [note.anchor.at for note in notes if note.anchor] == [9]


def test_a_note_whose_ring_was_not_read_is_tied_to_the_next_ring_in_the_text() -> None:
    worn = ("孔令谦：《水利志》，某地：某社，1962年，第3页。", 8.0, 0)
    lines = column(*TEXT, NOTES[0], worn)
    foot = [lines[at] for at in sorted(find_footnotes(lines, BODY))]
    notes, others = read_notes(foot, [section(lines[:3])], on_page=True)
    text = section(lines[:3]).paragraphs[0].text
    assert [(note.mark, note.anchor and note.anchor.at) for note in notes] == [
        ("①", text.index("①")),
        ("②", text.index("②")),
    ]
    assert not others


def test_a_note_whose_ring_was_not_read_is_tied_to_nothing_where_no_such_ring_stands() -> None:
    worn = ("孔令谦：《水利志》，某地：某社，1962年，第3页。", 8.0, 0)
    lines = column(("此说始见于宋人笔记。①", BODY, 0), NOTES[0], worn)
    notes, _ = read_notes(lines[1:], [section(lines[:1])], on_page=True)
    assert [(note.mark, note.anchor is None) for note in notes] == [("①", False), ("", True)]


def test_rings_that_count_items_of_a_sentence_call_no_note() -> None:
    text = "材料来自三个方面：①地方志；②碑刻。此说始见于宋人笔记。①其后诸家沿用。②"
    lines = column((text, BODY, 0), NOTES[0], ("②孔令谦：《水利志》，第3页。", 8.0, 0))
    notes, _ = read_notes(lines[1:], [section(lines[:1])], on_page=True)
    assert [note.anchor.at for note in notes if note.anchor] == [text.rindex("①"), text.rindex("②")]


def test_small_type_far_below_the_text_that_cites_is_a_note_though_no_mark_was_read() -> None:
    lines = column(*TEXT, ("孔令谦：《水利志》，某地：某社，1962年，第3页。", 8.0, 4))
    assert find_footnotes(lines, BODY) == {3}


def test_a_note_that_nothing_calls_is_told() -> None:
    lines = column(("此说始见于宋人笔记。①其后诸家沿用。", BODY, 0), *NOTES)
    notes, _ = read_notes(lines[1:], [section(lines[:1])], on_page=True)
    (problem,) = note_problems(notes, ())
    assert (problem.page, problem.message) == (0, "notes that nothing in the text calls: ②")
    assert note_problems(notes, ("陶知行②",)) == ()
    assert note_problems(notes[:1], ()) == ()


def test_a_bare_figure_among_rings_is_one() -> None:
    text = column(("此说始见于宋人笔记。①其后诸家沿用。②近人所论“亦多本于此”③。", BODY, 0))
    notes = [*NOTES[:2], ("3 石可久：《水道考》，某地：某社，1980年，第8页。", 8.0, 0)]
    read, _ = read_notes(column(*notes), [section(text)], on_page=True)
    assert [(note.mark, note.anchor is not None) for note in read] == [("①", True), ("②", True), ("③", True)]


def test_numbered_text_over_a_list_in_small_type_is_no_note() -> None:
    """Its first lines are as large as the text, though most of what stands below them is small."""
    body = (("本研究探讨步速减慢者的危险因素〔2〕。", BODY, 0), *TEXT[1:], ("一、结果", BODY, 0))
    items = (("2.跌倒的危险因素：步速减慢是跌倒的独立危险因素。", BODY, 1), ("步速减慢反映下肢肌力的下降。", BODY, 0))
    entries = tuple(
        (f"[{at}] 霍雨亭, 岳子衡. 老年人的流行病学[J]. 江州医学杂志, 2010, 31(6): 451-455.", 8.0, 0) for at in (1, 2, 3)
    )
    assert find_footnotes(column(*body, *items, ("参考文献", BODY, 0), *entries), BODY) == set()


def test_notes_whose_first_mark_was_not_read_are_known_by_the_next() -> None:
    text = (("法院认定平台构成欺诈。〔2〕其后未见同类案件。", BODY, 0), *TEXT[1:])
    notes = (("某政法大学副教授，法学博士。", 8.0, 4), ("〔2〕参见某法院某号民事判决书。", 8.0, 0))
    assert find_footnotes(column(*text, *notes), BODY) == {3, 4}
    uncalled = (notes[0], ("〔7〕参见某法院某号民事判决书。", 8.0, 0))
    assert find_footnotes(column(*text, *uncalled), BODY) == set()


def test_affiliations_over_the_text_are_no_notes() -> None:
    head = (("苗可欣1)　端木衡2)", 8.0, 0), ("1)（江北大学精密仪器系，江北 400044）", 8.0, 1))
    below = tuple(("针对大尺寸空间测距的问题提出一种方法。", 8.0, 0) for _ in range(6))
    assert find_footnotes(column(*head, *below), BODY) == set()


@pytest.mark.parametrize("head", ["注　释", "注释：", "Notes"])
def test_endnotes_under_a_heading_of_their_own_are_no_footnotes(head: str) -> None:
    text = [("这些学校班额小、教师少，一名教师常常同时教两个年级。" * 2, BODY, row) for row in range(8)]
    notes = [("① 本文所称学校，指在校生不足百人的小学。", 8.0, 10), ("② 同题异步，指两个年级围绕同一主题。", 8.0, 11)]
    assert find_footnotes(column(*text, *notes), BODY) == {8, 9}
    assert not find_footnotes(column(*text, (head, BODY, 9), *notes), BODY)
