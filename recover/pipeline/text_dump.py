"""The document of a text dump: the stages of a document where it reads line by line, else what can be saved of it."""

from __future__ import annotations

import hashlib

import msgspec

from recover.model.document import Document, Section, Source
from recover.model.geometry import Box
from recover.pipeline.document import assemble, with_terms
from recover.settings import Settings
from recover.stages.citations.marks import cite_sections
from recover.stages.text_dump.document import dump_to_document
from recover.stages.text_dump.pages import dump_pages, is_plain

# A dump has no places; its boxes are empty.
NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


def document_of_dump(text: str, name: str, settings: Settings) -> Document:
    """The document that the dump ``text`` of the file ``name`` holds."""
    if not is_plain(text):
        document = dump_to_document(text, name)
        sections = cite_sections(document.sections, document.references).sections
        return with_terms(msgspec.structs.replace(document, sections=sections), settings)
    pages = dump_pages(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = Source(name=name, sha256=digest, pages=len(pages), kind="text")
    return _without_places(assemble(source, pages, settings))


def _without_places(document: Document) -> Document:
    """The document without the places that its lines were given to be read."""
    replace = msgspec.structs.replace
    return replace(
        document,
        sections=tuple(map(_section, document.sections)),
        references=tuple(replace(item, box=None, spans=()) for item in document.references),
        notes=tuple(replace(item, box=NOWHERE, spans=(), mark_spans=()) for item in document.notes),
        toc=tuple(replace(item, box=NOWHERE, spans=()) for item in document.toc),
        furniture=tuple(replace(item, box=NOWHERE) for item in document.furniture),
        front=tuple(replace(item, paragraph=replace(item.paragraph, spans=())) for item in document.front),
        tables=tuple(replace(item, box=NOWHERE, cells=()) for item in document.tables),
        figures=tuple(replace(item, box=NOWHERE) for item in document.figures),
        corrections=tuple(replace(item, box=None) for item in document.corrections),
        pages=(),
    )


def _section(section: Section) -> Section:
    paragraphs = tuple(msgspec.structs.replace(item, spans=()) for item in section.paragraphs)
    return msgspec.structs.replace(section, box=None, title_spans=(), paragraphs=paragraphs)
