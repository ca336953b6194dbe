"""A document from the readings of its pages: the stages of a document, in order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import msgspec

from recover.glossary.load import load_stack
from recover.lexicon.characters import passage_language
from recover.model.document import (
    TABLE_NOTE,
    Citation,
    Document,
    FrontBlock,
    Note,
    Paragraph,
    Reference,
    Section,
    Source,
    Span,
)
from recover.model.flow import FlowLine, Piece
from recover.model.geometry import enclose
from recover.model.page import PageReading
from recover.model.records import Correction, OpenPlace, Problem
from recover.settings import Settings
from recover.stages.account import account_problems, with_account
from recover.stages.citations.marks import ListScope, citation_problems, cite_sections
from recover.stages.contents import find_contents, without_lines
from recover.stages.correct.correct import correct
from recover.stages.correct.glossary_terms import terms_of
from recover.stages.correct.sequences import settle_circled, with_year_dashes
from recover.stages.floats.captions import with_captions_in_front
from recover.stages.floats.figures_and_tables import read_floats, read_formulas
from recover.stages.flow.edges import with_gaps
from recover.stages.flow.running_heads import find_running_heads
from recover.stages.flow.stream import make_flow
from recover.stages.notes import note_problems, read_notes
from recover.stages.ocr.raised import with_raised_marks
from recover.stages.one_text import record_pages, with_mended_lines
from recover.stages.outline.particulars import read_particulars
from recover.stages.outline.sections import outline
from recover.stages.paragraphs import parted_at, split_paragraphs
from recover.stages.references.entries import Entry, EntryLine, split_entries
from recover.stages.references.journals import with_authors
from recover.stages.references.parse import doubts, to_reference, to_references
from recover.stages.terms.consistency import check_terms, forbidden_by
from recover.stages.terms.find import find_terms
from recover.stages.type_styles.texts import with_marks
from recover.text.join import compose, piece_spans
from recover.text.labels import find_label
from recover.text.numbering import leading_mark
from recover.text.reference_lists import cites_work
from recover.text.vocabulary import Vocabulary, vocabulary, with_doubts


def assemble(
    source: Source, pages: Sequence[PageReading], settings: Settings, problems: Sequence[Problem] = ()
) -> Document:
    """The document of ``pages``, which come in order; ``problems`` are those met while reading them."""
    # Here and not where pages are read: a changed glossary never reads a page again.
    terms = terms_of(load_stack(settings.glossaries))
    pages = [with_gaps(page) for page in with_raised_marks(with_year_dashes(settle_circled(correct(pages, terms))))]
    contents = find_contents(pages)
    printed = [without_lines(page, contents.lines) for page in pages]
    keys, furniture = find_running_heads(printed)
    flow = msgspec.structs.replace(make_flow(printed, keys), contents=contents.entries)
    blocks = parted_at(split_paragraphs(flow.lines), (item.position for item in flow.formulas))
    outlined = outline(blocks, flow)
    read = [line.line for line in flow.lines]
    words = with_doubts(vocabulary(line.text for line in read), ((line.text, line.confidences) for line in read))
    words = with_authors(words, (author.name for author in outlined.front.authors))
    opening = frozenset(block.first.key for block in blocks)
    lists = [read_references(item.pieces, words, opening) for item in outlined.references]
    references = tuple(reference for entries, _ in lists for reference in entries)
    found = tuple(problem for _, problems in lists for problem in problems)
    scopes = _scopes([entries for entries, _ in lists], [item.sections for item in outlined.references])
    cited = cite_sections(outlined.sections, references, scopes)
    # Bare numbers call notes where they are raised.
    calling = with_marks(Document(source=source, sections=cited.sections), pages).sections
    footnotes, labelled = read_notes(flow.footnotes, calling, on_page=True)
    endnotes, unmarked = read_notes(outlined.endnotes, calling, on_page=False)
    notes = (*footnotes, *endnotes)
    sections = cited.sections
    if not references:
        notes, references = notes_as_list(notes, words)
        sections = cite_notes(sections, notes)
    floats = read_floats(flow, sections)
    front = (*contents.headings, *outlined.front.blocks, *_footnotes((*labelled, *unmarked), flow.table_notes))
    document = Document(
        source=source,
        title=outlined.front.title,
        authors=outlined.front.authors,
        particulars=read_particulars(front, sections),
        abstracts=outlined.front.abstracts,
        keywords=outlined.front.keywords,
        sections=sections,
        tables=floats.tables,
        figures=floats.figures,
        formulas=read_formulas(flow, cited.sections),
        references=references,
        corrections=(*_corrections(pages), *outlined.corrections, *cited.corrections),
        problems=(
            *problems,
            *(problem for page in pages for problem in page.problems),
            *outlined.problems,
            *floats.problems,
            *found,
            *citation_problems(sections, references),
            *note_problems(notes, (block.paragraph.text for block in front)),
        ),
        notes=notes,
        toc=contents.entries,
        front=front,
        furniture=(*furniture, *floats.repeated),
        pages=record_pages(pages, keys),
    )
    told = with_languages(with_captions_in_front(with_mended_lines(with_marks(document, pages))))
    return with_terms(_with_account(told, pages), settings)


def with_languages(document: Document) -> Document:
    """The document, its passages in the language they are printed in: an abstract may be French or Russian."""
    replace = msgspec.structs.replace
    sections, front = [], []
    for section in document.sections:
        told = (replace(item, lang=passage_language(item.text)) for item in section.paragraphs)
        sections.append(replace(section, paragraphs=tuple(told)))
    for block in document.front:
        lang = passage_language(block.paragraph.text)
        front.append(replace(block, lang=lang, paragraph=replace(block.paragraph, lang=lang)))
    return replace(document, sections=tuple(sections), front=tuple(front))


def _with_account(document: Document, pages: Sequence[PageReading]) -> Document:
    """The document with the account of where everything that was found on its pages ended."""
    set_aside = {
        page.index: [OpenPlace(box=item.box, text=item.text, what=item.what, why=item.why) for item in page.rejected]
        for page in pages
    }
    counted = with_account(document, set_aside)
    return msgspec.structs.replace(counted, problems=(*counted.problems, *account_problems(counted)))


def with_terms(document: Document, settings: Settings) -> Document:
    """The document with the terms that the chosen glossaries and its own text name, and what is doubtful about them."""
    glossary = load_stack(settings.glossaries)
    found = msgspec.structs.replace(document, terms=find_terms(document, glossary))
    return check_terms(found, forbidden_by(glossary))


def _corrections(pages: Sequence[PageReading]) -> tuple[Correction, ...]:
    return tuple(correction for page in pages for correction in page.corrections)


def _scopes(lists: Sequence[tuple[Reference, ...]], sections: Sequence[range]) -> tuple[ListScope, ...]:
    """Every list with its place in the document's and the sections that cite from it; one list serves them all."""
    firsts = [0, *accumulate(map(len, lists))]
    return tuple(
        ListScope(references=entries, first=first, sections=citing if len(lists) > 1 else None)
        for entries, first, citing in zip(lists, firsts, sections, strict=False)
    )


