"""Raised and lowered characters of real print, and print that only looks like it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from recover.model.page import Line
from recover.model.styles import read_styles, to_marks

Read = Callable[[str], tuple[Line, ...]]
FACES = ("libertinus", "sans", "computer-modern")


def marked(lines: Sequence[Line], kind: str) -> set[tuple[str, str]]:
    """What stands before each mark of a kind, and what it covers."""
    return {
        (line.text[: mark.start].replace(" ", "")[-4:], line.text[mark.start : mark.end])
        for line in lines
        for mark in to_marks(read_styles(line.styles, len(line.text)))
        if mark.kind == kind
    }


@pytest.mark.parametrize("face", FACES)
def test_raised_characters_are_told_from_their_ink(read_lines: Read, face: str) -> None:
    found = marked(read_lines(face), "sup")
    wanted = {("2×10", "6"), ("中Ca", "2+"), ("SOD1", "G93A"), ("动物用", "131"), ("kg/m", "2"), ("系数R", "2")}
    assert not {pair for pair in wanted if not any(pair[0][-2:] == one[-2:] and pair[1] == on for one, on in found)}


@pytest.mark.parametrize("face", FACES)
def test_lowered_characters_are_told_from_their_ink(read_lines: Read, face: str) -> None:
    found = {(before[-2:], text) for before, text in marked(read_lines(face), "sub")}
    assert {("SO", "4"), ("入H", "2"), ("CO", "2"), ("量n", "1"), ("速v", "max")} <= found


@pytest.mark.parametrize("face", FACES)
def test_a_star_behind_a_raised_figure_is_raised_with_it(read_lines: Read, face: str) -> None:
    assert ("大成", "2*") in {(before[-2:], text) for before, text in marked(read_lines(face), "sup")}


@pytest.mark.parametrize("face", FACES)
def test_nothing_else_is_marked(read_lines: Read, face: str) -> None:
    """Quotes, commas, underscores, dashes, `800×g`, and pages stand on the line."""
    lines = read_lines(face)
    texts = {text for _, text in marked(lines, "sup") | marked(lines, "sub")}
    assert texts <= {
        "6",
        "2+",
        "4",
        "2-",
        "2",
        "G93A",
        "131",
        "-5",
        "5",
        "1",
        "-3",
        "3",
        "-1",
        "-",
        "i",
        "-/-",
        "max",
        "2*",
        "0",
    }


def test_small_type_is_read_from_an_enlarged_picture(read_lines: Read) -> None:
    found = [marked(read_lines(face), "sup") | marked(read_lines(face), "sub") for face in FACES]
    assert all("O3" in {before[-2:] for before, text in pairs if text == "-"} for pairs in found)
    assert any("-/-" in {text for _, text in pairs} for pairs in found)


def test_no_minus_is_read_twice(doses: Sequence[Line]) -> None:
    """One that the reader gave is not put before the figure again by the second look."""
    text = " ".join(line.text for line in doses)
    assert len(re.findall(r"[-−–]\s?[12]", text)) >= 6
    assert not re.search(r"[-−–]\s?[-−–]|11|22(?!5)", text)


def test_unicode_figures_become_plain_ones(read_lines: Read) -> None:
    text = "".join(line.text for face in FACES for line in read_lines(face))
    assert not set(text) & set("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉")


@pytest.mark.parametrize("face", ["libertinus", "computer-modern"])
def test_slanted_words_are_italic_and_no_others(read_lines: Read, face: str) -> None:
    assert {text for _, text in marked(read_lines(face), "italic")} == {"Escherichia coli", "Drosophila"}


def test_upright_words_are_not(read_lines: Read) -> None:
    """The face has no italics: what asks for them is set upright."""
    assert marked(read_lines("sans"), "italic") == set()
