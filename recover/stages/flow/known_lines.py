"""Lines that publishers and databases print on pages of others: the CNKI copyright line, 万方数据, 维普资讯."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import fuzz

# A known line is found in a printed one from this likeness on (percent).
ALIKE = 88.0
# Known lines make up this share of a printed one at least: a sentence that names a database is text.
MOST_OF_IT = 0.6
PATTERN = "re "


def is_known_line(text: str) -> bool:
    """Whether a line says nothing but what publishers and databases print on other people's pages."""
    plain, patterns = _known()
    if any(pattern.fullmatch(text.strip()) for pattern in patterns):
        return True
    key = squeezed(text)
    if not key:
        return False
    covered = [False] * len(key)
    for line in plain:
        if len(line) > len(key) + 2:
            continue
        found = fuzz.partial_ratio_alignment(line, key, score_cutoff=ALIKE)
        if found is not None:
            covered[found.dest_start : found.dest_end] = [True] * (found.dest_end - found.dest_start)
    return sum(covered) >= MOST_OF_IT * len(key)


def squeezed(text: str) -> str:
    """A line without spaces and case."""
    return "".join(text.split()).lower()


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[str, ...], tuple[re.Pattern[str], ...]]:
    source = files("recover.stages.flow") / "data" / "publisher_lines.txt"
    lines = [line for line in source.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    plain = tuple(squeezed(line) for line in lines if not line.startswith(PATTERN))
    patterns = tuple(
        re.compile(line.removeprefix(PATTERN), re.IGNORECASE) for line in lines if line.startswith(PATTERN)
    )
    return plain, patterns
