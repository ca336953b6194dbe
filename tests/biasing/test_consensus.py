"""What a reader wavers between again and again is settled by all places together, unless the wording says otherwise."""

from __future__ import annotations

import pytest

from recover.model.page import PageReading
from recover.stages.biasing.consensus import settle_together
from tests.biasing.test_wording import page


def read(text: str, other: str, share: float, own: float = 0.6) -> PageReading:
    """A page on which the second character is in doubt."""
    return page(text, 1, other, share, own)


def texts(pages: list[PageReading]) -> list[str]:
    return [one.regions[0].lines[0].text for one in settle_together(pages)]


def test_the_places_of_a_pair_are_settled_together_and_say_so() -> None:
    places = [read("东岭沈", "龄", 0.05), read("东岭顾", "龄", 0.1), read("东龄江", "岭", 0.3)]
    assert texts(places) == ["东岭沈", "东岭顾", "东岭江"]
    (correction,) = settle_together(places)[-1].corrections
    assert (correction.was, correction.now, correction.why) == ("龄", "岭", "the document's doubts of this pair")
    assert "3 places together are e^" in correction.evidence


@pytest.mark.parametrize(
    "places",
    [
        [read("东岭沈", "龄", 0.1), read("东龄江", "岭", 0.3)],  # too few places
        [read("东岭沈", "龄", 0.4), read("东岭顾", "龄", 0.5), read("东龄江", "岭", 0.3)],  # neither is much ahead
        [read("东岭沈", "龄", 0.02), read("东岭顾", "龄", 0.02), read("东龄江", "岭", 0.3)],  # hardly seen
        [read("东岭沈", "龄", 0.1), read("西岭顾", "龄", 0.1), read("南龄江", "岭", 0.3)],  # beside other neighbours
        [read("年岭沈", "龄", 0.1), read("年岭顾", "龄", 0.1), read("年龄大", "岭", 0.3)],  # 年龄 is a word
    ],
)
def test_what_stays(places: list[PageReading]) -> None:
    assert texts(places) == [one.regions[0].lines[0].text for one in places]
