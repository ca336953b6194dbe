"""What a file says of itself: title, authors, language, bookmarks, and PDF/A-2u where nothing speaks against it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from PIL import ImageCms

from recover.export.content import heading, main_language, title
from recover.export.references import body_sections
from recover.export.searchable_pdf.page import user_space
from recover.export.searchable_pdf.strip import DAMAGED
from recover.model.document import Document, PageRecord, Section


def describe(pdf: pikepdf.Pdf, document: Document) -> None:
    """Title, authors, subject, keywords and language in both places where readers look."""
    pdf.Root.Lang = pikepdf.String(main_language(document))
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title(document)
        metadata["dc:language"] = {main_language(document)}
        if document.authors:
            metadata["dc:creator"] = [author.name for author in document.authors]
        keywords = (*document.keywords.zh, *document.keywords.en)
        if keywords:
            metadata["pdf:Keywords"] = "; ".join(keywords)
        metadata["pdf:Producer"] = "recover"


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
    record = records.get(section.page)
    number = min(section.page, len(pdf.pages) - 1)
    if section.box is None or record is None:
        return pikepdf.OutlineItem(heading(section), number, "Fit")
    left, top = user_space(pdf.pages[number], record).point(section.box.x0, section.box.y0)
    return pikepdf.OutlineItem(heading(section), number, "XYZ", left=round(left, 1), top=round(top + 4, 1))


def claim_archival(pdf: pikepdf.Pdf) -> None:
    """Declare PDF/A-2u when every page is a picture and the recovered text, which is all that can be vouched for."""
    if not _is_plain(pdf):
        return
    buffer = io.BytesIO(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile = pdf.make_stream(buffer.getvalue())
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


def _is_plain(pdf: pikepdf.Pdf) -> bool:
    try:
        return _is_plain_file(pdf.Root) and all(map(_is_plain_scan, pdf.pages))
    except DAMAGED:
        return False


def _is_plain_file(root: pikepdf.Object) -> bool:
    return not any(key in root for key in ("/OpenAction", "/AA", "/AcroForm", "/Names", "/OCProperties", "/Collection"))


def _is_plain_scan(page: pikepdf.Page) -> bool:
    """No annotations, no fonts but ours, pictures in colours that sRGB covers."""
    if {"/Annots", "/AA", "/Group"} & set(page.obj.keys()):
        return False
    return _is_plain_drawing(page.obj.get("/Resources", pikepdf.Dictionary()))


def _is_plain_drawing(resources: pikepdf.Object) -> bool:
    fonts = set(resources.get("/Font", pikepdf.Dictionary()).keys())
    drawn = resources.get("/XObject", pikepdf.Dictionary()).values()
    return fonts <= {"/RcvF"} and "/ExtGState" not in resources and all(map(_is_plain_picture, drawn))


def _is_plain_picture(item: pikepdf.Object) -> bool:
    if item.get("/Subtype") == "/Form":
        return "/Group" not in item and _is_plain_drawing(item.get("/Resources", pikepdf.Dictionary()))
    spaces: Sequence[str] = ("/DeviceGray", "/DeviceRGB")
    is_mask = bool(item.get("/ImageMask", False))
    return (
        (is_mask or item.get("/ColorSpace") in spaces) and "/SMask" not in item and item.get("/Filter") != "/JPXDecode"
    )
