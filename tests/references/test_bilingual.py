"""An entry printed in two languages is one reference: what is printed first, the translation kept as a note."""

from __future__ import annotations

import pytest

from recover.stages.references.parse import parse_reference
from recover.stages.references.preparation import part_languages

CHINESE = "周以宁, 秦望舒. 血清标志物的随访研究[J]. 临江医药学报, 2019, 36(5): 441-446."
ENGLISH = (
    "ZHOU Y N, QIN W S. A follow-up study of serum markers[J]. Acta Med Linjiang, 2019, 36(5): 441-446 (in Chinese)."
)
CLOSED = "10.19999/j.ljyyxb.2019.05.007."


@pytest.mark.parametrize("between", [" ", "", f" DOI: {CLOSED} ", f" DOI: {CLOSED}"])
def test_the_translation_behind_a_chinese_entry_is_a_note(between: str) -> None:
    item = parse_reference(f"[2] {CHINESE}{between}{ENGLISH}").csl
    assert (item.title, item.container_title) == ("血清标志物的随访研究", "临江医药学报")
    assert (item.volume, item.issue, item.page) == ("36", "5", "441-446")
    assert item.note == ENGLISH
    assert item.DOI in between
    assert bool(item.DOI) == ("DOI" in between)


def test_the_chinese_behind_an_english_entry_is_a_note() -> None:
    item = parse_reference(f"{ENGLISH} {CHINESE}").csl
    assert (item.title, item.page, item.note) == ("A follow-up study of serum markers", "441-446", CHINESE)
    bracketed = part_languages(
        "Zhou YN. Serum markers. Acta Med Linjiang, 2019, 36: 441-446 [周以宁. 标志物. 学报, 2019, 36: 441-446]."
    )
    assert bracketed.first == "Zhou YN. Serum markers. Acta Med Linjiang, 2019, 36: 441-446"


def test_a_body_and_a_book_part_like_persons_and_articles() -> None:
    chinese = "临江省检验学会. 标本采集规范: T/LJ 006—2023[S]. 临江: 临江标准出版社, 2023."
    english = "Linjiang Society of Laboratory Medicine. Samples: T/LJ 006—2023[S]. Linjiang: Standards Press, 2023."
    item = parse_reference(f"{chinese} {english}").csl
    assert (item.publisher, item.number, item.note) == ("临江标准出版社", "T/LJ 006—2023", english)


def test_what_is_only_said_to_be_in_chinese_is_no_part_of_the_pages() -> None:
    item = parse_reference(ENGLISH).csl
    assert (item.page, item.note) == ("441-446", "in Chinese")


@pytest.mark.parametrize(
    "raw",
    [
        CHINESE,
        "周以宁. SOD1 in ALS patients of Linjiang 2018[J]. 临江医药学报, 2019, 36(5): 441-446.",
        "ZHOU Y N. Serum markers in 2018[J]. 临江医药学报, 2019, 36(5): 441-446.",
        "周以宁. 标志物[EB/OL]. (2019-03-02)[2020-01-01]. https://www.linjiang.example/2019/Markers.html.",
    ],
)
def test_one_reference_is_not_cut(raw: str) -> None:
    assert part_languages(raw).translation == ""
