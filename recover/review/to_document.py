"""From the working copy back to a document: text, front matter and terms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from recover.lexicon.characters import passage_language
from recover.model.document import (
    Bilingual,
    BilingualList,
    Cell,
    Document,
    Figure,
    Formula,
    FrontBlock,
    Mark,
    Mention,
    Note,
    Paragraph,
    Reference,
    Section,
    Table,
    Term,
)
from recover.model.geometry import Box, enclose
from recover.model.records import Furniture, PageLine, PageRecord, PageRegion, Problem
from recover.review.from_document import Homes, box_of
from recover.review.working_copy import Block, WorkingCopy, between, char_box
from recover.stages.citations.marks import cite_as_printed
from recover.stages.floats.captions import with_captions_in_front
from recover.stages.outline.particulars import split_authors, split_keywords
from recover.stages.outline.titles import split_title
from recover.stages.terms.consistency import Forbidden, check_terms
from recover.stages.terms.mine import Passage, passages
from recover.text.numbering import parse_number

_FLOAT_LABEL = re.compile(r"\s*((?:图|表|Figure|Fig\.?|Table|Tab\.?)\s*\d+)[.．:：]?\s*", re.IGNORECASE)
_NOWHERE = Box(0, 0, 0, 0)


def fold(sheet: WorkingCopy) -> Document:
    """The document a sheet says."""
    from recover.pipeline.document import cite_notes  # noqa: PLC0415 brings OpenCV, which proofreading never needs

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


def _asked(sheet: WorkingCopy) -> Iterator[Problem]:
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
    lang = passage_language(block.text)
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
    paragraph = Paragraph(text=block.text, lang=passage_language(block.text), spans=block.spans, marks=block.marks)
    return FrontBlock(role=block.role, lang=paragraph.lang, paragraph=paragraph)


def _furniture(block: Block) -> Furniture:
    if isinstance(block.source, Furniture):
        return msgspec.structs.replace(block.source, text=block.text)
    box = box_of(block)
    return Furniture(page=block.page, box=Box(*box) if box else _NOWHERE, text=block.text, kind=block.role or "person")


def _page(page: PageRecord, sheet: WorkingCopy) -> PageRecord:
    """The page with its corrected lines; most pages have none."""
    drawn = sheet.on_page.get(page.number, ())[sum(len(region.lines) for region in page.regions) :]
    if not drawn and not any(sheet.lines[line.id] is not line for region in page.regions for line in region.lines):
        return page
    regions = tuple(
        msgspec.structs.replace(region, lines=tuple(filter(None, (_line(line, sheet) for line in region.lines))))
        for region in page.regions
    )
    return msgspec.structs.replace(page, regions=(*regions, *_drawn(drawn, regions, sheet)))


def _line(line: PageLine, sheet: WorkingCopy) -> PageLine | None:
    """The line as it reads now; None where all of it went to another."""
    now = sheet.lines[line.id]
    return now if now.text or not line.text else None


def _drawn(lines: Sequence[str], regions: Sequence[PageRegion], sheet: WorkingCopy) -> Iterator[PageRegion]:
    """What a person had read anew: a region behind those that were found."""
    kept = tuple(line for key in lines if (line := sheet.lines[key]).text)
    if kept:
        boxes = [char_box(line, 0, len(line.text)) for line in kept]
        order = 1 + max((region.order for region in regions if region.order is not None), default=-1)
        yield PageRegion(id=f"{kept[0].id}.region", kind="text", box=enclose(boxes), order=order, lines=kept)


def blocks_by_page(sheet: WorkingCopy) -> dict[int, list[Block]]:
    """The blocks of each page, in order."""
    pages = defaultdict[int, list[Block]](list)
    for key in sheet.order:
        pages[sheet.blocks[key].page].append(sheet.blocks[key])
    return pages


# Title, authors, abstracts and keywords follow the front matter's blocks where these were changed.

_FIELDS = {
    "title": ("title-zh", "title-en"),
    "authors": ("authors-zh", "authors-en"),
    "abstracts": ("abstract-zh", "abstract-en"),
    "keywords": ("keywords-zh", "keywords-en"),
}


def fold_front(before: Document, document: Document) -> Document:
    """The document with every field whose blocks changed made anew from them; the others stay as recovered."""
    changed = [
        field for field, roles in _FIELDS.items() if any(_texts(before, r) != _texts(document, r) for r in roles)
    ]
    if "title" in changed:
        title = Bilingual(zh="".join(_texts(document, "title-zh")), en=" ".join(_texts(document, "title-en")))
        document = msgspec.structs.replace(document, title=title)
    if "authors" in changed:
        authors = split_authors(_texts(document, "authors-zh"), _texts(document, "authors-en"))
        document = msgspec.structs.replace(document, authors=authors)
    if "abstracts" in changed:
        abstracts = BilingualList(zh=_texts(document, "abstract-zh"), en=_texts(document, "abstract-en"))
        document = msgspec.structs.replace(document, abstracts=abstracts)
    if "keywords" in changed:
        zh, en = (split_keywords(_texts(document, role)) for role in _FIELDS["keywords"])
        document = msgspec.structs.replace(document, keywords=BilingualList(zh=zh, en=en))
    return document


def _texts(document: Document, role: str) -> tuple[str, ...]:
    return tuple(block.paragraph.text for block in document.front if block.role == role and block.paragraph.text)


# Terms after a review: mentions move with their texts, terms a person added are found everywhere, doubts anew.


def fold_terms(sheet: WorkingCopy, document: Document) -> Document:
    """The document with its terms' mentions at their places in the reviewed texts."""
    if sheet.document is document:
        return document
    before, after = passages(sheet.document), passages(document)
    texts = {(passage.section, passage.paragraph): passage.text for passage in before}
    kept = tuple(_follow(term, texts, after) for term in sheet.document.terms)
    known = {(term.zh, term.en) for term in kept}
    added = tuple(_found(term, after) for term in sheet.terms if (term.zh, term.en) not in known)
    return check_terms(msgspec.structs.replace(document, terms=(*kept, *added)), _forbidden_before(sheet.document))


