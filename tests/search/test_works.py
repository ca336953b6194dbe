from __future__ import annotations

import pytest

from recover.search.works import Copy, merge
from recover.stages.references.parse import parse_reference

FIRST = "Dunmore A, Corvin B. Transport of river sediment under drought. Ann Field Res. 2011;14(3):201-208."


def copies(*entries: str) -> list[Copy]:
    return [
        Copy(paper=f"paper-{number}", number=1, raw=entry, csl=parse_reference(entry, 1).csl, confidence=0.9)
        for number, entry in enumerate(entries)
    ]


@pytest.mark.parametrize(
    "other",
    [
        FIRST,
        "DUNMORE A, CORVIN B. Transport of river sediment under drought[J]. Ann Field Res, 2011, 14(3): 201-208.",
        "Dunmore A, Corvin B. Transp0rt of river sedirnent under drought. Ann Field Res. 2011;14(3):201-208.",
        "Dunmore A, Corvin B. Transport of river sediment under drought. Ann Field Res. 2071;14(3):201-208.",
    ],
)
def test_entries_of_one_work_are_one(other: str) -> None:
    (work,) = merge(copies(FIRST, other))
    assert work.papers == 2


@pytest.mark.parametrize(
    "other",
    [
        "Dunmore A, Corvin B. Transport of river sediment under drought: part 2. Ann Field Res. 2012;15(1):11-18.",
        "Dunmore A, Corvin B. Ageing of urban noise under drought. Ann Field Res. 2011;14(3):301-308.",
        "Holloway C. Transport of river sediment under drought. Acta Probata. 1999;3(2):44-51.",
    ],
)
def test_other_works_stay_apart(other: str) -> None:
    assert len(merge(copies(FIRST, other))) == 2


def test_a_misread_field_is_mended_by_its_better_copies_and_told() -> None:
    wrong = FIRST.replace("2011", "2017")
    (work,) = merge(copies(FIRST, FIRST, wrong))
    assert work.csl.issued is not None
    assert work.csl.issued.date_parts == ((2011,),)
    assert [(one.copy, one.field, one.was, one.now) for one in work.mended] == [
        ("paper-2 [1]", "issued", "2017", "2011")
    ]


def test_the_most_cited_come_first() -> None:
    lonely = "Holloway C. Mapping of lake algae in mice. Acta Probata. 1999;3(2):44-51."
    assert [work.papers for work in merge(copies(lonely, FIRST, FIRST))] == [2, 1]
