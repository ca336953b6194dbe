"""What a document writes often settles a doubt in the same word; what it writes as often otherwise does not."""

import pytest

from recover.model.page import PageReading
from recover.stages.biasing.repeated import settle_repeated
from tests.biasing.test_wording import page

DOUBTFUL = page("问方以画、沈亦舟", 3, "蓝", 0.3, 0.6)


def elsewhere(*texts: str) -> list[PageReading]:
    """Pages without a doubt."""
    return [page(text, 0, "", 0.0, 0.999) for text in texts]


def test_a_name_read_well_elsewhere_settles_a_doubt_and_says_so() -> None:
    pages = settle_repeated([*elsewhere(*["方以蓝，顾松年"] * 5), DOUBTFUL])
    assert pages[-1].regions[0].lines[0].text == "问方以蓝、沈亦舟"
    (correction,) = pages[-1].corrections
    assert (correction.was, correction.now, correction.why) == ("画", "蓝", "the document's own words")
    assert "written so 5 times elsewhere, as read 0 times" in correction.evidence


@pytest.mark.parametrize(
    ("others", "doubtful"),
    [
        (["方以蓝，顾松年"], DOUBTFUL),  # once is chance
        (["方以蓝，方以画"] * 5, DOUBTFUL),  # both are names of the document
        (["方以蓝，顾松年"] * 5, page("问方以画、沈亦舟", 3, "蓝", 0.02, 0.97)),  # the image speaks against it
        (["方以绿，顾松年"] * 5, DOUBTFUL),  # a name the reader did not see
    ],
)
def test_a_right_reading_keeps_its_ground(others: list[str], doubtful: PageReading) -> None:
    assert settle_repeated([*elsewhere(*others), doubtful])[-1] is doubtful


UNREAD = page("方以画、沈亦舟", 2, "晶", 0.2, 0.3)


def test_a_character_that_its_reader_hardly_saw_is_what_the_document_has_there() -> None:
    pages = settle_repeated([*elsewhere(*["方以蓝，顾松年"] * 5), UNREAD])
    assert pages[-1].regions[0].lines[0].text == "方以蓝、沈亦舟"


@pytest.mark.parametrize(
    ("others", "doubtful"),
    [
        (["方以蓝，顾松年"] * 2, UNREAD),  # too seldom for what nobody saw
        (["方以蓝，顾松年", "方以绿，顾松年"] * 5, UNREAD),  # two names fit as well
        (["方以蓝，顾松年"] * 5, page("方以画、沈亦舟", 2, "晶", 0.02, 0.9)),  # its reader did see something
        (["方以蓝，顾松年"] * 5, page("方以画沈亦舟", 2, "晶", 0.2, 0.3)),  # another word goes on behind it
    ],
)
def test_what_nobody_saw_takes_more(others: list[str], doubtful: PageReading) -> None:
    assert settle_repeated([*elsewhere(*others), doubtful])[-1] is doubtful


def test_witnesses_that_were_doubted_count_for_less() -> None:
    witnesses = [page("方以蓝，顾松年", 2, "", 0.0, 0.8) for _ in range(3)]
    assert settle_repeated([*witnesses, DOUBTFUL])[-1] is DOUBTFUL
    (*_, settled) = settle_repeated([*witnesses, *elsewhere("方以蓝，顾松年"), DOUBTFUL])
    assert settled.regions[0].lines[0].text == "问方以蓝、沈亦舟"


def test_less_is_enough_where_the_image_all_but_allows_it() -> None:
    witnesses = [page("方以蓝，顾松年", 2, "", 0.0, 0.8), *elsewhere("方以蓝，顾松年")]
    (*_, settled) = settle_repeated([*witnesses, page("问方以画、沈亦舟", 3, "蓝", 0.4, 0.5)])
    assert settled.regions[0].lines[0].text == "问方以蓝、沈亦舟"
    (*_, kept) = settle_repeated([*witnesses, page("问方以画、沈亦舟", 3, "蓝", 0.1, 0.5)])
    assert kept.corrections == ()
