r"""Formulas as trees, and the LaTeX they are kept as: ``from_latex`` reads what ``to_latex`` writes and nothing else.

Signs, powers, fractions, roots, brackets that grow, and rows above each other; nothing that prints otherwise than it
reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec

Face = Literal["sign", "number", "italic", "upright", "bold", "double", "script", "words"]
Mark = Literal["overline", "hat", "tilde", "bar", "vec", "dot", "ddot"]


class Sign(msgspec.Struct, frozen=True, tag=True):
    """A letter, a number, a sign, the name of a function, or words in a formula; ``face`` says how it is set."""

    text: str
    face: Face = "sign"


class Row(msgspec.Struct, frozen=True, tag=True):
    """Parts one after the other."""

    parts: tuple[Node, ...] = ()


class Fraction(msgspec.Struct, frozen=True, tag=True):
    """One part over another, a rule between them."""

    over: Node
    under: Node


class Root(msgspec.Struct, frozen=True, tag=True):
    """A square root, or with an ``index`` another one."""

    inside: Node
    index: Node | None = None


class Accent(msgspec.Struct, frozen=True, tag=True):
    """A part with a mark over it."""

    inside: Node
    mark: Mark


class Scripts(msgspec.Struct, frozen=True, tag=True):
    """A part with what stands lowered and raised behind it, or below and above a sum."""

    base: Node
    lower: Node | None = None
    upper: Node | None = None


class Fence(msgspec.Struct, frozen=True, tag=True):
    """Brackets as high as what they hold; an empty one is not printed."""

    opening: str
    inside: Node
    closing: str


class Lines(msgspec.Struct, frozen=True, tag=True):
    """Rows above each other, each in cells that stand in columns."""

    rows: tuple[tuple[Node, ...], ...]


Node: TypeAlias = Sign | Row | Fraction | Root | Accent | Scripts | Fence | Lines

# Commands by the sign they print. ε and φ are those with the names of their open forms, as Unicode has them.
_PRINTED = "αβγδεϵζηθϑικλμνξπϖρϱσςτυφϕχψωΓΔΘΛΞΠΣΥΦΨΩ×÷±∓·∗∘∙≤≥≠≈≡∼≃≅∝≪≫∈∉⊂⊆∪∩∧∨¬∀∃∅→←↔⇒⇔↦∞∂∇∑∏∫∬∮ℏℓ′…⋯⊗⊕⊥∥∠°%&#$_{}‖"
_NAMED = (
    "alpha beta gamma delta varepsilon epsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon varphi phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega "
    "times div pm mp cdot ast circ bullet le ge ne approx equiv sim simeq cong propto ll gg in notin subset subseteq "
    "cup cap wedge vee neg forall exists emptyset to leftarrow leftrightarrow Rightarrow Leftrightarrow mapsto infty "
    "partial nabla sum prod int iint oint hbar ell prime ldots cdots otimes oplus perp parallel angle degree "
    "% & # $ _ { } |"
)
_COMMANDS = {sign: f"\\{name}" for sign, name in zip(_PRINTED, _NAMED.split(), strict=True)}
_SIGNS = {command: sign for sign, command in _COMMANDS.items()} | {"\\quad": "\u2003"}
PLAIN = frozenset("+-−=<>()[]|/,.;:!?*'")
GREEK = frozenset("αβγδεϵζηθϑικλμνξπϖρϱσςτυφϕχψωΓΔΘΛΞΠΣΥΦΨΩ")
RELATIONS = frozenset("=<>≤≥≠≈≡∼≃≅∝≪≫∈∉⊂⊆→←↔⇒⇔↦")
LARGE = frozenset("∑∏∫∬∮")
_FUNCTION_NAMES = "arccos arcsin arctan cos cosh cot det dim exp inf ker lg lim ln log max min sin sinh sup tan tanh"
FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
# Under these stand limits.
WITH_LIMITS = LARGE - frozenset("∫∬∮") | {"det", "inf", "lim", "max", "min", "sup"}
_FACES: dict[Face, str] = {
    "upright": "\\mathrm", "bold": "\\mathbf", "double": "\\mathbb", "script": "\\mathcal", "words": "\\text"
}  # fmt: skip
_BY_COMMAND: dict[str, Face] = {command: face for face, command in _FACES.items()}
_MARKS: tuple[Mark, ...] = ("overline", "hat", "tilde", "bar", "vec", "dot", "ddot")
# No printed formula has parts in parts deeper than this.
_DEEPEST = 40
_OPENING, _CLOSING = "([{|", ")]}|"
_SPACED = RELATIONS | frozenset("+-−×÷±∓")
_ESCAPED = re.compile(r"([\\%&#$_{}])")
_ENDS_IN_COMMAND = re.compile(r"\\[A-Za-z]+\Z")


def is_known(char: str) -> bool:
    """Whether a sign can be written."""
    return char in PLAIN or char in _COMMANDS


def to_latex(node: Node) -> str:  # noqa: PLR0911 one for each kind of part
    """The tree as LaTeX, for a display formula."""
    match node:
        case Sign():
            return _sign(node)
        case Row(parts):
            return _joined([(to_latex(part), isinstance(part, Sign) and part.text in _SPACED) for part in parts])
        case Fraction(over, under):
            return f"\\frac{{{to_latex(over)}}}{{{to_latex(under)}}}"
        case Root(inside, index):
            return f"\\sqrt{f'[{to_latex(index)}]' if index else ''}{{{to_latex(inside)}}}"
        case Accent(inside, mark):
            return f"\\{mark}{{{to_latex(inside)}}}"
        case Scripts(base, lower, upper):
            scripts = (("_", lower), ("^", upper))
            return _grouped(base) + "".join(f"{sign}{{{to_latex(part)}}}" for sign, part in scripts if part)
        case Fence("{", Lines(rows), ""):
            return _environment("cases", rows)
        case Fence(opening, inside, closing):
            return f"\\left{_bracket(opening)} {to_latex(inside)} \\right{_bracket(closing)}"
        case Lines(rows):
            return _environment("aligned", rows)


def _sign(sign: Sign) -> str:
    if sign.text == "\u2003":
        return "\\quad"
    if sign.face == "upright" and sign.text in FUNCTIONS:
        return f"\\{sign.text}"
    if sign.face in _FACES:
        escaped = _ESCAPED.sub(r"\\\1", sign.text)
        return f"{_FACES[sign.face]}{{{escaped}}}"
    return "".join("-" if char == "−" else _COMMANDS.get(char, char) for char in sign.text)


def _joined(parts: Sequence[tuple[str, bool]]) -> str:
    """Parts one after the other, white around signs between them and where a command would run on."""
    text = ""
    for part, is_spaced in parts:
        runs_on = _ENDS_IN_COMMAND.search(text) and part[:1].isalpha()
        text += (" " if text and (is_spaced or runs_on) else "") + part + (" " if is_spaced else "")
    return re.sub(" {2,}", " ", text).strip()


def _grouped(base: Node) -> str:
    text = to_latex(base)
    return f"{{{text}}}" if not isinstance(base, Sign | Accent) or not text else text


def _bracket(char: str) -> str:
    return _COMMANDS.get(char, char) or "."


def _environment(name: str, rows: Sequence[Sequence[Node]]) -> str:
    lines = " \\\\ ".join(" & ".join(map(to_latex, row)) for row in rows)
    return f"\\begin{{{name}}} {lines} \\end{{{name}}}"


class UnknownLatex(ValueError):
    """LaTeX that ``to_latex`` doesn't write."""


