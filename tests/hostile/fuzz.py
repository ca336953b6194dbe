"""Many mutated files: ``python -m tests.hostile.fuzz --count 20000 --report report.json``.

Every finding is told by kind, name and seed, which make its file again: ``--again pdf scan.pdf 4711 -o finding.pdf``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tests.hostile.mutations import mutate
from tests.hostile.seeds import place, seeds
from tests.hostile.trial import KINDS, LIMITS, Kind, Outcome, attempt, environment, open_trial_pool, peak_mb


def trials(kinds: tuple[Kind, ...], count: int, first: int = 0) -> Iterator[tuple[Kind, str, int]]:
    """Kinds, names and seeds in turn."""
    names = {kind: sorted(seeds(kind)) for kind in kinds}
    for number in range(count):
        kind = kinds[number % len(kinds)]
        turn = number // len(kinds)
        yield kind, names[kind][turn % len(names[kind])], first + turn


def run(kinds: tuple[Kind, ...], count: int, folder: Path, first: int = 0) -> Iterator[Outcome]:
    """The outcomes of ``count`` trials, each in a fresh folder."""
    os.environ.update(environment())
    sound = {kind: seeds(kind) for kind in kinds}
    with open_trial_pool() as pool:
        for number, (kind, name, seed) in enumerate(trials(kinds, count, first)):
            place_ = folder / str(number)
            path = place(place_, name, mutate(sound[kind][name], name, seed))
            yield attempt(kind, path, seed, pool)
            shutil.rmtree(place_)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--report", type=Path)
    parser.add_argument("--again", nargs=3, metavar=("KIND", "NAME", "SEED"))
    parser.add_argument("-o", "--output", type=Path, default=Path("finding"))
    given = parser.parse_args()
    if given.again:
        kind, name, seed = given.again
        given.output.write_bytes(mutate(seeds(kind)[name], name, int(seed)))
        return
    kinds = tuple(kind for kind in KINDS if kind in given.kinds.split(","))
    with tempfile.TemporaryDirectory() as folder:
        found = list(_told(run(kinds, given.count, Path(folder), given.first)))
    wrong = [outcome for outcome in found if outcome.wrong]
    summary = {
        "trials": len(found),
        "wrong": [msgspec.to_builtins(outcome) for outcome in wrong],
        "ends": {f"{kind} {end}": count for (kind, end), count in sorted(_ends(found).items())},
        "slowest": [msgspec.to_builtins(one) for one in sorted(found, key=lambda one: -one.seconds)[:5]],
        "peak_mb": peak_mb(),
        "limit_mb": LIMITS.memory_mb,
    }
    text = msgspec.json.format(msgspec.json.encode(summary), indent=2)
    if given.report:
        given.report.write_bytes(text)
    sys.stdout.write(text.decode() + "\n")
    sys.exit(bool(wrong))


def _ends(found: list[Outcome]) -> Counter[tuple[str, str]]:
    return Counter((outcome.kind, outcome.end) for outcome in found)


def _told(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    for number, outcome in enumerate(outcomes, 1):
        if outcome.wrong or number % 100 == 0:
            print(number, outcome, file=sys.stderr, flush=True)  # noqa: T201 a script's progress
        yield outcome


if __name__ == "__main__":
    main()
