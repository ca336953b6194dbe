"""From a recovered document to the working copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from recover.errors import MALFORMED, UnreadableInput
from recover.model.document import (
    CAPTION,
    SCHEMA,
    Document,
    Figure,
    Formula,
    FrontBlock,
    Note,
    Paragraph,
    Reference,
    Section,
    Span,
    Table,
)
from recover.model.geometry import enclose
from recover.model.records import Furniture, PageLine, PageRecord
from recover.review.working_copy import Block, WorkingCopy, moved
from recover.stages.floats.figures_and_tables import Place, line_places

# Edges and confidences are thousandths, -1 where nobody measured; slanted characters reach a little beyond a line.
_THOUSANDTHS = {number: number for number in range(-100, 1101)}


class _Unread(Document, frozen=True, kw_only=True):
    """A document whose pages are still JSON."""

    pages: tuple[msgspec.Raw, ...] = ()  # type: ignore[assignment]


def read_lean(path: Path) -> Document:
    """The document in a ``document.json``, equal numbers of its lines held once; raises UnreadableInput.

    A decoder makes a number of its own for each character's edges and confidence: of 300 pages they take 60 MB of 120.
    """
    try:
        unread = msgspec.json.decode(path.read_bytes(), type=_Unread)
        pages = tuple(map(_lean_page, unread.pages))
    except OSError as error:
        raise UnreadableInput(str(path), error.strerror or str(error), "give a folder that recover wrote") from error
    except MALFORMED as error:
        raise UnreadableInput(str(path), f"no {SCHEMA} document ({error})", "recover the file again") from error
    told = {name: getattr(unread, name) for name in Document.__struct_fields__ if name != "pages"}
    return Document(**told, pages=pages)


def _lean_page(json: msgspec.Raw) -> PageRecord:
    page = msgspec.json.decode(json, type=PageRecord)
    regions = (
        msgspec.structs.replace(region, lines=tuple(map(_lean_line, region.lines))) if region.lines else region
        for region in page.regions
    )
    return msgspec.structs.replace(page, regions=tuple(regions))


def _lean_line(line: PageLine) -> PageLine:
    try:
        edges, confidences = (tuple(map(_THOUSANDTHS.__getitem__, told)) for told in (line.edges, line.confidences))
    except KeyError:
        return line
    return msgspec.structs.replace(line, edges=edges, confidences=confidences)


def unfold(document: Document) -> WorkingCopy:
    """The sheet of a document nobody has touched yet."""
    lines = {line.id: line for page in document.pages for region in page.regions for line in region.lines}
    blocks: dict[str, Block] = {}
    for block in _blocks(document, lines):
        key = _free(block.id, blocks)
        blocks[key] = block if key == block.id else _renamed(block, key)
    users = defaultdict[str, list[str]](list)
    for block in blocks.values():
        _mend(lines, block)
        for line in dict.fromkeys(span.line for span in block.spans if span.line):
            users[line].append(block.id)
    on_page = {
        page.number: tuple(line.id for region in page.regions for line in region.lines) for page in document.pages
    }
    return WorkingCopy(
        document=document,
        blocks=blocks,
        order=tuple(blocks),
        lines=lines,
        users={line: tuple(ids) for line, ids in users.items()},
        on_page=on_page,
        page_of={line: page for page, ids in on_page.items() for line in ids},
        checked={},
    )


def _mend(lines: dict[str, PageLine], block: Block) -> None:
    """Where the recovery mended characters of a block, their line reads as mended too: both are corrected at once."""
    for span in block.spans:
        line, shown = lines.get(span.line), block.text[span.start : span.end]
        if line is not None and line.text[span.at : span.at + len(shown)] != shown:
            text = line.text[: span.at] + shown + line.text[span.at + len(shown) :]
            lines[line.id] = msgspec.structs.replace(line, text=text[: len(line.text)])


def _free(key: str, taken: dict[str, Block]) -> str:
    number = 2
    free = key
    while free in taken:
        free, number = f"{key}.{number}", number + 1
    return free


def _renamed(block: Block, key: str) -> Block:
    return msgspec.structs.replace(block, id=key)


def _blocks(document: Document, lines: dict[str, PageLine]) -> Iterator[Block]:
    yield from (_front(front) for front in document.front if front.role != CAPTION)
    for section in document.sections:
        if section.number or section.title or section.title_en:
            yield _heading(section, lines)
        for paragraph in section.paragraphs:
            yield _paragraph(paragraph, section)
    yield from _set_apart(document)
    for number, note in enumerate(document.notes):
        yield _note(number, note)
    for reference in document.references:
        yield _reference(reference)
    for number, furniture in enumerate(document.furniture):
        yield _furniture(number, furniture, lines)


def _set_apart(document: Document) -> Iterator[Block]:
    for number, figure in enumerate(document.figures):
        yield _float(f"f{number + 1}", figure)
    for number, table in enumerate(document.tables):
        yield _float(f"t{number + 1}", table)
        yield from _cells(f"t{number + 1}", table)
    for number, formula in enumerate(document.formulas):
        yield _formula(number, formula)


def name_of(spans: Sequence[Span], otherwise: str) -> str:
    """A block is named by its first character's place, which other blocks' changes don't touch."""
    first = next((span for span in spans if span.line), None)
    return f"{first.line}@{first.at}" if first else otherwise


def _page(spans: Sequence[Span], otherwise: int) -> int:
    return spans[0].page if spans else otherwise


