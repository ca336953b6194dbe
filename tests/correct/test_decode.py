"""What is likely enough is done and told; a sure character needs two kinds of evidence; a text layer is left alone."""

from __future__ import annotations

import msgspec
import pytest

from recover.stages.correct.correct import carry_out, correct, decide
from recover.stages.correct.known import Known
from recover.stages.correct.place import Candidate
from recover.stages.correct.weights import Model, models
from tests.correct.doubtful_pages import doubtful_line, page_of, place_of, text_of

MARK = Candidate(kind="mark", start=2, was=".", now="，", share=0.3, own=0.6)
PLACE = place_of(doubtful_line("甲乙.丙丁", {2: [("，", 0.3)]}))


def model(threshold: float = 1.0, **groups: float) -> dict[str, Model]:
    """A model that gives each group's first feature of MARK a weight."""
    labels = {"reader": ("reader.pair", ".>，"), "neighbours": ("neighbours.both", "han han")}
    weights = {labels[name][0]: {labels[name][1]: value} for name, value in groups.items()}
    return {"mark": Model(bias=0.0, threshold=threshold, weights=weights)}


def test_a_likely_change_is_made_with_its_evidence() -> None:
    (decision,) = decide([MARK], PLACE, Known(), model(reader=2.0))
    assert (decision.confidence, decision.evidence["reader"]) == (0.8808, 2.0)
    line = carry_out(PLACE, [decision]).line
    assert (line.text, line.confidences[2]) == ("甲乙，丙丁", 0.8808)


def test_an_unlikely_one_is_not() -> None:
    assert decide([MARK], PLACE, Known(), model(threshold=2.5, reader=2.0)) == ()


@pytest.mark.parametrize(("groups", "taken"), [({"reader": 3.0}, 0), ({"reader": 2.0, "neighbours": 1.0}, 1)])
def test_what_its_reader_was_sure_of_needs_two_kinds_of_evidence(groups: dict[str, float], taken: int) -> None:
    sure = msgspec.structs.replace(MARK, own=0.999)
    assert len(decide([sure], PLACE, Known(), model(**groups))) == taken


@pytest.mark.parametrize(("latin", "own", "taken"), [("halved", 0.99, 0), ("halved", 0.9, 1), ("", 0.99, 1)])
def test_a_sure_full_width_comma_stays_where_a_squeezed_one_looks_like_half_a_cell(
    latin: str, own: float, taken: int
) -> None:
    one = Candidate(kind="width", start=2, was="，", now=",", own=own, sign=-1)
    place = msgspec.structs.replace(place_of(doubtful_line("甲乙，丙丁")), latin=latin)
    fitted = {"width": Model(bias=-9.0, threshold=1.0, weights={})}
    assert len(decide([one], place, Known(), fitted)) == taken
    tesseract = msgspec.structs.replace(place, line=msgspec.structs.replace(place.line, readers="eeeee"))
    assert not decide([one], tesseract, Known(), fitted)


def test_changes_beside_each_other_are_made_together_unless_one_puts_something_in() -> None:
    behind, lost = msgspec.structs.replace(MARK, start=3, was="丙"), msgspec.structs.replace(MARK, start=3, was="")
    assert len(decide([MARK, behind], PLACE, Known(), model(threshold=-9.0))) == 2
    assert len(decide([MARK, lost], PLACE, Known(), model(threshold=-9.0))) == 1


def test_the_likeliest_of_several_is_taken() -> None:
    other = msgspec.structs.replace(MARK, now="。")
    (decision,) = decide([other, MARK], PLACE, Known(), model(threshold=-1.0, reader=2.0))
    assert decision.candidate.now == "，"


def test_a_text_layer_is_left_alone() -> None:
    layer = msgspec.structs.replace(PLACE, line=msgspec.structs.replace(PLACE.line, readers="ttttt"))
    assert decide([MARK], layer, Known(), model(reader=9.0)) == ()


def test_every_kind_has_a_model_with_a_threshold_that_asks_for_more_than_a_guess() -> None:
    assert set(models()) == {
        "character", "first-width", "letter", "lost", "mark", "space", "term", "width", "word"
    }  # fmt: skip
    assert all(one.threshold >= 0.5 for one in models().values())


def test_every_change_is_recorded() -> None:
    line = doubtful_line("经过多次试验.我们得到了申方的同意", {6: [("，", 0.45)], 11: [("甲", 0.45)]}, own=0.5)
    (page,) = correct([page_of(line)])
    changed = sum(left != right for left, right in zip(line.text, text_of(page), strict=True))
    assert changed == len(page.corrections)
    assert all("right with" in one.evidence for one in page.corrections)
