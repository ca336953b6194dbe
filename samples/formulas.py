"""Pages of made-up sentences with display formulas of three kinds among them, typeset and worn like scans."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import msgspec
import typst

from samples.marks.sentences import Half, plain_sentences
from samples.markup import typst_content
from samples.wear import wear_pdf

# Tall ones with fractions and sums, single lines, both numbered or not; ``{a}`` … are letters.
TALL = (
    "{a} = (sum_(i=1)^n {b}_i) / {c} times 100%",
    "{a}_c = (1 times 10^4) / (0.0915 + {b} / {c}_w)",
    "overline({a}) = 1/n sum_(j=1)^n {b}_j",
    "{a} = sqrt((sum_(i=1)^n ({b}_i - {c})^2) / (n - 1))",
    "{a} = integral_0^oo {b}(t) e^(-{c} t) dif t",
    "{a}(x) = {b} / (1 + e^(-{c}(x - x_0)))",
)
LINE = (
    "{a} = {b} + {c} x + epsilon",
    "{a}^2 + {b}^2 = {c}^2",
    "{a} = {b} times ln({c} + 1)",
    "Delta {a} = {b}_1 - {b}_2 >= 0",
    "{a}_t = alpha {b}_(t-1) + (1 - alpha) {c}_t",
    "{a} = 0.35 {b} - 1.27 {c} + 4.6",
)
STACK = (
    "{a} &= {b} + 2 {c} \\ &= 3 {c} - 1",
    "{a}(x) = cases({b} x + 1 quad & x < 0, {c} x^2 quad & x >= 0)",
    "{a} &= product_(k=1)^m {b}_k \\ {c} &= {b} - 1",
)
# What each says, in LaTeX.
LATEX = dict(
    zip(
        (*TALL, *LINE, *STACK),
        (
            r"{a} = \frac{{\sum_{{i = 1}}^{{n}}{b}_{{i}}}}{{{c}}} \times 100\%",
            r"{a}_{{c}} = \frac{{1 \times 10^{{4}}}}{{0.0915 + \frac{{{b}}}{{{c}_{{w}}}}}}",
            r"\overline{{{a}}} = \frac{{1}}{{n}}\sum_{{j = 1}}^{{n}}{b}_{{j}}",
            r"{a} = \sqrt{{\frac{{\sum_{{i = 1}}^{{n}}({b}_{{i}} - {c})^{{2}}}}{{n - 1}}}}",
            r"{a} = \int_{{0}}^{{\infty}}{b}(t)e^{{- {c}t}}\mathrm{{d}}t",
            r"{a}(x) = \frac{{{b}}}{{1 + e^{{- {c}(x - x_{{0}})}}}}",
            r"{a} = {b} + {c}x + \varepsilon",
            r"{a}^{{2}} + {b}^{{2}} = {c}^{{2}}",
            r"{a} = {b} \times \ln({c} + 1)",
            r"\Delta {a} = {b}_{{1}} - {b}_{{2}} \ge 0",
            r"{a}_{{t}} = \alpha {b}_{{t - 1}} + (1 - \alpha){c}_{{t}}",
            r"{a} = 0.35{b} - 1.27{c} + 4.6",
            r"\begin{{aligned}} {a} & = {b} + 2{c} \\  & = 3{c} - 1 \end{{aligned}}",
            r"{a}(x) = \begin{{cases}} {b}x + 1\quad x < 0 \\ {c}x^{{2}}\quad x \ge 0 \end{{cases}}",
            r"\begin{{aligned}} {a} & = \prod_{{k = 1}}^{{m}}{b}_{{k}} \\ {c} & = {b} - 1 \end{{aligned}}",
        ),
        strict=True,
    )
)
LETTERS = "ABCDEFGHKLMPQRSTVWY"


class Layout(msgspec.Struct, frozen=True):
    """A page's typeface, size and columns."""

    name: str
    fonts: tuple[str, ...]
    size_pt: float
    columns: int
    dpi: int


LAYOUTS: dict[Half, tuple[Layout, ...]] = {
    "seen": (
        Layout("serif", ("Noto Serif CJK SC",), 10.5, 1, 200),
        Layout("sans-two", ("Noto Sans CJK SC",), 9.5, 2, 200),
        Layout("libertinus", ("Libertinus Serif", "Noto Serif CJK SC"), 10.5, 1, 300),
    ),
    "unseen": (
        Layout("cm-two", ("New Computer Modern", "Noto Serif CJK SC"), 10, 2, 300),
        Layout("dejavu", ("DejaVu Serif", "Noto Serif CJK SC"), 9.5, 1, 200),
        Layout("serif-150", ("Noto Serif CJK SC",), 11, 1, 150),
    ),
}
FORMULAS = 9


class Item(msgspec.Struct, frozen=True):
    """A paragraph (``text``), or a formula with its printed number and its LaTeX."""

    kind: str
    text: str
    label: str = ""
    latex: str = ""


def items(half: Half, page: int) -> tuple[Item, ...]:
    """A page's paragraphs, a formula behind every one or two."""
    chance = random.Random(f"{half}{page}")  # noqa: S311 sentences, no secrets
    texts = list(plain_sentences(half, 2 * FORMULAS, seed=page + 40))
    kinds = [TALL, LINE, STACK] * FORMULAS
    found: list[Item] = []
    for number in range(FORMULAS):
        found.append(Item("text", texts[2 * number]))
        letters = chance.sample(LETTERS, 3)
        template, named = chance.choice(kinds[number]), dict(zip("abc", letters, strict=True))
        label = f"({number + 1})" if kinds[number] is not STACK and chance.random() < 0.7 else ""
        found.append(Item("formula", template.format(**named), label, LATEX[template].format(**named)))
        if number % 2:
            found.append(Item("text", texts[2 * number + 1]))
    return tuple(found)


def typeset(content: tuple[Item, ...], layout: Layout, pdf: Path) -> None:
    fonts = "(" + "".join(f'"{font}", ' for font in layout.fonts) + ")"
    head = f"""
#set page(paper: "a4", margin: 2.2cm, columns: {layout.columns})
#set text(font: {fonts}, size: {layout.size_pt}pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 0.75em, spacing: 0.75em, first-line-indent: (amount: 2em, all: true))
#show math.equation: set text(font: "New Computer Modern Math")
"""
    parts = []
    for item in content:
        if item.kind == "text":
            parts.append(typst_content(item.text)[1:-1])
        else:
            numbering = '"(1)"' if item.label else "none"
            step = f"#counter(math.equation).update({int(item.label[1:-1]) - 1})\n" if item.label else ""
            parts.append(f"{step}#math.equation(block: true, numbering: {numbering}, $ {item.text} $)")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.typ"
        source.write_text(head + "\n\n".join(parts), encoding="utf-8")
        typst.compile(str(source), output=str(pdf), timestamp=0)


def drawn(half: Half, page: int, folder: Path) -> Path:
    """The page as it is typeset; made once."""
    layout = LAYOUTS[half][page]
    made = folder / f"{half}-{layout.name}.pdf"
    if not made.exists():
        folder.mkdir(parents=True, exist_ok=True)
        typeset(items(half, page), layout, made)
    return made


def scan(half: Half, page: int, folder: Path) -> Path:
    """The page as a lightly worn scan; made once."""
    layout = LAYOUTS[half][page]
    worn = folder / f"{half}-{layout.name}-worn.pdf"
    if not worn.exists():
        clean = drawn(half, page, folder)
        wear_pdf(clean, worn, dpi=layout.dpi, wear="light", text_layer="none", seed=page + 5)
    return worn