def _front(front: FrontBlock) -> Block:
    paragraph = front.paragraph
    return Block(
        id=name_of(paragraph.spans, f"front:{front.role}"),
        kind="front",
        page=_page(paragraph.spans, 0),
        text=paragraph.text,
        spans=paragraph.spans,
        marks=paragraph.marks,
        role=front.role,
        source=front,
    )


def _heading(section: Section, lines: dict[str, PageLine]) -> Block:
    printed = _printed(section.title_spans, lines)
    plain = " ".join(part for part in (section.number, section.title, section.title_en) if part)
    return Block(
        id=name_of(section.title_spans, f"heading:{section.id}"),
        kind="heading",
        page=section.page,
        text=printed or plain,
        spans=section.title_spans if printed else (),
        marks=moved(section.title_marks, max(0, (printed or plain).find(section.title))),
        box=section.box,
        level=section.level,
        source=section,
    )


def _printed(spans: Sequence[Span], lines: dict[str, PageLine]) -> str:
    """The heading as it stands on its lines; a place that no line holds is a space."""
    text = ""
    for span in spans:
        line = lines.get(span.line)
        if line is None:
            return ""
        text += " " * (span.start - len(text)) + line.text[span.at : span.at + span.end - span.start]
    return text


def _paragraph(paragraph: Paragraph, section: Section) -> Block:
    return Block(
        id=name_of(paragraph.spans, f"paragraph:{section.id}.{paragraph.text[:12]}"),
        kind="paragraph",
        page=_page(paragraph.spans, section.page),
        text=paragraph.text,
        spans=paragraph.spans,
        marks=paragraph.marks,
        source=paragraph,
    )


def _float(key: str, item: Figure | Table) -> Block:
    kind = "table" if isinstance(item, Table) else "figure"
    return Block(
        id=key,
        kind=kind,  # type: ignore[arg-type]
        page=item.page,
        text=item.caption,
        spans=item.caption_spans,
        marks=item.caption_marks,
        box=item.box,
        source=item,
    )


def _cells(key: str, table: Table) -> Iterator[Block]:
    for cell in table.cells:
        yield Block(
            id=f"{key}.{cell.row}.{cell.column}",
            kind="cell",
            page=table.page,
            text=cell.text,
            spans=cell.spans,
            marks=cell.marks,
            box=cell.box,
            owner=key,
            row=cell.row,
            column=cell.column,
        )


def _reference(reference: Reference) -> Block:
    return Block(
        id=name_of(reference.spans, f"reference:{reference.number}"),
        kind="reference",
        page=reference.page,
        text=reference.raw,
        spans=reference.spans,
        box=reference.box,
        source=reference,
        csl=reference.csl,
        repairs=reference.repairs,
        number=reference.number,
    )


def _formula(number: int, formula: Formula) -> Block:
    return Block(
        id=name_of(formula.spans, f"formula:{number}"),
        kind="formula",
        page=formula.page,
        text=formula.text,
        spans=formula.spans,
        marks=formula.marks,
        box=formula.box,
        source=formula,
    )


def _note(number: int, note: Note) -> Block:
    return Block(
        id=name_of(note.spans, f"note:{number}"),
        kind="note",
        page=note.page,
        text=note.text,
        spans=note.spans,
        marks=note.marks,
        box=note.box,
        source=note,
    )


def _furniture(number: int, furniture: Furniture, lines: Mapping[str, PageLine]) -> Block:
    line = lines.get(furniture.line)
    whole = Span(
        start=0, end=len(furniture.text), page=furniture.page, box=furniture.box, origin="ppocr", line=furniture.line
    )
    return Block(
        spans=(msgspec.structs.replace(whole, origin=line.origin),) if line and line.text == furniture.text else (),
        id=f"furniture:{number}",
        kind="furniture",
        page=furniture.page,
        text=furniture.text,
        box=furniture.box,
        role=furniture.kind,
        source=furniture,
    )


def box_of(block: Block) -> tuple[float, float, float, float] | None:
    """The block's place on its first page, in points."""
    boxes = [span.box for span in block.spans if span.page == block.page]
    box = enclose(boxes) if boxes else block.box
    return (box.x0, box.y0, box.x1, box.y1) if box else None


# Where the figures and tables of a proofread document stand now that its headings and paragraphs have changed.


class Homes(msgspec.Struct, frozen=True):
    """The sections as they were, those there are now, and the place behind each line now."""

    before: tuple[Section, ...]
    now: Mapping[str, Section]
    behind: Mapping[str, Place]

    @classmethod
    def of(cls, sheet: WorkingCopy, sections: Sequence[Section]) -> Homes:
        """The homes on a sheet that says ``sections``."""
        return cls(sheet.document.sections, {section.id: section for section in sections}, line_places(sections))

    def place(self, item: Figure | Table) -> Place:
        """Behind the last line before it that still stands in the text; without any, in its section as it was."""
        own = next((section for section in self.before if section.id == item.section), None)
        if own is None:
            return Place(item.section, item.after)
        for line in reversed(_lines(own, item.after)):
            if line in self.behind:
                return self.behind[line]
        if item.section in self.now:
            return Place(item.section, min(item.after, len(self.now[item.section].paragraphs) - 1))
        return Place(self._last_before(item.section))

    def _last_before(self, name: str) -> str:
        """For a section that is none any more, the last that begins before it."""
        last = ""
        for section in self.before:
            last = section.id if section.id in self.now else last
            if section.id == name:
                break
        return last


def _lines(section: Section, after: int) -> list[str]:
    """The lines of a section's heading and of its paragraphs up to ``after``, in order."""
    spans = [*section.title_spans, *(span for one in section.paragraphs[: after + 1] for span in one.spans)]
    return [span.line for span in spans if span.line]
