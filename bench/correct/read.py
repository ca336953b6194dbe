"""Read random pages once and keep what the reader saw: ``python -m bench.correct.read -o FOLDER -n 120 --half 0``.

What the corrector does with a page is then measured in a second, without the networks.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import typst

from bench.correct.pages import document_of, make_page, save
from bench.correct.texts import Sources
from recover.engines.readers import open_readers
from recover.model.page import PageReading
from recover.pipeline.page import read_page
from recover.pipeline.page_cache import PageStore
from recover.settings import Settings
from recover.stages.acquire.source import open_source


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it was read, and the paragraphs printed on it (and more, where they didn't fit)."""

    name: str
    wear: str
    dpi: int
    paragraphs: tuple[str, ...]
    reading: PageReading


_decoder = msgspec.msgpack.Decoder(Kept)


def load(folder: Path, half: int) -> Iterator[Kept]:
    """The pages kept in a folder: ``half`` 0 to fit on, 1 held out."""
    for path in sorted(folder.glob(f"{half}-*.msgpack")):
        yield _decoder.decode(path.read_bytes())


def load_documents(folder: Path, half: int) -> list[tuple[Kept, ...]]:
    """The pages by the document that they are of, counted through."""
    pages = load(folder, half)
    documents = (found for _, found in groupby(pages, key=lambda kept: document_of(number_of(kept.name))))
    return [tuple(_page(kept, index) for index, kept in enumerate(found)) for found in documents]


def _page(kept: Kept, index: int) -> Kept:
    return msgspec.structs.replace(kept, reading=msgspec.structs.replace(kept.reading, index=index))


def number_of(name: str) -> int:
    """A page's number, by the name it has been given."""
    return int(name.split("-")[1])


def main() -> None:
    parser = argparse.ArgumentParser(description="Read random pages and keep the readings.")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the folder of texts, references and terms")
    parser.add_argument("--fonts", type=Path, required=True, help="a folder with more faces")
    parser.add_argument("-n", "--pages", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--half", type=int, choices=(0, 1), default=0)
    parser.add_argument("--engine", default="auto")
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    settings = Settings(engine=given.engine, threads=1)
    readers = open_readers(settings)
    fonts, sources = typst.Fonts(font_paths=[given.fonts]), Sources(given.data, given.half)
    for number in range(given.first, given.first + given.pages):
        page = make_page(number, given.half, sources)
        kept = given.output / f"{page.name}.msgpack"
        if kept.exists():
            continue
        with TemporaryDirectory() as scratch:
            source = open_source(save(page, Path(scratch), fonts), None)
            reading = read_page(source, 0, readers, settings, PageStore(Path(scratch)))
            source.close()
        done = Kept(name=page.name, wear=page.wear, dpi=page.dpi, paragraphs=page.paragraphs, reading=reading)
        kept.write_bytes(msgspec.msgpack.encode(done))
        print(page.name, file=sys.stderr)


if __name__ == "__main__":
    main()
