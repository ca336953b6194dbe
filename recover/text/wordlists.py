"""Lists of words that a person can extend: one entry a line in ``words/NAME.txt``, ``#`` begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of the list ``name`` in order."""
    text = (files("recover.text") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


@cache
def pairs(name: str) -> tuple[tuple[str, str], ...]:
    """The entries of a list whose lines are ``KEY = VALUE``, in order."""
    split = (entry.partition("=") for entry in words(name))
    return tuple((key.strip(), value.strip()) for key, _, value in split)