def read_references(
    pieces: Sequence[Piece], words: Vocabulary, opening: frozenset[str]
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """The reference list, every entry with its place, and what is odd about the list; the document's words witness.

    ``opening`` are the lines with which paragraphs begin.
    """
    lines = [
        EntryLine(
            text=piece.text,
            indent=piece.line.indent,
            column=piece.line.column,
            page=piece.line.page,
            opens=piece.line.key in opening,
        )
        for piece in pieces
    ]
    entries = split_entries(lines, words)
    parsed = to_references(entries, [piece.line.page for piece in pieces], words)
    references = tuple(_placed(entry, reference, pieces) for entry, reference in zip(entries, parsed, strict=True))
    problems = tuple(
        Problem(
            stage="references", page=reference.page, message=f"entry {entry.number}: {text}", remedy="compare the list"
        )
        for entry, reference in zip(entries, references, strict=True)
        for text in entry.problems
    )
    return references, (*problems, *doubts(references))


def _placed(entry: Entry, reference: Reference, pieces: Sequence[Piece]) -> Reference:
    """The entry's reference with its places on the pages."""
    lead = len(reference.raw) - len(entry.text)
    spans: list[Span] = []
    for part in entry.pieces:
        piece = pieces[part.line]
        place = Piece(piece.line, piece.start + part.at, piece.start + part.at + part.end - part.start)
        spans.extend(piece_spans(place, lead + part.start))
    first = [span.box for span in spans if spans and span.page == spans[0].page]
    box = enclose(first) if first else None
    return msgspec.structs.replace(reference, spans=tuple(spans), box=box)


def _footnotes(footnotes: Sequence[FlowLine], table_notes: Sequence[FlowLine]) -> tuple[FrontBlock, ...]:
    """Footnotes without a mark, with the role their label gives them, and notes under tables."""
    blocks = []
    for block in split_paragraphs(footnotes):
        paragraph = compose(block.pieces)
        label = find_label(paragraph.text)
        blocks.append(FrontBlock(role=label.role if label else "footnote", lang=paragraph.lang, paragraph=paragraph))
    for block in split_paragraphs(table_notes):
        paragraph = compose(block.pieces)
        blocks.append(FrontBlock(role=TABLE_NOTE, lang=paragraph.lang, paragraph=paragraph))
    return tuple(blocks)


# Works that notes cite: in papers without a list of references, the notes are the list.


def notes_as_list(notes: Sequence[Note], words: Vocabulary) -> tuple[tuple[Note, ...], tuple[Reference, ...]]:
    """The notes, each with its place in the list, and the list that those of them make which cite works."""
    references: list[Reference] = []
    linked = []
    is_numbered = _are_numbered_through(notes)
    for note in notes:
        if cites_work(note.text):
            linked.append(msgspec.structs.replace(note, references=(len(references),)))
            references.append(_reference(note, words, is_numbered=is_numbered))
        else:
            linked.append(note)
    return tuple(linked), tuple(references)


def cite_notes(sections: Sequence[Section], notes: Sequence[Note]) -> tuple[Section, ...]:
    """The sections, the marks of notes that cite works being citations of them."""
    marks: dict[tuple[str, int], list[Citation]] = {}
    for note in notes:
        if note.anchor is not None and note.references:
            at = note.anchor.at
            citation = Citation(start=at, end=at + len(note.mark), numbers=(), references=note.references)
            marks.setdefault((note.anchor.section, note.anchor.paragraph), []).append(citation)
    return tuple(
        msgspec.structs.replace(
            section,
            paragraphs=tuple(
                _cited(paragraph, marks.get((section.id, index), []))
                for index, paragraph in enumerate(section.paragraphs)
            ),
        )
        for section in sections
    )


def _cited(paragraph: Paragraph, added: Sequence[Citation]) -> Paragraph:
    places = {citation.start for citation in added}
    kept = [citation for citation in paragraph.citations if citation.start not in places]
    ordered = sorted((*kept, *added), key=lambda citation: citation.start)
    return msgspec.structs.replace(paragraph, citations=tuple(ordered)) if added else paragraph


def _are_numbered_through(notes: Sequence[Note]) -> bool:
    """Whether no number occurs twice: numbers that begin anew on each page name no entry of a list."""
    values = [mark.value for note in notes if (mark := leading_mark(note.mark + " 甲")) is not None]
    return len(set(values)) == len(values) and 0 not in values


def _reference(note: Note, words: Vocabulary, *, is_numbered: bool) -> Reference:
    mark = leading_mark(note.mark + " 甲")
    number = mark.value if mark is not None and is_numbered else 0
    reference = to_reference(Entry(number=number, printed=note.mark, text=note.text, pieces=()), note.page, words)
    lead = len(reference.raw) - len(note.text)
    spans = tuple(msgspec.structs.replace(span, start=span.start + lead, end=span.end + lead) for span in note.spans)
    return msgspec.structs.replace(reference, page=note.page, box=note.box, spans=spans)
