"""The printed table: a row a case, the bars of the project above the figures."""

from __future__ import annotations

from collections.abc import Iterable

from bench.accuracy.judge import Judgement

# Heading, attribute, shown as a percentage?, what light and what heavy wear must reach.
_COLUMNS = (
    ("error", "paragraph_error", True, "≤0.2", "≤1.0"),
    ("order", "order", False, "1.0", "≥.97"),
    ("leaks", "leaks", False, "0", "0"),
    ("head", "headings", False, "≥.97", "≥.90"),
    ("refs", "references", False, "1.0", "1.0"),
    ("fields", "fields", False, "≥.97", ""),
    ("cites", "citations", False, "≥.98", "≥.93"),
    ("cells", "cells", False, "≥.95", ""),
    ("capt", "captions", False, "1.0", ""),
    ("title", "title", False, "1.0", ""),
    ("t-rec", "term_recall", False, "≥.95", ""),
    ("t-prec", "term_precision", False, "≥.98", ""),
    ("ece", "calibration", False, "≤.02", "≤.02"),
    ("reread", "garbled_reread", False, "≥.99", "≥.99"),
    ("kept", "good_kept", False, "1.0", "1.0"),
)


def render_table(rows: Iterable[tuple[str, Judgement | None]]) -> str:
    """Missing judgements are documents that could not be recovered."""
    names = [column[0] for column in _COLUMNS]
    lines = [_line("case", names), _line("bar, light wear", [column[3] for column in _COLUMNS])]
    lines += [_line("bar, heavy wear", [column[4] for column in _COLUMNS])]
    lines += [_line(name, _figures(judgement)) for name, judgement in rows]
    return "\n".join(lines)


def _line(name: str, cells: Iterable[str]) -> str:
    return f"{name:<34}" + "".join(f"{cell:>8}" for cell in cells)


def _figures(judgement: Judgement | None) -> list[str]:
    if judgement is None:
        return ["failed"]
    return [_figure(getattr(judgement, column[1]), is_percent=column[2]) for column in _COLUMNS]


def _figure(value: float | int | None, *, is_percent: bool) -> str:
    if value is None:
        return "-"
    if is_percent:
        return f"{100 * value:.2f}%"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
