"""Formulas whose LaTeX is known as MathML, and as Word writes mathematics."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from recover.export.markup import Element, Markup, legal
from recover.text.mathematics import (
    LARGE,
    WITH_LIMITS,
    Accent,
    Fence,
    Fraction,
    Lines,
    Mark,
    Node,
    Root,
    Row,
    Scripts,
    Sign,
    UnknownLatex,
    from_latex,
)

MATHML = "http://www.w3.org/1998/Math/MathML"
OMML = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_VARIANTS = {"upright": "normal", "bold": "bold", "double": "double-struck", "script": "script"}
_MARKS: dict[Mark, str] = {
    "overline": "\u203e", "hat": "^", "tilde": "~", "bar": "\u00af", "vec": "\u2192", "dot": "\u02d9", "ddot": "\u00a8"
}  # fmt: skip
_COMBINING: dict[Mark, str] = {
    "overline": "\u0305", "hat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "vec": "\u20d7", "dot": "\u0307",
    "ddot": "\u0308",
}  # fmt: skip


def mathml(latex: str | None, prefix: str | None = None) -> Element | None:
    """A ``math`` element that holds its LaTeX too; None where there is none or not of the kind that is written."""
    tree = _tree(latex)
    if tree is None:
        return None
    make = _maker(MATHML, prefix)
    whole = make("math", ())
    whole.set("display", "block")
    note = make("annotation", (), legal(latex or ""))
    note.set("encoding", "application/x-tex")
    whole.append(make("semantics", (_mathml(tree, make), note)))
    return whole


def mathml_markup(latex: str | None) -> Markup:
    """The same for a page of HTML or XHTML; empty where there is none."""
    element = mathml(latex)
    return Markup() if element is None else Markup(etree.tostring(element, encoding="unicode"))


def word_mathematics(latex: str | None) -> Element | None:
    """The formula as Word writes it, for a paragraph; None as above."""
    tree = _tree(latex)
    return None if tree is None else _maker(OMML, "m")("oMath", tuple(_word(tree)))


def _tree(latex: str | None) -> Node | None:
    try:
        return from_latex(latex) if latex else None
    except UnknownLatex:
        return None


_Make = Callable[..., Element]


def _maker(namespace: str, prefix: str | None) -> _Make:
    def make(name: str, children: Sequence[Element], text: str = "") -> Element:
        element = etree.Element(f"{{{namespace}}}{name}", nsmap={prefix: namespace})
        element.text = text or None
        element.extend(children)
        return element

    return make


def _mathml(node: Node, make: _Make) -> Element:  # noqa: PLR0911 one for each kind of part
    match node:
        case Sign():
            return _mathml_sign(node, make)
        case Row(parts):
            return make("mrow", [_mathml(part, make) for part in parts])
        case Fraction(over, under):
            return make("mfrac", (_mathml(over, make), _mathml(under, make)))
        case Root(inside, index):
            if index is None:
                return make("msqrt", (_mathml(inside, make),))
            return make("mroot", (_mathml(inside, make), _mathml(index, make)))
        case Accent(inside, mark):
            element = make("mover", (_mathml(inside, make), make("mo", (), _MARKS[mark])))
            element.set("accent", "true")
            return element
        case Scripts(base, lower, upper):
            names = ("munder", "mover", "munderover") if _takes_limits(base) else ("msub", "msup", "msubsup")
            scripts = [_mathml(part, make) for part in (lower, upper) if part]
            name = names[2] if lower and upper else names[0] if lower else names[1]
            return make(name, (_mathml(base, make), *scripts))
        case Fence(opening, inside, closing):
            held = (_bracket(opening, make), _mathml(inside, make), _bracket(closing, make))
            return make("mrow", [part for part in held if part is not None])
        case Lines(rows):
            cells = [make("mtr", [make("mtd", (_mathml(cell, make),)) for cell in row]) for row in rows]
            table = make("mtable", cells)
            table.set("columnalign", "right left" if max(map(len, rows)) > 1 else "left")
            return table


def _takes_limits(base: Node) -> bool:
    return isinstance(base, Sign) and base.text in WITH_LIMITS


def _mathml_sign(sign: Sign, make: _Make) -> Element:
    if sign.text == "\u2003":
        space = make("mspace", ())
        space.set("width", "1em")
        return space
    if sign.face == "words":
        return make("mtext", (), legal(sign.text))
    if sign.face == "number":
        return make("mn", (), sign.text)
    is_letter = sign.text.isalpha()
    element = make("mi" if is_letter else "mo", (), legal(sign.text))
    variant = _VARIANTS.get("upright" if is_letter and sign.face == "sign" else sign.face, "")
    if variant and not (variant == "normal" and len(sign.text) > 1):
        element.set("mathvariant", variant)
    if not is_letter and sign.text in "()[]{}|":
        element.set("stretchy", "false")
    return element


def _bracket(char: str, make: _Make) -> Element | None:
    return make("mo", (), char) if char else None


_M = _maker(OMML, "m")


def _value(name: str, value: str) -> Element:
    element = _M(name, ())
    element.set(f"{{{OMML}}}val", value)
    return element


def _inside(name: str, node: Node | None) -> Element:
    return _M(name, [] if node is None else _word(node))


def _word(node: Node) -> list[Element]:  # noqa: PLR0911 one for each kind of part
    match node:
        case Sign():
            return [_word_sign(node)]
        case Row(parts):
            return _word_row(parts)
        case Fraction(over, under):
            return [_M("f", (_inside("num", over), _inside("den", under)))]
        case Root(inside, index):
            hidden = () if index else (_M("radPr", (_value("degHide", "1"),)),)
            return [_M("rad", (*hidden, _inside("deg", index), _inside("e", inside)))]
        case Accent(inside, "overline"):
            return [_M("bar", (_M("barPr", (_value("pos", "top"),)), _inside("e", inside)))]
        case Accent(inside, mark):
            return [_M("acc", (_M("accPr", (_value("chr", _COMBINING[mark]),)), _inside("e", inside)))]
        case Scripts(base, lower, upper):
            return [_word_scripts(base, lower, upper)]
        case Fence(opening, inside, closing):
            ends = (_value("begChr", opening), _value("endChr", closing))
            return [_M("d", (_M("dPr", ends), _inside("e", inside)))]
        case Lines(rows):
            return [_M("eqArr", [_M("e", _aligned(row)) for row in rows])]


def _aligned(cells: Sequence[Node]) -> list[Element]:
    """A row's cells, the sign between them at which Word aligns rows."""
    parts: list[Element] = []
    for at, cell in enumerate(cells):
        parts += [_run("&", "")] if at else []
        parts += _word(cell)
    return parts


