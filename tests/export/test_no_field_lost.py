"""References of every kind through the readers of other programs: every field arrives, in both languages."""

import re
from collections.abc import Iterator

import bibtexparser
import msgspec
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from recover.export import bibliography, bibtex, ris
from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import Reference

CASES = {
    "corporate author": CslItem(
        type="book",
        language="en",
        author=(CslName(literal="World Health Organization"),),
        title="World health statistics 2020",
        issued=CslDate(date_parts=((2020,),)),
        publisher="World Health Organization",
        publisher_place="Geneva",
        ISBN="978-92-4-000510-5",
        ISSN="1234-5678",
    ),
    "list cut short": CslItem(
        type="article-journal",
        language="zh-CN",
        author=(CslName(family="王伟"), CslName(family="欧阳娜娜"), CslName(literal="某协作组")),
        title="间充质干细胞治疗SOD1-G93A小鼠",
        container_title="中国组织工程研究",
        issued=CslDate(date_parts=((2020, 1, 8),)),
        volume="24",
        issue="1",
        page="1-5",
        custom={"et-al": "true", "mark": "J"},
    ),
    "suffix, particle, article number": CslItem(
        type="article-journal",
        language="en",
        author=(
            CslName(family="Kwiatkowski", given="T. J.", suffix="Jr"),
            CslName(non_dropping_particle="van den", family="Berg", given="L. H."),
            CslName(family="O'Rourke", given="J."),
        ),
        title="Targeting RNA foci in C9ORF72",
        container_title="Science Translational Medicine",
        container_title_short="Sci Transl Med",
        issued=CslDate(date_parts=((2013,),)),
        volume="5",
        issue="208",
        number="e12",
        page="208ra149",
        DOI="10.1126/scitranslmed.3007529",
        PMID="24154603",
        PMCID="PMC4090945",
        status="in press",
    ),
    "online with access date": CslItem(
        type="webpage",
        language="zh-CN",
        author=(CslName(literal="中华医学会"),),
        title="肌萎缩侧索硬化专家共识",
        issued=CslDate(date_parts=((2018, 5, 1),)),
        accessed=CslDate(date_parts=((2020, 3, 15),)),
        URL="http://www.cma.org.cn/a_b/c.html?x=1&y=%20#z",
        custom={"mark": "EB/OL"},
    ),
    "patent": CslItem(
        type="patent",
        language="zh-CN",
        author=(CslName(family="姜锡洲"),),
        title="一种温热外敷药制备方案",
        issued=CslDate(date_parts=((1989, 7, 26),)),
        number="88105607.3",
        custom={"mark": "P"},
    ),
    "map": CslItem(
        type="map",
        language="zh-CN",
        author=(CslName(literal="江州测绘院"),),
        title="江州地势图",
        issued=CslDate(date_parts=((1984,),)),
        publisher="地图学出版社",
        publisher_place="江州",
        scale="1:500000",
        custom={"mark": "CM"},
    ),
    "periodical": CslItem(
        type="periodical",
        language="zh-CN",
        author=(CslName(literal="江州图书馆学会"),),
        title="图书馆学季刊",
        issued=CslDate(date_parts=((1957,), (1990,))),
        publisher="江州图书馆",
        publisher_place="江州",
        custom={"mark": "J"},
    ),
    "thesis": CslItem(
        type="thesis",
        language="zh-CN",
        author=(CslName(family="张志祥"),),
        title="间断动力系统的随机扰动",
        genre="博士学位论文",
        issued=CslDate(date_parts=((1998,),)),
        publisher="北京大学",
        publisher_place="北京",
        custom={"mark": "D"},
    ),
    "chapter of a translated book in a series": CslItem(
        type="chapter",
        language="zh-CN",
        author=(CslName(family="昂温", given="G"),),
        editor=(CslName(family="许厚泽"),),
        translator=(CslName(family="陈生铮"),),
        title="外国出版史",
        container_title="长江流域洪涝灾害",
        collection_title="出版丛书",
        collection_number="7",
        edition="2版",
        version="修订本",
        issued=CslDate(date_parts=((1998,), (1999,))),
        page="32-36",
        publisher="科学出版社",
        medium="CD",
        note="附光盘",
    ),
    "paper of a conference": CslItem(
        type="paper-conference",
        language="en",
        author=(CslName(family="Ganzha", given="V. G."),),
        editor=(CslName(family="Mayr", given="E. W."),),
        title="An efficient algorithm for {modelling} 100% of A_1 & B^2 #3 ~ \\d",
        container_title="Computer algebra in scientific computing",
        event_title="CASC 2000",
        event_place="Samarkand",
        issued=CslDate(literal="forthcoming"),
        custom={"mark": "C"},
    ),
}
UNESCAPED = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "\x01",
    r"\textbraceright{}": "\x02",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    "{": "",
    "}": "",
    "\x01": "{",
    "\x02": "}",
    "--": "-",
    **{rf"\{sign}": sign for sign in "&%$#_"},
}


def of(item: CslItem) -> tuple[Reference, ...]:
    return (Reference(number=1, raw="", csl=msgspec.structs.replace(item, id="ref-1")),)


