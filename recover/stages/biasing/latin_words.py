"""Words in Latin letters within a row of characters, and which of them are set as names are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def words_in(text: str, lines: Sequence[int], shortest: int) -> Iterator[tuple[int, int]]:
    """The stretches of Latin letters that stand as whole words on one line; ``lines`` is the line of each character."""
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and is_letter(text[end]) and lines[end] == lines[start]:
            end += 1
        if end - start >= shortest and not _is_part(text, start, end, lines):
            yield start, end
        start = max(end, start + 1)


def is_letter(char: str) -> bool:
    """A Latin letter, with an accent or without."""
    return char.isalpha() and ord(char) < 0x250


def _is_part(text: str, start: int, end: int, lines: Sequence[int]) -> bool:
    """Whether more of the word stands beside it: figures, or the other half at a line's end."""
    before, after = text[start - 1 : start], text[end : end + 1]
    is_broken = after == "-" and (end + 1 >= len(text) or lines[end + 1] != lines[end])
    is_rest = before == "-" and lines[start - 1] != lines[start]
    same_line = after and lines[end] == lines[start]
    return before.isdigit() or (bool(same_line) and after.isdigit()) or is_broken or is_rest


def is_name(text: str, start: int, end: int) -> bool:
    """Whether it is set as names are: all capitals, or with initials beside it."""
    word = text[start:end]
    if word.isupper():
        return True
    after, before = text[end : end + 4], text[max(0, start - 3) : start]
    initials = after[:1] == " " and after[1:2].isupper() and not after[2:3].islower()
    return word[0].isupper() and (initials or (before[:1].isupper() and before[1:] == ". "))
