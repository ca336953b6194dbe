"""PDF/A-2u: claimed for a file of plain scans alone, whose every part is on a list of what the standard allows."""

from __future__ import annotations

import struct

import pikepdf
from PIL import ImageCms

from recover.export.searchable_pdf.plain import is_plain_page
from recover.export.searchable_pdf.strip import DAMAGED

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
