"""The sentence that holds a place in a text."""

from __future__ import annotations

import re

# An English stop ends a sentence only before a space and a capital or a Chinese character.
_END = re.compile(r"[。！？；!?]+[”’」』）)]*|\.(?=\s+[A-Z\u4e00-\u9fff])|\n")
# Longer sentences are cut around the place, so many characters on each side.
LONGEST, AROUND = 240, 90


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around ``start:end``; of a very long one, the part around the place."""
    first, last = 0, len(text)
    for hit in _END.finditer(text):
        if hit.end() <= start:
            first = hit.end()
        elif hit.start() >= end - 1:
            last = hit.end()
            break
    while first < min(start, last) and text[first].isspace():
        first += 1
    if last - first > LONGEST:
        first, last = max(first, start - AROUND), min(last, end + AROUND)
    return first, last
