"""Nothing is lost: the law that every recovered document keeps, for folders of them and for the tests.

``python -m samples.conservation FOLDER…`` holds each ``document.json`` below the folders to it.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
from lxml import etree, html
from markdown_it import MarkdownIt

from recover import load_document
from recover.export import alto, epub, hocr, jats, markdown
from recover.export import docx as docx_export
from recover.export import html as html_export
from recover.model.document import Document
from recover.model.records import Counts
from recover.stages.account import claims

CLASSES = [name for name in Counts.__struct_fields__ if name != "characters"]
# What a document says otherwise: labels, English labels of captions, numbers of entries, what closes a number, hyphens
# of broken words, leaders.
SAID_OTHERWISE = frozenset("摘要关键词關鍵詞AbstractKeywordsFigureTable:：|｜、。.．…·-—–_[]（）()【】*0123456789①")
# The classes whose texts every format of the paper prints, each for itself.
PRINTED = frozenset({"text", "tables", "captions", "notes", "figures"})


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def losses(document: Document) -> list[str]:
    """Where the account doesn't add up, and the characters of lines that stand in no text and no open place."""
    account = document.account
    found = [
        f"{name} is not the sum of its {what}"
        for counts in (account, *account.pages)
        for name, what, sums in (("characters", "classes", sum(getattr(counts, name) for name in CLASSES)),)
        if counts.characters != sums
    ]
    found += [
        f"{name} is not the sum over the pages"
        for name in ("characters", *CLASSES)
        if getattr(account, name) != sum(getattr(page, name) for page in account.pages)
    ]
    shown = Counter(squeezed("".join(claim.text for claim in claims(document))))
    listed = Counter(squeezed("".join(place.text for page in account.pages for place in page.open)))
    lost = set(Counter(_lines(document)) - shown - listed) - SAID_OTHERWISE
    return [*found, *([f"in no text and no open place: {''.join(sorted(lost))}"] if lost else [])]


def _lines(document: Document) -> str:
    lines = (line.text for page in document.pages for region in page.regions for line in region.lines)
    return squeezed("".join(lines))


# The formats as another program reads them.


def _of_markdown(document: Document, folder: Path) -> str:
    page = MarkdownIt("commonmark").enable("table").render(markdown.render(document, folder).decode())
    return _of_markup(f"<div>{page}</div>")


def _of_markup(content: bytes | str) -> str:
    root = html.fromstring(content)
    return "".join((*root.itertext(), *map(str, root.xpath("//@alt"))))


def _of_docx(document: Document, folder: Path) -> str:
    body = docx.Document(io.BytesIO(docx_export.render(document, folder))).element.body
    return "".join((*body.itertext(), *map(str, body.xpath("//@descr"))))


def _of_epub(document: Document, folder: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(epub.render(document, folder))) as book:
        return "".join(_of_markup(book.read(name)) for name in book.namelist() if name.endswith(".xhtml"))


ReadFormat = Callable[[Document, Path], str]
FORMATS: dict[str, ReadFormat] = {
    "markdown": _of_markdown,
    "html": lambda document, folder: _of_markup(html_export.render(document, folder)),
    "docx": _of_docx,
    "jats": lambda document, folder: "".join(etree.fromstring(jats.render(document, folder)).itertext()),
    "epub": _of_epub,
}


def _of_alto(document: Document, folder: Path) -> str:
    return "".join(etree.fromstring(alto.render(document, folder)).xpath("//@CONTENT"))


def _of_hocr(document: Document, folder: Path) -> str:
    body = etree.fromstring(hocr.render(document, folder)).find("{*}body")
    return "" if body is None else "".join(body.itertext())


# Formats of the pages: they hold the lines, the running heads among them.
LINE_FORMATS: dict[str, ReadFormat] = {"alto": _of_alto, "hocr": _of_hocr}


def missing_from(name: str, document: Document, folder: Path) -> list[str]:
    """What a format of the document lacks: texts of the paper, or characters of the pages' lines."""
    if name in LINE_FORMATS:
        lost = Counter(_lines(document)) - Counter(squeezed(LINE_FORMATS[name](document, folder)))
        return [char for char in lost if char.isprintable()]
    written = squeezed(FORMATS[name](document, folder))
    return [claim.text for claim in claims(document) if claim.kind in PRINTED and squeezed(claim.text) not in written]


def check(folder: Path) -> list[str]:
    """Everything that is lost in a recovered folder."""
    document = load_document(folder)
    lacking = {name: missing_from(name, document, folder) for name in (*FORMATS, *LINE_FORMATS)}
    return [
        *losses(document),
        *(f"not in {name}: {text[:60]}" for name, texts in lacking.items() for text in texts[:3]),
    ]


def _documents(folders: list[str]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path.parent for path in Path(folder).rglob("document.json"))


def main() -> None:
    found = {folder: check(folder) for folder in _documents(sys.argv[1:])}
    for folder, faults in found.items():
        for fault in faults:
            print(f"{folder.name}: {fault}")
    broken = sum(map(bool, found.values()))
    print(f"{len(found)} documents, {broken} that lose text")
    if broken or not found:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
