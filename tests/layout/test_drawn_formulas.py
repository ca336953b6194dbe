"""Formulas of drawn type, told from the characters and rules of typeset pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import typst

from recover.model.geometry import Box, Transform, enclose
from recover.stages.acquire.layer import read_layer
from recover.stages.layout.drawn_formulas import latex_of

# What is typeset, and what it says.
TOLD = {
    "x^(1/2) + y^(a/b)": r"x^{\frac{1}{2}} + y^{\frac{a}{b}}",
    "lim_(x -> 0) (sin x) / x = 1": r"\lim_{x \to 0}\frac{\sin x}{x} = 1",
    "hat(y) = tilde(beta)_0 + dot(x)": r"\hat{y} = \tilde{\beta}_{0} + \dot{x}",
    "x_(t_i)^2 + x^(y^2) + z_(i^2)": r"x_{t_{i}}^{2} + x^{y^{2}} + z_{i^{2}}",
    'attach(C, tl: 13) + ""^(14) C': r"{}^{13}C + {}^{14}C",
    "root(3, x + 1) / (2 a)": r"\frac{\sqrt[3]{x + 1}}{2a}",
    "sqrt(1 + sqrt(x^2 + y^2))": r"\sqrt{1 + \sqrt{x^{2} + y^{2}}}",
    "(overline(x) - mu) / (s / sqrt(n))": r"\frac{\overline{x} - \mu}{\frac{s}{\sqrt{n}}}",
    "sum_(i=1)^n sum_(j in S) a_(i j)": r"\sum_{i = 1}^{n}\sum_{j \in S}a_{ij}",
    '"得率" = m_1 / m_0 times 100%': r"\text{得率} = \frac{m_{1}}{m_{0}} \times 100\%",
    "bold(x)^T bold(A) >= 0.05": r"\mathbf{x}^{T}\mathbf{A} \ge 0.05",
    "1/(sqrt(2 pi) sigma) e^(-(x-mu)^2/(2 sigma^2))": (
        r"\frac{1}{\sqrt{2\pi}\sigma}e^{- \frac{(x - \mu)^{2}}{2\sigma^{2}}}"
    ),
    "k = A exp(-E_a/(R T))": r"k = A\exp\left( - \frac{E_{a}}{RT} \right)",
    "integral_0^oo f(t) dif t": r"\int_{0}^{\infty}f(t)\mathrm{d}t",
    'a = cases(x quad & "if" x > 0, 0 quad & "else")': (
        r"a = \begin{cases} x\quad\mathrm{if}x > 0 \\ 0\quad\mathrm{else} \end{cases}"
    ),
    "A &= sum_(k=1)^m B_k \\ &= 3 C - 1": r"\begin{aligned} A & = \sum_{k = 1}^{m}B_{k} \\  & = 3C - 1 \end{aligned}",
}
# Its parts don't tell what it says.
UNTOLD = (
    "binom(n, k) = 1",
    "mat(1, 2; 3, 4) x = b",
    "cancel(x) = y",
    'a underbrace(b + c, "text") d',
    "underline(x) + 1",
    "vec(1, 2, 3) = v",
)
RIM_PT, DPI = 4.0, 200


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str | None]:
    """What is told of each formula, typeset on a page of its own."""
    folder = tmp_path_factory.mktemp("drawn")
    head = (
        '#set page(width: 14cm, height: 5cm, margin: 1cm)\n#set text(font: "Noto Serif CJK SC", size: 10.5pt)\n'
        '#show math.equation: set text(font: ("New Computer Modern Math", "Noto Serif CJK SC"))\n'
    )
    sources = (*TOLD, *UNTOLD)
    (folder / "a.typ").write_text(head + "\n#pagebreak()\n".join(f"$ {one} $" for one in sources), encoding="utf-8")
    typst.compile(str(folder / "a.typ"), output=str(folder / "a.pdf"))
    with pdfium.PdfDocument(folder / "a.pdf") as document:
        return {source: read(page) for source, page in zip(sources, document, strict=True)}


def read(page: pdfium.PdfPage) -> str | None:
    characters = read_layer(page)
    whole = enclose(char.ink or char.box for char in characters)
    pixels = page.render(scale=DPI / 72, grayscale=True).to_numpy().squeeze()
    x0, y0, x1, y1 = (
        int(value * DPI / 72) for value in (whole.x0 - RIM_PT, whole.y0 - RIM_PT, whole.x1 + RIM_PT, whole.y1 + RIM_PT)
    )
    area = Box(*(value * 72 / DPI for value in (x0, y0, x1, y1)))
    return latex_of(characters, Transform(), pixels[y0:y1, x0:x1], area)


@pytest.mark.parametrize("source", TOLD)
def test_formulas_say_what_is_printed(source: str, told: Mapping[str, str | None]) -> None:
    assert told[source] == TOLD[source]


@pytest.mark.parametrize("source", UNTOLD)
def test_nothing_is_said_of_others(source: str, told: Mapping[str, str | None]) -> None:
    assert told[source] is None


def test_a_stroke_that_no_character_accounts_for_leaves_a_formula_untold(tmp_path: Path) -> None:
    """A letter that the layer lacks: drawn as a picture would be."""
    source = "#set page(width: 9cm, height: 3cm, margin: 1cm)\n$ a + #circle(radius: 3pt) + b $"
    (tmp_path / "a.typ").write_text(source, encoding="utf-8")
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    with pdfium.PdfDocument(tmp_path / "a.pdf") as document:
        assert read(document[0]) is None