def _word_row(parts: Sequence[Node]) -> list[Element]:
    """A sum takes the part behind it inside, as Word has it."""
    elements: list[Element] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        if isinstance(part, Scripts) and isinstance(part.base, Sign) and part.base.text in LARGE:
            behind = parts[at + 1] if at + 1 < len(parts) else Row()
            elements.append(_sum(part.base.text, part.lower, part.upper, behind))
            at += 2
        else:
            elements += _word(part)
            at += 1
    return elements


def _sum(char: str, lower: Node | None, upper: Node | None, behind: Node) -> Element:
    place = "undOvr" if char in WITH_LIMITS else "subSup"
    hidden = [_value(f"{name}Hide", "1") for name, part in (("sub", lower), ("sup", upper)) if part is None]
    properties = _M("naryPr", (_value("chr", char), _value("limLoc", place), *hidden))
    return _M("nary", (properties, _inside("sub", lower), _inside("sup", upper), _inside("e", behind)))


def _word_scripts(base: Node, lower: Node | None, upper: Node | None) -> Element:
    if _takes_limits(base) and lower and not upper:
        return _M("limLow", (_inside("e", base), _inside("lim", lower)))
    name = "sSubSup" if lower and upper else "sSub" if lower else "sSup"
    scripts = [_inside(kind, part) for kind, part in (("sub", lower), ("sup", upper)) if part]
    return _M(name, (_inside("e", base), *scripts))


def _word_sign(sign: Sign) -> Element:
    style = {"upright": "p", "bold": "b", "words": "p"}.get(sign.face, "")
    return _run(sign.text, style)


def _run(text: str, style: str) -> Element:
    properties = (_M("rPr", (_value("sty", style),)),) if style else ()
    shown = _M("t", (), legal(text))
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _M("r", (*properties, shown))
