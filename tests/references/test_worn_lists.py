"""Worn lists of authors: stops for commas and commas for stops, told by what names look like."""

from __future__ import annotations

import msgspec
import pytest

from recover.stages.references.parse import parse_reference
from recover.text.vocabulary import vocabulary

WORDS = vocabulary(["a document that prints the list"])


@pytest.mark.parametrize(
    ("printed", "first", "count", "title", "container"),
    [
        (
            "钟毓秀，江听雨，神经球直径对细胞活率的影响.细胞工艺.2020;4(2):77-81.",
            "钟毓秀",
            2,
            "神经球直径对细胞活率的影响",
            "细胞工艺",
        ),
        (
            "谈笑风,江听雨,钟毓秀，等，36 批制剂的质量分析，再生动态. 2020;8(6):355-361.",
            "谈笑风",
            3,
            "36 批制剂的质量分析",
            "再生动态",
        ),
        (
            "宋临渊.干细胞旁分泌作用研究述评[J].细胞治疗通讯2020,3(1):5-11.",
            "宋临渊",
            1,
            "干细胞旁分泌作用研究述评",
            "细胞治疗通讯",
        ),
        (
            "Gutierrez J. Lamanna JJ, Grin N, et al. A title of cells. Neurosurgery. 2015;77(4):604-612.",
            "Gutierrez",
            3,
            "A title of cells",
            "Neurosurgery",
        ),
        (
            "Yamanaka K, Chun SJ. Boillee S. et al. A title of cells. Nat Neurosci. 2008;11(3):251-253.",
            "Yamanaka",
            3,
            "A title of cells",
            "Nat Neurosci",
        ),
        (
            "ENDO F, KOMINE O, et al. A title of cells. Cell Rep. 2015;1 1(4):592-604.",
            "Endo",
            2,
            "A title of cells",
            "Cell Rep",
        ),
        (
            "Daley GQ. Hyun I. Apperley JE, et al. A title of cells. Cell Rep. 2015:1 1(4):592-604.",
            "Daley",
            3,
            "A title of cells",
            "Cell Rep",
        ),
        (
            "{16] 桑榆，司徒明月，黄芪甲苷促进神经发生的作用[D].中药与神经，2022，11（2）：i6-102.",
            "桑榆",
            2,
            "黄芪甲苷促进神经发生的作用",
            "中药与神经",
        ),
        ("张三.李四光的一生与著作[J].科学通报,2020,3(1):5-11.", "张三", 1, "李四光的一生与著作", "科学通报"),
    ],
)
def test_lists(printed: str, first: str, count: int, title: str, container: str) -> None:
    item = parse_reference(printed, words=WORDS).csl
    assert (item.author[0].family, len(item.author), item.title, item.container_title) == (
        first,
        count,
        title,
        container,
    )
    assert item.issued is not None
    assert item.volume
    assert item.page


@pytest.mark.parametrize(
    ("printed", "author", "title", "publisher"),
    [
        ("孟浩渺.脊髓损伤康复学[M].2版.江北:江北医药出版社2017:204-231.", "孟浩渺", "脊髓损伤康复学", "江北医药出版社"),
        (
            "江北省卫生标准化委员会，细胞制剂质量控制规范：DB/T 0126-2020[S].江北：江北标准出版社，2020.",
            "江北省卫生标准化委员会",
            "细胞制剂质量控制规范",
            "江北标准出版社",
        ),
    ],
)
def test_books_and_standards(printed: str, author: str, title: str, publisher: str) -> None:
    item = parse_reference(printed, words=WORDS).csl
    (name,) = item.author
    assert (name.family or name.literal, item.title, item.publisher) == (author, title, publisher)
    assert item.issued is not None


@pytest.mark.parametrize(
    "printed",
    [
        "用] 沈亦舟，顾松年.脊髓损伤的修复[J].神经损伤，2021，16(2):65-71.",
        "沈亦舟，顾松年.，等.脊髓损伤的修复[J].神经损伤，2021，16(2):65-71:",
        "沈亦舟，顾松年.脊髓损伤的修复[J].神经损伤，2021，16(2):,65-71.",
        "沈亦舟，顾松年.脊髓损伤的修复[J].神经损伤, -2021,16(2):65-71.'",
    ],
)
def test_specks_beside_signs(printed: str) -> None:
    item = parse_reference(printed, words=WORDS).csl
    assert [name.family for name in item.author] == ["沈亦舟", "顾松年"]
    assert (item.title, item.container_title, item.volume) == ("脊髓损伤的修复", "神经损伤", "16")
    assert (item.issue, item.page) == ("2", "65-71")


