"""The truth of an article's pages, from the source the pages were made of."""

from __future__ import annotations

from samples.article import Article, FigureSource, Float, Heading, Labelled, TableSource, Text
from samples.markup import find_citations, plain_text
from samples.reference import FORMATS, ReferenceSource
from samples.truths import (
    BilingualListTruth,
    BilingualTruth,
    FieldsTruth,
    FigureTruth,
    NoteTruth,
    ParagraphTruth,
    ReferenceTruth,
    SectionTruth,
    TableTruth,
    TermTruth,
    Truth,
)

# The page each marked thing begins on, as typesetting found it.
Pages = dict[str, int]


def derive_truth(article: Article, marks: Pages, pages: int) -> Truth:
    """``marks`` are the pages that typesetting found, ``pages`` how many there are."""
    return Truth(
        name=article.name,
        pages=pages,
        title=BilingualTruth(article.title.zh, article.title.en),
        authors=tuple(BilingualTruth(author.zh, author.en) for author in article.authors),
        affiliations=BilingualTruth(article.affiliations.zh, article.affiliations.en),
        abstracts=BilingualListTruth(_plain(article.abstract_zh), _plain(article.abstract_en)),
        keywords=BilingualListTruth(article.keywords_zh, article.keywords_en),
        sections=_sections(article, marks),
        notes=_notes(article, marks),
        tables=tuple(_table(article.tables[name], marks[f"table-{name}"]) for name in _called(article, "table")),
        figures=tuple(_figure(article.figures[name], marks[f"figure-{name}"]) for name in _called(article, "figure")),
        references=tuple(_reference(article, entry, marks) for entry in article.reference_list),
        terms=tuple(_term(line) for line in article.terms.splitlines() if line.strip()),
        furniture=_furniture(article, pages),
    )


def _plain(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain_text(text) for text in texts)


def _called(article: Article, kind: str) -> tuple[str, ...]:
    return tuple(block.name for block in article.blocks if isinstance(block, Float) and block.kind == kind)


def _sections(article: Article, marks: Pages) -> tuple[SectionTruth, ...]:
    blocks = list(enumerate(article.blocks))
    starts = [index for index, block in blocks if isinstance(block, Heading)]
    lead = _paragraphs(article, -1, starts[0], marks)
    unheaded = SectionTruth(number="", level=0, title="", title_en="", run_in=False, page=0, paragraphs=lead)
    ends = [*starts[1:], len(blocks)]
    sections = (_section(article, start, end, marks) for start, end in zip(starts, ends, strict=True))
    references = [_reference_section(article, marks)] if article.reference_heading else []
    return (*([unheaded] if lead else []), *sections, *references)


def _section(article: Article, start: int, end: int, marks: Pages) -> SectionTruth:
    heading = article.blocks[start]
    assert isinstance(heading, Heading)
    paragraphs = _paragraphs(article, start, end, marks)
    first = paragraphs[0].page if paragraphs else 0
    return SectionTruth(
        number=heading.number,
        level=heading.level,
        title=plain_text(heading.title),
        title_en=heading.title_en,
        run_in=heading.run_in,
        page=marks.get(f"block-{start}", first),
        paragraphs=paragraphs,
    )


def _paragraphs(article: Article, start: int, end: int, marks: Pages) -> tuple[ParagraphTruth, ...]:
    """The paragraphs between two blocks, both left out."""
    return tuple(
        ParagraphTruth(plain_text(block.source), marks[f"block-{index}"], find_citations(block.source))
        for index, block in enumerate(article.blocks)
        if start < index < end and isinstance(block, Text)
    )


def _reference_section(article: Article, marks: Pages) -> SectionTruth:
    number, title, title_en = (*article.reference_heading.split(" | "), "", "")[:3]
    return SectionTruth(
        number=number.strip("-"),
        level=1,
        title=title,
        title_en=title_en,
        run_in=False,
        page=marks["references"],
        paragraphs=(),
    )


def _notes(article: Article, marks: Pages) -> tuple[NoteTruth, ...]:
    front = [_note(note, "front", 0) for note in article.front_notes]
    foot = [_note(note, "footnote", 0) for note in article.footnotes]
    back = [_note(note, "back", marks[f"note-{i}"]) for i, note in enumerate(article.notes)]
    return (*front, *foot, *back)


def _note(note: Labelled, place: str, page: int) -> NoteTruth:
    return NoteTruth(label=note.label, text=plain_text(note.text), place=place, page=page)


def _table(table: TableSource, page: int) -> TableTruth:
    return TableTruth(
        label=table.label,
        caption=plain_text(table.caption),
        caption_en=table.caption_en,
        page=page,
        rows=tuple(_plain(row) for row in table.rows),
    )


def _figure(figure: FigureSource, page: int) -> FigureTruth:
    return FigureTruth(
        label=figure.label,
        caption=plain_text(figure.caption),
        caption_en=figure.caption_en,
        page=page,
        text=tuple(cell for row in figure.data for cell in row),
    )


def _reference(article: Article, entry: ReferenceSource, marks: Pages) -> ReferenceTruth:
    return ReferenceTruth(
        number=entry.number,
        raw=FORMATS[article.dialect](entry),
        page=marks[f"reference-{entry.number}"],
        fields=FieldsTruth(
            type=entry.type,
            author=entry.first_family,
            title=entry.bare_title,
            container=entry.publication,
            year=entry.year,
            volume=entry.volume,
            issue=entry.issue,
            page=entry.pages,
        ),
    )


def _term(line: str) -> TermTruth:
    zh, en, abbreviation = (*(part.strip() for part in line.split("|")), "")[:3]
    return TermTruth(zh=zh, en=en, abbreviation=abbreviation)


def _furniture(article: Article, pages: int) -> tuple[str, ...]:
    numbers = (article.page_mark.format(article.first_page + page) for page in range(pages))
    return tuple(
        filter(None, (*_plain(article.running_heads), article.journal.zh, article.journal.en, article.site, *numbers))
    )
