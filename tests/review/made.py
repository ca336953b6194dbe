"""A recovered document by hand: every line, paragraph and doubt is what its test says."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PIL import Image

from recover.drafts import sums_of, write_manifest
from recover.export.document_json import render
from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import (
    Bilingual,
    Cell,
    Document,
    FrontBlock,
    Mention,
    Paragraph,
    Reference,
    Section,
    Source,
    Span,
    Table,
    Term,
)
from recover.model.geometry import Box, enclose
from recover.model.records import Furniture, PageLine, PageRecord, PageRegion
from recover.stages.citations.marks import find_citations

WIDTH, HEIGHT, SIZE, LEFT, STEP = 400.0, 600.0, 12.0, 40.0, 24.0
HOSTILE = '<img src=x onerror="document.body.dataset.hacked=1"><script>document.body.dataset.hacked=1</script>'


class Page:
    """Lines set one under the other, every character as wide as high."""

    def __init__(self, number: int, dx: float = 0.0, dy: float = 0.0, prefix: str = "l") -> None:
        self.number, self.dx, self.dy, self.prefix = number, dx, dy, prefix
        self.lines: list[PageLine] = []

    def line(self, text: str, doubts: dict[int, tuple[int, str]] | None = None) -> tuple[Span, ...]:
        """A line and the span that shows it; ``doubts`` give a confidence and other readings, one a letter."""
        y = 30 + STEP * len(self.lines) + self.dy
        x, width = LEFT + self.dx, SIZE * len(text)
        quad = (x, y, x + width, y, x + width, y + SIZE, x, y + SIZE)
        edges = tuple(round(1000 * n / len(text)) for at in range(len(text)) for n in (at, at + 1))
        told = doubts or {}
        line = PageLine(
            id=f"p{self.number + 1}.{self.prefix}{len(self.lines) + 1}",
            text=text,
            quad=quad,
            edges=edges,
            confidences=tuple(told[at][0] if at in told else 1000 for at in range(len(text))),
            origin="ppocr",
            doubts=tuple(
                (at, tuple((other, 300 - 100 * n) for n, other in enumerate(others)))
                for at, (_, others) in sorted(told.items())
            ),
        )
        self.lines.append(line)
        return (
            Span(
                start=0,
                end=len(text),
                page=self.number,
                box=Box(x, y, x + width, y + SIZE),
                origin="ppocr",
                confidence=0.9,
                line=line.id,
                at=0,
            ),
        )

    def record(self) -> PageRecord:
        boxes = [Box(line.quad[0], line.quad[1], line.quad[4], line.quad[5]) for line in self.lines]
        region = PageRegion(
            id=f"p{self.number + 1}.r1", kind="text", box=enclose(boxes), order=0, lines=tuple(self.lines)
        )
        image = f"pages/page-{self.number + 1:04d}.jpg"
        return PageRecord(
            number=self.number, width=WIDTH, height=HEIGHT, dpi=200, image=image, regions=(region,) if boxes else ()
        )


def paragraph(*lines: tuple[Span, ...], texts: tuple[str, ...]) -> Paragraph:
    """Lines joined without anything between them."""
    spans: list[Span] = []
    for (span,), text in zip(lines, texts, strict=True):
        start = spans[-1].end if spans else 0
        spans.append(msgspec.structs.replace(span, start=start, end=start + len(text)))
    text = "".join(texts)
    marks = (msgspec.structs.replace(mark, references=(0,)) for mark in find_citations(text, 1))
    return Paragraph(text=text, lang="zh", confidence=0.9, spans=tuple(spans), citations=tuple(marks))


def one(page: Page, *texts: str, doubts: dict[int, tuple[int, str]] | None = None) -> Paragraph:
    """A paragraph of lines that are set now; ``doubts`` are the first line's."""
    return paragraph(
        *(page.line(text, doubts if number == 0 else None) for number, text in enumerate(texts)), texts=texts
    )


def make_document(dx: float = 0.0, dy: float = 0.0, prefix: str = "l", misread: str = "姜") -> Document:
    """Two pages; another reading of the same print may be set off a little and number its lines otherwise."""
    first, second = Page(0, dx, dy, prefix), Page(1, dx, dy, prefix)
    title = one(first, "肌萎缩侧索硬化的治疗")
    heading = first.line("1 资料和方法")
    body = one(
        first, f"肌{misread}缩侧索硬化是一种神经退行性疾病，", "患者进行性肌无力[1]。", doubts={1: (400, "萎委")}
    )
    second_body = one(first, "第二段说明请导多能干细胞的来源。", doubts={5: (600, "诱")})
    hostile = one(first, HOSTILE)
    other = second.line("2 结果")
    result = one(second, "间充质干细胞安全性好。")
    last = one(second, "结论部分很短。", doubts={2: (800, "邢")})
    cell = one(second, "第一列")
    entry = one(second, "[1] 林若川. 干细胞研究[J]. 神经杂志, 2020, 1(2): 3-4.")
    csl = CslItem(
        id="ref-1",
        type="article-journal",
        language="zh",
        author=(CslName(family="林", given="若川"),),
        title="干细胞研究",
        container_title="神经杂志",
        issued=CslDate(date_parts=((2020,),)),
        volume="1",
        issue="2",
        page="3-4",
    )
    return Document(
        source=Source(name="paper.pdf", sha256="0" * 64, pages=2, kind="scan"),
        title=Bilingual(zh="肌萎缩侧索硬化的治疗"),
        front=(FrontBlock(role="title-zh", lang="zh", paragraph=title),),
        sections=(
            Section(
                id="s1",
                number="1",
                level=1,
                title="资料和方法",
                page=0,
                paragraphs=(body, second_body, hostile),
                title_spans=heading,
            ),
            Section(id="s2", number="2", level=1, title="结果", page=1, paragraphs=(result, last), title_spans=other),
        ),
        tables=(
            Table(
                label="表 1",
                caption="各组结果",
                page=1,
                box=Box(40, 300, 200, 340),
                rows=(("第一列", "数值"),),
                cells=(
                    Cell(row=0, column=0, text="第一列", spans=cell.spans),
                    Cell(row=0, column=1, text="数值"),
                ),
                section="s2",
            ),
        ),
        references=(Reference(number=1, raw=entry.text, csl=csl, page=1, spans=entry.spans),),
        terms=(
            Term(
                zh="间充质干细胞",
                en="mesenchymal stem cell",
                abbreviation="MSC",
                count=1,
                mentions=(Mention(section="s2", paragraph=0, start=0, end=6),),
                aligned=True,
            ),
        ),
        furniture=(Furniture(page=0, box=Box(40, 5, 200, 15), text="神经杂志", kind="running-head"),),
        pages=(first.record(), second.record()),
    )


def write_folder(folder: Path, document: Document | None = None) -> Path:
    """The folder as a recovery leaves it, with small blank pictures."""
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    document = document or make_document()
    (folder / "document.json").write_bytes(render(document, folder))
    for page in document.pages:
        Image.new("L", (200, 300), 250).save(folder / page.image)
    write_manifest(folder, sums_of(folder))
    return folder
