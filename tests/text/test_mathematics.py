"""LaTeX that formulas are kept as: what is written is read back the same, and nothing else is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.text.mathematics import (
    Accent,
    Fence,
    Fraction,
    Lines,
    Node,
    Root,
    Row,
    Scripts,
    Sign,
    UnknownLatex,
    from_latex,
    known_latex,
    to_latex,
)

signs = st.sampled_from(
    (
        Sign("x", "italic"), Sign("α", "italic"), Sign("Δ"), Sign("="), Sign("−"), Sign("%"), Sign("3.5", "number"),
        Sign("d", "upright"), Sign("ln", "upright"), Sign("得率 %", "words"), Sign("A", "bold"), Sign("∑"),
    )
)  # fmt: skip


def rows(inside: st.SearchStrategy[Node]) -> st.SearchStrategy[Row]:
    return st.lists(inside, min_size=1, max_size=3).map(_row)


def _row(parts: list[Node]) -> Row:
    """Two numbers side by side would be one."""
    kept = [part for at, part in enumerate(parts) if not (at and _is_number(part) and _is_number(parts[at - 1]))]
    return Row(tuple(kept))


def _is_number(node: Node) -> bool:
    return isinstance(node, Sign) and node.face == "number"


def built(inside: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    row = rows(inside)
    return st.one_of(
        st.builds(Fraction, row, row),
        st.builds(Root, row, st.none() | row),
        st.builds(Accent, row, st.sampled_from(("overline", "hat", "vec"))),
        st.builds(Scripts, signs, row, st.none() | row),
        st.builds(Fence, st.sampled_from("([{|"), row, st.sampled_from(")]}|")),
        st.builds(lambda one, two: Lines(((one, two), (two, one))), row, row),
        st.builds(lambda one, two: Fence("{", Lines(((one,), (two,))), ""), row, row),
    )


@given(rows(st.recursive(signs, built, max_leaves=12)))
def test_what_is_written_is_read_back(tree: Row) -> None:
    assert from_latex(to_latex(tree)) == tree


@pytest.mark.parametrize(
    "source",
    [
        r"\href{javascript:x}{y}",
        r"\frac{1}",
        "a}",
        r"\left( a",
        r"\begin{aligned} a",
        r"\input{x}",
        "a & b",
        "{" * 500,
    ],
)
def test_other_latex_is_not_read(source: str) -> None:
    with pytest.raises(UnknownLatex):
        from_latex(source)
    assert known_latex(source) == ""


def test_commands_do_not_run_into_letters() -> None:
    row = Row((Sign("α", "italic"), Sign("x", "italic"), Sign("="), Sign("β", "italic")))
    assert to_latex(row) == r"\alpha x = \beta"
