import json
import re
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strings import GBT, VANCOUVER

from recover.model.csl import CslItem
from recover.stages.references.parse import parse_reference
from recover.stages.references.parts import read_parts, read_people
from recover.stages.references.tagger import Tagged
from recover.stages.references.tokens import tokens


def fields(item: CslItem) -> Sequence[object]:
    first = item.author[0] if item.author else None
    return (
        (first.family or first.literal) if first else "",
        item.title,
        item.container_title,
        item.issued.date_parts[0][0] if item.issued else None,
        item.volume,
        item.issue,
        item.page,
    )


@pytest.mark.parametrize(("raw", "true"), VANCOUVER)
def test_fields_of_latin_strings(raw: str, true: tuple[object, ...]) -> None:
    assert fields(parse_reference(raw).csl) == true


@pytest.mark.parametrize(("raw", "true"), GBT)
def test_fields_of_gbt_strings(raw: str, true: tuple[object, ...]) -> None:
    item = parse_reference(raw).csl
    assert (*fields(item), item.type) == true


def test_identifiers_and_dates() -> None:
    item = parse_reference(VANCOUVER[1][0]).csl
    assert (item.DOI, item.PMID, item.issued.date_parts) == ("10.1038/35057062", "11237011", ((2001, 2, 15),))
    item = parse_reference(GBT[12][0]).csl
    assert item.URL == "http://www.example.com/news/2001.html"
    assert item.accessed.date_parts == ((2002, 4, 15),)


def test_an_address_keeps_the_doi_inside_it() -> None:
    item = parse_reference("王明. 数据[DS/OL]. 平台, 2025. http://example.org/x?id=doi:10.18170/AB/C1.").csl
    assert (item.DOI, item.URL) == ("", "http://example.org/x?id=doi:10.18170/AB/C1")


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (
            "O'Rourke JG, Del Vecchio C, Wang L-F. Title here. Cell 2001;1:1-2.",
            [("O'Rourke", "J. G."), ("Del Vecchio", "C."), ("Wang", "L.-F.")],
        ),
        (
            "DES MARAIS D J, MCCAULEY M. Title here[J]. Nature, 1992, 359: 605-609.",
            [("Des Marais", "D. J."), ("McCauley", "M.")],
        ),
        (
            "GUERRA SAN JUAN I, NASH LA. Title here. Neuron. 2022;110(10):1671-1688.",
            [("Guerra San Juan", "I."), ("Nash", "L. A.")],
        ),
        ("欧阳华, 库恩·J. 题目在此[M]. 北京: 出版社, 2001.", [("欧阳华", ""), ("库恩·J", "")]),
    ],
)
def test_names(raw: str, names: list[tuple[str, str]]) -> None:
    assert [(name.family, name.given) for name in parse_reference(raw).csl.author] == names


def test_book_parts() -> None:
    item = parse_reference(GBT[4][0]).csl
    assert (item.publisher_place, item.publisher, item.edition) == ("北京", "北京大学出版社", "2版")
    assert [name.family for name in item.translator] == ["金吾伦", "胡新和"]
    item = parse_reference("Murray PR, Rosen KS. Microbes at home. 4th ed. St. Louis: Mosby; 2002.").csl
    assert (item.title, item.publisher_place, item.publisher, item.type) == (
        "Microbes at home",
        "St. Louis",
        "Mosby",
        "book",
    )
    item = parse_reference(
        "Meltzer PS. Changes. In: Vogel B, Kinzer KW, editors. The basis of it. New York: Hill; 2002. p. 93-113."
    ).csl
    assert (item.type, item.container_title, item.page) == ("chapter", "The basis of it", "93-113")
    assert [name.family for name in item.editor] == ["Vogel", "Kinzer"]


@pytest.mark.parametrize("raw", ["", "   ", "12", "hello there", "．．．", "[7]", "\x00\ud7ff"])
def test_what_is_no_reference_keeps_its_words(raw: str) -> None:
    parsed = parse_reference(raw)
    assert parsed.csl.note.endswith(raw.strip())
    assert parsed.confidence < 0.2


def test_numbers_name_items() -> None:
    assert parse_reference("[12] " + VANCOUVER[0][0]).csl.id == "ref-12"
    assert parse_reference(VANCOUVER[0][0], number=3).csl.id == "ref-3"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_string_gives_a_valid_item(raw: str) -> None:
    parsed = parse_reference(raw)
    assert 0 < parsed.confidence <= 1
    assert json.loads(msgspec.json.encode(parsed.csl))["type"]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([raw for raw, _ in VANCOUVER + GBT]),
    st.integers(0, 200),
    st.sampled_from(list("|lI0.,;:()[]—® 等")),
)
def test_one_wrong_sign_never_breaks_the_parser(raw: str, place: int, sign: str) -> None:
    parsed = parse_reference(raw[:place] + sign + raw[place + 1 :])
    assert parsed.csl.title or parsed.csl.note


