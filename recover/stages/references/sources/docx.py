"""Entries of a list in a DOCX file: the paragraphs below the list's heading, or all where none heads a list."""

from __future__ import annotations

import io

from recover.text.list_heading import is_list_heading


def read(content: bytes) -> list[str]:
    """The text of every paragraph of the list, in order; raises ValueError for what is no DOCX."""
    from zipfile import BadZipFile  # noqa: PLC0415

    from docx import Document  # noqa: PLC0415 - an adapter alone loads its library
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        document = Document(io.BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise ValueError("no DOCX document") from error
    texts = [paragraph.text.strip() for paragraph in document.paragraphs]
    heads = [at for at, text in enumerate(texts) if is_list_heading(text)]
    return [text for text in texts[heads[-1] + 1 if heads else 0 :] if text]
