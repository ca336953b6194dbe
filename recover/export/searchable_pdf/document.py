"""The searchable PDF of a whole document: opened or made, described, and claimed as PDF/A where it is."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from lxml import etree
from PIL import ImageCms

from recover.errors import EngineFailed
from recover.export.content import heading, main_language, title
from recover.export.formats import Original
from recover.export.markup import legal
from recover.export.searchable_pdf.fonts import Blanks, Codes, add_font
from recover.export.searchable_pdf.page import DAMAGED, is_good_type, is_plain_page, replace_text, set_lines, user_space
from recover.export.searchable_pdf.picture import open_pdf
from recover.export.searchable_pdf.place import SetLine
from recover.export.styled import body_sections
from recover.model.document import Document, Section
from recover.model.records import PageRecord

_CATALOG = {
    "/Type", "/Pages", "/Metadata", "/Lang", "/ViewerPreferences", "/Outlines", "/OutputIntents", "/PageMode",
    "/PageLayout", "/PageLabels", "/Version", "/MarkInfo", "/StructTreeRoot", "/Extensions",
}  # fmt: skip
# Where the header of a colour profile holds the moment it was made.
_DATE = slice(24, 36)


def is_plain(pdf: pikepdf.Pdf) -> bool:
    """Whether every page is pictures and recovered text, and the file does nothing when it is opened."""
    try:
        return set(pdf.Root.keys()) <= _CATALOG and all(map(is_plain_page, pdf.pages))
    except DAMAGED:
        return False


def forget_metadata(pdf: pikepdf.Pdf) -> None:
    """Drop what the scanner's program wrote, which may hold properties that PDF/A wants defined."""
    if "/Metadata" in pdf.Root:
        del pdf.Root.Metadata


def claim_archival(pdf: pikepdf.Pdf) -> None:
    """Say that the file is PDF/A-2u, and which colours its RGB means."""
    profile = pdf.make_stream(_colour_profile())
    profile.N = 3
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "U"


def _colour_profile() -> bytes:
    """The profile of sRGB with a date that doesn't change: the same input gives the same bytes."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[: _DATE.start] + struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + made[_DATE.stop :]


# What a file says of itself: title, authors, language, bookmarks.

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


def render(document: Document, folder: Path, original: Original) -> bytes:  # noqa: ARG001 the pages are the original's
    """The original with the recovered text in place of its own; raises UnreadableInput, EngineFailed."""
    with open_pdf(original, document) as pdf:
        try:
            _replace_all(pdf, document)
            return _saved(pdf)
        except pikepdf.PdfError as error:
            remedy = "repair the PDF (qpdf, mutool clean) and recover it again"
            raise EngineFailed(str(original.path), f"its pages cannot be rewritten ({error})", remedy) from error


def _replace_all(pdf: pikepdf.Pdf, document: Document) -> None:
    records = {record.number: record for record in document.pages if record.number < len(pdf.pages)}
    lines = {
        number: set_lines(pdf.pages[number], record)
        for number, record in records.items()
        if not is_good_type(pdf.pages[number], record)
    }
    codes = Codes(shape for page in lines.values() for line in page for shape in line.shapes)
    font = add_font(pdf, codes)
    blanks = Blanks(pdf)
    for number, placed in lines.items():
        _replace_or_leave(blanks, pdf.pages[number], placed, font, codes)
    is_archival = is_plain(pdf)
    if is_archival:
        forget_metadata(pdf)
    describe(pdf, document)
    add_bookmarks(pdf, document)
    if is_archival:
        claim_archival(pdf)


def _replace_or_leave(
    blanks: Blanks, page: pikepdf.Page, lines: Sequence[SetLine], font: pikepdf.Object, codes: Codes
) -> None:
    """Replace the page's text; a page too damaged for that stays as it is, and the others go on."""
    kept = {key: page.obj[key] for key in ("/Contents", "/Resources") if key in page.obj}
    try:
        replace_text(blanks, page, lines, font, codes)
    except DAMAGED:
        for key, value in kept.items():
            page.obj[key] = value


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """Without encryption, packed as tightly as without touching the pictures."""
    buffer = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        buffer,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        encryption=False,
        deterministic_id=True,
    )
    return buffer.getvalue()
