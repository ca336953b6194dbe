"""Names and journals that other entries have part what worn print ran together."""

from __future__ import annotations

import pytest

from recover.stages.references.entries import EntryLine, split_entries
from recover.stages.references.journals import with_authors
from recover.stages.references.parse import assemble, parse_reference, to_references
from recover.text.vocabulary import vocabulary

OTHERS = (
    "[1] 林若川, 周以宁. 干细胞移植的安全性与疗效[J]. 神经再生通讯, 2021, 9(5): 377-384.",
    "[2] 周以宁, 林若川. 骨髓细胞的分泌功能[J]. 神经再生通讯, 2020, 8(1): 11-19.",
)


@pytest.mark.parametrize(
    "worn",
    [
        "[3] 林若川周以宁. 不同剂量的移植效果[J]. 神经再生通讯, 2019, 7(2): 60-66.",
        "[3] 林若川, 周以宁不同剂量的移植效果[J]. 神经再生通讯, 2019, 7(2): 60-66.",
        "[3] 林若川, 周以宁. 不同剂量的移植效果神经再生通讯, 2019, 7(2): 60-66.",
        "[3] 林若川, 周以宁. 不同剂量的移植效果[J]. 神经再生通讯2019, 7(2): 60-66.",
        "[3] 林若川周以宁. 不同剂量的移植效果[J]. 神经再生通讯、2019, 7(2): 60-66.",
    ],
)
def test_an_entry_is_parted_as_the_others_are(worn: str) -> None:
    reference = assemble([EntryLine(text=text) for text in (*OTHERS, worn)])[-1]
    csl = reference.csl
    assert [name.literal or name.family for name in csl.author] == ["林若川", "周以宁"]
    assert (csl.title, csl.container_title, csl.page) == ("不同剂量的移植效果", "神经再生通讯", "60-66")
    assert reference.repairs
    assert reference.raw == worn, "what was printed stays on record"


def test_what_nobody_else_has_stays() -> None:
    worn = "[3] 沈亦舟顾松年. 不同剂量的移植效果[J]. 神经再生通讯, 2019, 7(2): 60-66."
    reference = assemble([EntryLine(text=text) for text in (*OTHERS, worn)])[-1]
    assert reference.csl.title == "不同剂量的移植效果"
    assert not reference.repairs


def test_well_printed_entries_are_not_touched() -> None:
    references = assemble([EntryLine(text=text) for text in OTHERS])
    assert [len(reference.csl.author) for reference in references] == [2, 2]
    assert not any(reference.repairs for reference in references)


def test_a_speck_within_a_journals_name_goes_where_another_entry_prints_it_without() -> None:
    worn = "[3] 沈亦舟. 不同剂量的移植效果[J]. 神经再生：通讯, 2019, 7(2): 60-66."
    reference = assemble([EntryLine(text=text) for text in (*OTHERS, worn)])[-1]
    assert reference.csl.container_title == "神经再生通讯"
    assert [(repair.was, repair.now) for repair in reference.repairs] == [("神经再生：通讯", "神经再生通讯")]
    alone = assemble([EntryLine(text=text) for text in (*OTHERS, worn.replace("神经再生：通讯", "医学：神经卷"))])[-1]
    assert alone.csl.container_title == "医学：神经卷"


def test_the_papers_own_authors_are_known() -> None:
    words = with_authors(vocabulary(["脊髓"]), ["沈亦舟", "顾松年", "A. Smith"])
    csl = parse_reference("沈亦舟顾松年. 不同剂量的移植效果[J]. 神经再生通讯, 2019, 7(2): 60-66.", words=words).csl
    assert [name.literal or name.family for name in csl.author] == ["沈亦舟", "顾松年"]


def test_a_stop_between_two_known_names_was_a_comma() -> None:
    words = with_authors(vocabulary(["脊髓"]), ["沈亦舟", "顾松年", "江望舒"])
    csl = parse_reference("沈亦舟.顾松年，江望舒.移植效果[J]. 神经再生, 2019, 7(2): 60-66.", words=words).csl
    assert [name.literal or name.family for name in csl.author] == ["沈亦舟", "顾松年", "江望舒"]
    assert csl.title == "移植效果"


def test_no_family_name_is_that_of_a_known_author() -> None:
    words = with_authors(vocabulary(["脊髓"]), ["沈亦舟", "顾松年"])

    def author(name: str) -> str:
        return (
            parse_reference(f"{name}. 脊髓损伤的修复[J]. 神经损伤, 2021, 16(2): 65-71.", words=words)
            .csl.author[0]
            .family
        )

    assert author("颤松年") == "顾松年"
    # Another's name, and one whose given name nobody has.
    assert author("颜松年") == "颜松年"
    assert author("颤松竹") == "颤松竹"
    assert author("巨松年") == "巨松年"


def test_fields_that_white_parts_get_no_signs() -> None:
    entries = (
        "[1] 林若川　周以宁　干细胞移植的安全性　神经再生通讯1985;26(3):62",
        "[2] 林若川　移植的效果　神经再生通讯1986;27(1):9",
    )
    references = assemble([EntryLine(text=text) for text in entries])
    assert [reference.repairs for reference in references] == [(), ()]
    assert [len(reference.csl.author) for reference in references] == [2, 1]
    assert references[0].csl.container_title == "神经再生通讯"


def test_what_is_mended_is_printed_once() -> None:
    worn = "[3] 林若川, 周以宁. 不同剂量的移植效果神经再生通讯, 2019, 7(2): 60-66."
    reference = assemble([EntryLine(text=text) for text in (*OTHERS, worn)])[-1]
    assert reference.text == "林若川, 周以宁. 不同剂量的移植效果. 神经再生通讯, 2019, 7(2): 60-66."


def test_a_misreading_of_an_authors_name_is_no_other_author() -> None:
    words = with_authors(vocabulary(["脊髓"]), ["沈亦舟", "顾松年"])
    entries = (
        "[1] 颜松年. 脊髓的修复[J]. 神经损伤, 2021, 16(2): 65-71.",
        "[2] 颤松年. 脊髓的重建[J]. 神经损伤, 2022, 17(2): 6-71.",
    )
    references = to_references(split_entries([EntryLine(text=text) for text in entries]), (), words)
    assert [reference.csl.author[0].family for reference in references] == ["颜松年", "顾松年"]


def test_a_stop_between_two_known_names() -> None:
    worn = "[3] 林若川.周以宁.不同剂量的移植效果[J]. 神经再生通讯, 2019, 7(2): 60-66."
    reference = assemble([EntryLine(text=text) for text in (*OTHERS, worn)])[-1]
    assert [name.family for name in reference.csl.author] == ["林若川", "周以宁"]