@pytest.mark.parametrize(
    "raw", ["A. " * 3000, "A B " * 2000, "Smith J, " * 900, "[J]" * 900, "王，" * 2000, "10.1234/" * 900]
)
def test_hostile_strings_take_no_time(raw: str) -> None:
    assert parse_reference(raw).csl


@pytest.mark.parametrize(("raw", "true"), VANCOUVER[1:7])
def test_spaces_lost_by_recognition_are_not_missed(raw: str, true: tuple[object, ...]) -> None:
    tight = re.sub(r"(?<!doi)([,.;:]) (?!10\.)", r"\1", raw)
    found = fields(parse_reference(tight).csl)
    assert [str(value).replace(" ", "") for value in found] == [str(value).replace(" ", "") for value in true]


def test_an_address_broken_by_lines_is_one() -> None:
    item = parse_reference(
        "彭山. 降水数据集[DS/OL]. 研究所, 2024[2024-11-25]. https ://www.example .org/d?guid=1 &t=2."
    ).csl
    assert item.URL == "https://www.example.org/d?guid=1&t=2"
    assert item.issued.date_parts == ((2024,),)


DATED_FIRST = """
book|Stem cell biology|Academic Press|3rd ed|Lanza, R. (Ed.). (2014). Stem cell biology (3rd ed.). Academic Press.
book|干细胞实验手册|临江大学出版社|第2版|周以宁，桑野.(2020).干细胞实验手册(第2版).临江大学出版社.
thesis|心肌细胞的电生理表型|临江大学||周以宁.(2021). 心肌细胞的电生理表型[博士学位论文]. 临江大学.
thesis|Motor neurons|University of Leeds||Miller, A. B. (2019). Motor neurons (Doctoral thesis, University of Leeds).
thesis|Motor neurons|University of Leeds||Smith, J. (2012). Motor neurons [Unpublished thesis]. University of Leeds.
"""


@pytest.mark.parametrize("row", DATED_FIRST.split("\n")[1:-1])
def test_books_and_theses_with_their_date_behind_the_names(row: str) -> None:
    kind, title, publisher, edition, raw = row.split("|")
    item = parse_reference(raw).csl
    assert (item.type, item.title, item.publisher, item.edition) == (kind, title, publisher, edition)


def test_a_chapter_with_its_date_behind_the_names() -> None:
    raw = "Cummings, J. (2011). Treatment. In R. Brown & S. Lee (Eds.), Handbook (2nd ed., pp. 12-34). Oxford Press."
    item = parse_reference(raw).csl
    assert (item.type, item.title, item.container_title) == ("chapter", "Treatment", "Handbook")
    assert (item.edition, item.page, item.publisher) == ("2nd ed", "12-34", "Oxford Press")
    assert [editor.family for editor in item.editor] == ["Brown", "Lee"]


def test_names_left_out_before_the_last_one() -> None:
    item = parse_reference(
        "Okita, K., Sato, Y., ... Yamanaka, S. (201 1). Human iPS cells. Nature Methods, 8(5), 409-412."
    ).csl
    assert [author.family for author in item.author] == ["Okita", "Sato", "Yamanaka"]
    assert (item.issued.date_parts, item.custom["et-al"]) == (((2011,),), "true")


def test_the_day_an_address_was_read_on_in_chinese() -> None:
    item = parse_reference("全国协作网.(2022).干细胞入库检验建议.2023-04-18取自https://www.bank.example/2022.html").csl
    assert (item.title, item.accessed.date_parts) == ("干细胞入库检验建议", ((2023, 4, 18),))


def test_a_body_whose_name_begins_with_initials() -> None:
    item = parse_reference(
        "U.S. Food and Drug Administration. A drug for ALS[EB/OL]. (2023-04-25). https://fda.example/x."
    ).csl
    assert (item.author[0].literal, item.title) == ("U.S. Food and Drug Administration", "A drug for ALS")