def test_a_speck_between_two_names() -> None:
    item = parse_reference("BACH J R,. SAPORITO L R. A title of cells[J]. Cell Rep, 2020, 1(2): 3-9.", words=WORDS).csl
    assert [name.family for name in item.author] == ["Bach", "Saporito"]


def test_a_closing_bracket_of_which_little_is_left() -> None:
    parsed = parse_reference("[39 j白书宁，江望舒.研究进展的综述[J].康复工程,2023,8(1):21-28.", words=WORDS)
    assert (parsed.csl.id, parsed.csl.author[0].family) == ("ref-39", "白书宁")
    assert any(repair.field == "number" for repair in parsed.repairs)


def test_a_thesis_stays_one() -> None:
    assert parse_reference("张三. 某题目的研究[D]. 江北: 江北大学, 2020: 12-30.", words=WORDS).csl.type == "thesis"


def test_loose_strings_are_left_alone() -> None:
    printed = "钟毓秀，江听雨，神经球直径对细胞活率的影响.细胞工艺.2020;4(2):77-81."
    assert not parse_reference(printed).repairs


WITNESS = vocabulary(["spinal cord injury", "cells and interferon-γ in the cord", "interferon-γ"])


@pytest.mark.parametrize(
    ("printed", "families", "title", "container"),
    [
        (
            "AHUJA C S, WILSON J R, et al. Traumatic spinal cord injuryjJ. Nature Reviews, 2017, 3: 17018.",
            ("Ahuja", "Wilson"),
            "Traumatic spinal cord injury",
            "Nature Reviews",
        ),
        (
            "白书宁，温之恒，等.细胞边界的形成机制[J].东岭医学杂志、2020,38(2):97-103.",
            ("白书宁", "温之恒"),
            "细胞边界的形成机制",
            "东岭医学杂志",
        ),
        (
            "BARNABÉ-HEIDER F, GÖRITZ C, et ál Origin of new glial cells[J]. Cell Stem Cell, 2010, 7(4): 470-482.",
            ("Barnabé-Heider", "Göritz"),
            "Origin of new glial cells",
            "Cell Stem Cell",
        ),
        (
            "LU P, WANG Y. Long growth of. neural stem cells[J]. Proceedings of the. Academy, 2005, 102(39): 14069-74.",
            ("Lu", "Wang"),
            "Long growth of neural stem cells",
            "Proceedings of the Academy",
        ),
    ],
)
def test_marks_letters_and_stops_of_worn_entries(
    printed: str, families: tuple[str, ...], title: str, container: str
) -> None:
    csl = parse_reference(printed, words=WITNESS).csl
    assert tuple(name.family for name in csl.author) == families or tuple(n.literal for n in csl.author) == families
    assert (csl.title, csl.container_title) == (title, container)


TITLE = "Stem cells in ALS"
SET = "Uccelli A, Moretta L, Pistoia V. Stem cells in ALS[J]. Nat Rev Neurol, 2008, 36(2): 726-736."


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("ALS[J]", "ALS{]"),
        ("ALS[J]", "ALS]"),
        ("ALS[J]", "ALS[)"),
        ("2008, 36(2): 726-736.", "2008. 36(2): 726-736."),
        ("2008, 36(2): 726-736.", "2008. 36(2) 726-736."),
        ("726-736.", "726-736. DO1: 10.1038/nri2395."),
        ("2008, 36(2): 726-736.", "2008. 36(2). 726:736. DOt: .10.1038/nri2395."),
    ],
)
def test_specks_and_lost_signs_of_an_english_entry(was: str, now: str) -> None:
    words = msgspec.structs.replace(WORDS, counts={**WORDS.counts, "als": 5})
    assert was in SET
    item = parse_reference(SET.replace(was, now), words=words).csl
    assert [name.family for name in item.author] == ["Uccelli", "Moretta", "Pistoia"]
    assert (item.title, item.container_title, item.volume, item.issue) == (TITLE, "Nat Rev Neurol", "36", "2")
    assert (item.page, item.DOI) == ("726-736", "10.1038/nri2395" if "10." in now else "")


def test_a_bracket_of_the_title_is_no_mark() -> None:
    item = parse_reference("Uccelli A. Stem cells [corrected]. Nat Rev Neurol, 2008, 36(2): 726-736.", words=WORDS).csl
    assert item.title == "Stem cells [corrected]"


