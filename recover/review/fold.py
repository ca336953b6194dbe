"""From the sheet on the desk back to a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from recover.model.document import (
    Cell,
    Document,
    Figure,
    Formula,
    FrontBlock,
    Furniture,
    Mark,
    Note,
    PageRecord,
    Paragraph,
    Problem,
    Reference,
    Section,
    Table,
)
from recover.model.geometry import Box
from recover.note_references import cite_notes
from recover.review.fold_front import fold_front
from recover.review.fold_terms import fold_terms
from recover.review.homes import Homes
from recover.review.marks import between
from recover.review.sheet import Block, Sheet
from recover.review.unfold import box_of
from recover.stages.citations.marks import cite_as_printed
from recover.stages.floats.captions import with_captions_in_front
from recover.stages.outline.titles import split_title
from recover.text.heading_numbers import parse_number
from recover.text.scripts import language

_FLOAT_LABEL = re.compile(r"\s*((?:图|表|Figure|Fig\.?|Table|Tab\.?)\s*\d+)[.．:：]?\s*", re.IGNORECASE)
_NOWHERE = Box(0, 0, 0, 0)


def fold(sheet: Sheet) -> Document:
    """The document a sheet says."""
    live = [sheet.blocks[key] for key in sheet.order]
    references = tuple(_reference(block) for block in live if block.kind == "reference")
    sections = _sections(live)
    homes = Homes.of(sheet, sections)
    notes = tuple(_cited_by(_note(block), len(references)) for block in live if block.kind == "note")
    # Citation marks are found anew; nothing in them is mended, since a person has the last word.
    document = msgspec.structs.replace(
        sheet.document,
        sections=cite_notes(cite_as_printed(sections, references), notes),
        notes=notes,
        references=references,
        figures=tuple(_figure(block, homes) for block in live if block.kind == "figure"),
        tables=tuple(_table(block, live, homes) for block in live if block.kind == "table"),
        formulas=tuple(_formula(block) for block in live if block.kind == "formula"),
        front=tuple(_front(block) for block in live if block.kind == "front"),
        furniture=tuple(_furniture(block) for block in live if block.kind == "furniture"),
        pages=tuple(_page(page, sheet) for page in sheet.document.pages),
        corrections=(*sheet.document.corrections, *sheet.corrections),
        problems=(*sheet.document.problems, *_asked(sheet)),
    )
    return fold_terms(sheet, fold_front(sheet.document, with_captions_in_front(document)))


def _asked(sheet: Sheet) -> Iterator[Problem]:
    """What a second reader is asked to look at is a problem of the document until somebody did."""
    for flag in sheet.flags:
        message = f"a second reader is asked about {flag.was}: {flag.comment}"
        page = sheet.blocks[flag.block].page
        yield Problem(stage="review", page=page, message=message, remedy="look at it, and take the flag away")


def _cited_by(note: Note, entries: int) -> Note:
    """The note without places in the list that there are no more."""
    return msgspec.structs.replace(note, references=tuple(at for at in note.references if at < entries))


def _paragraph(block: Block) -> Paragraph:
    source = block.source
    if isinstance(source, Paragraph) and _says_the_same(source, block):
        return source
    confidence = source.confidence if isinstance(source, Paragraph) else None
    lang = language(block.text)
    return Paragraph(text=block.text, lang=lang, confidence=confidence, spans=block.spans, marks=block.marks)


def _says_the_same(paragraph: Paragraph, block: Block) -> bool:
    return (paragraph.text, paragraph.spans, paragraph.marks) == (block.text, block.spans, block.marks)


def _sections(live: Sequence[Block]) -> tuple[Section, ...]:
    """Headings with the paragraphs that follow each; paragraphs before the first have a section without title."""
    taken = {block.source.id for block in live if block.kind == "heading" and isinstance(block.source, Section)}
    names = (name for number in range(1, 1_000_000) if (name := f"r{number}") not in taken)
    drafts: list[tuple[Section, list[Paragraph]]] = []
    for block in live:
        if block.kind == "heading":
            drafts.append((_section(block, names), []))
        elif block.kind == "paragraph":
            if not drafts:
                drafts.append((Section(id=next(names), number="", level=1, title="", page=block.page), []))
            drafts[-1][1].append(_paragraph(block))
    return tuple(msgspec.structs.replace(section, paragraphs=tuple(paragraphs)) for section, paragraphs in drafts)


def _section(block: Block, names: Iterator[str]) -> Section:
    source = block.source
    if isinstance(source, Section) and source.title_spans == block.spans:
        return msgspec.structs.replace(source, level=block.level, title_marks=_title_marks(block, source.title))
    number = parse_number(block.text)
    title, title_en = split_title(block.text[number.end :] if number else block.text)
    box = box_of(block)
    return Section(
        id=source.id if isinstance(source, Section) else next(names),
        number=number.printed if number else "",
        level=block.level or 1,
        title=title,
        title_en=title_en or (source.title_en if isinstance(source, Section) else ""),
        page=block.page,
        box=Box(*box) if box else None,
        title_spans=block.spans,
        title_marks=_title_marks(block, title),
    )


def _title_marks(block: Block, title: str) -> tuple[Mark, ...]:
    """The heading's marks, counted from the beginning of its title."""
    start = max(0, block.text.find(title))
    return between(block.marks, start, start + len(title))


