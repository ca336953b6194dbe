"""The front matter of the Word document; both abstracts in two columns if that is asked for and there are two."""

from __future__ import annotations

from itertools import zip_longest

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import _Cell

from recover.export.content import notes
from recover.export.docx.links import add_styled, add_text
from recover.export.formats import AbstractsChoice
from recover.export.styled import Styled, abstract_texts, paragraph_text, title_text
from recover.model.document import Document

LABELS = {"zh": ("摘要", "关键词：", "；"), "en": ("Abstract", "Key words: ", "; ")}


def add_front(word: Word, document: Document, abstracts: AbstractsChoice) -> None:
    """Titles, authors, abstracts, keywords, notes."""
    _centred(word, title_text(document, "zh" if document.title.zh else "en"), "Title")
    if document.title.zh:
        _centred(word, title_text(document, "en"), "Subtitle")
    _centred(word, Styled("，".join(author.name for author in document.authors)), "Normal")
    _centred(word, Styled(", ".join(author.name_en for author in document.authors if author.name_en)), "Normal")
    if abstracts == "table" and document.abstracts.zh and document.abstracts.en:
        _two_columns(word, document)
    else:
        _one_column(word, document)
    for block in notes(document):
        for run in add_styled(word.add_paragraph(), paragraph_text(block.paragraph)):
            run.italic = block.lang == "en"


def _centred(word: Word, text: Styled, style: str) -> None:
    if text.text:
        paragraph = word.add_paragraph(style=style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_styled(paragraph, text)


def _two_columns(word: Word, document: Document) -> None:
    """A row a paragraph where both abstracts have as many, so that a translator reads across."""
    chinese, english = abstract_texts(document, "zh"), abstract_texts(document, "en")
    table = word.add_table(0, 2)
    table.style = "Table Grid"
    _labels(table.add_row().cells)
    if len(chinese) == len(english):
        for pair in zip_longest(chinese, english):
            for cell, text in zip(table.add_row().cells, pair, strict=True):
                _write(cell, (text,))
    else:
        for cell, texts in zip(table.add_row().cells, (chinese, english), strict=True):
            _write(cell, texts)
    for cell, lang in zip(table.add_row().cells, ("zh", "en"), strict=True):
        _write(cell, (Styled(_keywords(document, lang)),))
    word.add_paragraph()


def _labels(cells: tuple[_Cell, ...]) -> None:
    for cell, lang in zip(cells, ("zh", "en"), strict=True):
        add_text(cell.paragraphs[0], LABELS[lang][0]).bold = True


def _write(cell: _Cell, texts: tuple[Styled, ...]) -> None:
    paragraphs = [cell.paragraphs[0], *(cell.add_paragraph() for _ in texts[1:])]
    for paragraph, text in zip(paragraphs, texts, strict=False):
        add_styled(paragraph, text)


def _keywords(document: Document, lang: str) -> str:
    words = document.keywords.zh if lang == "zh" else document.keywords.en
    _, label, comma = LABELS[lang]
    return label + comma.join(words) if words else ""


def _one_column(word: Word, document: Document) -> None:
    for lang in ("zh", "en"):
        texts = abstract_texts(document, lang)
        if texts:
            add_text(word.add_paragraph(), LABELS[lang][0]).bold = True
        for text in texts:
            add_styled(word.add_paragraph(), text)
        if keywords := _keywords(document, lang):
            add_text(word.add_paragraph(), keywords)
