"""Read lines against the truth: runs of raised and lowered characters found, missed and made up."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from recover.model.page import Line
from recover.model.styles import LOWERED, RAISED, read_styles
from samples.marks.pages import Truth

# Read otherwise than printed, and yet right.
_SAME = str.maketrans("，。；：−–（）“”‘’∶µ", ",.;:--()\"\"'':μ")
# A line of which less was found in its order is looked for everywhere; so much of it must be alike, of 100, and a few
# characters stand anywhere.
ASTRAY, LIKE, SHORTEST = 0.5, 80.0, 6
_RUN = re.compile(r"\^+|_+")


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """``right`` runs were found where they stand with the text they have; ``false_chars`` stand on the line."""

    runs: int = 0
    found: int = 0
    right: int = 0
    characters: int = 0
    right_characters: int = 0
    found_characters: int = 0
    plain: int = 0
    false_chars: int = 0
    errors: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.runs + self.found)

    @property
    def character_f1(self) -> float:
        return 2 * self.right_characters / max(1, self.characters + self.found_characters)

    def __add__(self, other: Score) -> Score:
        return Score(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})


def score(truths: Sequence[Truth], lines: Sequence[Line]) -> Score:
    """``lines`` come in reading order; ``truths`` as they are printed."""
    want, wanted = _solid("".join(one.text for one in truths), "".join(one.scripts for one in truths))
    read = [_solid(line.text, _scripts(line)) for line in lines]
    got, given = "".join(text for text, _ in read), "".join(scripts for _, scripts in read)
    places = _with_strays(_places(want, got), want, [text for text, _ in read])
    wants = {(run.start(), run.end(), run[0][0]) for run in _RUN.finditer(wanted)}
    backwards = {place: at for at, place in places.items()}
    gots = [(run.start(), run.end(), run[0][0]) for run in _RUN.finditer(given)]
    right = [run for run in gots if _home(run, got, want, backwards) in wants]
    held = {_home(run, got, want, backwards) for run in right}
    same = sum(1 for at, place in places.items() if wanted[at] != "-" and given[place] == wanted[at])
    false = sum(_false(range(start, end), backwards, wanted) for start, end, _ in gots)
    errors = [f"lost {want[max(0, s - 6) : s]}[{want[s:e]}]{k}" for s, e, k in sorted(wants - held)]
    errors += [
        f"made {got[max(0, s - 6) : s]}[{got[s:e]}]{k}{got[e : e + 3]}" for s, e, k in gots if (s, e, k) not in right
    ]
    return Score(
        runs=len(wants),
        found=len(gots),
        right=len(right),
        characters=sum(letter != "-" for letter in wanted),
        right_characters=same,
        found_characters=sum(letter != "-" for letter in given),
        plain=sum(letter == "-" for letter in wanted),
        false_chars=false,
        errors=tuple(errors),
    )


def _solid(text: str, scripts: str) -> tuple[str, str]:
    kept = [at for at, char in enumerate(text) if not char.isspace()]
    return "".join(text[at] for at in kept).translate(_SAME), "".join(scripts[at] for at in kept)


def _scripts(line: Line) -> str:
    flags = read_styles(line.styles, len(line.text))
    return "".join("^" if flag & RAISED else "_" if flag & LOWERED else "-" for flag in flags)


def _places(want: str, got: str) -> dict[int, int]:
    """Where each true character was read, right or wrong."""
    places: dict[int, int] = {}
    for code in Levenshtein.opcodes(want, got):
        if code.tag in ("equal", "replace"):
            places.update(zip(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True))
    return places


def _with_strays(places: dict[int, int], want: str, read: Sequence[str]) -> dict[int, int]:
    """``places`` with lines that were read out of their order: the order is no matter of how type is set."""
    told = set(places.values())
    known, start = dict(places), 0
    for text in read:
        inside = range(start, start + len(text))
        start += len(text)
        if sum(at in told for at in inside) >= ASTRAY * len(text) or len(text) < SHORTEST:
            continue
        found = fuzz.partial_ratio_alignment(text, want, score_cutoff=LIKE)
        if found is None:
            continue
        part = _places(want[found.dest_start : found.dest_end], text)
        known.update((found.dest_start + at, inside[place]) for at, place in part.items())
    return known


def _false(run: range, backwards: dict[int, int], wanted: str) -> int:
    """How many characters of a run stand on the line; what was read over is one only where no part of it is marked."""
    known = [wanted[backwards[place]] for place in run if place in backwards]
    plain = known.count("-")
    return plain if plain < len(known) else len(run)


def _home(run: tuple[int, int, str], got: str, want: str, backwards: dict[int, int]) -> tuple[int, int, str] | None:
    """The run's place in the truth; None where its text is another."""
    start, end, kind = run
    if start not in backwards or end - 1 not in backwards:
        return None
    first, last = backwards[start], backwards[end - 1] + 1
    return (first, last, kind) if got[start:end] == want[first:last] else None