def _reference(block: Block) -> Reference:
    source = block.source
    csl = block.csl
    assert csl is not None, "a reference keeps its item"
    if isinstance(source, Reference):
        return msgspec.structs.replace(source, csl=csl, repairs=block.repairs)
    box = box_of(block)
    return Reference(
        number=block.number,
        raw=block.text,
        csl=msgspec.structs.replace(csl, id=f"ref-{block.number}"),
        page=block.page,
        box=Box(*box) if box else None,
        repairs=block.repairs,
        spans=block.spans,
    )


def _figure(block: Block, homes: Homes) -> Figure:
    source = block.source
    assert isinstance(source, Figure), "figures are never made"
    label, caption = _caption(block, source)
    place = homes.place(source)
    marks = _caption_marks(block, caption)
    return msgspec.structs.replace(
        source, label=label, caption=caption, caption_marks=marks, section=place.section, after=place.after
    )


def _caption(block: Block, source: Figure | Table) -> tuple[str, str]:
    """Label and caption; a label at the head of a new caption is taken from it."""
    if block.text == source.caption:
        return source.label, source.caption
    label = _FLOAT_LABEL.match(block.text)
    if label is None:
        return source.label, block.text
    return label.group(1), block.text[label.end() :]


def _table(block: Block, live: Sequence[Block], homes: Homes) -> Table:
    source = block.source
    assert isinstance(source, Table), "tables are never made"
    label, caption = _caption(block, source)
    texts = {(cell.row, cell.column): cell for cell in live if cell.kind == "cell" and cell.owner == block.id}
    rows = tuple(
        tuple(texts[r, c].text if (r, c) in texts else text for c, text in enumerate(row))
        for r, row in enumerate(source.rows)
    )
    cells = tuple(_cell(cell, texts.get((cell.row, cell.column))) for cell in source.cells)
    place = homes.place(source)
    return msgspec.structs.replace(
        source,
        label=label,
        caption=caption,
        caption_marks=_caption_marks(block, caption),
        rows=rows,
        cells=cells,
        section=place.section,
        after=place.after,
    )


def _caption_marks(block: Block, caption: str) -> tuple[Mark, ...]:
    """The block's marks, counted from the beginning of the caption."""
    start = len(block.text) - len(caption)
    return between(block.marks, start, len(block.text))


def _cell(cell: Cell, block: Block | None) -> Cell:
    if block is None:
        return cell
    return msgspec.structs.replace(cell, text=block.text, spans=block.spans, marks=block.marks)


def _note(block: Block) -> Note:
    assert isinstance(block.source, Note), "notes are never made"
    return msgspec.structs.replace(block.source, text=block.text, spans=block.spans, marks=block.marks)


def _formula(block: Block) -> Formula:
    """The formula; one that a person changed is known by its text alone."""
    assert isinstance(block.source, Formula), "formulas are never made"
    latex = block.source.latex if block.text == block.source.text else None
    return msgspec.structs.replace(block.source, text=block.text, spans=block.spans, marks=block.marks, latex=latex)


def _front(block: Block) -> FrontBlock:
    if isinstance(block.source, FrontBlock) and block.role == block.source.role:
        base = block.source.paragraph
        if _says_the_same(base, block):
            return block.source
    paragraph = Paragraph(text=block.text, lang=language(block.text), spans=block.spans, marks=block.marks)
    return FrontBlock(role=block.role, lang=paragraph.lang, paragraph=paragraph)


def _furniture(block: Block) -> Furniture:
    if isinstance(block.source, Furniture):
        return msgspec.structs.replace(block.source, text=block.text)
    box = box_of(block)
    return Furniture(page=block.page, box=Box(*box) if box else _NOWHERE, text=block.text, kind=block.role or "person")


def _page(page: PageRecord, sheet: Sheet) -> PageRecord:
    """The page with its corrected lines; most pages have none."""
    if not any(sheet.lines[line.id] is not line for region in page.regions for line in region.lines):
        return page
    regions = tuple(
        msgspec.structs.replace(region, lines=tuple(sheet.lines[line.id] for line in region.lines))
        for region in page.regions
    )
    return msgspec.structs.replace(page, regions=regions)


def blocks_by_page(sheet: Sheet) -> dict[int, list[Block]]:
    """The blocks of each page, in order."""
    pages = defaultdict[int, list[Block]](list)
    for key in sheet.order:
        pages[sheet.blocks[key].page].append(sheet.blocks[key])
    return pages
