from collections.abc import Callable

import pytest

from recover.glossary.concept import Concept, Glossary
from recover.model.document import Bilingual, BilingualList, Document, Paragraph, Section, Source, Table
from recover.model.geometry import Box


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    # One for all tests: jieba's dictionary is kept there, and takes a second to make.
    folder = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setattr("recover.glossary.places.cache_folder", lambda: folder)
    folder.mkdir(exist_ok=True)


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    return Glossary(
        "test",
        (
            Concept("肌萎缩侧索硬化", "amyotrophic lateral sclerosis", "ALS", ("肌萎缩侧索硬化症", "渐冻症")),
            Concept("间充质干细胞", "mesenchymal stem cell", "MSC", ("间质干细胞",), ("mesenchymal stromal cell",)),
            Concept("骨髓间充质干细胞", "bone marrow mesenchymal stem cell", "BM-MSC"),
            Concept("干细胞", "stem cell"),
            Concept("星形胶质细胞", "astrocyte"),
            Concept("星形胶质细胞活化", "astrogliosis"),
            Concept("症状", "symptom"),
            Concept("神经", "nerve"),
            Concept("神经元", "neuron"),
            Concept("多发性硬化", "multiple sclerosis", "MS"),
            Concept("质谱", "mass spectrometry", "MS"),
            Concept("渐冻人病", "ALS disease", status="forbidden"),
        ),
    )


@pytest.fixture
def document() -> Callable[..., Document]:
    """A document of some paragraphs, with whatever else is named."""

    def make(
        *paragraphs: str,
        abstracts: tuple[str, str] | None = None,
        keywords: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
        title: tuple[str, str] = ("", ""),
        table: tuple[tuple[str, ...], ...] = (),
    ) -> Document:
        zh, en = ((abstracts[0],), (abstracts[1],)) if abstracts else ((), ())
        body = tuple(Paragraph(text=text, lang="zh") for text in paragraphs)
        return Document(
            source=Source(name="a.pdf", sha256="", pages=1, kind="scan"),
            title=Bilingual(zh=title[0], en=title[1]),
            abstracts=BilingualList(zh=zh, en=en),
            keywords=BilingualList(zh=keywords[0], en=keywords[1]),
            sections=(Section(id="s1", number="1", level=1, title="", paragraphs=body),),
            tables=(Table(label="表 1", caption="", page=0, box=Box(0, 0, 1, 1), rows=table),) if table else (),
        )

    return make