def test_a_bracket_read_twice_and_one_read_as_a_bar() -> None:
    parsed = parse_reference("[1] ]BROWN R H. Sclerosis[J]. Lancet, 2017, 377(2): 162-172.")
    assert (parsed.csl.author[0].family, [repair.was for repair in parsed.repairs]) == ("Brown", ["]BROWN"])
    item = parse_reference("方以蓝.干细胞的冻存|博士学位论文].临江：临江大学，2006.").csl
    assert (item.type, item.title) == ("thesis", "干细胞的冻存")


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Mobile Elements and Their Impact on the C. briggsae Genome", "Genome Res"),
        ("Lack of Effect. Omeprazole plus Amoxicillin Two Years after Treatment (OATA) Study Group", "N Engl J Med"),
        ("Effects of hypervolemia on lymph heart function in the toad Bufo viridis (L.)", "Physiol Zool"),
    ],
)
def test_a_title_keeps_its_stops_brackets_and_capitals(title: str, source: str) -> None:
    item = parse_reference(f"Gander EW, Fiske KT. {title}. {source} 2001; 11:2066-74.").csl
    assert (item.title, item.container_title) == (title, source)


def test_a_group_behind_the_authors_is_no_title() -> None:
    words = tuple(tokens("Kent A, Marsh B, Delta Study Group. Outcomes of surgery. Lancet 2001; 1: 2-3."))
    text = "Kent A, Marsh B, Delta Study Group. Outcomes of surgery. Lancet 2001; 1: 2-3."
    labels = tuple(
        {"Kent": "AF", "A": "AG", "Marsh": "AF", "B": "AG", "Lancet": "J"}.get(word.text, "T") for word in words
    )
    parts = read_parts(Tagged(text=text, words=words, labels=labels, sure=(1.0,) * len(words)))
    assert [person.family for person in parts.authors] == ["Kent", "Marsh", "Delta Study Group"]
    assert parts.fields["title"].startswith("Outcomes of surgery")


def test_names_behind_the_title_are_no_authors_and_a_suffix_may_have_a_stop() -> None:
    labels = ("AF", "AG", "AG", "T", "AF", "J")
    text = "Deering DW II. Wells. City, Reports"
    words = tuple(tokens(text))
    tagged = Tagged(text=text, words=words, labels=labels, sure=(1.0,) * len(words))
    people = list(read_people(tagged, "A"))
    assert [(person.family, person.given) for person in people] == [("Deering", "DW II.")]


@pytest.mark.parametrize(
    ("printed", "title", "authors"),
    [
        ("殷若愚，陶思齐，武小乙，等盐渍化草甸的碳通量", "盐渍化草甸的碳通量", 3),
        ("殷若愚，陶思齐，武小乙.等离子体的输运", "等离子体的输运", 3),
        ("殷若愚，陶思齐，等离子体的输运", "等离子体的输运", 2),
    ],
)
def test_a_list_cut_short_whose_stop_was_lost(printed: str, title: str, authors: int) -> None:
    item = parse_reference(f"{printed}[J]. 北方草业，2022，39(6): 21-30.").csl
    assert (item.title, len(item.author)) == (title, authors)


def test_a_year_with_a_letter_in_it_is_no_part_of_the_journal() -> None:
    item = parse_reference("CURTIS E, MARTIN J R. A first study[J]. Cell Stem Cell, 201s, 22(6): 941-950.").csl
    assert (item.container_title, item.issued, item.volume) == ("Cell Stem Cell", None, "22")


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("让-吕克·佩兰. 热力学的历史[M]. 北京: 理工书馆, 2019: 12-15.", ["让-吕克·佩兰"]),
        ("皮埃尔-安德烈·莫罗著：《城市的边界》，北京：东方书库出版社，1998年，第45页。", ["皮埃尔-安德烈·莫罗"]),
    ],
)
def test_a_hyphen_within_a_foreign_name(printed: str, names: list[str]) -> None:
    assert [name.literal for name in parse_reference(printed).csl.author] == names


@pytest.mark.parametrize(
    ("printed", "kind", "title"),
    [
        (
            "Iqbal, S. Sampling for proteins. Preprint at https://www.biorxiv.org/content/1 (2022).",
            "article",
            "Sampling for proteins",
        ),
        (
            "IEEE Standard for Buoy Calibration, IEEE Std 2048-2018, 2018.",
            "standard",
            "IEEE Standard for Buoy Calibration",
        ),
        (
            "Open Meter Forum. “Meter profile 2.0.” Accessed: Oct. 12, 2022. [Online]. Available: https://o.example",
            "webpage",
            "Meter profile 2.0",
        ),
    ],
)
def test_preprints_standards_and_pages(printed: str, kind: str, title: str) -> None:
    item = parse_reference(printed).csl
    assert (item.type, item.title) == (kind, title)


@pytest.mark.parametrize("stop", [". ", "．"])
def test_the_stop_behind_a_short_name_is_none_of_it(stop: str) -> None:
    item = parse_reference(f"汤万金，刘文{stop}人体安全标准的研制[J]{stop}标准通讯，2013，9（3）：14-24{stop}").csl
    assert [name.family for name in item.author] == ["汤万金", "刘文"]
