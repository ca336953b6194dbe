"""A document being set: its Typst source, and the truth about it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\#*_@$<>[]`~/=-+"})
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")


class HouseTruth(msgspec.Struct, kw_only=True):
    """What stands in a document: ``notes`` and ``toc`` are counts, ``apart`` must not stand in the running text."""

    house: str
    title: str = ""
    authors: list[str] = []
    headings: list[tuple[str, str]] = []
    text: list[str] = []
    apart: list[str] = []
    references: int = 0
    cited: int = 0
    notes: int = 0
    toc: int = 0
    fields: dict[str, str] = {}


class Sheet:
    """Source and truth, grown together so that they cannot disagree."""

    def __init__(
        self, house: str, *, size: float = 10.5, columns: int = 1, font: str = FONTS[0], leading: float = 0.8
    ) -> None:
        self.truth = HouseTruth(house=house)
        self.source = [
            f'#set page(paper: "a4", margin: (x: 2.4cm, y: 2.3cm), columns: {columns})',
            f'#set text(font: "{font}", size: {size}pt, lang: "zh", region: "cn")',
            f"#set par(justify: true, leading: {leading}em, spacing: {leading}em)",
            "#set par(first-line-indent: (amount: 2em, all: true))",
        ]

    def raw(self, source: str) -> None:
        self.source.append(source)

    def line(
        self, text: str, *, size: float | None = None, bold: bool = False, centred: bool = True, above: float = 1.0
    ) -> None:
        """A line on its own."""
        weight = ', weight: "bold"' if bold else ""
        big = f", size: {size}pt" if size else ""
        set_text = f"#text({(weight + big).strip(', ')})[{escaped(text)}]" if weight or big else escaped(text)
        place = f"#align(center)[{set_text}]" if centred else set_text
        self.raw(f"#block(above: {above}em, below: {above}em)[#set par(first-line-indent: 0pt)\n{place}]")

    def heading(self, number: str, title: str, printed: str, **kind: object) -> None:
        self.truth.headings.append((number, title))
        self.line(printed, **kind)  # type: ignore[arg-type]

    def paragraph(self, text: str, source: str = "") -> None:
        """A paragraph; ``source`` where marks and notes stand in it."""
        self.truth.text.append(text)
        self.raw(f"\n{source or escaped(text)}\n")

    def entry(self, text: str, *, hanging: bool = False, size: float = 9.0) -> None:
        """An entry of the list of references."""
        self.truth.references += 1
        indent = f"hanging-indent: {'2em' if hanging else '0em'}, first-line-indent: 0pt"
        self.raw(f"#block(above: 0.7em, below: 0.7em)[#set par({indent}); #set text(size: {size}pt); {escaped(text)}]")

    def foot(self, rows: Sequence[str]) -> None:
        """Unmarked notes at the foot of the page, under a rule."""
        text = "\\\n".join(map(escaped, rows))
        setting = "#set text(size: 8pt); #set par(first-line-indent: 0pt); #line(length: 30%, stroke: 0.4pt)"
        self.raw(f"#place(bottom, float: true)[{setting}\n{text}]")

    def page_break(self) -> None:
        self.raw("#pagebreak()")

    def noted(self, text: str, note: str, mark: str) -> str:
        """The source of a text with a footnote at its end."""
        self.truth.notes += 1
        self.truth.apart.append(note)
        return f'{escaped(text)}#footnote(numbering: "{mark}")[#set text(size: 8pt); {escaped(note)}]'

    @property
    def typst(self) -> str:
        return "\n".join(self.source)


def escaped(text: str) -> str:
    """Text that Typst sets as it is."""
    return text.translate(_SPECIAL)
