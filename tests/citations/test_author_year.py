"""Citations by author and year, in brackets and behind names, in Chinese and English."""

from __future__ import annotations

import pytest

from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import Reference
from recover.stages.citations.marks import AuthorYears


def entry(family: str, given: str, year: int, raw: str = "") -> Reference:
    issued = CslDate(date_parts=((year,),))
    return Reference(
        number=0, raw=raw or family, csl=CslItem(author=(CslName(family=family, given=given),), issued=issued)
    )


LIST = (
    entry("陶", "知行", 2012),
    entry("孔", "令谦", 2016, "孔令谦，2016a. 水利志"),
    entry("孔", "令谦", 2016, "孔令谦，2016b. 农书考"),
    entry("Harris", "R", 2004),
    entry("Lin", "X", 2009),
)


def told(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(text[item.start : item.end], item.references) for item in AuthorYears(LIST).citations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("根系较深（陶知行，2012）。", [("陶知行，2012", (0,))]),
        (
            "根系较深（参见陶知行等，2012；Harris & Cox, 2004）。",
            [("陶知行等，2012", (0,)), ("Harris & Cox, 2004", (3,))],
        ),
        ("陶知行（2012）指出", [("陶知行（2012）", (0,))]),
        ("陶知行和孔令谦(2012)认为", [("陶知行和孔令谦(2012)", (0,))]),
        ("Harris et al. (2004) showed", [("Harris et al. (2004)", (3,))]),
        ("见前人论述（孔令谦，2016b：15）", [("孔令谦，2016b", (2,))]),
        ("同前（孔令谦，2016a，2016b）", [("孔令谦，2016a，2016b", (1, 2))]),
        ("依陶知行（2012：33-35）的说法", [("陶知行（2012：33-35）", (0,))]),
    ],
)
def test_citations(text: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    ["于2012年（见表2）", "某县志（2012）记载", "Lindgren (2009) and others", "（陶知行，2013）", "共120例（2012年）"],
)
def test_no_citations(text: str) -> None:
    assert told(text) == []
