"""English words that nobody knows as they were read are respelled from the letters their reader saw; names are not."""

from __future__ import annotations

import msgspec
import pytest

from recover.model.page import Alternative, Doubt, PageReading, Region
from recover.stages.biasing.spelling import settle_spelling
from tests.printed_lines import make_line


def page(*texts: str, doubts: dict[int, tuple[str, float]] | None = None, own: float = 0.6) -> PageReading:
    """A region of lines; ``doubts`` holds, by offset in the first line, another letter and its posterior."""
    lines = [make_line(text, 0, 20 * row, name=f"l{row}") for row, text in enumerate(texts)]
    doubts = doubts or {}
    confidences = tuple(own if at in doubts else 0.99 for at in range(len(texts[0])))
    told = tuple(Doubt(at, (Alternative(text, share, "p"),)) for at, (text, share) in doubts.items())
    lines[0] = msgspec.structs.replace(lines[0], confidences=confidences, doubts=told)
    return PageReading(
        index=0,
        width=600,
        height=800,
        dpi=200,
        regions=(Region(id="r1", kind="text", box=lines[0].box, lines=tuple(lines)),),
    )


def spelled(*pages: PageReading) -> str:
    return settle_spelling(pages)[0].regions[0].lines[0].text


def test_a_word_becomes_the_one_its_letters_may_be_and_says_so() -> None:
    (settled,) = settle_spelling([page("Nenroscience Research", doubts={2: ("u", 0.3)})])
    assert settled.regions[0].lines[0].text == "Neuroscience Research"
    (correction,) = settled.corrections
    assert (correction.was, correction.now, correction.why) == ("n", "u", "the word's spelling")
    assert "Neuroscience is a word, Nenroscience is on no list" in correction.evidence


def test_several_letters_of_a_word_and_one_too_many() -> None:
    assert spelled(page("cells diseuss it", doubts={9: ("c", 0.4), 10: ("u", 0.1)})) == "cells discuss it"
    assert spelled(page("the stemm cells", doubts={8: ("", 0.3)})) == "the stem cells"


@pytest.mark.parametrize(
    ("text", "at", "letter", "share"),
    [
        ("neuroscience", 2, "n", 0.3),  # a word as it is
        ("Nenroscience", 2, "o", 0.3),  # no word either way
        ("KADOYE K. Spinal cord", 5, "A", 0.3),  # capitals: a name
        ("Ameriea KM, Nagoshi N", 5, "c", 0.3),  # initials follow
        ("R. Ameriea and others", 8, "c", 0.3),  # initials precede
        ("SOD1G93a", 2, "b", 0.3),  # part of a symbol
        ("in", 0, "o", 0.3),  # too short to tell
    ],
)
def test_what_stays(text: str, at: int, letter: str, share: float) -> None:
    assert spelled(page(text, doubts={at: (letter, share)})) == text


def test_a_half_of_a_broken_word_is_no_word() -> None:
    assert spelled(page("the reha-", "bilitation", doubts={7: ("e", 0.3)})) == "the reha-"


def test_what_the_document_writes_itself_is_known() -> None:
    others = page("the tranilase assay, a tranilase")
    assert spelled(page("the tranilase", doubts={11: ("t", 0.4)}), others) == "the tranilase"
    assert spelled(page("the tranilose", doubts={10: ("a", 0.4)}), others) == "the tranilase"


def test_two_words_as_likely_leave_it_as_read() -> None:
    reading = page("xat here", doubts={0: ("c", 0.2)})
    two = msgspec.structs.replace(
        reading.regions[0].lines[0],
        text="xate",
        lefts=(0.0, 1.0, 2.0, 3.0),
        rights=(1.0, 2.0, 3.0, 4.0),
        confidences=(0.6, 0.99, 0.99, 0.99),
        readers="pppp",
        doubts=(Doubt(0, (Alternative("r", 0.2, "p"), Alternative("l", 0.2, "p"))),),
    )
    whole = msgspec.structs.replace(reading, regions=(msgspec.structs.replace(reading.regions[0], lines=(two,)),))
    assert spelled(whole) == "xate"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("following intermitent hypoxia", "following intermittent hypoxia"),
        ("they difer fom it, diferentiate and", "they difer fom it, differentiate and"),
        ("in amytrophic sclerosis", "in amyotrophic sclerosis"),
        ("Intermitent", "Intermittent"),
        ("the Wanqing river", "the Wanqing river"),  # a name, a letter from a word
        ("of MolecularJ cells", "of MolecularJ cells"),  # what a bracket became
        ("the tranilase", "the tranilase"),  # near no word
    ],
)
def test_letters_lost_beside_a_doubt_come_back(text: str, printed: str) -> None:
    doubted = {at: ("ł", 0.003) for at, char in enumerate(text) if char.isalpha()}
    assert spelled(page(text, doubts=doubted, own=0.9)) == printed


def test_a_letter_that_came_back_shares_the_place_of_its_neighbour() -> None:
    before = page("intermitent", doubts={8: ("ł", 0.003)}, own=0.9)
    (settled,) = settle_spelling([before])
    line, was = settled.regions[0].lines[0], before.regions[0].lines[0]
    assert line.text == "intermittent"
    assert len(line.lefts) == len(line.confidences) == len(line.readers) == len(line.text)
    assert (line.lefts[7], line.rights[8]) == (was.lefts[7], was.rights[7])
    assert [doubt.at for doubt in line.doubts] == [9]
    (correction,) = settled.corrections
    assert (correction.was, correction.now) == ("t", "tt")


def test_a_word_that_was_surely_read_stays() -> None:
    assert spelled(page("intermitent", own=1.0)) == "intermitent"
