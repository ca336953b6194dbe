"""What is printed of an entry: its repairs applied, ``raw`` untouched."""

from __future__ import annotations

from recover.export.styled import printed_text
from recover.model.csl import CslItem
from recover.model.document import Reference
from recover.stages.references.entries import EntryLine
from recover.stages.references.parse import assemble, doubts, parse_reference

GLUED = "[4] SIDDIQUET, PERICAK-VANCE MA, BROOKS BR, et al. Linkage of a disease[J]. Neurology, 1991, 41(6): 920-928."


def read(*lines: str) -> tuple[Reference, ...]:
    return assemble([EntryLine(text=line) for line in lines])


def test_names_are_parted_in_text_and_not_in_raw() -> None:
    reference = read("[3] Kent A. Title of this. Nature, 1990, 1(2): 3-4.", GLUED)[1]
    assert reference.raw == GLUED
    assert reference.text.startswith("SIDDIQUE T, PERICAK-VANCE MA")
    assert printed_text(reference) == reference.text
    assert [(repair.was, repair.now) for repair in reference.repairs] == [("SIDDIQUET", "SIDDIQUE T")]


def test_what_needs_no_repair_is_printed_as_it_stands() -> None:
    reference = read("[1] 王一, 李二. 题名的研究[J]. 学报, 2000, 1(2): 3-4.")[0]
    assert reference.text == ""
    assert printed_text(reference) == "王一, 李二. 题名的研究[J]. 学报, 2000, 1(2): 3-4."


def test_a_misread_type_mark_and_issue_are_set_right_in_text() -> None:
    assert "[J]. Nature" in parse_reference("SMITH JA. A title of words[U]. Nature, 2001, 12(3): 4-5.").text
    assert "132(3):391" in parse_reference("HEGDE S, GARG L. A title of words. Brain. 2016;132{3):391-411.").text


def test_a_translation_behind_the_entry_stays() -> None:
    first = "SIDDIQUET, HENTATI A. Linkage of ﬁve genes[J]. Neurology, 1991, 41(6): 920-928."
    second = "西迪, 亨塔. 五个基因的连锁研究与其他问题的讨论[J]. 神经学, 1991, 41(6): 920-928."
    assert parse_reference(first + second).text.endswith(second)


def test_names_and_spaces_of_a_translation_are_set_right_too() -> None:
    first = "郑重, 宋扬. 黄土坡面细沟侵蚀的水动力学研究[J]. 水土保持论坛, 1991, 41(6): 920-928. "
    second = "ZHENGZ, SONG Y.Hydrodynamics of rill erosion on slopes[J]. Forum of Soil, 1991, 41(6): 920-928."
    parsed = parse_reference(first + second)
    assert parsed.text == first + second.replace("ZHENGZ", "ZHENG Z").replace("Y.H", "Y. H")
    assert parsed.csl.note.startswith("ZHENG Z, SONG Y. Hydro")
    assert {repair.field for repair in parsed.repairs} == {"note"}


def test_a_lost_space_is_put_back_where_the_entry_has_the_others() -> None:
    lost = "BENSON G, MEINING V.A controlled trial of riluzole. N Engl J Med. 1994;330(9):585-591. doi:10.1/a.B"
    assert parse_reference(lost).text == lost.replace("V.A", "V. A")
    names = "BENSON G,MEINING V, KENT A. Mutation of Cu,Zn dismutase. Neurology. 2019;93(24):e2294-e2305."
    assert parse_reference(names).text == names.replace("G,M", "G, M")
    tight = "BENSON G,MEINING V.A controlled trial of riluzole.N Engl J Med.1994;330(9):585-591."
    assert parse_reference(tight).text == ""


def test_a_sign_that_no_listed_journal_has_is_taken_out_of_its_name() -> None:
    parsed = parse_reference("PAGE S, MACK EA. Trial of a drug. N- Engl- J Med. 2020;383(10):919-930.")
    assert parsed.csl.container_title == "N Engl J Med"
    assert "drug. N Engl J Med. 2020" in parsed.text


def test_entries_without_numbers_are_given_none() -> None:
    first, second = read(
        "Lundgren, P., & Ek, S. (2013). How children name colours. Language Notes, 12(4), 55–71.",
        "Marlow, K. B. (2011). Sand ripples under flow. Fluid Letters, 8(1), 1–9.",
    )
    assert (first.number, second.number) == (0, 0)
    assert first.raw.startswith("Lundgren")
    assert printed_text(second).startswith("Marlow")
    assert not first.repairs


def test_an_entry_that_fits_no_style_is_a_problem_that_says_what_was_understood() -> None:
    (problem,) = doubts((Reference(number=7, raw="x", csl=CslItem(title="Half a title"), confidence=0.2, page=3),))
    assert problem.page == 3
    assert "entry 7" in problem.message
    assert "Half a title" in problem.message
    assert doubts(read("[1] 王一. 题名的研究[J]. 学报, 2000, 1(2): 3-4.")) == ()