def leaves(value: object) -> Iterator[str]:
    """Every text of the item, and the numbers of its dates."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"id", "type", "et-al"}:
                yield from leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner)
    else:
        yield str(value)


def plain(text: str) -> str:
    for written, sign in UNESCAPED.items():
        text = text.replace(written, sign)
    return re.sub(r"\s+", " ", text)


def lost(item: CslItem, told: str) -> list[str]:
    item = msgspec.structs.replace(item, language="")
    texts = [part for leaf in leaves(msgspec.to_builtins(item)) for part in re.split("[-/]", leaf)]
    return [text for text in texts if text not in told]


@pytest.mark.parametrize("name", CASES)
def test_bibtex_tells_two_readers_every_field(name: str) -> None:
    item = CASES[name]
    text = bibtex.render(of(item)).decode()
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert lost(item, plain(" | ".join(str(field.value) for field in library.entries[0].fields))) == []
    entry = next(iter(parse_string(text, "bibtex").entries.values()))
    people = [str(person) for role in entry.persons.values() for person in role]
    assert lost(item, plain(" | ".join((*entry.fields.values(), *people)))) == []
    assert len(entry.persons["author"]) == len(item.author) + (item.custom.get("et-al") == "true")


@pytest.mark.parametrize("name", CASES)
def test_ris_tells_every_field(name: str) -> None:
    item = CASES[name]
    record = rispy.loads(ris.render(of(item)).decode())[0]
    told = " | ".join(text for value in record.values() for text in ([value] if isinstance(value, str) else value))
    assert lost(item, told) == []
    assert len(record["authors"]) == len(item.author)


def test_names_keep_their_parts_in_bibtex() -> None:
    text = bibtex.render(of(CASES["suffix, particle, article number"])).decode()
    people = next(iter(parse_string(text, "bibtex").entries.values())).persons["author"]
    assert [person.lineage_names for person in people] == [["Jr"], [], []]
    assert [(person.prelast_names, person.last_names) for person in people[1:]] == [
        (["van", "den"], ["Berg"]),
        ([], ["O'Rourke"]),
    ]


def test_languages_are_told() -> None:
    text = bibtex.render(of(CASES["patent"])).decode()
    assert "langid = {chinese}" in text
    assert rispy.loads(ris.render(of(CASES["patent"])).decode())[0]["language"] == "zh-CN"


def test_types_are_told_apart() -> None:
    kinds = ["patent", "webpage", "dataset", "software", "map", "standard", "report", "article-newspaper", "document"]
    entries = [bibtex.render(of(CslItem(type=kind, title="x"))).decode() for kind in kinds]
    assert len(set(entries)) == len(kinds)


GBT = {
    "corporate author": "[1] World Health Organization. World health statistics 2020[M]. Geneva: "
    "World Health Organization, 2020.",
    "list cut short": "[1] 王伟, 欧阳娜娜, 某协作组, 等. 间充质干细胞治疗SOD1-G93A小鼠[J]. "
    "中国组织工程研究, 2020, 24(1): 1-5.",
    "online with access date": "[1] 中华医学会. 肌萎缩侧索硬化专家共识[EB/OL]. (2018-05-01)[2020-03-15]. "
    "http://www.cma.org.cn/a_b/c.html?x=1&y=%20#z.",
    "patent": "[1] 姜锡洲. 一种温热外敷药制备方案: 88105607.3[P]. 1989-07-26.",
    "thesis": "[1] 张志祥. 间断动力系统的随机扰动[D]. 北京: 北京大学, 1998.",
}
VANCOUVER = {
    "online with access date": "1. 中华医学会. 肌萎缩侧索硬化专家共识 [Internet]. 2018 [cited 2020 Mar 15]. "
    "Available from: http://www.cma.org.cn/a_b/c.html?x=1&y=%20#z",
    "list cut short": "1. 王伟, 欧阳娜娜, 某协作组, 等. 间充质干细胞治疗SOD1-G93A小鼠. "
    "中国组织工程研究. 2020 Jan 8;24(1):1–5.",
}


@pytest.mark.parametrize("name", GBT)
def test_a_gbt_list_has_them_all(name: str) -> None:
    assert bibliography.render(of(CASES[name]), "gb-t-7714").decode().strip() == GBT[name]


@pytest.mark.parametrize("name", VANCOUVER)
def test_a_vancouver_list_has_them_all(name: str) -> None:
    assert bibliography.render(of(CASES[name]), "vancouver").decode().strip() == VANCOUVER[name]


def test_et_al_follows_the_names_without_a_word_between() -> None:
    cut = bibliography.render(of(CASES["list cut short"]), "apa").decode()
    assert cut.startswith("王伟, 欧阳娜娜, 某协作组, 等. (2020")


texts = st.text(st.sampled_from("ab 干细胞%&#_{}\\~^$@\"'=<>-."), min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=40, deadline=None)
@given(title=texts, container=texts, publisher=texts, note=texts)
def test_odd_signs_break_no_record(title: str, container: str, publisher: str, note: str) -> None:
    item = CslItem(type="book", title=title, container_title=container, publisher=publisher, note=note)
    library = bibtexparser.parse_string(bibtex.render(of(item)).decode())
    assert not library.failed_blocks
    assert len(library.entries) == 1
    record = rispy.loads(ris.render(of(item)).decode())[0]
    told = [record["title"], record["secondary_title"], record["publisher"], record["notes"][0]]
    assert [text.split() for text in told] == [text.split() for text in (title, container, publisher, note)]