def test_a_letter_of_the_alphabet_is_no_name() -> None:
    item = parse_reference(
        "Uccelli A. Hepatitis B, liver disease and age. Nature, 2008, 36(2): 726-736.", words=WORDS
    ).csl
    assert [name.family for name in item.author] == ["Uccelli"]


@pytest.mark.parametrize("sign", ["，", "：", "、", " "])
def test_a_chinese_title_ends_before_its_journal(sign: str) -> None:
    printed = f"方若岚，陶望川.体外扩增对干细胞核型的影响{sign}江陵大学学报：医学版，2007，28：418-421."
    item = parse_reference(printed, words=WORDS).csl
    assert (item.title, item.container_title) == ("体外扩增对干细胞核型的影响", "江陵大学学报：医学版")


@pytest.mark.parametrize("mark", ["1J]", "J]", "[EB/OLL", "[EH/OL]"])
def test_what_is_left_of_a_type_mark(mark: str) -> None:
    is_page = "/" in mark
    source = "(2021-03-05). https://www.rarenej.example/nbs." if is_page else "医学通讯.2021,42(5):331-338."
    item = parse_reference(f"沈亦舟.干细胞研究的现状{mark}. {source}", words=WORDS).csl
    assert (item.title, item.type) == ("干细胞研究的现状", "webpage" if is_page else "article-journal")


CORD = vocabulary(["ALS and ALS mice with ALS", "spinal cord", "spinal cord injury", "spinal cells"])


@pytest.mark.parametrize(
    ("worn", "title"),
    [
        ("Survival of mutant neurons in AL5 mice", "Survival of mutant neurons in ALS mice"),
        ("Cells can be differentiated into- motor neurons", "Cells can be differentiated into motor neurons"),
        ("Cells taken into- and out of culture", "Cells taken into- and out of culture"),
        ("Trials of ropinirole, à drug candidate ìn rats", "Trials of ropinirole, a drug candidate in rats"),
        ("The menu à la carte of drug trials", "The menu à la carte of drug trials"),
        ("Recovery after spinád cord injury", "Recovery after spinal cord injury"),
        ("Intrinsic membrane hyperexctability of neurons", "Intrinsic membrane hyperexcitability of neurons"),
        ("Short vs. long intervals of training", "Short vs. long intervals of training"),
        ("Society for Cel. lular Therapy of mice", "Society for Cellular Therapy of mice"),
    ],
)
def test_words_of_titles(worn: str, title: str) -> None:
    printed = f"Uccelli A, Moretta L. {worn}[J]. Nat Rev Neurol, 2008, 36(2): 726-736."
    assert parse_reference(printed, words=CORD).csl.title == title


@pytest.mark.parametrize(
    ("worn", "page", "text"),
    [
        ("33, 16-3330", "3316-3330", "2008, 36(2): 3316-3330."),
        ("4279, 4295", "4279-4295", "2008, 36(2): 4279-4295."),
        ("4279, 4895", "4279, 4895", ""),
        ("12-15, 20", "12-15, 20", ""),
        ("42794295", "4279-4295", "2008, 36(2): 4279-4295."),
        ("42797295", "42797295", ""),
    ],
)
def test_pages(worn: str, page: str, text: str) -> None:
    printed = f"Uccelli A, Moretta L. Stem cells in ALS[J]. Nat Rev Neurol, 2008, 36(2): {worn}."
    parsed = parse_reference(printed, words=CORD)
    assert parsed.csl.page == page
    assert parsed.text.endswith(text)


@pytest.mark.parametrize(
    ("worn", "kind", "title"),
    [
        ("Uccelli A. Stem cells of mice). Cell Stem Cell, 2015, 7(4): 12-15.", "article-journal", "Stem cells of mice"),
        (
            "Uccelli A. Stem cells of mice J). Cell Stem Cell, 2015, 7(4): 12-15.",
            "article-journal",
            "Stem cells of mice",
        ),
        (
            "Uccelli A. Stem cells (revised)J1 The Journal of Cells, 2015, 7(4): 12-15.",
            "article-journal",
            "Stem cells (revised)",
        ),
        ("A Health Organization. Spinal cordEB/OL. (2024-04-16). https://a.example/x.", "webpage", "Spinal cord"),
        ("沈亦舟. 三维打印技术M. 北京: 科学出版社, 2020: 12-18.", "book", "三维打印技术"),
        ("沈亦舟. 论维生素D[J]. 营养学报, 2020, 3(1): 12-18.", "article-journal", "论维生素D"),
    ],
)
def test_marks_without_their_brackets_in_a_list_that_has_them(worn: str, kind: str, title: str) -> None:
    item = parse_reference(worn, words=msgspec.structs.replace(CORD, has_marks=True)).csl
    assert (item.type, item.title) == (kind, title)


