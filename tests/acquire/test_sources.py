"""Every kind of input offers the same: sizes in points, pictures that map to them, characters where there are any."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from broken_files import BROKEN, pdf, write_broken
from PIL import Image

from recover.errors import UnreadableInput
from recover.stages.acquire.source import open_source

INK = 20


def picture(width: int = 600, height: int = 800, mode: str = "L") -> Image.Image:
    image = Image.new("L", (width, height), 255)
    image.paste(INK, (100, 100, 200, 120))
    return image.convert(mode)


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_says_so_at_the_latest_with_its_page(name: str, tmp_path: Path) -> None:
    path = write_broken(tmp_path, name)
    with pytest.raises(UnreadableInput, match=BROKEN[name][1]) as raised:
        open_source(path).raster(0)
    assert str(path) in raised.value.subject
    assert raised.value.remedy


@pytest.mark.parametrize("suffix", ["png", "jpg", "tiff", "bmp", "webp"])
def test_page_images(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"page.{suffix}"
    picture(mode="RGB").save(path)
    source = open_source(path)
    assert (source.page_count, source.is_picture(0), source.characters(0)) == (1, True, ())
    raster = source.raster(0)
    assert (raster.width, raster.height) == (600, 800)
    assert raster.pixels[110, 150] < 60
    assert raster.pixels[300, 300] > 240
    assert raster.to_page.point(600, 800) == pytest.approx(source.size(0))


def test_a_file_is_what_it_holds_and_not_what_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    picture().save(path, "PNG")
    assert open_source(path).raster(0).width == 600


def test_a_tiff_has_a_page_a_frame(tmp_path: Path) -> None:
    path = tmp_path / "scan.tiff"
    pages = [picture(600, 800 + 100 * number) for number in range(3)]
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(200, 200))
    source = open_source(path)
    assert source.page_count == 3
    assert [source.raster(page).height for page in (2, 0, 1)] == [1000, 800, 900]
    assert source.size(0) == pytest.approx((600 * 72 / 200, 800 * 72 / 200))


def test_a_camera_that_knows_no_scale_gives_a_page_as_wide_as_a4(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    picture(1200, 1600).save(path, dpi=(1, 1))
    assert open_source(path).size(0)[0] == pytest.approx(595, abs=1)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_becomes_grey_on_white(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    if mode == "I;16":
        Image.fromarray(np.asarray(picture(), np.uint16) * 257).save(path)
    else:
        picture(mode=mode).save(path)
    pixels = open_source(path).raster(0).pixels
    assert pixels.dtype == np.uint8
    assert (int(pixels[110, 150]) < 60, int(pixels[300, 300]) > 240) == (True, True)


def test_transparency_is_paper(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(path)
    assert open_source(path).raster(0).pixels.min() == 255


def test_a_turned_photograph_stands_upright(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    picture().save(path, exif=exif)
    assert open_source(path).raster(0).width == 800


def test_a_pdf_page_and_its_raster_agree(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf((595, 842), (842, 595)))
    source = open_source(path)
    assert [source.size(page) for page in range(2)] == [(595, 842), (842, 595)]
    raster = source.raster(1)
    assert raster.to_page.point(raster.width, raster.height) == pytest.approx((842, 595))
    source.close()


def test_turn_and_crop_are_those_of_the_page_as_shown(tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    made = pikepdf.new()
    made.add_blank_page(page_size=(600, 800))
    made.pages[0].rotate(90, relative=False)
    made.pages[0].cropbox = [100, 100, 500, 700]
    made.save(path)
    assert open_source(path).size(0) == (600, 400)


def test_the_garbled_layer_of_a_scan_is_offered_with_its_places(samples: Path) -> None:
    source = open_source(samples / "als_kai.pdf")
    assert source.is_picture(0)
    width, height = source.size(0)
    found = source.characters(0)
    assert len(found) > 500
    assert all(-5 <= char.box.x0 <= width + 5 and -5 <= char.box.y0 <= height + 5 for char in found)


def test_typeset_pages_are_no_pictures(samples: Path) -> None:
    source = open_source(samples / "typeset" / "sci_song.pdf")
    assert not source.is_picture(0)
    assert "".join(char.text for char in source.characters(0)).count("的") > 5


def test_a_thin_strip_is_still_a_page(tmp_path: Path) -> None:
    path = tmp_path / "strip.pdf"
    path.write_bytes(pdf((14400, 3)))
    assert open_source(path).raster(0).height >= 1
