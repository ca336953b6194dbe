"""Headings, citations, tables, captions and titles: what makes a text a document."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from bench.accuracy.fold import fold
from bench.accuracy.measures.score import F1, Share, score
from recover.model.document import Document
from samples.truths import Truth

# A caption with a character misread in twenty is found; its characters are counted elsewhere.
_NEAR = 0.05


def score_headings(document: Document, truth: Truth) -> F1:
    """(number, title) of every section and back-matter note.

    The heading of the reference list and the labels of front matter may be sections or not: they neither count
    nor cost.
    """
    optional = {fold(note.label) for note in truth.notes if note.place != "back"}
    headed = [section for section in truth.sections if section.title]
    if truth.references:
        optional.add(fold(headed.pop().title))
    found = [(fold(section.number), fold(section.title)) for section in document.sections]
    true = [(fold(section.number), fold(section.title)) for section in headed]
    true += [("", fold(note.label)) for note in truth.notes if note.place == "back"]
    return score((pair for pair in found if pair[1] and pair[1] not in optional), true)


def score_citations(document: Document, truth: Truth) -> F1:
    """The pairs of (section, reference number)."""
    found = {
        (fold(section.number or section.title), number)
        for section in document.sections
        for paragraph in section.paragraphs
        for citation in paragraph.citations
        for number in citation.numbers
    }
    true = {
        (fold(section.number or section.title), number)
        for section in truth.sections
        for paragraph in section.paragraphs
        for citation in paragraph.citations
        for number in citation.numbers
    }
    return score(found, true)


def score_cells(document: Document, truth: Truth) -> F1:
    """The texts of the cells that are not empty, table by table (paired by label)."""
    found = [(fold(table.label), text) for table in document.tables for text in _cells(table.rows)]
    true = [(fold(table.label), text) for table in truth.tables for text in _cells(table.rows)]
    return score(found, true)


def share_captions(document: Document, truth: Truth) -> Share:
    """The figures and tables whose label and caption were found."""
    tables = {fold(table.label): fold(table.caption) for table in document.tables}
    found = tables | {fold(figure.label): fold(figure.caption) for figure in document.figures}
    true = [(fold(table.label), fold(table.caption)) for table in truth.tables]
    true += [(fold(figure.label), fold(figure.caption)) for figure in truth.figures]
    return Share(right=sum(_is_near(caption, found.get(label, "")) for label, caption in true), true=len(true))


def share_titles(document: Document, truth: Truth) -> Share:
    """The title in each language the paper has it in."""
    pairs = ((truth.title.zh, document.title.zh), (truth.title.en, document.title.en))
    wanted = [(fold(true), fold(found)) for true, found in pairs if true]
    return Share(right=sum(true == found for true, found in wanted), true=len(wanted))


def _cells(rows: Iterable[Iterable[str]]) -> list[str]:
    return [fold(cell) for row in rows for cell in row if cell.strip()]


def _is_near(true: str, found: str) -> bool:
    return Levenshtein.normalized_distance(true, found) <= _NEAR
