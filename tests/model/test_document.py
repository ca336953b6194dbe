"""The contract survives being written and read, and its schema describes what is written."""

from __future__ import annotations

import json

import msgspec
import pytest

from recover.errors import UnreadableInput
from recover.export import document_json
from recover.model.document import SCHEMA, Document, Paragraph, Section, Source, Span
from recover.model.geometry import Box

SPAN = Span(start=0, end=2, page=0, box=Box(1, 2, 3, 4), origin="ppocr", line="p1.l1")
BODY = (Paragraph(text="正文", lang="zh", spans=(SPAN,)),)
DOCUMENT = Document(
    source=Source(name="文献.pdf", sha256="0" * 64, pages=1, kind="scan"),
    sections=(Section(id="s1", number="1", level=1, title="引言", paragraphs=BODY),),
)


def test_written_and_read_it_is_the_same() -> None:
    written = msgspec.json.encode(DOCUMENT)
    assert msgspec.json.decode(written, type=Document) == DOCUMENT


def test_names_are_those_of_the_contract() -> None:
    plain = json.loads(msgspec.json.encode(DOCUMENT))
    assert plain["schema"] == SCHEMA == "recover/document/1"
    assert plain["sections"][0]["paragraphs"][0]["spans"][0]["box"] == [1, 2, 3, 4]
    assert {"title", "authors", "abstracts", "keywords", "sections", "tables", "figures", "references", "terms"} <= set(
        plain
    )


def test_an_unmeasured_confidence_is_null_and_no_number() -> None:
    assert json.loads(msgspec.json.encode(DOCUMENT))["sections"][0]["paragraphs"][0]["confidence"] is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": "recover/document/1"}', b"\xff\xfe"])
def test_a_damaged_file_is_unreadable_input(content: bytes, tmp_path) -> None:
    path = tmp_path / "document.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput):
        document_json.read(path)
