"""Common words settle a doubt that the image leaves; a likelier image keeps its ground."""

import msgspec
import pytest

from recover.model.document import Correction
from recover.model.geometry import Box, Transform
from recover.model.page import Alternative, Doubt, Line, PageReading, Region
from recover.stages.biasing.wording import settle_words


def page(text: str, at: int, other: str, share: float, own: float) -> PageReading:
    line = Line(
        id="l1",
        text=text,
        box=Box(0, 0, 10 * len(text), 10),
        lefts=tuple(10.0 * place for place in range(len(text))),
        rights=tuple(10.0 * place + 10 for place in range(len(text))),
        confidences=tuple(own if place == at else 0.999 for place in range(len(text))),
        readers="p" * len(text),
        doubts=(Doubt(at, (Alternative(other, share, "p"),)),),
    )
    region = Region(id="r1", kind="text", box=Box(0, 0, 500, 500), lines=(line,))
    return PageReading(index=3, width=595, height=842, dpi=200, regions=(region,), to_page=Transform(c=100, f=50))


@pytest.mark.parametrize(
    ("text", "at", "other", "now"),
    [
        ("所用制量相差", 2, "剂", "所用剂量相差"),
        ("由惠者皮肤", 1, "患", "由患者皮肤"),
        ("表达人类实变基因", 4, "突", "表达人类突变基因"),
    ],
)
def test_a_word_settles_a_doubt_and_says_so(text: str, at: int, other: str, now: str) -> None:
    settled = settle_words(page(text, at, other, 0.3, 0.6))
    assert settled.regions[0].lines[0].text == now
    (correction,) = settled.corrections
    assert (correction.was, correction.now, correction.page) == (text[at], other, 3)
    assert correction.box == Box(100 + 10 * at, 50, 110 + 10 * at, 60)
    assert f"{other} 0.300 for {text[at]} 0.600" in correction.evidence
    # What was read stays among the doubts.
    assert settled.regions[0].lines[0].doubts[0].alternatives[0].text == text[at]


@pytest.mark.parametrize(
    ("text", "at", "other", "share", "own"),
    [
        ("所用制量相差", 2, "剂", 0.004, 0.99),  # the image speaks against it
        ("所用剂量相差", 2, "制", 0.4, 0.6),  # the wording speaks against it
        ("陆知远与江间医", 2, "的", 0.2, 0.6),  # no word of several, only a frequent character
        ("dose制 x", 4, "l", 0.4, 0.6),  # no Chinese character
    ],
)
def test_a_right_reading_keeps_its_ground(text: str, at: int, other: str, share: float, own: float) -> None:
    before = page(text, at, other, share, own)
    assert settle_words(before) is before


def test_a_term_as_it_was_read_stays() -> None:
    before = page("行肌内注射时", 2, "肉", 0.3, 0.6)
    assert settle_words(before).regions[0].lines[0].text == "行肌肉注射时"
    assert settle_words(before, {"肌内注射"}) is before


def test_what_another_pass_settled_is_not_undone() -> None:
    reading = page("行肌内注射时", 2, "肉", 0.3, 0.6)
    settled = Correction(
        page=3, box=Box(120, 50, 130, 60), was="肉", now="内", why="the document's own words", evidence=""
    )
    before = msgspec.structs.replace(reading, corrections=(settled,))
    assert settle_words(before) is before
