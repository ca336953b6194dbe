"""An article's pages: its source becomes Typst code, that becomes a PDF, and the places of things come back."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import typst

from samples.article import FOLDER, Article, Columns, FigureSource, Float, Heading, Labelled, TableSource, Text
from samples.markup import typst_content, typst_string
from samples.reference import FORMATS

# Every box of a page is known before it is drawn, so the date is the one thing left that could differ between runs.
_TIMESTAMP = 0


def typeset(article: Article, pdf: Path) -> dict[str, int]:
    """Write the PDF and return the page, counted from 0, on which each marked thing begins."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        source = Path(folder) / "article.typ"
        source.write_text(typst_source(article), encoding="utf-8")
        _, warnings = typst.compile_with_warnings(str(source), output=str(pdf), root=str(FOLDER), timestamp=_TIMESTAMP)
        # Another face in its stead would go unnoticed: the truth would still be right.
        if missing := [warning.message for warning in warnings if "font" in warning.message]:
            raise RuntimeError("; ".join(missing))
        marks = json.loads(typst.query(str(source), "<mark>", field="value", root=str(FOLDER)))
    return {mark["key"]: mark["page"] - 1 for mark in marks}


def typst_source(article: Article) -> str:
    """The whole Typst document; ``houses/HOUSE.typ`` decides what it looks like."""
    parts = [
        f'#import "/houses/{article.house}.typ": *',
        f"#let meta = {_meta(article)}",
        "#show: body => setup(meta, body)",
        "#front(meta)",
        *_body(article),
        *(
            f"#note({typst_string(f'note-{i}')}, {typst_content(note.label + '：')}, {typst_content(note.text)})"
            for i, note in enumerate(article.notes)
        ),
        *([_references(article)] if article.reference_heading else []),
    ]
    return "\n".join(parts) + "\n"


def label_parts(paragraph: str) -> tuple[str, str]:
    """An abstract's paragraph as its label with the colon (``背景：``, ``METHODS: ``) and the rest."""
    for colon in ("：", ": "):
        label, found, rest = paragraph.partition(colon)
        if found and len(label) <= 24 and (colon == "：" or label.isupper() or label.isalpha()):
            return label + colon, rest
    return "", paragraph


def _meta(article: Article) -> str:
    pairs = {
        "journal": _person(article.journal.zh, article.journal.en),
        "issue": _person(article.issue.zh, article.issue.en),
        "title": _person(article.title.zh, article.title.en),
        "affiliations": _person(article.affiliations.zh, article.affiliations.en),
        "authors-zh": typst_content("，".join(author.zh for author in article.authors)),
        "authors-en": typst_content(", ".join(author.en for author in article.authors)),
        "first-page": str(article.first_page),
        "site": typst_string(article.site),
        "font": typst_string(article.font),
        "page-mark": typst_string(article.page_mark),
        "running-heads": _tuple(typst_content(head) for head in article.running_heads),
        "abstract-zh": _labelled(label_parts(text) for text in article.abstract_zh),
        "abstract-en": _labelled(label_parts(text) for text in article.abstract_en),
        "keywords-zh": typst_content("；".join(article.keywords_zh)),
        "keywords-en": typst_content("; ".join(article.keywords_en)),
        "front-notes-zh": _notes(note for note in article.front_notes if _ends_chinese(note.label)),
        "front-notes-en": _notes(note for note in article.front_notes if not _ends_chinese(note.label)),
        "footnotes": _notes(article.footnotes),
    }
    return "(" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + ")"


def colon_after(label: str) -> str:
    """The colon that stands behind a label in its language."""
    return "：" if _ends_chinese(label) else ": "


def _ends_chinese(label: str) -> bool:
    return not label[-1].isascii()


def _person(zh: str, en: str) -> str:
    return f"(zh: {typst_content(zh)}, en: {typst_content(en)})"


def _labelled(pairs: Iterable[tuple[str, str]]) -> str:
    return _tuple(f"({typst_content(label)}, {typst_content(rest)})" for label, rest in pairs)


def _notes(notes: Iterable[Labelled]) -> str:
    return _labelled((note.label + colon_after(note.label), note.text) for note in notes)


def _tuple(items: Iterable[str]) -> str:
    return "(" + "".join(f"{item}, " for item in items) + ")"


def _body(article: Article) -> list[str]:
    lines: list[str] = []
    pending: str = ""
    for index, block in enumerate(article.blocks):
        key = typst_string(f"block-{index}")
        if isinstance(block, Heading):
            head = f"{block.level}, {typst_content(block.number)}, {typst_content(block.title)}, "
            head += typst_content(block.title_en)
            if block.run_in:
                pending = f"#run-in({head}, "
            else:
                lines.append(f"#mark({key})\n#section({head})")
        elif isinstance(block, Text):
            lines.append((pending or "#para(") + f"{key}, " + typst_content(block.source) + ")\n")
            pending = ""
        elif isinstance(block, Columns):
            lines.append(f"#set page(columns: {block.count})\n")
        else:
            lines.append(_float(article, block))
    return lines


def _float(article: Article, block: Float) -> str:
    key = typst_string(f"{block.kind}-{block.name}")
    if block.kind == "figure":
        return _figure(key, article.figures[block.name])
    return _table(key, article.tables[block.name])


def _figure(key: str, figure: FigureSource) -> str:
    data = _tuple(_tuple(typst_string(cell) for cell in row) for row in figure.data)
    return (
        f"#fig({key}, {_captions(figure)}, {typst_string(figure.drawing)}, {data}, "
        f'{str(figure.wide).lower()}, "{figure.placed}")\n'
    )


def _table(key: str, table: TableSource) -> str:
    rows = _tuple(_tuple(typst_content(cell) for cell in row) for row in table.rows)
    merges = _tuple(f"({place.replace(',', ', ')}, {down}, {across})" for place, (down, across) in table.merges.items())
    return (
        f'#tab({key}, {_captions(table)}, "{table.rules}", {rows}, {merges}, {_tuple(table.columns)}, '
        f'{str(table.wide).lower()}, "{table.placed}")\n'
    )


def _captions(thing: FigureSource | TableSource) -> str:
    english = typst_content(thing.caption_en)
    return f"{typst_content(thing.label)}, {typst_content(thing.caption)}, {english}"


def _references(article: Article) -> str:
    number, title, title_en = (*article.reference_heading.split(" | "), "", "")[:3]
    english = typst_content(title_en)
    heading = f'#ref-heading("references", {typst_content(number.strip("-"))}, {typst_content(title)}, {english})'
    entries = _tuple(
        f"({typst_string(f'reference-{entry.number}')}, {typst_content(FORMATS[article.dialect](entry))})"
        for entry in article.reference_list
    )
    return f"{heading}\n#refs({entries})"
