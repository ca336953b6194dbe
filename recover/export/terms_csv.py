"""``terms.csv``: the document's terms as a table that opens in a spreadsheet, each with its places in context."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from recover.model.document import Document, Figure, Mention, Section, Span, Table, Term
from recover.text.messages import language, name_of

HEAD = ("zh", "en", "abbreviation", "count", "aligned", "source", "places")

# A cell that begins so is worked out by a spreadsheet instead of shown; what a paper says must never run.
# Spreadsheets of Chinese and Japanese systems take full-width signs for the same.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A cell of a spreadsheet holds 32,767 characters: a term that stands everywhere shows its first places.
MOST_PLACES = 60
# A sentence longer than this is cut around the term.
LONGEST = 60
_ENDS = "。！？!?；;\n"


def render(document: Document, folder: Path | None = None) -> bytes:  # noqa: ARG001 terms need no pictures
    """UTF-8 with the mark by which spreadsheets know it; the most frequent term first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    sections = {section.id: section for section in document.sections}
    writer.writerows(_row(document, sections, term) for term in document.terms)
    return out.getvalue().encode("utf-8-sig")


def _row(document: Document, sections: dict[str, Section], term: Term) -> tuple[str, ...]:
    places = dict.fromkeys(_place(document, sections, mention) for mention in term.mentions[:MOST_PLACES])
    more = len(term.mentions) - MOST_PLACES
    told = "\n".join([*places, *([f"+{more}"] if more > 0 else [])])
    aligned = "yes" if term.aligned else "no"
    cells = (term.zh, term.en, term.abbreviation, str(term.count), aligned, term.source, told)
    return tuple(inert(cell) for cell in cells)


def _place(document: Document, sections: dict[str, Section], mention: Mention) -> str:
    """``p. 3 | 2.1 神经营养作用 | the sentence, with the 【term】 set apart``; a text without pages has no page."""
    text, spans, page = _text(document, sections.get(mention.section), mention)
    if spans:
        page = next((span.page for span in reversed(spans) if span.start <= mention.start), spans[0].page)
    number = f"p. {page + 1}" if page is not None and document.pages else ""
    parts = (
        number,
        _title(document, sections.get(mention.section), mention),
        _in_context(text, mention.start, mention.end),
    )
    return " | ".join(part for part in parts if part)


def _text(document: Document, section: Section | None, mention: Mention) -> tuple[str, Sequence[Span], int | None]:
    """What a mention counts its characters in, the places of these, and the page where nothing finer is known."""
    if section is not None and mention.paragraph < 0:
        return section.title, (), section.page
    if section is not None and mention.paragraph < len(section.paragraphs):
        paragraph = section.paragraphs[mention.paragraph]
        return paragraph.text, paragraph.spans, section.page
    blocks = [block.paragraph for block in document.front if block.role == mention.section]
    if 0 <= mention.paragraph < len(blocks):
        return blocks[mention.paragraph].text, blocks[mention.paragraph].spans, None
    part, _, number = mention.section.partition(":")
    if part == "references" and mention.paragraph < len(document.references):
        entry = document.references[mention.paragraph]
        return entry.raw, entry.spans, entry.page
    item = _item(document, part, number)
    if item is None:
        return "", (), None
    inside = (cell for row in item.rows for cell in row) if isinstance(item, Table) else item.text
    texts = (item.caption, item.caption_en, *inside)
    return texts[mention.paragraph] if mention.paragraph < len(texts) else "", (), item.page


def _item(document: Document, part: str, number: str) -> Table | Figure | None:
    items: Sequence[Table | Figure] = (
        document.tables if part == "table" else document.figures if part == "figure" else ()
    )
    return items[int(number)] if number.isdigit() and int(number) < len(items) else None


def _title(document: Document, section: Section | None, mention: Mention) -> str:
    if section is not None:
        return " ".join(part for part in (section.number, section.title or section.title_en) if part)
    part, _, number = mention.section.partition(":")
    item = _item(document, part, number)
    if item is not None:
        return item.label
    if part == "references" and mention.paragraph < len(document.references):
        return f"[{document.references[mention.paragraph].number or mention.paragraph + 1}]"
    return name_of("role", mention.section, language())


def _in_context(text: str, start: int, end: int) -> str:
    """The sentence around ``text[start:end]``, which stands in brackets that print hardly uses."""
    if not 0 <= start < end <= len(text):
        return ""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    last = min((at + 1 for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    left, right = text[first:start].lstrip(), text[end:last].rstrip()
    if len(left) > LONGEST:
        left = "…" + left[-LONGEST:]
    if len(right) > LONGEST:
        right = right[:LONGEST] + "…"
    return f"{left}【{text[start:end]}】{right}"


def inert(cell: str) -> str:
    """The cell as text even to a program that looks for formulas: an apostrophe before it says so."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(FORMULA_STARTS) else cell
