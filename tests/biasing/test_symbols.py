"""1, I and l in a symbol are settled by all the places that write it, unless the reader was sure of one."""

from __future__ import annotations

import pytest

from recover.model.page import PageReading
from recover.stages.biasing.symbols import settle_symbols
from tests.biasing.test_wording import page


def read(text: str, other: str, share: float, own: float = 0.6) -> PageReading:
    """A page on which the symbol's last character is in doubt."""
    return page(text, len(text) - 1, other, share, own)


def texts(*pages: PageReading) -> list[str]:
    return [one.regions[0].lines[0].text for one in settle_symbols(pages)]


CLEAR = page("携带SOD1", 0, "推", 0.001, 0.999)


def test_the_places_of_a_symbol_are_settled_together_and_say_so() -> None:
    places = [CLEAR, read("患者SOD1", "I", 0.1), read("突变SODI", "1", 0.19, 0.8)]
    assert texts(*places) == ["携带SOD1", "患者SOD1", "突变SOD1"]
    (correction,) = settle_symbols(places)[-1].corrections
    assert (correction.was, correction.now) == ("I", "1")
    assert "3 places together are e^" in correction.evidence


@pytest.mark.parametrize(
    "places",
    [
        [read("突变SODI", "1", 0.3)],  # one place
        [CLEAR, read("突变SODI", "1", 0.01, 0.98)],  # the reader was sure
        [CLEAR, read("突变SODI", "]", 0.3)],  # the other was not seen
        [read("患者SOD1", "I", 0.4, 0.5), read("突变SODI", "1", 0.4, 0.5)],  # neither is ahead
        [page("第1I", 0, "弟", 0.001, 0.999), read("第II", "1", 0.3)],  # no symbol, only a number
    ],
)
def test_what_stays(places: list[PageReading]) -> None:
    assert texts(*places) == [one.regions[0].lines[0].text for one in places]


def test_an_acid_behind_a_symbol_is_no_part_of_it() -> None:
    assert texts(CLEAR, page("针对SODImRNA", 5, "1", 0.2, 0.7)) == ["携带SOD1", "针对SOD1mRNA"]
