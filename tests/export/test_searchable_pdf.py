"""Searchable PDFs of every kind of page, and the parts they are made of."""

import io
from pathlib import Path

import msgspec
import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageChops, ImageOps

from recover.errors import UnreadableInput, UsageError
from recover.export.characters import placed_characters
from recover.export.formats import FORMATS, Original, find_original
from recover.export.searchable_pdf import render
from recover.export.searchable_pdf.fonts import WIDTHS, Codes, Shape, font_file, to_unicode
from recover.export.searchable_pdf.place import cell_edges, fit_widths, operators, set_line
from recover.model.document import Document
from recover.model.geometry import Box, Transform
from tests.export.conftest import make_paper, page_line, squash
from tests.export.pdf_pages import DRAWN, GARBLED, one_page, scan, searchable
from tests.export.pdf_readers import looks_same, overlap_share, pdfium_characters, pdfium_text, poppler, run_pdftotext

# Pages of every kind


@pytest.mark.parametrize(
    ("rotate", "width", "height"), [(0, 595, 842), (90, 842, 595), (180, 595, 842), (270, 842, 595)]
)
@poppler
def test_text_lands_in_its_place_on_turned_pages(rotate: int, width: int, height: int, tmp_path: Path) -> None:
    line = page_line("p1.l1", "干细胞stem", 100, slant=0)
    made = searchable(tmp_path, scan(rotate=rotate), one_page(line, size=(width, height)))
    root = etree.fromstring(run_pdftotext(made, "-bbox"))
    word = next(root.iterfind(".//{*}word"))
    assert word.text == line.text
    box = Box(*(float(word.get(key)) for key in ("xMin", "yMin", "xMax", "yMax")))
    assert overlap_share([Box(50, 100, 120, 112)], [box], of_both=True) > 0.95


@poppler
def test_a_cropped_page_is_measured_from_its_crop(tmp_path: Path) -> None:
    line = page_line("p1.l1", "干细胞", 100, slant=0)
    made = searchable(tmp_path, scan(crop=(40, 20, 540, 800)), one_page(line, size=(500, 780)))
    word = next(etree.fromstring(run_pdftotext(made, "-bbox")).iterfind(".//{*}word"))
    # poppler counts from the paper's edge, 42 points above the crop and 40 to its left
    assert (float(word.get("xMin")), float(word.get("yMin"))) == pytest.approx((90, 142), abs=1.5) or (
        float(word.get("xMin")),
        float(word.get("yMin")),
    ) == pytest.approx((50, 100), abs=1.5)
    char = pdfium_characters(made)[0][2]
    assert char.x0 == pytest.approx(90, abs=0.5)


def test_an_invisible_layer_is_replaced(tmp_path: Path) -> None:
    original = scan(GARBLED)
    made = searchable(tmp_path, original, one_page(page_line("p1.l1", "干细胞", 100)))
    assert pdfium_text(made).strip() == "干细胞"
    assert looks_same(original, made)


def test_a_layer_goes_even_where_nothing_was_read(tmp_path: Path) -> None:
    nothing = msgspec.structs.replace(one_page(page_line("p1.l1", "x", 9)).pages[0], regions=())
    made = searchable(tmp_path, scan(GARBLED), msgspec.structs.replace(make_paper(), pages=(nothing,)))
    assert pdfium_text(made).strip() == ""


def test_type_hidden_under_the_picture_is_replaced(tmp_path: Path) -> None:
    original = scan(DRAWN, above=False)
    made = searchable(tmp_path, original, one_page(page_line("p1.l1", "干细胞", 100)))
    assert pdfium_text(made).strip() == "干细胞"
    assert looks_same(original, made)


def test_type_that_is_seen_stays_and_says_nothing_when_it_was_wrong(tmp_path: Path) -> None:
    original = scan(DRAWN)
    made = searchable(tmp_path, original, one_page(page_line("p1.l1", "干细胞", 300)))
    assert looks_same(original, made)
    assert pdfium_text(made).split() == ["干细胞"]


def test_good_type_is_left_alone(tmp_path: Path) -> None:
    original = scan(DRAWN)
    made = searchable(tmp_path, original, one_page(page_line("p1.l1", "GOODTYPE", 130), decision="keep"))
    assert pdfium_text(made).strip() == "GOODTYPE"
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert "/RcvF" not in pdf.pages[0].Resources.Font


