"""Pages of such sentences in several typefaces, typeset and worn like scans."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec
import typst

from samples.marks.sentences import Half, marked_sentences, plain_sentences
from samples.markup import parse_runs, typst_content
from samples.wear import wear_pdf


class Face(msgspec.Struct, frozen=True):
    """A typeface, its type's size, and how much smaller and farther off its raised and lowered characters are."""

    name: str
    fonts: tuple[str, ...]
    size_pt: float
    small_em: float
    raise_em: float
    lower_em: float
    columns: int = 1


# Raised type as Word, LaTeX, and Founder set it, among others.
FACES: dict[Half, tuple[Face, ...]] = {
    "seen": (
        Face("serif", ("Noto Serif CJK SC",), 10.5, 0.6, 0.4, 0.17),
        Face("sans", ("Noto Sans CJK SC",), 9.5, 0.65, 0.33, 0.14, 2),
        Face("libertinus", ("Libertinus Serif", "Noto Serif CJK SC"), 10.5, 0.65, 0.35, 0.14),
        Face("computer-modern", ("New Computer Modern", "Noto Serif CJK SC"), 10, 0.7, 0.363, 0.15, 2),
        Face("dejavu", ("DejaVu Serif", "Noto Serif CJK SC"), 9.5, 0.6, 0.45, 0.2),
    ),
    "wider": (
        Face("times", ("Liberation Serif", "AR PL SungtiL GB"), 10.5, 0.62, 0.38, 0.16),
        Face("palatino", ("P052", "LXGW WenKai"), 10, 0.58, 0.45, 0.22, 2),
        Face("arial", ("Liberation Sans", "WenQuanYi Zen Hei"), 9, 0.66, 0.34, 0.12, 2),
        Face("century", ("C059", "AR PL UMing CN"), 11, 0.6, 0.4, 0.18),
        Face("nimbus", ("Nimbus Roman", "Noto Serif CJK SC"), 9, 0.7, 0.33, 0.2, 2),
    ),
    "unseen": (
        Face("serif-2", ("Noto Serif CJK SC",), 9, 0.7, 0.3, 0.12, 2),
        Face("sans-2", ("DejaVu Sans", "Noto Sans CJK SC"), 10, 0.58, 0.42, 0.18),
        Face("libertinus-2", ("Libertinus Serif", "Noto Sans CJK SC"), 11, 0.6, 0.4, 0.2, 2),
        Face("computer-modern-2", ("New Computer Modern", "Noto Serif CJK TC"), 12, 0.65, 0.36, 0.16),
        Face("condensed", ("DejaVu Serif", "Noto Sans CJK SC"), 9, 0.65, 0.35, 0.14, 2),
    ),
}
MARKED, PLAIN = 28, 20


class Truth(msgspec.Struct, frozen=True):
    """A sentence and how each of its characters is set: ``^`` raised, ``_`` lowered, ``-`` neither."""

    text: str
    scripts: str


def truth(source: str) -> Truth:
    letters = {"super": "^", "sub": "_"}
    runs = parse_runs(source)
    return Truth("".join(run.text for run in runs), "".join(letters.get(run.kind, "-") * len(run.text) for run in runs))


def sentences(half: Half, face: int) -> tuple[str, ...]:
    """A page's sentences, plain ones among those with marks."""
    marked = marked_sentences(half, MARKED, seed=face + 1)
    plain = plain_sentences(half, PLAIN, seed=face + 1)
    return tuple(sentence for at in range(MARKED) for sentence in (marked[at : at + 1] + plain[at : at + 1]))


def typeset(sources: tuple[str, ...], face: Face, pdf: Path) -> None:
    """The sentences as paragraphs of A4 pages."""
    fonts = "(" + "".join(f'"{font}", ' for font in face.fonts) + ")"
    head = f"""
#set page(paper: "a4", margin: 2.2cm, columns: {face.columns})
#set text(font: {fonts}, size: {face.size_pt}pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 0.75em, spacing: 0.75em, first-line-indent: (amount: 2em, all: true))
#let raised(body) = super(typographic: false, size: {face.small_em}em, baseline: -{face.raise_em}em, body)
#let lowered(body) = sub(typographic: false, size: {face.small_em}em, baseline: {face.lower_em}em, body)
#let slanted(body) = emph(body)
"""
    body = "\n\n".join(typst_content(source)[1:-1] for source in sources)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.typ"
        source.write_text(head + body, encoding="utf-8")
        typst.compile(str(source), output=str(pdf), timestamp=0)


def scan(half: Half, face: int, dpi: int, folder: Path) -> Path:
    """The page of one typeface as a lightly worn scan; made once."""
    chosen = FACES[half][face]
    drawn = folder / f"{half}-{chosen.name}.pdf"
    worn = folder / f"{half}-{chosen.name}-{dpi}.pdf"
    if not worn.exists():
        folder.mkdir(parents=True, exist_ok=True)
        typeset(sentences(half, face), chosen, drawn)
        wear_pdf(drawn, worn, dpi=dpi, wear="light", text_layer="none", seed=face + 11)
    return worn