def test_a_list_without_marks_gets_none() -> None:
    parsed = parse_reference("沈亦舟. 三维打印技术M. 北京: 科学出版社, 2020: 12-18.", words=CORD)
    assert not parsed.repairs


def test_marks_in_full_width_stay_so() -> None:
    parsed = parse_reference("沈亦舟．预发布平台［EB/OL］．［2025-03-06］．https://a.example/home.", words=CORD)
    assert (parsed.repairs, parsed.text) == ((), "")


@pytest.mark.parametrize(
    ("worn", "families"),
    [
        ("余敏，何晨光.杜飞，等.盐土改良的效果[J].土壤科学进展，2020,57(4):811-823.", ["余敏", "何晨光", "杜飞"]),
        ("余敏，何晨光.李白与杜甫，等待的诗[J].文学进展，2020,57(4):811-823.", ["余敏", "何晨光"]),
        ("Kim HJ, O' Shea P. Readout of spin qubits. Phys Rev Lett. 2017;119:87-92.", ["Kim", "O'Shea"]),
    ],
)
def test_names_that_go_on(worn: str, families: list[str]) -> None:
    assert [name.family for name in parse_reference(worn, words=CORD).csl.author] == families


def test_a_newspaper_behind_a_worn_stop() -> None:
    item = parse_reference("本报评论员.让阅读成为习惯、文汇时报，2015-04-23(1).", words=CORD).csl
    assert (item.title, item.container_title) == ("让阅读成为习惯", "文汇时报")
    kept = parse_reference("丁一.根、茎的生长[J].植物学报，2015，23(1):3-9.", words=CORD).csl
    assert (kept.title, kept.container_title) == ("根、茎的生长", "植物学报")


def test_other_letters_of_a_list() -> None:
    item = parse_reference("Lund S. Magnetism of oxide flms. Annu. Ręv. Biophys. 37, 289–316 (2008).", words=CORD).csl
    assert (item.title, item.container_title) == ("Magnetism of oxide films", "Annu. Rev. Biophys.")
    page = parse_reference('D. Quill. "Boards." Accessed: Mar, 5, 2021. Available: https://a.example.com/start').csl
    assert page.accessed is not None
    assert page.accessed.date_parts == ((2021, 3, 5),)


def test_a_year_in_two_pieces_and_a_school_that_is_none() -> None:
    year = parse_reference("ROSEN DR, SIDDIQUE T. Mutations in genes. Nature. 1-993;362(6415):59-62.", words=CORD).csl
    assert year.issued is not None
    assert (year.issued.date_parts, year.volume) == (((1993,),), "362")
    thesis = parse_reference("鲁明川. 脐带细胞的机制研究[D]. 东岭：东岭太学, 2021.", words=CORD).csl
    assert thesis.publisher == "东岭大学"


@pytest.mark.parametrize(
    ("worn", "journal"),
    [
        ("J Trans Med", "J Transl Med"),
        ("Cel Stem Cell", "Cell Stem Cell"),
        ("Cell Stem-Cell", "Cell Stem Cell"),
        ("Proc Natl Acad Sci USA", "Proc Natl Acad Sci USA"),
    ],
)
def test_journals_of_worn_lists(worn: str, journal: str) -> None:
    item = parse_reference(f"MAZZINI L, GELATI M. Cells in ALS[J]. {worn}, 2015, 13(2): 17-21.", words=CORD).csl
    assert item.container_title == journal


@pytest.mark.parametrize("worn", ["201l", "201 1", "20lI"])
def test_a_year_in_brackets(worn: str) -> None:
    item = parse_reference(f"Novak, R. ({worn}). Guild and granary of the south. River Studies, 12(3), 117-135.").csl
    assert item.issued is not None
    assert item.issued.date_parts == ((2011,),)


def test_a_mark_with_one_bracket_before_an_edition() -> None:
    item = parse_reference(
        "沈亦舟,脊柱三维打印技术M].2版.东岭：东岭科学出版社，2021:58-74",
        words=msgspec.structs.replace(CORD, has_marks=True),
    ).csl
    assert (item.type, item.title, item.edition) == ("book", "脊柱三维打印技术", "2版")
