"""The word that a misread one is nearest to: a letter its reader lost, added, or took for one it didn't name.

A line's reader joins two letters of one kind (intermitent), loses thin ones (amytrophic) and is sometimes sure of the
wrong one. Each such step costs what the picture says against it; how usual the word is must pay for it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from recover.stages.biasing.lattice import Cell, Option
from recover.text.frequency import UNKNOWN, frequency, listed_words

SHORTEST, FARTHEST, MOST_WORDS = 6, 2, 40
# Rarer words are not looked for.
RAREST = 1e-7
# A letter that the reader didn't name is this likely by the image.
UNNAMED = 0.0005
# What a letter costs (minus its log likelihood) that is printed and wasn't read: one like its neighbour, one beside a
# letter in doubt, any other.
LIKE_NEIGHBOUR, BESIDE_DOUBT, LOST = 2.5, 4.5, 6.0
IN_DOUBT = 0.95
# All steps cost no more than this, and the next word is so much worse.
MOST_COST, AHEAD = 9.0, 1.5
# What begins with a capital may be a name: it must gain this much; any other may lose a little.
MARGIN_CAPITAL, MARGIN = 1.0, -0.75
# What the document itself writes is so much likelier (log odds) than what it doesn't.
WORTH_OWN = 2.0
# A word without a letter below this confidence stands.
SURE = 0.995
WEIGHT = 0.75


class Path(msgspec.Struct, frozen=True):
    """Letters changed, by their place, and what it costs; an option of two letters brings back one that was lost."""

    cost: float = 0.0
    steps: tuple[tuple[int, Option], ...] = ()

    def with_step(self, at: int, option: Option) -> Path:
        return Path(self.cost + option.loss, (*self.steps, (at, option)))


class Nearest(msgspec.Struct, frozen=True):
    """A word, the steps to it and what it gains (log odds) against what was read."""

    word: str
    path: Path
    gain: float


def find_nearest(cells: Sequence[Cell], own: Collection[str]) -> Nearest | None:
    """The word that the letters of ``cells``, which no one knows as read, most likely are; None where none stands out.

    ``own`` are the document's words, in small letters.
    """
    read = "".join(cell.text for cell in cells)
    is_sure = min(cell.confidence for cell in cells) >= SURE
    if len(read) < SHORTEST or is_sure or any(letter.isupper() for letter in read[1:]):
        return None
    found = sorted(_candidates(cells, read.lower(), own), key=lambda one: -one.gain)
    if not found or found[0].gain < (MARGIN_CAPITAL if read[0].isupper() else MARGIN):
        return None
    return found[0] if len(found) == 1 or found[0].gain - found[1].gain >= AHEAD else None


def _candidates(cells: Sequence[Cell], read: str, own: Collection[str]) -> list[Nearest]:
    paths = ((word, _cheapest(cells, word)) for word in sorted(_near(read, own)))
    return [
        Nearest(word, path, _worth(word, own) - path.cost)
        for word, path in paths
        if path.cost <= MOST_COST and len({at for at, _ in path.steps}) == len(path.steps)
    ]


def _worth(word: str, own: Collection[str]) -> float:
    return WEIGHT * math.log(frequency(word, own) / UNKNOWN) + WORTH_OWN * (word in own)


def _near(read: str, own: Collection[str]) -> set[str]:
    """Words so few letters from what was read."""
    found: set[str] = set()
    for words in (listed_words(SHORTEST - 1, RAREST), [*own]):
        near = process.extract(read, words, scorer=Levenshtein.distance, score_cutoff=FARTHEST, limit=MOST_WORDS)
        found.update(word for word, *_ in near)
    return found


def _cheapest(cells: Sequence[Cell], word: str) -> Path:
    """The cheapest way from what was read to ``word``."""
    above = [Path()]
    for at in range(len(word)):
        above.append(_with_lost(above[-1], cells, 0, word[at]))
    for number, cell in enumerate(cells, 1):
        row = [above[0].with_step(number - 1, _as(cell, ""))]
        for place, letter in enumerate(word, 1):
            same = cell.text.lower() == letter
            through = above[place - 1] if same else above[place - 1].with_step(number - 1, _as(cell, letter))
            without = above[place].with_step(number - 1, _as(cell, ""))
            lost = _with_lost(row[-1], cells, number, letter)
            row.append(min(through, without, lost, key=lambda path: path.cost))
        above = row
    return above[-1]


def _as(cell: Cell, letter: str) -> Option:
    """The cell as ``letter``, "" for none: an option of its reader's, or one it didn't name."""
    for option in cell.options:
        if option.text.lower() == letter:
            return option
    text = letter.upper() if cell.text.isupper() else letter
    posterior = UNNAMED if letter else max(UNNAMED, cell.nothing)
    return Option(text, letter, max(0.0, math.log(max(cell.confidence, UNNAMED) / posterior)), posterior)


def _with_lost(path: Path, cells: Sequence[Cell], number: int, letter: str) -> Path:
    """``path`` with a letter that was lost behind the first ``number`` cells, or before them all."""
    at = max(0, number - 1)
    beside = cells[at : number + 1]
    if cells[at].text.lower() == letter:
        cost = LIKE_NEIGHBOUR
    else:
        cost = BESIDE_DOUBT if min(cell.confidence for cell in beside) < IN_DOUBT else LOST
    # The cell as it is by now: as read, or what the step before made of it.
    earlier = [option for place, option in path.steps[-1:] if place == at]
    was = earlier[0].text if earlier else cells[at].text
    text = was + letter if number else letter + was
    option = Option(text, text.lower(), cost + sum(one.loss for one in earlier), 0.0)
    return Path(path.cost + cost, (*path.steps[: len(path.steps) - len(earlier)], (at, option)))
