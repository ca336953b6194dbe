"""Strings with their true fields: rows of JSON lines, and the invented entries of ``styles.txt``."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import msgspec

STYLES = Path(__file__).parent / "styles.txt"
FRESH = "fresh"
_FIELD = re.compile(r"\{(\w+):([^{}]*)\}")
_PEOPLE = {"a": "author", "e": "editor", "r": "translator"}
_NAMES = {
    "t": "title", "j": "container", "y": "year", "v": "volume", "i": "issue", "p": "page", "b": "publisher",
    "l": "place", "n": "number", "E": "edition", "d": "doi", "u": "url", "x": "accessed",
}  # fmt: skip
_INITIALS = re.compile(r"(?:\s+(?:[A-ZÀ-Þ](?:[-.\s]?[A-ZÀ-Þ]){0,3}\.?|Jr|Sr|II|III|IV|2nd|3rd|3d))+$")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A string, the style or source it is counted under, and its true fields; people are lists of family names."""

    source: str
    string: str
    fields: dict[str, str | tuple[str, ...]]
    every_author: bool = True


def folded(text: str) -> str:
    """NFKC, no case, no punctuation or space: what two printings of one field share."""
    plain = unicodedata.normalize("NFKC", re.sub(r"<[^>]+>", "", text)).casefold()
    return "".join(char for char in plain if char.isalnum())


def families(authors: str) -> tuple[str, ...]:
    """The names of a printed list without their initials."""
    return tuple(_INITIALS.sub("", name.strip()) for name in re.split(r"[,;]", authors) if name.strip())


def json_rows(path: Path) -> list[Row]:
    """Rows whose ``author`` is the whole list where it has initials, the first family name where it has none."""
    rows = []
    for fields in map(json.loads, path.read_text("utf-8").splitlines()):
        names = families(fields["author"])
        judged = {name: fields[name] for name in ("title", "container", "year", "volume", "issue", "page")}
        rows.append(
            Row(
                source=fields["source"],
                string=fields["string"],
                fields={**judged, "author": names},
                every_author="type" not in fields,
            )
        )
    return rows


def style_rows(half: str = "seen", path: Path = STYLES) -> list[Row]:
    """The invented entries: of each style every other one is ``seen``, the rest ``unseen``; ``all`` takes both.

    Those of ``fresh`` were written when all was done, and belong to neither half.
    """
    rows = []
    style, place = "", 0
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("## "):
            style, place = line[3:], 0
        elif line and not line.startswith("#"):
            place += 1
            of_half = FRESH if style == FRESH else "seen" if place % 2 else "unseen"
            if half in {"all", of_half}:
                rows.append(_marked(style, line))
    return rows


def _marked(style: str, line: str) -> Row:
    kind, _, marked = line.partition("\t")
    found: dict[str, str | tuple[str, ...]] = {"type": kind}
    for name in ("author", "editor", "translator"):
        found[name] = tuple(text for tag, text in _FIELD.findall(marked) if _PEOPLE.get(tag) == name)
    for tag, text in _FIELD.findall(marked):
        if tag in _NAMES:
            found.setdefault(_NAMES[tag], text)
    return Row(source=style, string=_FIELD.sub(r"\2", marked), fields=found)
