"""What a file says of itself: title, authors, language, bookmarks."""

from __future__ import annotations

import pikepdf
from lxml import etree

from recover.export.content import heading, main_language, title
from recover.export.markup import legal
from recover.export.references import body_sections
from recover.export.searchable_pdf.page import user_space
from recover.export.searchable_pdf.strip import DAMAGED
from recover.model.document import Document, PageRecord, Section

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"


def describe(pdf: pikepdf.Pdf, document: Document) -> None:
    """Title, authors, subject, keywords and language in both places where readers look."""
    _drop_damaged_metadata(pdf)
    pdf.Root.Lang = pikepdf.String(main_language(document))
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = legal(title(document))
        metadata["dc:language"] = {main_language(document)}
        if document.authors:
            metadata["dc:creator"] = [legal(author.name) for author in document.authors]
        keywords = (*document.keywords.zh, *document.keywords.en)
        if keywords:
            metadata["pdf:Keywords"] = legal("; ".join(keywords))
        metadata["pdf:Producer"] = "recover"


def _drop_damaged_metadata(pdf: pikepdf.Pdf) -> None:
    """Without it the library would write its complaints to the terminal before it does the same."""
    if "/Metadata" in pdf.Root and not _is_metadata(pdf.Root.Metadata):
        del pdf.Root.Metadata


def _is_metadata(stream: pikepdf.Object) -> bool:
    try:
        root = etree.fromstring(stream.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, *DAMAGED):
        return False
    return next(root.iter(_RDF), None) is not None


def add_bookmarks(pdf: pikepdf.Pdf, document: Document) -> None:
    """The headings as a tree of bookmarks that lead to their lines; replaces what was there."""
    records = {record.number: record for record in document.pages}
    headed = [section for section in body_sections(document) if heading(section)]
    with pdf.open_outline() as outline:
        outline.root.clear()
        open_items: list[tuple[int, pikepdf.OutlineItem]] = []
        for section in headed:
            item = _bookmark(pdf, section, records)
            while open_items and open_items[-1][0] >= section.level:
                open_items.pop()
            siblings = open_items[-1][1].children if open_items else outline.root
            siblings.append(item)
            open_items.append((section.level, item))


def _bookmark(pdf: pikepdf.Pdf, section: Section, records: dict[int, PageRecord]) -> pikepdf.OutlineItem:
    name, record = legal(heading(section)), records.get(section.page)
    number = min(section.page, len(pdf.pages) - 1)
    if section.box is None or record is None:
        return pikepdf.OutlineItem(name, number, "Fit")
    left, top = user_space(pdf.pages[number], record).point(section.box.x0, section.box.y0)
    return pikepdf.OutlineItem(name, number, "XYZ", left=round(left, 1), top=round(top + 4, 1))
