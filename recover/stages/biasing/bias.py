"""A page read once more with the glossary: where the image leaves a doubt, a term may settle it.

As contextual biasing does in speech recognition, a term competes by evidence: each character it changes must be
one the reader itself saw there, with the posterior it gave it. Distance between strings counts for nothing.
Tesseract names few of what it saw, and nothing that its network was not taught: a long term may stand for one
character that it doubted and left without a name (肌萎缩侧索硬化 for 肌姜缩侧索硬化), where no other term fits.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.document import Correction
from recover.model.geometry import enclose
from recover.model.page import Line, PageReading, Region
from recover.stages.biasing.choose import Win, choose
from recover.stages.biasing.lattice import Cell, lattices
from recover.stages.biasing.lexicon import Lexicon
from recover.stages.biasing.rewrite import Change, rewrite


def bias_page(page: PageReading, lexicon: Lexicon) -> PageReading:
    """``page`` with the terms that won; each change is among its corrections, with both scores."""
    if lexicon.is_empty:
        return page
    regions, corrections = [], []
    for region in page.regions:
        biased, found = _bias_region(region, page, lexicon)
        regions.append(biased)
        corrections += found
    if not corrections:
        return page
    return msgspec.structs.replace(page, regions=tuple(regions), corrections=(*page.corrections, *corrections))


def _bias_region(region: Region, page: PageReading, lexicon: Lexicon) -> tuple[Region, list[Correction]]:
    changes: dict[int, list[Change]] = {}
    corrections = []
    for cells in lattices(region):
        for win in choose(cells, lexicon):
            for at, option in win.spelling.changes:
                change = Change(cells[at].at, option.text, round(win.confidence, 4))
                changes.setdefault(cells[at].line, []).append(change)
            corrections.append(_correction(win, cells, region.lines, page, lexicon))
    if not changes:
        return region, []
    lines = tuple(rewrite(line, changes.get(number, ())) for number, line in enumerate(region.lines))
    return msgspec.structs.replace(region, lines=lines), corrections


def _correction(
    win: Win, cells: Sequence[Cell], lines: Sequence[Line], page: PageReading, lexicon: Lexicon
) -> Correction:
    spelling = win.spelling
    covered = cells[spelling.start : spelling.end]
    changed = {at: option.text for at, option in spelling.changes}
    boxes = [lines[cell.line].char_box(cell.at, cell.at + 1) for cell in covered if cell.text]
    posteriors = ", ".join(
        f"{option.text or 'nothing'} {option.posterior:.3f} for {cells[at].text} {cells[at].confidence:.3f}"
        for at, option in spelling.changes
    )
    return Correction(
        page=page.index,
        box=page.to_page.box(enclose(boxes)).rounded(),
        was="".join(cell.text for cell in covered),
        now="".join(changed.get(at, cell.text) for at, cell in enumerate(covered, spelling.start)),
        why=f"glossary: {lexicon.terms.printed[spelling.term]}",
        evidence=f"posteriors {posteriors}; scores: term {win.term_score:.2f}, reading {win.reading_score:.2f}",
    )