def _forbidden_before(document: Document) -> Forbidden:
    """The glossary is not at hand, but what it forbade of this document's wordings was told."""
    told = frozenset(
        (document.terms[doubt.term].zh, document.terms[doubt.term].en, wording.text)
        for doubt in document.term_doubts
        if doubt.kind == "forbidden"
        for wording in doubt.wordings
    )
    return lambda term, text: (term.zh, term.en, text) in told


def _follow(term: Term, texts: Mapping[tuple[str, int], str], after: Sequence[Passage]) -> Term:
    """Mentions of unchanged texts are kept, wherever these stand now; in changed ones the same wordings count."""
    places = defaultdict[str, list[tuple[int, int]]](list)
    for mention in term.mentions:
        text = texts.get((mention.section, mention.paragraph), "")
        if (mention.start, mention.end) not in places[text]:
            places[text].append((mention.start, mention.end))
    wordings = {text[start:end] for text, found in places.items() for start, end in found} - {""}
    unchanged = set(texts.values())
    mentions = tuple(
        Mention(section=passage.section, paragraph=passage.paragraph, start=start, end=end)
        for passage in after
        for start, end in (places.get(passage.text, ()) if passage.text in unchanged else _scan(passage.text, wordings))
    )
    return msgspec.structs.replace(term, mentions=mentions, count=len(mentions))


def _found(term: Term, after: Sequence[Passage]) -> Term:
    wordings = {term.zh, term.en, term.abbreviation} - {""}
    mentions = tuple(
        Mention(section=passage.section, paragraph=passage.paragraph, start=start, end=end)
        for passage in after
        for start, end in _scan(passage.text, wordings)
    )
    return msgspec.structs.replace(term, mentions=mentions, count=len(mentions))


def _scan(text: str, wordings: set[str]) -> list[tuple[int, int]]:
    """Where one of ``wordings`` stands, the longest first, Latin ones as whole words."""
    if not wordings:
        return []
    pattern = "|".join(re.escape(wording) for wording in sorted(wordings, key=len, reverse=True))
    return [match.span() for match in re.finditer(f"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])", text)] + [
        match.span()
        for match in re.finditer(pattern, text)
        if not text[match.start()].isascii() and not _is_bounded(text, *match.span())
    ]


def _is_bounded(text: str, start: int, end: int) -> bool:
    """Whether the first pattern of ``_scan`` found this place already."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return not any(char.isascii() and char.isalnum() for char in around)
