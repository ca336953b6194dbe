"""A page that has been read, as one file: its reading and its pictures, with a checksum.

One file a page keeps folders of millions of pages small, is put in place whole, and travels to other machines.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from recover.batch.storage import Storage
from recover.errors import MALFORMED
from recover.model.page import PageReading

CHECK_BYTES = 16


class Parcel(msgspec.Struct, frozen=True):
    """A page's reading and the pictures that belong to it, by their names in the document's folder."""

    reading: PageReading
    pictures: dict[str, bytes]


_decoder = msgspec.msgpack.Decoder(Parcel)


class DamagedParcel(ValueError):
    """A parcel that is not there, not whole, or of another version of the program."""


def pack(reading: PageReading, folder: Path) -> bytes:
    """The parcel of a page whose pictures stand in ``folder``; equal pages make equal bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    pictures = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    body = msgspec.msgpack.encode(Parcel(reading, pictures))
    return _check(body) + body


def unpack(data: bytes) -> Parcel:
    """The parcel in ``data``; raises DamagedParcel."""
    check, body = data[:CHECK_BYTES], data[CHECK_BYTES:]
    if check != _check(body):
        raise DamagedParcel("the checksum is wrong")
    try:
        return _decoder.decode(body)
    except MALFORMED as error:
        raise DamagedParcel(str(error)) from error


def load(storage: Storage, name: str) -> Parcel:
    """The parcel stored as ``name``; raises DamagedParcel."""
    try:
        return unpack(storage.read(name))
    except OSError as error:
        raise DamagedParcel(str(error)) from error


def write_pictures(parcel: Parcel, folder: Path) -> None:
    """Put a parcel's pictures where the document expects them; raises OSError."""
    for name, content in parcel.pictures.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _check(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=CHECK_BYTES).digest()
