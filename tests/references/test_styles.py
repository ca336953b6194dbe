"""Entries in the shapes that people print: what is judged are the fields, not the pattern that finds them."""

from __future__ import annotations

import pytest

from recover.model.csl import CslItem
from recover.stages.references.parse import parse_reference

# string, type, authors, other fields by their names in CSL
ENTRIES = [
    (
        "许闻道、裴清川：《江南义庄的账目》，《社会史论丛》2012年第4期，第31—46页。",
        "article-journal",
        ["许闻道", "裴清川"],
        {"title": "江南义庄的账目", "container_title": "社会史论丛", "issue": "4", "page": "31-46"},
    ),
    (
        "〔英〕艾伦·麦克法森著，顾行舟译：《茶与帝国》，杭州：西湖书局，2009年，第77页。",
        "book",
        ["艾伦·麦克法森"],
        {"title": "茶与帝国", "publisher": "西湖书局", "publisher_place": "杭州", "page": "77"},
    ),
    (
        "（清）魏长风撰，陆知微点校：《南园杂记》卷二，北京：古籍书局，1985年，第19页。",
        "book",
        ["魏长风"],
        {"title": "南园杂记", "publisher": "古籍书局"},
    ),
    (
        "鄭宇軒、謝佩芬（2014）。國小學童的閱讀策略。教育心理學報，45（2），101-128。",
        "article-journal",
        ["鄭宇軒", "謝佩芬"],
        {"title": "國小學童的閱讀策略", "container_title": "教育心理學報", "volume": "45", "issue": "2"},
    ),
    (
        "Harriet Lowell, “Ink and Ice,” Polar Letters 9, no. 2 (1988): 14–29.",
        "article-journal",
        ["Lowell"],
        {"title": "Ink and Ice", "container_title": "Polar Letters", "volume": "9", "issue": "2", "page": "14-29"},
    ),
    (
        "Marlow, K. B., Singh, T. & Ortega, P. Sand ripples under oscillating flow. J. Fluid Mech. 88, 101–119 (2011).",
        "article-journal",
        ["Marlow", "Singh", "Ortega"],
        {"title": "Sand ripples under oscillating flow", "volume": "88", "page": "101-119"},
    ),
    (
        ("R. T. Voss and H. Imada, “Phase noise in ring oscillators,” "
        "IEEE Trans. Circuits Syst., vol. 40, no. 3, pp. 12–19, Mar. 1995."),
        "article-journal",
        ["Voss", "Imada"],
        {"title": "Phase noise in ring oscillators", "volume": "40", "issue": "3", "page": "12-19"},
    ),
    (
        "丁守仁 葛培元 针麻下甲状腺手术60例 中华外科通讯 1978;16(2):88",
        "article-journal",
        ["丁守仁", "葛培元"],
        {"title": "针麻下甲状腺手术60例", "container_title": "中华外科通讯", "volume": "16", "page": "88"},
    ),
    (
        "汪海, 申屠敏, 2019. 湖泊沉积物中的磷[J]. 湖泊研究, 31(2): 45-53.",
        "article-journal",
        ["汪海", "申屠敏"],
        {"title": "湖泊沉积物中的磷", "volume": "31", "page": "45-53"},
    ),
    (
        "刘海. 一种可调节的画架: CN201910234567.8[P]. 2019-08-02.",
        "patent",
        ["刘海"],
        {"title": "一种可调节的画架", "number": "CN201910234567.8"},
    ),
    (
        "赵一鸣. 城市水系修复规划[N]. 南江日报, 2018-05-06(4).",
        "article-newspaper",
        ["赵一鸣"],
        {"container_title": "南江日报", "page": "4"},
    ),
    (
        "Marsh v. City of Alder, 301 U.S. 55 (1937).",
        "legal_case",
        [],
        {"title": "Marsh v. City of Alder", "volume": "301"},
    ),
    (
        "Lundgren, P., & Ek, S. (2013). How children name colours. Language Notes, 12(4), 55–71.",
        "article-journal",
        ["Lundgren", "Ek"],
        {"title": "How children name colours", "container_title": "Language Notes", "issue": "4"},
    ),
    (
        "阿迪力·买买提, 周平. 塔里木河下游胡杨更新[J]. 干旱区生态, 2015, 32(增刊1): 12-20.",
        "article-journal",
        ["阿迪力·买买提", "周平"],
        {"issue": "增刊1"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("string", "kind", "authors", "fields"), ENTRIES, ids=[entry[0][:20] for entry in ENTRIES])
def test_fields(string: str, kind: str, authors: list[str], fields: dict[str, str]) -> None:
    item = parse_reference(string).csl
    assert item.type == kind
    assert [name.family or name.literal for name in item.author] == authors
    assert {name: getattr(item, name).replace("–", "-") for name in fields} == fields


def test_people_of_other_roles() -> None:
    translated = parse_reference("〔英〕艾伦·麦克法森：《茶与帝国》，顾行舟、唐宁译，西湖书局2009年版，第77页。").csl
    assert _families(translated, "translator") == ["顾行舟", "唐宁"]
    chapter = parse_reference(
        "程小舟：《抄本与刻本》，江一帆主编：《文献论集》第2辑，北京：书海出版社，2003年，第5页。"
    ).csl
    assert (_families(chapter, "editor"), chapter.container_title, chapter.volume) == (["江一帆"], "文献论集", "2")


def _families(item: CslItem, role: str) -> list[str]:
    return [name.family for name in getattr(item, role)]


def test_every_field_has_its_own_sureness() -> None:
    parsed = parse_reference(ENTRIES[5][0])
    assert {"author", "title", "container-title", "issued", "volume", "page"} <= set(parsed.sure)
    assert all(0 < value <= 1 for value in parsed.sure.values())
    assert not parsed.is_doubtful


@pytest.mark.parametrize("string", ["请把书还给图书馆的管理员", "see you there on the next day", "12345", "。。。"])
def test_what_fits_no_style_is_doubtful(string: str) -> None:
    assert parse_reference(string).is_doubtful


def test_a_map_has_its_scale_and_a_periodical_its_years() -> None:
    atlas = parse_reference("江州测绘院. 江州地势图[CM]. 比例尺 1:500 000. 江州: 地图学出版社, 2003.").csl
    assert (atlas.title, atlas.scale, atlas.publisher_place) == ("江州地势图", "1:500000", "江州")
    titled = parse_reference("江州测绘院. 江州1:25万地质图[CM]. 江州: 地图学出版社, 2003.").csl
    assert (titled.title, titled.scale) == ("江州1:25万地质图", "")
    serial = parse_reference("江州图书馆学会. 图书馆学季刊[J]. 1957（1）—1990（4）. 江州：江州图书馆，1957—1990.").csl
    assert serial.issued is not None
    assert serial.issued.date_parts == ((1957,), (1990,))


@pytest.mark.parametrize(
    ("string", "journal"),
    [
        ("Marlow, K. B. & Ortega, P. Sand ripples in flow. J. Fluid Mech. 88, 101–119 (2011).", "J. Fluid Mech."),
        ("Marlow KB. Sand ripples in flow. Polar Letters. 2011;88(1):101-119.", "Polar Letters"),
        (
            "R. T. Voss, “Phase noise,” IEEE Trans. Circuits Syst., vol. 40, pp. 12–19, 1995.",
            "IEEE Trans. Circuits Syst.",
        ),
    ],
)
def test_a_journal_cut_short_keeps_its_last_stop(string: str, journal: str) -> None:
    assert parse_reference(string).csl.container_title == journal
