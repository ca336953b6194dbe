from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.model.page import PageReading
from recover.pipeline.page_cache import DamagedPage, load, pack, unpack, write_pictures
from recover.pipeline.storage import LocalStorage

READING = PageReading(index=3, width=100.5, height=200, dpi=72, image="pages/page-0004.jpg")


def parcel(tmp_path: Path) -> bytes:
    (tmp_path / "in" / "pages").mkdir(parents=True, exist_ok=True)
    (tmp_path / "in" / "pages" / "page-0004.jpg").write_bytes(b"jpeg")
    (tmp_path / "in" / "图.png").write_bytes(b"png")
    return pack(READING, tmp_path / "in")


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    data = parcel(tmp_path)
    opened = unpack(data)
    assert opened.reading == READING
    write_pictures(opened, tmp_path / "out")
    assert (tmp_path / "out" / "pages" / "page-0004.jpg").read_bytes() == b"jpeg"
    assert (tmp_path / "out" / "图.png").read_bytes() == b"png"
    assert parcel(tmp_path) == data


@given(at=st.integers(0, 200), change=st.integers(1, 255))
def test_no_damage_goes_unseen(tmp_path_factory: pytest.TempPathFactory, at: int, change: int) -> None:
    data = bytearray(pack(READING, tmp_path_factory.getbasetemp() / "nothing"))
    at %= len(data)
    with pytest.raises(DamagedPage):
        unpack(bytes(data[:at]))
    data[at] ^= change
    with pytest.raises(DamagedPage):
        unpack(bytes(data))


def test_a_missing_parcel_is_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(DamagedPage):
        load(LocalStorage(), str(tmp_path / "nothing"))
