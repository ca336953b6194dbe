"""What each kind of change and each kind of evidence is worth: ``python -m bench.correct.ablate READINGS [--half 1]``.

Every kind of change is left out in turn, then every group of features, and the error and harm that are left are told.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from bench.correct.measure import Measured, measure
from bench.correct.read import Kept, load_documents
from recover.stages.correct.correct import SOURCES
from recover.stages.correct.weights import Model, models

GROUPS = ("reader", "ink", "neighbours", "document", "chinese", "english", "context", "glossary", "form")


def without(fitted: Mapping[str, Model], group: str) -> dict[str, Model]:
    """The models with no weight on a group's features."""
    return {
        kind: msgspec.structs.replace(
            model, weights={name: table for name, table in model.weights.items() if not name.startswith(f"{group}.")}
        )
        for kind, model in fitted.items()
    }


def row(name: str, found: Mapping[str, Measured]) -> str:
    cells = []
    for _, sums in sorted(found.items()):
        right = sum(one.gain > 0 for one in sums.outcomes)
        cells.append(f"{100 * sums.corrected / max(1, sums.characters):.2f} %, {right}/{len(sums.wrong)}")
    return f"| {name} | {' | '.join(cells)} |"


def ablate(documents: Sequence[Sequence[Kept]]) -> list[str]:
    """A row for all of it, and one for each thing left out."""
    kinds = [kind for kind, _ in SOURCES]
    return [
        row("everything", measure(documents)),
        *(row(f"no {kind}", measure(documents, [one for one in SOURCES if one[0] != kind])) for kind in kinds),
        *(row(f"without {group}", measure(documents, fitted=without(models(), group))) for group in GROUPS),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="What each kind of change and of evidence is worth.")
    parser.add_argument("readings", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1), default=1)
    parser.add_argument("-n", "--documents", type=int, default=14)
    given = parser.parse_args()
    documents = load_documents(given.readings, given.half)[: given.documents]
    wears = sorted({kept.wear for kept, *_ in documents})
    print(f"| | {' | '.join(wears)} |\n|---|{'---|' * len(wears)}")
    print("\n".join(ablate(documents)))


if __name__ == "__main__":
    main()
