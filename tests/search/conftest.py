"""A small library: three recovered papers made without any engine, and its index."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from recover.api import index_folder
from recover.model.document import Bilingual, Document, FrontBlock, Section, Source
from tests.review.made import Page, make_document, one, write_folder


def made_paper(name: str, title: str, *texts: str, doubts: dict[int, tuple[int, str]] | None = None) -> Document:
    """A paper of one page: its title, and a section of results with a paragraph for each text."""
    page = Page(0)
    front = FrontBlock(role="title-zh", lang="zh", paragraph=one(page, title))
    heading = page.line("1 结果")
    paragraphs = tuple(one(page, text, doubts=doubts if at == 0 else None) for at, text in enumerate(texts))
    section = Section(id="s1", number="1", level=1, title="结果", paragraphs=paragraphs, title_spans=heading)
    return Document(
        source=Source(name=f"{name}.pdf", sha256="0" * 64, pages=1, kind="scan"),
        title=Bilingual(zh=title),
        front=(front,),
        sections=(section,),
        pages=(page.record(),),
    )


PAPERS = {
    "als": make_document(),
    "mouse": made_paper(
        "mouse",
        "小鼠模型的建立",
        "于细胞移入小鼠脊髓。",
        "The SOD1 mice were treated with stem cells.",
        doubts={0: (420, "干")},
    ),
    "taiwan": made_paper("taiwan", "臨床觀察", "幹細胞移植後病人的肌力改善。", "若干细胞碎片留在培养液中。"),
}


@pytest.fixture(scope="session")
def _indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("search") / "library"
    for name, document in PAPERS.items():
        write_folder(root / name, document)
    index_folder(root)
    return root


@pytest.fixture
def library(tmp_path: Path, _indexed: Path) -> Path:
    """The folder of the papers, indexed; a copy of its own, since indexing takes a second."""
    shutil.copytree(_indexed, tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture(autouse=True)
def _own_glossaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOVER_GLOSSARIES", str(tmp_path / "glossaries"))


def retitled(document: Document, title: str) -> Document:
    """The document under another title."""
    return msgspec.structs.replace(document, title=Bilingual(zh=title))
