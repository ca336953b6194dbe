"""recover beside other programs: ``python -m bench.peers --python PYTHON --realdata FOLDER``.

PYTHON is that of an environment with ocrmypdf, rapidocr, onnxruntime, pymupdf4llm and pymupdf-layout. All programs read
the same files in turn. Prints a table a group, writes all figures as JSON and a plot of the errors.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from bench.peers import pages
from bench.peers.judge import Worth, judge, together
from bench.peers.programs import PROGRAMS

Figures = dict[str, dict[str, Worth]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description="Compare recover with its peers.")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="of the peers' environment")
    parser.add_argument("--realdata", type=Path, help="a folder with text/, faults/ and wild/")
    parser.add_argument("--groups", default="samples,typeset,faults,wild")
    parser.add_argument("--programs", default=",".join(PROGRAMS))
    parser.add_argument("--count", type=int, default=30, help="typeset pages")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path, help="an SVG")
    given = parser.parse_args()
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for printed in _pages(given, Path(folder)):
            for name in given.programs.split(","):
                out = Path(folder) / f"{name}-{printed.path.stem}"
                worth = judge(PROGRAMS[name](printed.path, out, given.python), printed)
                known = figures.setdefault(printed.group, {})
                known[name] = together([known[name], worth]) if name in known else worth
                print(f"{printed.path.stem:24} {name:12} {_row(worth)}", file=sys.stderr, flush=True)
    print(table(figures))
    if given.json:
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures)) + b"\n")
    if given.plot:
        given.plot.write_text(plot(figures), encoding="utf-8")


def _pages(given: argparse.Namespace, folder: Path) -> Iterator[pages.Printed]:
    wanted = given.groups.split(",")
    if "samples" in wanted:
        yield from pages.samples()
    if given.realdata and "typeset" in wanted:
        yield from pages.typeset(given.realdata / "text" / "csl_abstracts_dev.tsv", folder, given.count)
    for group in ("faults", "wild"):
        if given.realdata and group in wanted:
            yield from pages.real(group, given.realdata / group, folder)


COLUMNS = ("wrong characters", "order", "running heads in the text", "table cells", "lost, silently", "seconds", "MB")


def table(figures: Mapping[str, Mapping[str, Worth]]) -> str:
    """A Markdown table, a row a group and program."""
    rows = [f"| pages | program | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 2) + "|"]
    for group, programs in figures.items():
        rows += [f"| {group} | {name} | {_row(worth)} |" for name, worth in programs.items()]
    return "\n".join(rows)


def _row(worth: Worth) -> str:
    wrong = f"{100 * worth.wrong / max(1, worth.characters):.2f} %"
    failed = f" ({worth.failed} failed)" if worth.failed else ""
    order = f"{worth.in_order / max(1, worth.ordered):.2f}"
    cells = f"{worth.cells} of {worth.all_cells}" if worth.all_cells else "-"
    lost = f"{worth.lost}, {worth.silent}"
    return " | ".join(
        (wrong + failed, order, str(worth.leaks), cells, lost, f"{worth.seconds:.0f}", f"{worth.memory_mb:.0f}")
    )


WIDTH, LEFT, BAR, GAP, HEAD_PX = 720, 150, 16, 6, 28


def plot(figures: Mapping[str, Mapping[str, Worth]]) -> str:
    """Bars of the shares of wrong characters, a block a group, as SVG."""
    parts: list[str] = []
    y = 8
    for group, programs in figures.items():
        parts.append(f'<text x="8" y="{y + 18}" font-weight="bold">{group}: wrong or misplaced characters</text>')
        y += HEAD_PX
        for name, worth in programs.items():
            share = worth.wrong / max(1, worth.characters)
            parts += _bar(name, share, y)
            y += BAR + GAP
        y += GAP
    size = f'width="{WIDTH}" height="{y}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">'
    return "\n".join([head, f'<rect {size} fill="#fff"/>', *parts, "</svg>\n"])


def _bar(name: str, share: float, y: int) -> Sequence[str]:
    length = round(min(1.0, share) * (WIDTH - LEFT - 80)) + 1
    colour = "#0b6e4f" if name == "recover" else "#8a8f98"
    return (
        f'<text x="8" y="{y + 13}">{name}</text>',
        f'<rect x="{LEFT}" y="{y}" width="{length}" height="{BAR}" fill="{colour}"/>',
        f'<text x="{LEFT + length + 6}" y="{y + 13}">{100 * share:.2f} %</text>',
    )


if __name__ == "__main__":
    main()
