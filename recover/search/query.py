"""What a person asks: words, phrases, AND, OR, NOT, NEAR and filters, in the database's terms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import msgspec

from recover.errors import UsageError
from recover.lexicon.characters import HAN, unaccented
from recover.lexicon.tables import own_tokenizer

if TYPE_CHECKING:
    import jieba

# How many tokens may stand between the parts of a NEAR without a number.
NEAR = 10
# A question longer than this is a paste by mistake.
LONGEST, DEEPEST = 1000, 20
REMEDY = 'write it like: "stem cell" AND (ALS OR 运动神经元) NOT 小鼠'
_LEXEME = re.compile(r"\s+|(?P<quoted>[\"“”][^\"“”]*(?:[\"“”]|$))|(?P<sign>[()（）])|(?P<word>[^\s()（）\"“”]+)")
_DISTANCE = re.compile(r"(?P<head>.*?)[,，]?(?P<number>\d{1,4})", re.DOTALL)


class Term(msgspec.Struct, frozen=True, tag=True):
    """A word or phrase; ``is_quoted`` where it is meant to the letter, ``is_prefix`` where it may go on."""

    text: str
    is_quoted: bool = False
    is_prefix: bool = False


class Near(msgspec.Struct, frozen=True, tag=True):
    """Terms that stand no farther apart than ``distance`` tokens."""

    terms: tuple[Term, ...]
    distance: int = NEAR


class And(msgspec.Struct, frozen=True, tag=True):
    """All of ``parts``, and none of ``without``."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


class Or(msgspec.Struct, frozen=True, tag=True):
    """One of ``parts`` at least."""

    parts: tuple[Node, ...]


Node = Term | Near | And | Or


def parse(text: str) -> Node:
    """The query a person wrote; raises UsageError with what is wrong."""
    if len(text) > LONGEST:
        raise UsageError("query", f"{len(text)} characters are too many", f"ask with {LONGEST} at most")
    parser = _Parser(text)
    node = parser.query(0)
    if parser.peek():
        raise _fault(text, f"a bracket too many before '{parser.peek()}'")
    return node


def terms_of(node: Node) -> tuple[Term, ...]:
    """The terms that are looked for, those behind NOT left out."""
    if isinstance(node, Term):
        return (node,)
    if isinstance(node, Near):
        return node.terms
    return tuple(term for part in node.parts for term in terms_of(part))


def _fault(query: str, cause: str) -> UsageError:
    shown = query if len(query) <= 60 else query[:57] + "..."
    return UsageError(f"query '{shown}'", cause, REMEDY)


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lexemes = [hit[0] for hit in _LEXEME.finditer(text.replace("\0", " ")) if not hit[0].isspace()]
        self._at = 0

    def peek(self) -> str:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else ""

    def _take(self) -> str:
        self._at += 1
        return self._lexemes[self._at - 1]

    def query(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise _fault(self._text, "brackets inside brackets inside brackets")
        parts = [self._both(depth)]
        while self.peek() == "OR":
            self._take()
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _both(self, depth: int) -> Node:
        parts: list[Node] = []
        without: list[Node] = []
        while self.peek() not in ("", ")", "）", "OR"):
            negated = False
            while self.peek() in ("AND", "NOT"):
                negated = self._take() == "NOT"
            if self.peek() in ("", ")", "）", "OR"):
                raise _fault(self._text, "nothing stands behind AND or NOT")
            (without if negated else parts).append(self._item(depth))
        if not parts:
            raise _fault(self._text, "it says only what not to find" if without else "there is nothing to look for")
        return parts[0] if len(parts) == 1 and not without else And(tuple(parts), tuple(without))

    def _item(self, depth: int) -> Node:
        lexeme = self._take()
        if lexeme in "(（":
            node = self.query(depth + 1)
            self._close()
            return node
        if lexeme.upper() == "NEAR" and self.peek() in ("(", "（"):
            return self._near()
        return _term(lexeme)

    def _near(self) -> Node:
        self._take()
        inside: list[str] = []
        while self.peek() not in ("", ")", "）"):
            inside.append(self._take())
        self._close()
        distance = _DISTANCE.fullmatch(inside[-1]) if len(inside) > 1 else None
        if distance:
            inside[-1:] = [distance["head"]] if distance["head"].strip(",， ") else []
        terms = tuple(_term(lexeme.strip(",，")) for lexeme in inside if lexeme.strip(",，"))
        if len(terms) < 2:
            raise _fault(self._text, "NEAR needs two words or more")
        return Near(terms, int(distance["number"]) if distance else NEAR)

    def _close(self) -> None:
        if self.peek() not in (")", "）"):
            raise _fault(self._text, "a bracket is not closed")
        self._take()


def _term(lexeme: str) -> Term:
    if lexeme[0] in '"“”':
        return Term(lexeme.strip('"“”').strip(), is_quoted=True)
    return Term(lexeme.rstrip("*"), is_prefix=lexeme.endswith("*"))


def joined(nodes: Sequence[Node]) -> Node:
    """All of several queries."""
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))


# Which papers and passages a search is narrowed to.

