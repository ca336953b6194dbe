"""Pages that have been read, as files: a reading and its pictures with a checksum."""

from __future__ import annotations

import hashlib
from pathlib import Path

import cv2
import msgspec
import numpy as np

from recover.errors import MALFORMED, UnwritableOutput
from recover.glossary import places
from recover.glossary.load import read_file
from recover.model.geometry import Box
from recover.model.page import PageReading
from recover.model.raster import Pixels, Raster
from recover.pipeline.storage import Storage
from recover.settings import Settings
from recover.version import __version__

# Raised when pages read by an older version should be read again.
READING = 1
KEY_LETTERS = 16


def read_key(settings: Settings, reader: str) -> str:
    """Changes when pages would have to be read again: with the engine, the use of the text layer, the reader."""
    return _hash(READING, settings.engine, settings.text_layer, settings.precision, reader)


def made_key(settings: Settings, reader: str) -> str:
    """Changes when documents would have to be made again; raises RecoverError for a missing glossary."""
    layers = [layer for name in settings.glossaries for layer in places.layers(name)]
    glossaries = [hashlib.sha256(read_file(layer.path)).hexdigest() for layer in layers]
    return _hash(__version__, read_key(settings, reader), settings.formats, settings.style, glossaries)


def _hash(*parts: object) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:KEY_LETTERS]


# A page that has been read, as one file: its reading and its pictures, with a checksum.

CHECK_BYTES = 16


class CachedPage(msgspec.Struct, frozen=True):
    """A page's reading and the pictures that belong to it, by their names in the document's folder."""

    reading: PageReading
    pictures: dict[str, bytes]


_decoder = msgspec.msgpack.Decoder(CachedPage)


class DamagedPage(ValueError):
    """A parcel that is not there, not whole, or of another version of the program."""


def pack(reading: PageReading, folder: Path) -> bytes:
    """The parcel of a page whose pictures stand in ``folder``; equal pages make equal bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    pictures = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    body = msgspec.msgpack.encode(CachedPage(reading, pictures))
    return _check(body) + body


def unpack(data: bytes) -> CachedPage:
    """The parcel in ``data``; raises DamagedParcel."""
    check, body = data[:CHECK_BYTES], data[CHECK_BYTES:]
    if check != _check(body):
        raise DamagedPage("the checksum is wrong")
    try:
        return _decoder.decode(body)
    except MALFORMED as error:
        raise DamagedPage(str(error)) from error


def load(storage: Storage, name: str) -> CachedPage:
    """The parcel stored as ``name``; raises DamagedParcel."""
    try:
        return unpack(storage.read(name))
    except OSError as error:
        raise DamagedPage(str(error)) from error


def write_pictures(parcel: CachedPage, folder: Path) -> None:
    """Put a parcel's pictures where the document expects them; raises OSError."""
    for name, content in parcel.pictures.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _check(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=CHECK_BYTES).digest()


# Pictures that belong to a page, kept in a folder while the document is put together.

# Pages are shown in reports at this width; at 20 pages a report stays under 5 MB.
VIEW_WIDTH_PX = 900
VIEW_QUALITY = 45
# Beside each view lies a larger one for proofreading, where strokes must be told apart.
LARGE_WIDTH_PX = 1650
LARGE_QUALITY = 55


class PageStore:
    """Writes a page's view and the crops of its floats under ``folder``; names are relative to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save_view(self, index: int, raster: Raster) -> str:
        """The page as it is shown in the report: a small grey JPEG."""
        name = f"pages/page-{index + 1:04d}"
        self._write(f"{name}.large.jpg", _scaled(raster, LARGE_WIDTH_PX), [cv2.IMWRITE_JPEG_QUALITY, LARGE_QUALITY])
        return self._write(f"{name}.jpg", _scaled(raster, VIEW_WIDTH_PX), [cv2.IMWRITE_JPEG_QUALITY, VIEW_QUALITY])

    def save_crop(self, index: int, region_id: str, kind: str, raster: Raster, box_px: Box) -> str:
        """A float's pixels as a PNG; empty when there are none."""
        pixels = raster.crop(box_px)
        if pixels.size == 0:
            return ""
        return self._write(f"{kind}s/page-{index + 1:04d}-{region_id}.png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 6])

    def _write(self, name: str, pixels: Pixels, options: list[int]) -> str:
        path = self.folder / name
        encoded = cv2.imencode(path.suffix, pixels, options)[1].tobytes()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(encoded)
        except OSError as error:
            raise UnwritableOutput(
                str(path), error.strerror or str(error), "free space or choose another -o"
            ) from error
        return name


def _scaled(raster: Raster, width_px: int) -> Pixels:
    """The pixels, no wider than ``width_px``; a strip of a page keeps at least one row."""
    scale = min(1.0, width_px / raster.width)
    size = (max(1, round(raster.width * scale)), max(1, round(raster.height * scale)))
    return np.asarray(cv2.resize(raster.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