def from_latex(source: str) -> Node:
    """The tree of what ``to_latex`` wrote; raises UnknownLatex for anything else."""
    reader = _Reader(source)
    row = reader.row(())
    if reader.next:
        raise UnknownLatex(source)
    return row


def known_latex(source: str | None) -> str:
    """The LaTeX if all of it is known; "" where there is none, or what a page might take for something else."""
    try:
        return source if source and from_latex(source) else ""
    except UnknownLatex:
        return ""


class _Reader:
    """Reads tokens from the left; ``next`` is the one that comes, "" at the end."""

    _TOKEN = re.compile(r"\s*(\\[A-Za-z]+|\\.|\d+(?:\.\d+)*|.|\Z)", re.DOTALL)

    def __init__(self, source: str) -> None:
        self._source, self._at, self._depth = source, 0, 0
        self.next = ""
        self._step()

    def _step(self) -> str:
        taken = self.next
        match = self._TOKEN.match(self._source, self._at)
        self.next, self._at = (match[1], match.end()) if match else ("", self._at)
        return taken

    def _take(self, taken: str) -> None:
        if self._step() != taken:
            raise UnknownLatex(self._source)

    def row(self, ends: Sequence[str]) -> Row:
        """Parts up to one of ``ends``, which is left."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnknownLatex(self._source)
        parts: list[Node] = []
        while self.next and self.next not in ends:
            if self.next in ("_", "^"):
                parts.append(self._scripts(parts.pop() if parts else Row()))
            else:
                parts.append(self._part())
        self._depth -= 1
        return Row(tuple(parts))

    def _scripts(self, base: Node) -> Node:
        lower = upper = None
        while self.next in ("_", "^"):
            if self._step() == "_":
                lower = self._group()
            else:
                upper = self._group()
        return Scripts(base, lower, upper)

    def _group(self) -> Node:
        self._take("{")
        row = self.row(("}",))
        self._take("}")
        return row

    def _part(self) -> Node:  # noqa: PLR0911 one for each kind of part
        taken = self.next
        if taken == "{":
            return self._group()
        if taken in _BY_COMMAND:
            return self._named(_BY_COMMAND[taken])
        self._step()
        name = taken[1:] if taken[:1] == "\\" else ""
        if name == "frac":
            return Fraction(self._group(), self._group())
        if name == "sqrt":
            return self._root()
        if name == "left":
            return self._fence()
        if name == "begin":
            return self._environment()
        if name in _MARKS:
            return Accent(self._group(), name)
        return self._plain(taken, name)

    def _plain(self, taken: str, name: str) -> Node:
        if name in FUNCTIONS:
            return Sign(name, "upright")
        if taken in _SIGNS:
            char = _SIGNS[taken]
            return Sign(char, "italic" if char in GREEK and char.islower() else "sign")
        if taken[0].isdecimal():
            return Sign(taken, "number")
        if taken.isascii() and taken.isalpha():
            return Sign(taken, "italic")
        if taken in PLAIN:
            return Sign("−" if taken == "-" else taken)
        raise UnknownLatex(self._source)

    def _named(self, face: Face) -> Node:
        """The words in braces behind a command, with their white space; ``next`` is the command."""
        match = re.compile(r"\{((?:\\.|[^{}\\])*)\}").match(self._source, self._at)
        if match is None:
            raise UnknownLatex(self._source)
        self._at = match.end()
        self._step()
        return Sign(re.sub(r"\\(.)", r"\1", match[1]), face)

    def _root(self) -> Node:
        index = None
        if self.next == "[":
            self._step()
            index = self.row(("]",))
            self._take("]")
        return Root(self._group(), index)

    def _delimiter(self) -> str:
        taken = self._step()
        if taken == ".":
            return ""
        char = taken[-1:]
        if char not in _OPENING + _CLOSING:
            raise UnknownLatex(self._source)
        return char

    def _fence(self) -> Node:
        opening = self._delimiter()
        inside = self.row(("\\right",))
        self._take("\\right")
        return Fence(opening, inside, self._delimiter())

    def _environment(self) -> Node:
        name = self._environment_name()
        rows: list[tuple[Node, ...]] = [()]
        while True:
            rows[-1] += (self.row(("&", "\\\\", "\\end")),)
            taken = self._step()
            if taken == "\\end":
                break
            if not taken:
                raise UnknownLatex(self._source)
            rows += [()] if taken == "\\\\" else []
        if self._environment_name() != name:
            raise UnknownLatex(self._source)
        return Fence("{", Lines(tuple(rows)), "") if name == "cases" else Lines(tuple(rows))

    def _environment_name(self) -> str:
        match = re.compile(r"(aligned|cases)\}").match(self._source, self._at)
        if self.next != "{" or match is None:
            raise UnknownLatex(self._source)
        self._at = match.end()
        self._step()
        return match[1]


def brackets(parts: Sequence[Node], grown: Sequence[bool]) -> Iterator[Node]:
    """The parts of a row with brackets that have ``grown``, and what stands between a pair, made fences."""
    open_at: list[tuple[int, str]] = []
    done: list[Node] = []
    for part, is_grown in zip(parts, grown, strict=True):
        char = part.text if isinstance(part, Sign) and is_grown else ""
        if char and open_at and char == _CLOSING[_OPENING.index(open_at[-1][1])]:
            start, opening = open_at.pop()
            done[start:] = [Fence(opening, Row(tuple(done[start + 1 :])), char)]
            continue
        if char and char in _OPENING:
            open_at.append((len(done), char))
        done.append(part)
    yield from done
