"""A folder of recovered papers as a server of the Model Context Protocol: read-only, each answer with its locator.

Importing this raises MissingComponent where the SDK, an optional extra, is not installed.

A locator names a place that stays: ``PAPER#SECTION/PARAGRAPH`` for text, ``PAPER#reference/N`` for an entry,
``PAPER#page/N`` for a page, counted from 1 as people do. PAPER is the recovered folder below the served one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from recover.errors import MissingComponent, RecoverError, UnreadableInput
from recover.model.document import Document
from recover.search.find import Found, Hit, Paper, search_folder
from recover.search.library import glossary_of
from recover.search.locate import boxed_page
from recover.search.query import Filters
from recover.search.store import Store

try:
    from mcp.server import MCPServer
    from mcp.server.mcpserver import Image
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import ToolAnnotations
except ImportError as missing:  # an optional extra
    CAUSE, REMEDY = "the MCP SDK is not installed", "install it with: pip install 'recover-ocr[mcp]'"
    raise MissingComponent("recover mcp", CAUSE, REMEDY) from missing

INSTRUCTIONS = (
    "Recovered Chinese scientific papers. Ask in Chinese or English; the glossary adds the other language. "
    "Quote with the locator and the page. Text marked doubtful was read from worn print and may be misread: "
    "look at the page's picture before relying on it."
)
MOST_PAPERS = 50


def serve(folder: Path, glossaries: Sequence[str]) -> None:
    """Serve ``folder`` on standard input and output; raises UnreadableInput where it has no index."""
    with Store(folder, writes=False):
        pass
    build_server(folder, glossaries).run("stdio")


def build_server(folder: Path, glossaries: Sequence[str] = ()) -> MCPServer:
    """The server with its tools; raises UnreadableInput for a faulty glossary."""
    library = Library(folder, glossaries)
    server = MCPServer("recover", instructions=INSTRUCTIONS, log_level="ERROR")
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    for tool in (library.search, library.read_section, library.read_reference, library.page_picture):
        server.add_tool(tool, annotations=reads)
    return server


class Library:
    """The tools; every error of theirs becomes one line of the answer."""

    def __init__(self, folder: Path, glossaries: Sequence[str]) -> None:
        self._folder = folder
        self._glossary = glossary_of(glossaries)

    def search(self, query: str, limit: int = 5, lang: str = "", section: str = "") -> str:
        """Sentences of the papers that answer a query: words, "phrases", AND, OR, NOT, NEAR(a b, 5).

        lang narrows to zh or en, section to abstract, methods, results, discussion or conclusion. JSON.
        """
        filters = Filters(lang=lang if lang in ("zh", "en") else "", section_kinds=(section,) if section else ())
        try:
            found = search_folder(self._folder, query, self._glossary, filters, max(1, min(limit, MOST_PAPERS)))
        except RecoverError as error:
            return _json({"error": str(error)})
        return _json(_found(found))

    def read_section(self, paper: str, section: str = "") -> str:
        """The text of a section, by its id (s3), number or title; the outline where section is empty. JSON."""
        try:
            document = self._document(paper)
        except RecoverError as error:
            return _json({"error": str(error)})
        outline = [{"id": s.id, "number": s.number, "title": s.title, "page": s.page + 1} for s in document.sections]
        found = next((s for s in document.sections if section and section in (s.id, s.number, s.title)), None)
        if found is None:
            return _json({"paper": paper, "title": document.title, "sections": outline})
        texts = [
            {"locator": f"{paper}#{found.id}/{at}", "text": one.text, "confidence": one.confidence}
            for at, one in enumerate(found.paragraphs)
        ]
        return _json({"paper": paper, "title": f"{found.number} {found.title}".strip(), "paragraphs": texts})

    def read_reference(self, paper: str, number: int) -> str:
        """An entry of a paper's reference list: as printed, and its fields as CSL-JSON. JSON."""
        try:
            document = self._document(paper)
        except RecoverError as error:
            return _json({"error": str(error)})
        entry = next((one for one in document.references if one.number == number), None)
        if entry is None:
            return _json({"error": f"{paper} has no reference {number}"})
        told = {"locator": f"{paper}#reference/{number}", "printed": entry.raw, "page": entry.page + 1}
        return _json({**told, "confidence": entry.confidence, "csl": entry.csl})

    def page_picture(self, paper: str, page: int) -> Image:
        """The picture of a page (from 1), to see what is printed there."""
        try:
            return Image(data=boxed_page(self._place(paper), page - 1, ()), format="png")
        except RecoverError as error:
            raise ToolError(str(error)) from error

    def _document(self, paper: str) -> Document:
        from recover.export.document_json import read  # noqa: PLC0415

        return read(self._place(paper) / "document.json")

    def _place(self, paper: str) -> Path:
        """The folder of a paper that is in the index: no other path is ever opened."""
        with Store(self._folder, writes=False) as store:
            if not any(store.rows("SELECT 1 FROM documents WHERE path = ?", (paper,))):
                raise UnreadableInput(paper[:80], "is no paper of this folder", "name one that search gave")
        return self._folder / paper


def _found(found: Found) -> dict[str, object]:
    return {
        "query": found.query,
        "also_looked_for": dict(found.added),
        "papers": [_paper(paper) for paper in found.papers],
    }


def _paper(paper: Paper) -> dict[str, object]:
    told = {"paper": paper.path, "title": paper.title, "authors": paper.authors, "year": paper.year}
    return {**told, "hits": [_hit(paper.path, hit) for hit in paper.hits]}


def _hit(path: str, hit: Hit) -> dict[str, object]:
    return {
        "locator": f"{path}#{hit.section_id}/{hit.paragraph}",
        "section": hit.section,
        "sentence": hit.sentence,
        "page": hit.page + 1 if hit.page is not None else None,
        "boxes": [place.box for place in hit.boxes],
        "doubtful": hit.is_doubtful,
    }


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
