"""A document of hundreds of pages made of a short one, its pages repeated under new names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import msgspec

from recover.export.document_json import read, render
from recover.model.document import Document, Paragraph, Section
from recover.model.records import PageRecord

_PAGE = re.compile(r"^p(\d+)\.")


def write_long(source: Path, target: Path, pages: int) -> None:
    """Write a folder of ``pages`` pages that repeats the pages, sections and references of ``source``."""
    shutil.rmtree(target, ignore_errors=True)
    (target / "pages").mkdir(parents=True)
    document = read(source / "document.json")
    long = repeat(document, pages)
    (target / "document.json").write_bytes(render(long, target))
    for page in long.pages:
        original = source / document.pages[page.number % len(document.pages)].image
        if original.is_file():
            shutil.copyfile(original, target / page.image)


def repeat(document: Document, pages: int) -> Document:
    """The document again and again, cut to ``pages`` pages."""
    size = len(document.pages)
    rounds = range(-(-pages // size))
    records = [_page(page, size * number) for number in rounds for page in document.pages][:pages]
    sections = [_section(section, size * number) for number in rounds for section in document.sections]
    references = tuple(
        msgspec.structs.replace(
            one, number=one.number + len(document.references) * number, page=one.page + size * number, spans=()
        )
        for number in rounds
        for one in document.references
    )
    return msgspec.structs.replace(
        document,
        pages=tuple(records),
        sections=tuple(section for section in sections if section.page < pages),
        references=tuple(one for one in references if one.page < pages),
    )


def _page(page: PageRecord, shift: int) -> PageRecord:
    regions = tuple(
        msgspec.structs.replace(
            region,
            id=_renamed(region.id, shift),
            lines=tuple(msgspec.structs.replace(line, id=_renamed(line.id, shift)) for line in region.lines),
        )
        for region in page.regions
    )
    number = page.number + shift
    return msgspec.structs.replace(page, number=number, image=f"pages/page-{number + 1:04d}.jpg", regions=regions)


def _section(section: Section, shift: int) -> Section:
    return msgspec.structs.replace(
        section,
        id=f"{section.id}.{shift}",
        page=section.page + shift,
        title_spans=tuple(
            msgspec.structs.replace(span, line=_renamed(span.line, shift), page=span.page + shift)
            for span in section.title_spans
        ),
        paragraphs=tuple(_paragraph(paragraph, shift) for paragraph in section.paragraphs),
    )


def _paragraph(paragraph: Paragraph, shift: int) -> Paragraph:
    spans = tuple(
        msgspec.structs.replace(span, line=_renamed(span.line, shift), page=span.page + shift)
        for span in paragraph.spans
    )
    return msgspec.structs.replace(paragraph, spans=spans)


def _renamed(name: str, shift: int) -> str:
    return _PAGE.sub(lambda found: f"p{int(found.group(1)) + shift}.", name)
