"""Typeset pages from a table of titles and abstracts, for measuring on many fields.

``python -m samples.typeset_abstracts FILE.tsv -o FOLDER -n 20 --font "Noto Serif CJK SC"`` writes
``FOLDER/typeset/*.pdf`` and ``FOLDER/truth/*.json``, which ``python -m bench.accuracy --samples-dir FOLDER``
measures. The table's last two columns are the abstract and the title.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pypdfium2

from samples.article import Article, Person
from samples.derive import derive_truth
from samples.typeset import typeset

# As many characters of abstracts as an A4 page of two columns holds.
_PAGE_CHARACTERS = 1500
# Marks of the article format: an abstract that has one is passed over.
_MARKS = re.compile(r"[*^_{}|@#!]")


class Abstract(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table."""

    title: str
    text: str


def read_abstracts(table: Path) -> Iterator[Abstract]:
    with table.open(encoding="utf-8") as lines:
        for line in lines:
            *_, text, title = line.rstrip("\n").split("\t")
            if not _MARKS.search(text + title) and len(text) < _PAGE_CHARACTERS / 2:
                yield Abstract(title=title.strip(), text=text.strip())


def group_pages(abstracts: Iterator[Abstract]) -> Iterator[list[Abstract]]:
    """Abstracts by the page, in the order of the table."""
    page: list[Abstract] = []
    for abstract in abstracts:
        if page and sum(len(one.text) for one in page) + len(abstract.text) > _PAGE_CHARACTERS:
            yield page
            page = []
        page.append(abstract)


def make_article(name: str, page: list[Abstract], font: str) -> Article:
    """The first abstract in front, every other one a numbered section."""
    nobody = Person(zh="", en="")
    first, *rest = page
    return Article(
        name=name,
        house="plain",
        font=font,
        title=Person(zh=first.title, en=""),
        authors=(),
        affiliations=nobody,
        journal=nobody,
        issue=nobody,
        first_page=1,
        abstract_zh=(first.text,),
        abstract_en=(),
        keywords_zh=(),
        keywords_en=(),
        body="\n".join(f"# {number} | {one.title}\n{one.text}" for number, one in enumerate(rest, 1)),
        references="",
        terms="",
        page_mark="",
    )


def write_article(article: Article, folder: Path) -> None:
    for part in ("typeset", "truth"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    pdf = folder / "typeset" / f"{article.name}.pdf"
    marks = typeset(article, pdf)
    truth = derive_truth(article, marks, len(pypdfium2.PdfDocument(pdf)))
    (folder / "truth" / f"{article.name}.json").write_bytes(msgspec.json.encode(truth))


def main() -> None:
    parser = argparse.ArgumentParser(description="Typeset pages from a table of titles and abstracts.")
    parser.add_argument("table", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("-n", "--pages", type=int, default=20)
    parser.add_argument("--font", default="Noto Serif CJK SC")
    given = parser.parse_args()
    pages = group_pages(read_abstracts(given.table))
    for number, page in zip(range(given.pages), pages, strict=False):
        write_article(make_article(f"abstracts_{number:03}", page, given.font), given.output)


if __name__ == "__main__":
    main()
