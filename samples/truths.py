"""What a perfect reading of an article's pages would recover; pages count from 0, offsets count code points."""

from __future__ import annotations

from pathlib import Path

import msgspec

from samples.markup import CitationTruth


class BilingualTruth(msgspec.Struct, frozen=True):
    """One text in both languages."""

    zh: str
    en: str


class BilingualListTruth(msgspec.Struct, frozen=True):
    """Paragraphs or keywords in both languages."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


class ParagraphTruth(msgspec.Struct, frozen=True):
    """A body paragraph, its superscripts on the line and its citation marks in brackets."""

    text: str
    page: int
    citations: tuple[CitationTruth, ...] = ()


class SectionTruth(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and what stands under it; ``run_in`` when the paragraph begins on the heading's line."""

    number: str
    level: int
    title: str
    title_en: str
    run_in: bool
    page: int
    paragraphs: tuple[ParagraphTruth, ...]


class NoteTruth(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled piece of front or back matter; ``place`` is ``front``, ``footnote`` or ``back``."""

    label: str
    text: str
    place: str
    page: int


class TableTruth(msgspec.Struct, frozen=True, kw_only=True):
    """A merged cell's text stands in its first place, the others are empty."""

    label: str
    caption: str
    caption_en: str
    page: int
    rows: tuple[tuple[str, ...], ...]


class FigureTruth(msgspec.Struct, frozen=True, kw_only=True):
    """``text`` is what stands inside the drawing."""

    label: str
    caption: str
    caption_en: str
    page: int
    text: tuple[str, ...]


class FieldsTruth(msgspec.Struct, frozen=True, kw_only=True):
    """Fields that aren't printed are empty; ``author`` is the first author's family name (a Chinese name whole)."""

    type: str
    author: str
    title: str
    container: str
    year: str
    volume: str
    issue: str
    page: str


class ReferenceTruth(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the list; ``raw`` as printed, without its number."""

    number: int
    raw: str
    page: int
    fields: FieldsTruth


class TermTruth(msgspec.Struct, frozen=True, kw_only=True):
    """A pair that the article prints in both languages."""

    zh: str
    en: str
    abbreviation: str = ""


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """The whole truth of one article; pages count from 0."""

    name: str
    pages: int
    title: BilingualTruth
    authors: tuple[BilingualTruth, ...]
    affiliations: BilingualTruth
    abstracts: BilingualListTruth
    keywords: BilingualListTruth
    sections: tuple[SectionTruth, ...]
    notes: tuple[NoteTruth, ...]
    tables: tuple[TableTruth, ...]
    figures: tuple[FigureTruth, ...]
    references: tuple[ReferenceTruth, ...]
    terms: tuple[TermTruth, ...]
    furniture: tuple[str, ...]


def load_truth(sample: str, folder: Path = Path(__file__).parent) -> Truth:
    """The truth of an article of a folder that has ``truth`` below it."""
    return msgspec.json.decode((folder / "truth" / f"{sample}.json").read_bytes(), type=Truth)