# Kinds, section kinds and languages are numbers in the table of passages.
NAMED = " = (SELECT id FROM names WHERE name = ?)"


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """All of what is set must hold; texts are looked for anywhere in the field, whatever their case or script.

    ``years`` are the first and last year; ``kinds`` and ``section_kinds`` those of passages; ``confidence`` is the
    least a passage's mean confidence may be, which also leaves out passages that nobody measured.
    """

    title: str = ""
    author: str = ""
    journal: str = ""
    years: tuple[int, int] | None = None
    kinds: tuple[str, ...] = ()
    section_kinds: tuple[str, ...] = ()
    lang: str = ""
    confidence: float | None = None

    def condition(self) -> tuple[str, list[object]]:
        """SQL to put behind a WHERE clause over documents ``d`` and passages ``p``, and its values."""
        parts: list[str] = []
        values: list[object] = []
        for column, text in (("d.title", self.title), ("d.authors", self.author), ("d.journal", self.journal)):
            if text:
                parts.append(f"(instr(folded({column}), ?) > 0)")
                values.append(folded(text))
        for column, chosen in (("p.kind", self.kinds), ("p.section_kind", self.section_kinds)):
            if chosen:
                parts.append("(" + " OR ".join([column + NAMED] * len(chosen)) + ")")
                values += chosen
        if self.years:
            parts.append("d.year BETWEEN ? AND ?")
            values += self.years
        if self.lang:
            parts.append("p.lang" + NAMED)
            values.append(self.lang)
        if self.confidence is not None:
            parts.append("p.confidence >= ?")
            values.append(round(1000 * self.confidence))
        return "".join(f" AND {part}" for part in parts), values


def folded(text: str) -> str:
    """A field as filters compare it."""
    return simplified(text).casefold()


# How text becomes index tokens: single Chinese characters, Chinese words, and English stems, all with their offsets.

# A Han character, or a run of other letters and digits. SOD1 is one token, TDP-43 two that stand together.
_UNIT = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")
_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")
# Stems shorter than this stand for too much: the stem of ALS is that of "al." in "et al.".
SHORTEST_STEM = 3


class Token(msgspec.Struct, frozen=True, array_like=True):
    """An index token and the stretch ``start:end`` of the text it stands for."""

    text: str
    start: int
    end: int


def characters(text: str) -> list[Token]:
    """Every Han character and every English word of ``text``, in order: what phrases are looked for in."""
    plain = simplified(text)
    return [Token(_normal(unit[0]), unit.start(), unit.end()) for unit in _UNIT.finditer(plain)]


def words(text: str, cutter: jieba.Tokenizer) -> list[Token]:
    """The Chinese words of two and more characters, long ones with the shorter words inside them."""
    plain = simplified(text)
    return [
        Token(word, run.start() + start, run.start() + end)
        for run in _HAN_RUN.finditer(plain)
        for word, start, end in cutter.tokenize(run[0], mode="search", HMM=False)
        if end - start > 1
    ]


@lru_cache(maxsize=50_000)
def _normal(unit: str) -> str:
    """A token as it is indexed: letters folded, English words stemmed."""
    folded = unaccented(unicodedata.normalize("NFKC", unit)).casefold()
    if not folded.isascii() or not folded.isalpha() or is_symbol(unit):
        return folded
    stem = str(_stemmer().stemWord(folded))
    return stem if len(stem) >= SHORTEST_STEM else folded


def is_symbol(word: str) -> bool:
    """Whether a word is a short form or symbol, which has no inflected forms: ALS, iPSC, SOD1."""
    return sum(map(str.isupper, word)) > 1 or any(map(str.isdigit, word))


def simplified(text: str) -> str:
    """``text`` in simplified characters, as long as it was: offsets stay true."""
    converted = str(_converter().convert(text))
    if len(converted) == len(text):
        return converted
    return "".join(_simple_character(char) for char in text)


@lru_cache(maxsize=20_000)
def _simple_character(char: str) -> str:
    converted = str(_converter().convert(char))
    return converted if len(converted) == 1 else char


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    from opencc import OpenCC  # noqa: PLC0415 its tables are read at once

    converter: _Converter = OpenCC("t2s")
    return converter


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    from snowballstemmer import stemmer  # noqa: PLC0415 only where something is indexed or asked

    found: _Stemmer = stemmer("english")
    return found


def cutter_with(terms: Iterable[str]) -> jieba.Tokenizer:
    """A tokenizer of jieba's that keeps the Chinese ``terms`` whole, whatever its dictionary says."""
    cutter = own_tokenizer()
    for term in _usable(terms):
        cutter.add_word(term)
    return cutter


def _usable(terms: Iterable[str]) -> Iterator[str]:
    for term in sorted({simplified(term) for term in terms}):
        if _HAN_RUN.fullmatch(term):
            yield term


class _Converter(Protocol):
    """What is used of OpenCC."""

    def convert(self, text: str) -> str: ...


class _Stemmer(Protocol):
    """What is used of snowballstemmer."""

    def stemWord(self, word: str) -> str: ...  # noqa: N802 the library's name
