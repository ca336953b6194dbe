"""PDF/A-2u is claimed for what passes an independent validator, and for nothing else."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from recover.export.searchable_pdf.document import claim_archival, is_plain
from tests.export.conftest import page_line
from tests.export.pdf_pages import DRAWN, GARBLED, one_page, scan, searchable

Change = Callable[[Pdf], None]
UNKNOWN_METADATA = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:s="http://scanner.invalid/"><s:lamp>on</s:lamp></rdf:Description>'
    b"</rdf:RDF></x:xmpmeta>"
)


@pytest.fixture(scope="module")
def validator() -> ModuleType:
    return pytest.importorskip("page", reason="page-validation checks PDF/A")


def image(pdf: Pdf) -> pikepdf.Object:
    return pdf.pages[0].Resources.XObject.Scan


def draw(content: bytes) -> Change:
    return lambda pdf: pdf.pages[0].contents_add(content)


def with_metadata(content: bytes) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.Root.Metadata = pdf.make_stream(content, Type=Name.Metadata, Subtype=Name.XML)

    return change


def with_palette(pdf: Pdf) -> None:
    scanned = image(pdf)
    scanned.write(bytes(200 * 280))
    scanned.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(b"\0\0\0\xff\xff\xff")])


def with_form(content: bytes) -> Change:
    def change(pdf: Pdf) -> None:
        form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 10, 10])
        pdf.pages[0].Resources.XObject.Form = form
        pdf.pages[0].contents_add(b"/Form Do")

    return change


def with_entry(owner: Callable[[Pdf], pikepdf.Object], name: str, value: object) -> Change:
    def change(pdf: Pdf) -> None:
        owner(pdf)[name] = value

    return change


def root(pdf: Pdf) -> pikepdf.Object:
    return pdf.Root


def page(pdf: Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj


PLAIN: dict[str, Change] = {
    "scan": lambda pdf: None,
    "drawing": draw(b"0.5 g 10 10 20 20 re f"),
    "form": with_form(b"1 0 0 RG 0 0 m 9 9 l S"),
    "palette": with_palette,
    "properties of the scanner": with_metadata(UNKNOWN_METADATA),
    "damaged metadata": with_metadata(b"<x:nonsense"),
    "turned": with_entry(page, "/Rotate", 90),
}
OTHER: dict[str, Change] = {
    "smoothed picture": with_entry(image, "/Interpolate", True),
    "picture with alternates": with_entry(image, "/Alternates", Array([])),
    "printers' colours": draw(b"0 0 0 1 k 1 1 5 5 re f"),
    "printers' colours in a form": with_form(b"0 0 0 1 k 1 1 5 5 re f"),
    "inline picture": draw(b"q BI /W 1 /H 1 /BPC 8 /CS /CMYK ID abcd EI Q"),
    "unknown operator": draw(b"q foo Q"),
    "see-through": with_entry(lambda pdf: pdf.pages[0].Resources, "/ExtGState", Dictionary(G=Dictionary(ca=0.5))),
    "scripts": with_entry(root, "/OpenAction", Dictionary(S=Name.JavaScript, JS="app.alert(1)")),
    "annotations": with_entry(page, "/Annots", Array([])),
    "requirements": with_entry(root, "/Requirements", Array([Dictionary(S=Name.EnableJavaScripts)])),
    "a page too large": with_entry(page, "/MediaBox", Array([0, 0, 20000, 20000])),
    "type of its own": draw(b"BT 0 Tr ET " + DRAWN),
}


def made_of(change: Change, tmp_path: Path) -> bytes:
    with pikepdf.open(io.BytesIO(scan(GARBLED))) as pdf:
        change(pdf)
        buffer = io.BytesIO()
        pdf.save(buffer)
    return searchable(tmp_path, buffer.getvalue(), one_page(page_line("p1.l1", "干细胞stem", 100)))


def claim(content: bytes) -> tuple[str | None, str | None]:
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        return metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")


@pytest.mark.parametrize("name", PLAIN)
def test_plain_scans_are_pdf_a(name: str, validator: ModuleType, tmp_path: Path) -> None:
    made = made_of(PLAIN[name], tmp_path)
    assert claim(made) == ("2", "U")
    report = validator.validate_pdf_bytes(made, profile="2u")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_signs_that_no_unicode_map_may_name_are_replaced(validator: ModuleType, tmp_path: Path) -> None:
    made = searchable(tmp_path, scan(GARBLED), one_page(page_line("p1.l1", "干\x00\ufeff\ufffe\ue000𠀀x", 100)))
    report = validator.validate_pdf_bytes(made, profile="2u")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


@pytest.mark.parametrize("name", OTHER)
def test_nothing_is_claimed_for_what_may_not_be(name: str, tmp_path: Path) -> None:
    assert claim(made_of(OTHER[name], tmp_path)) == (None, None)


def test_the_validator_finds_a_false_claim(validator: ModuleType) -> None:
    with pikepdf.open(io.BytesIO(scan(DRAWN))) as pdf:
        assert not is_plain(pdf)
        claim_archival(pdf)
        buffer = io.BytesIO()
        pdf.save(buffer)
    assert not validator.is_pdf_compliant_bytes(buffer.getvalue(), profile="2u")


def test_the_parts_that_pdf_a_asks_for_are_there(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(made_of(PLAIN["scan"], tmp_path))) as pdf:
        assert not pdf.is_encrypted
        assert "/ID" in pdf.trailer
        assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 3
        font = pdf.pages[0].Resources.Font["/RcvF"]
        assert font.ToUnicode.read_bytes()
        assert font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
        assert font.DescendantFonts[0].CIDToGIDMap.read_bytes()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    content, document = scan(GARBLED), one_page(page_line("p1.l1", "干细胞stem", 100))
    first = searchable(tmp_path, content, document)
    time.sleep(1.1)  # dates inside count seconds
    assert searchable(tmp_path, content, document) == first
