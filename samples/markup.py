"""The marks inside an article's text: citations, superscripts, subscripts and italics.

``^[1-3]`` is a raised citation, ``@[1-3]`` one on the line, ``^{5}`` and ``_{2}`` are raised and lowered text,
``*gene*`` is italic. Everything else stands for itself.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Kind = Literal["plain", "cite-super", "cite-inline", "super", "sub", "italic"]

_MARK = re.compile(
    r"\^\[(?P<cite_super>[\d,\-]+)\]|@\[(?P<cite_inline>[\d,\-]+)\]"
    r"|\^\{(?P<super>[^}]*)\}|_\{(?P<sub>[^}]*)\}|\*(?P<italic>[^*]+)\*"
)


class Run(msgspec.Struct, frozen=True):
    """A stretch of text set in one manner; a citation's ``text`` holds its brackets."""

    text: str
    kind: Kind


class CitationTruth(msgspec.Struct, frozen=True):
    """A citation mark's place in the plain text, in code points, and the numbers it stands for."""

    start: int
    end: int
    numbers: tuple[int, ...]


def parse_runs(source: str) -> tuple[Run, ...]:
    """Cut marked text into runs; their texts joined are what the page shows."""
    runs, at = [], 0
    for match in _MARK.finditer(source):
        runs.append(Run(source[at : match.start()], "plain"))
        runs.append(_marked_run(match))
        at = match.end()
    runs.append(Run(source[at:], "plain"))
    return tuple(run for run in runs if run.text)


def plain_text(source: str) -> str:
    """The text as the page shows it, raised and lowered characters on the line."""
    return "".join(run.text for run in parse_runs(source))


def find_citations(source: str) -> tuple[CitationTruth, ...]:
    """The citation marks of marked text, placed in its plain text."""
    found, at = [], 0
    for run in parse_runs(source):
        end = at + len(run.text)
        if run.kind in {"cite-super", "cite-inline"}:
            found.append(CitationTruth(at, end, expand_numbers(run.text.strip("[]"))))
        at = end
    return tuple(found)


def expand_numbers(text: str) -> tuple[int, ...]:
    """``4,7-9`` → (4, 7, 8, 9)."""
    numbers: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        numbers.extend(range(int(first), int(last or first) + 1))
    return tuple(numbers)


def typst_content(source: str) -> str:
    """Typst code for marked text; the text goes in as string literals, so that none of it is read as markup."""
    return "[" + "".join(_typst_run(run) for run in parse_runs(source)) + "]"


def typst_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _marked_run(match: re.Match[str]) -> Run:
    name = match.lastgroup or ""
    text = match[name]
    if name.startswith("cite"):
        return Run(f"[{text}]", "cite-super" if name == "cite_super" else "cite-inline")
    kinds: dict[str, Kind] = {"super": "super", "sub": "sub", "italic": "italic"}
    return Run(text, kinds[name])


_FUNCTIONS: dict[Kind, str] = {"cite-super": "cite", "super": "raised", "sub": "lowered", "italic": "slanted"}


def _typst_run(run: Run) -> str:
    function = _FUNCTIONS.get(run.kind)
    literal = typst_string(run.text)
    return f"#{function}({literal})" if function else f"#{literal}"
