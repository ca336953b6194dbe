"""Rules and tints that a page of drawn type says it draws, whatever its picture shows of them."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from recover.model.geometry import Box
from recover.stages.acquire.pdf import drawn_rules


def made(folder: Path, content: str, *, crop: tuple[int, int, int, int] | None = None, turn: int = 0) -> Path:
    """A page of 200 x 300 points with such content."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 300))
    page.Contents = pdf.make_stream(content.encode())
    if crop:
        page.CropBox = pikepdf.Array(list(crop))
    if turn:
        page.Rotate = turn
    pdf.save(folder / "drawn.pdf")
    return folder / "drawn.pdf"


def test_pale_hairlines_are_rules(tmp_path: Path) -> None:
    across, down = drawn_rules(made(tmp_path, "0.85 G 0.1 w 20 250 m 180 250 l S 100 250 m 100 150 l S"), None, 0)
    assert across == (Box(20, 50, 180, 50),)
    assert down == (Box(100, 50, 100, 150),)


def test_a_thin_rectangle_is_one_rule(tmp_path: Path) -> None:
    across, down = drawn_rules(made(tmp_path, "0 g 20 249.5 160 0.5 re f"), None, 0)
    assert [(rule.x0, rule.x1) for rule in across] == [(20, 180)]
    assert down == ()


def test_tints_have_edges_where_their_colour_ends(tmp_path: Path) -> None:
    content = "0.9 g 20 200 80 20 re f 100 200 80 20 re f 0.8 g 20 180 160 20 re f"
    across, down = drawn_rules(made(tmp_path, content), None, 0)
    assert [rule.y0 for rule in across] == [80, 80, 100, 100, 100, 120]
    assert [rule.x0 for rule in down] == [20, 20, 180, 180]


@pytest.mark.parametrize("content", ["1 g 20 200 80 20 re f", "0.9 g 0 0 200 300 re f", "1 G 20 250 m 180 250 l S"])
def test_what_nobody_sees_is_no_rule(content: str, tmp_path: Path) -> None:
    assert drawn_rules(made(tmp_path, content), None, 0) == ((), ())


def test_places_are_those_of_the_page_as_it_is_shown(tmp_path: Path) -> None:
    content = "0 G 20 250 m 180 250 l S"
    assert drawn_rules(made(tmp_path, content, crop=(10, 10, 190, 290)), None, 0)[0] == (Box(10, 40, 170, 40),)
    across, down = drawn_rules(made(tmp_path, content, turn=90), None, 0)
    assert (across, down) == ((), (Box(250, 20, 250, 180),))


def test_a_damaged_page_has_none(tmp_path: Path) -> None:
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.4\n1 0 obj << /Type /Catalog >>")
    assert drawn_rules(tmp_path / "torn.pdf", None, 0) == ((), ())
