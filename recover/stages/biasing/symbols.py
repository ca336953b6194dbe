"""1, I and l, or 0 and O, in symbols that the document writes again and again: SOD1, SMN1, DOI.

One place is too little to tell them apart; what the reader saw in all places of one symbol is summed, and what is
fewer and lost gives way where the reader was not sure of it.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from recover.model.page import PageReading
from recover.stages.biasing.consensus import Verdict
from recover.stages.biasing.lattice import FAINTEST, Cell, row
from recover.stages.biasing.settle import Choice, settle

# Characters of one shape.
SHAPES = ("1Il", "0O")
SHAPE_OF = {char: shape for shape in SHAPES for char in shape}
# A symbol has so many other letters; so many places are wanted, and so much more evidence (log odds).
OTHERS, LEAST, AHEAD = 2, 2, 3.0
# Of a character as sure as this another place of the document knows nothing better.
SURE = 0.97
_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{3,16}(?![A-Za-z0-9])")
_ACID = re.compile(r"(?<=\w{3})(?:(?:pre)?m|si|mi|sh|c)?[RD]NAs?$")


# A symbol with every doubtful character as the first of its shape, and the offset of one of them.
Key = tuple[str, int]


def settle_symbols(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the characters of one shape in each symbol settled as all its places together say."""
    verdicts = _verdicts(pages)
    return [settle(page, partial(choices, verdicts=verdicts), "the document's other places of it") for page in pages]


def choices(cells: Sequence[Cell], verdicts: Mapping[Key, Verdict]) -> Iterator[Choice]:
    """The characters to change."""
    for key, at in _places(cells):
        verdict, cell = verdicts.get(key), cells[at]
        if verdict is None or cell.text == verdict.text or cell.confidence >= SURE:
            continue
        option = next((option for option in cell.options if option.text == verdict.text), None)
        if option is not None:
            yield Choice(at, option, verdict.gain, f"{verdict.places} places together are e^{verdict.gain:.1f} for it")


def _verdicts(pages: Sequence[PageReading]) -> dict[Key, Verdict]:
    places: Counter[Key] = Counter()
    evidence: defaultdict[Key, dict[str, float]] = defaultdict(dict)
    for page in pages:
        for region in page.regions:
            cells = row(region)
            for key, at in _places(cells):
                places[key] += 1
                for char, share in _shares(cells[at]).items():
                    evidence[key][char] = evidence[key].get(char, 0.0) + math.log(share)
    found = {}
    for key, sums in evidence.items():
        (most, best), (second, _) = sorted(((total, char) for char, total in sums.items()), reverse=True)[:2]
        if places[key] >= LEAST and most - second >= AHEAD:
            found[key] = Verdict(best, places[key], most - second)
    return found


def _shares(cell: Cell) -> dict[str, float]:
    """What the reader saw of each character of the shape."""
    seen = {option.text: option.posterior for option in cell.options} | {cell.text: cell.confidence}
    return {char: max(FAINTEST, seen.get(char, 0.0)) for char in SHAPE_OF[cell.text]}


def _places(cells: Sequence[Cell]) -> Iterator[tuple[Key, int]]:
    """Every character of a shape in a symbol, with the key it is counted under."""
    text = "".join(cell.text or "\n" for cell in cells)
    if len(text) != len(cells):
        return
    for hit in _TOKEN.finditer(text):
        token = _ACID.sub("", hit[0])
        if sum(char.isalpha() and char not in SHAPE_OF for char in token) >= OTHERS:
            name = "".join(SHAPE_OF[char][0] if char in SHAPE_OF else char for char in token)
            for offset, char in enumerate(token):
                if char in SHAPE_OF:
                    yield (name, offset), hit.start() + offset
