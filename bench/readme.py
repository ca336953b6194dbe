"""The figures of both READMEs, written from the benches' own JSON: ``python -m bench.readme [--check]``.

``bench/results/accuracy.json`` is what ``python -m bench.accuracy --dpi 120,150,200,300 --wear light --json FILE`` and
``--dpi 200 --wear heavy --json FILE`` wrote, ``peers.json`` what ``python -m bench.peers --json FILE`` wrote:
``python -m bench.readme --take FILE…`` puts them there. ``--check`` exits with 1 where a README tells something else.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from bench.peers.judge import Worth
from samples.truths import load_truth

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).with_name("results")
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
SAMPLES = {"als_kai": ("Kai", "楷体"), "sci_song": ("Song", "宋体"), "msc_hei": ("Hei", "黑体")}
DPIS = (120, 150, 200, 300)
WORDS = {
    "en": ("{} dpi", "all three, heavy wear, 200 dpi", "{} of {}", ", "),
    "zh": ("{} dpi", "三者，重度磨损， 200 dpi", "{}/{}", "， "),
}


class Figures(msgspec.Struct, frozen=True):
    """What a README tells of a case."""

    paragraph_error: float
    order: float
    leaks: int
    headings: float
    references: float
    fields: float
    citations: float
    cells: float
    term_recall: float


class Results(msgspec.Struct):
    """The samples' figures by case."""

    samples: dict[str, Figures] = {}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.readme", description="Write the READMEs' figures.")
    parser.add_argument("--check", action="store_true", help="write nothing; say what would change")
    parser.add_argument("--take", type=Path, nargs="*", default=[], help="JSON of the benches, kept in bench/results")
    given = parser.parse_args()
    for path in given.take:
        take(path)
    stale = [path.name for language, path in READMES.items() if _write(path, language, only_check=given.check)]
    if given.check and stale:
        sys.exit(f"{', '.join(stale)}: figures differ from bench/results; run python -m bench.readme")


def take(path: Path) -> None:
    """Keep the figures of a bench's JSON file."""
    content = path.read_bytes()
    if b'"wrong"' in content:
        msgspec.json.decode(content, type=dict[str, dict[str, Worth]])
        _keep("peers", content)
        return
    kept = _results()
    kept.samples |= msgspec.json.decode(content, type=Results).samples
    _keep("accuracy", msgspec.json.encode(kept))


def _keep(name: str, content: bytes) -> None:
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_bytes(msgspec.json.format(content) + b"\n")


def _results() -> Results:
    path = RESULTS / "accuracy.json"
    return msgspec.json.decode(path.read_bytes(), type=Results) if path.exists() else Results()


def _write(path: Path, language: str, *, only_check: bool) -> bool:
    """Put both tables between their marks; whether the file tells something else."""
    before = path.read_text(encoding="utf-8")
    after = _between(before, "accuracy", accuracy_rows(_results().samples, language))
    peers = RESULTS / "peers.json"
    if peers.exists():
        found = msgspec.json.decode(peers.read_bytes(), type=dict[str, dict[str, Worth]])
        after = _between(after, "peers", peer_rows(found))
    if after != before and not only_check:
        path.write_text(after, encoding="utf-8")
    return after != before


def _between(text: str, mark: str, rows: Sequence[str]) -> str:
    """The text with the rows of the table that stands behind a mark; its head stays."""
    pattern = re.compile(rf"(<!-- {mark} -->\n\n\|[^\n]*\n\|[-|]*\|\n)(?:\|[^\n]*\n)*")
    if not pattern.search(text):
        raise SystemExit(f"no table behind <!-- {mark} -->")
    return pattern.sub(lambda found: found[1] + "".join(f"{row}\n" for row in rows), text)


def accuracy_rows(cases: Mapping[str, Figures], language: str) -> list[str]:
    """A row a sample with light wear, one for all of them with heavy wear."""
    dpi, heavy, _, comma = WORDS[language]
    rows = []
    for sample, names in SAMPLES.items():
        light = [cases[f"{sample}-{each}-light-none"] for each in DPIS]
        name = names[language == "zh"] + comma + dpi.format(" / ".join(map(str, DPIS)))
        rows.append(_row(name, [sample], light, language))
    worn = [cases[f"{sample}-200-heavy-none"] for sample in SAMPLES]
    return [*rows, _row(heavy, list(SAMPLES), worn, language)]


def _row(name: str, samples: Sequence[str], cases: Sequence[Figures], language: str) -> str:
    all_references = sum(len(load_truth(sample).references) for sample in samples)
    found = min(case.references for case in cases)
    cells = [
        name,
        " / ".join(f"{100 * case.paragraph_error:.2f}" for case in cases) + " %",
        _range([case.order for case in cases]),
        str(max(case.leaks for case in cases)),
        _range([case.headings for case in cases]),
        WORDS[language][2].format(round(found * all_references), all_references),
        _range([case.fields for case in cases]),
        _range([case.citations for case in cases]),
        _range([case.cells for case in cases]),
        _range([case.term_recall for case in cases]),
    ]
    return f"| {' | '.join(cells)} |"


def _range(values: Sequence[float]) -> str:
    low, high = f"{min(values):.2f}", f"{max(values):.2f}"
    return low if low == high else f"{low}-{high}"


def peer_rows(groups: Mapping[str, Mapping[str, Worth]]) -> list[str]:
    """A row a program: wrong characters in every group; leaks, phrases lost without a word, seconds over all."""
    programs = list(next(iter(groups.values())))
    return [_peer_row(name, [groups[group][name] for group in groups]) for name in programs]


def _peer_row(name: str, worths: Sequence[Worth]) -> str:
    errors = [f"{100 * one.wrong / max(1, one.characters):.2f} %" for one in worths]
    sums = [str(sum(getattr(one, field) for one in worths)) for field in ("leaks", "silent")]
    seconds = f"{sum(one.seconds for one in worths):.0f}"
    memory = f"{max(one.memory_mb for one in worths):.0f}"
    return f"| {' | '.join([name, *errors, *sums, seconds, memory])} |"


if __name__ == "__main__":
    main()