def test_text_in_forms_within_forms_is_found(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(scan())) as pdf:
        page = pdf.pages[0]
        inner = pdf.make_stream(GARBLED, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 595, 842])
        inner.Resources = pikepdf.Dictionary(Font=page.Resources.Font)
        outer = pdf.make_stream(b"/In Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 595, 842])
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(In=inner))
        page.Resources.XObject.Out = outer
        page.contents_add(b"/Out Do")
        buffer = io.BytesIO()
        pdf.save(buffer)
    assert "garbled" in pdfium_text(buffer.getvalue())
    made = searchable(tmp_path, buffer.getvalue(), one_page(page_line("p1.l1", "干细胞", 100)))
    assert pdfium_text(made).strip() == "干细胞"


def around(path: Path, frames: int = 1) -> bytes:
    """A page around each frame, with a line on it."""
    page = one_page(page_line("p1.l1", "干细胞", 100, slant=0), size=(400, 600)).pages[0]
    pages = tuple(msgspec.structs.replace(page, number=number) for number in range(frames))
    return render(msgspec.structs.replace(make_paper(), pages=pages), path.parent, Original(path=path))


@pytest.mark.parametrize(("mode", "kind"), [("L", "JPEG"), ("RGB", "JPEG"), ("L", "PNG"), ("RGB", "PNG"), ("1", "PNG")])
def test_a_picture_becomes_a_page_with_its_bytes_untouched(mode: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"scan.{kind.lower()}"
    Image.effect_noise((400, 600), 90).convert(mode).save(path)
    made = around(path)
    assert squash(pdfium_text(made)) == "干细胞"
    assert len(made) <= 1.1 * path.stat().st_size + 8000
    shown = pdfium.PdfDocument(made)[0].render(scale=1).to_pil().convert("L")
    with Image.open(path) as original:
        assert ImageChops.difference(shown, original.convert("L")).getextrema()[1] <= 2
        if kind == "JPEG":
            assert path.read_bytes() in made


@pytest.mark.parametrize("mode", ["RGBA", "P", "CMYK", "I;16"])
def test_other_kinds_of_picture_are_redrawn(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "scan.tiff"
    Image.effect_noise((400, 600), 90).convert("RGB" if mode in {"RGBA", "CMYK", "P"} else "I").convert(mode).save(path)
    assert squash(pdfium_text(around(path))) == "干细胞"


def test_every_frame_becomes_a_page(tmp_path: Path) -> None:
    path = tmp_path / "scan.tiff"
    frames = [Image.effect_noise((400, 600), 90).convert("1") for _ in range(3)]
    frames[0].save(path, save_all=True, append_images=frames[1:], compression="group4")
    assert len(pdfium.PdfDocument(around(path, frames=3))) == 3


@pytest.mark.parametrize("orientation", range(1, 9))
@poppler
def test_a_picture_that_a_camera_turned_is_shown_upright(orientation: int, tmp_path: Path) -> None:
    path = tmp_path / "scan.jpg"
    size = (400, 600) if orientation < 5 else (600, 400)
    exif = Image.Exif()
    exif[0x0112] = orientation
    base = Image.linear_gradient("L").resize(size)
    base.save(path, exif=exif, quality=95)
    made = around(path)
    shown = pdfium.PdfDocument(made)[0].render(scale=1).to_pil().convert("L")
    with Image.open(path) as original:
        assert ImageChops.difference(shown, ImageOps.exif_transpose(original)).getextrema()[1] <= 4
    word = next(etree.fromstring(run_pdftotext(made, "-bbox")).iterfind(".//{*}word"))
    assert (float(word.get("xMin")), float(word.get("yMin"))) == pytest.approx((50, 100), abs=1)


def test_rare_characters_survive(tmp_path: Path) -> None:
    text = '𠀀𬬭Ⅲα±×℃"(\\'
    made = searchable(tmp_path, scan(), one_page(page_line("p1.l1", text, 100)))
    assert squash(pdfium_text(made)) == text


def test_a_damaged_page_stays_and_the_others_go_on(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(scan())) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Array([1]), Font=7)
        buffer = io.BytesIO()
        pdf.save(buffer)
    page = one_page(page_line("p1.l1", "干细胞", 100)).pages[0]
    document = msgspec.structs.replace(make_paper(), pages=(page, msgspec.structs.replace(page, number=1)))
    made = searchable(tmp_path, buffer.getvalue(), document)
    assert pdfium.PdfDocument(made)[1].get_textpage().get_text_range().strip() == "干细胞"


def test_a_damaged_original_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        searchable(tmp_path, b"%PDF-1.7 nothing", one_page(page_line("p1.l1", "干", 100)))


# The parts


@given(st.lists(st.floats(0.02, 6), min_size=1, max_size=80))
def test_rounded_widths_never_add_up(widths: list[float]) -> None:
    cells = [sum(widths[:end]) for end in range(len(widths) + 1)]
    at = 0.0
    for (index, move), right in zip(fit_widths(cells), cells[1:], strict=True):
        at += (WIDTHS[index] + move) / 1000
        # A cell narrower than the narrowest glyph is made up for by those that follow.
        assert at <= right + 0.026 + 0.05 * len(widths) * (min(widths) < 0.05)
    assert at >= cells[-1] - 0.026


def test_a_line_is_one_string_of_shapes_without_gaps() -> None:
    line = page_line("l", "干细胞mii，x", 100)
    placed = set_line(line, Transform())
    assert placed is not None
    codes = Codes(placed.shapes)
    assert "".join(shape.char for shape in placed.shapes) == line.text
    assert set(placed.moves) == {0}
    assert operators(placed, codes).count("<") == 1
    assert set_line(page_line("l", "   ", 100), Transform()) is None


def test_cells_never_go_backwards() -> None:
    cells = cell_edges((0, 100, 90, 200, 80, 80, 300, 1000), 10.0)
    assert cells == sorted(cells)
    assert len(set(cells)) == len(cells)


def test_the_font_is_read_by_fonttools() -> None:
    fonttools = pytest.importorskip("fontTools.ttLib")
    font = fonttools.TTFont(io.BytesIO(font_file()))
    names = font.getGlyphOrder()
    assert [font["hmtx"][name][0] for name in names[1:]] == list(WIDTHS)
    assert [font["glyf"][name].xMax for name in names[1:]] == list(WIDTHS)


def test_the_unicode_map_names_every_character() -> None:
    shapes = [Shape(width, char) for width, char in ((20, "干"), (3, "a"), (20, "𠀀"))]
    codes = Codes(shapes)
    written = to_unicode(codes.shapes).decode()
    assert all(f"<{char.encode('utf-16-be').hex().upper()}>" in written for char in "干a𠀀")
    assert codes.encode(shapes) == "000200010003"


def test_characters_share_their_line_out() -> None:
    placed = placed_characters(page_line("l", "干细胞", 10, left=0, slant=3))
    assert [round(char.box.x0) for char in placed] == [0, 10, 20]
    assert placed[0].box.y0 == 10
    assert placed[2].box.y1 == pytest.approx(25)


# Where the original is


def test_the_original_is_found_near_the_folder_by_its_hash(tmp_path: Path, paper: Document) -> None:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper.pdf").write_bytes(b"x")
    own = msgspec.structs.replace(
        paper,
        source=msgspec.structs.replace(
            paper.source, sha256="2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
        ),
    )
    found = find_original(own, tmp_path / "paper", None, None)
    assert found is not None
    assert found.path.read_bytes() == b"x"
    assert find_original(paper, tmp_path / "paper", None, None) is None
    with pytest.raises(UsageError, match="not the file"):
        find_original(paper, tmp_path, tmp_path / "paper.pdf", None)
    with pytest.raises(UnreadableInput):
        find_original(paper, tmp_path, tmp_path / "gone.pdf", None)


def test_the_format_says_what_it_lacks(paper: Document, tmp_path: Path) -> None:
    pdf = next(item for item in FORMATS if item.name == "pdf")
    with pytest.raises(UsageError, match="--source"):
        pdf.render(paper, tmp_path)
    with pytest.raises(UsageError, match="no pages"):
        pdf.render(msgspec.structs.replace(paper, pages=()), tmp_path)
