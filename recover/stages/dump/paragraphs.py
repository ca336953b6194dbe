"""The lines of a section as paragraphs: readable ones joined, unreadable ones kept apart and marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from recover.model.document import Paragraph
from recover.stages.dump.lines import DumpLine
from recover.text.join import seam

# A legible line this short among nonsense is a stray word of it.
_STRAY_CHARS = 24
_SURE = 0.85


def paragraphs(lines: Sequence[DumpLine]) -> tuple[Paragraph, ...]:
    """Readable paragraphs in their language, nonsense as ``und`` with the confidence its legibility allows."""
    langs = [_lang(lines, position) for position in range(len(lines))]
    found = []
    for lang, group in groupby(zip(langs, lines, strict=True), key=lambda pair: pair[0]):
        run = [line for _, line in group]
        found += [_paragraph(part, lang) for part in (_parts(run) if lang != "und" else [run])]
    return tuple(found)


def is_unreadable(lines: Sequence[DumpLine], position: int) -> bool:
    """Whether the line at ``position`` is nonsense, its neighbours considered."""
    line = lines[position]
    if not line.legible.is_legible:
        return True
    beside = [lines[i].legible.is_legible for i in (position - 1, position + 1) if 0 <= i < len(lines)]
    lone = bool(beside) and not any(beside)
    return lone and (len(line.text) < _STRAY_CHARS or line.legible.score < _SURE)


def _lang(lines: Sequence[DumpLine], position: int) -> str:
    if is_unreadable(lines, position):
        return "und"
    return "zh" if lines[position].legible.kind == "chinese" else "en"


def _parts(lines: list[DumpLine]) -> list[list[DumpLine]]:
    """Readable lines cut at blank lines that follow a full stop."""
    parts = [[lines[0]]]
    for line in lines[1:]:
        if line.blanks_above and parts[-1][-1].text.rstrip().endswith((".", "。", "．", "!", "?", "！", "？")):
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _paragraph(lines: list[DumpLine], lang: str) -> Paragraph:
    text = ""
    for line in lines:
        drop, between = seam(text, line.text) if lang != "und" else (0, "\n" if text else "")
        text = (text[:-drop] if drop else text) + between + line.text
    weight = sum(len(line.text) for line in lines)
    legible = sum(line.legible.score * len(line.text) for line in lines) / max(1, weight)
    return Paragraph(text=text, lang=lang, confidence=round(legible if lang != "und" else min(legible, 0.2), 3))
