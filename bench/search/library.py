"""A folder of made-up papers: texts of all fields set as lines on pages, and sentences planted that are asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from recover.export.document_json import render
from recover.lexicon.characters import is_wide, language
from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import Bilingual, Document, FrontBlock, Paragraph, Reference, Section, Source, Span
from recover.model.geometry import Box
from recover.model.records import PageLine, PageRecord, PageRegion

WIDTH, HEIGHT, SIZE, LEFT, TOP, STEP = 595.0, 842.0, 10.0, 50.0, 50.0, 16.0
LINES_A_PAGE, LINE_CELLS = 46, 44
SECTIONS = ("0 引言", "1 资料和方法", "2 结果", "3 讨论", "4 结论")
PARAGRAPHS_A_SECTION, REFERENCES = 8, 20


class Plant(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of paper ``paper``: it shows ``printed``, read as ``read`` with ``doubt`` (offset, sign)."""

    paper: int
    sentence: str
    printed: str
    read: str
    doubt: tuple[int, str] | None = None


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """Where the words of a plant stand: page, and boxes of its lines."""

    paper: str
    page: int
    boxes: tuple[Box, ...]


def make_paper(number: int, texts: Sequence[tuple[str, str]], plants: Sequence[Plant]) -> tuple[Document, list[Truth]]:
    """A paper of eight pages and where its plants stand."""
    chance = random.Random(number)  # noqa: S311 no secret
    sheet = _Sheet()
    title, _ = chance.choice(texts)
    front = FrontBlock(role="title-zh", lang="zh", paragraph=sheet.paragraph(title)[0])
    sections, truths, waiting = [], [], list(plants)
    for index, heading in enumerate(SECTIONS):
        number_printed, _, name = heading.partition(" ")
        sheet.paragraph(heading)
        paragraphs = []
        for _ in range(PARAGRAPHS_A_SECTION):
            text = chance.choice(texts)[1]
            plant = waiting.pop() if waiting and index and chance.random() < 0.2 else None
            paragraph, truth = sheet.paragraph(text + (plant.sentence if plant else ""), plant)
            paragraphs.append(paragraph)
            truths += [msgspec.structs.replace(truth, paper=name_of(number))] if truth else []
        sections.append(
            Section(id=f"s{index + 1}", number=number_printed, level=1, title=name, paragraphs=tuple(paragraphs))
        )
    while waiting:
        paragraph, truth = sheet.paragraph(waiting[-1].sentence, waiting.pop())
        sections[-1] = msgspec.structs.replace(sections[-1], paragraphs=(*sections[-1].paragraphs, paragraph))
        truths += [msgspec.structs.replace(truth, paper=name_of(number))] if truth else []
    document = Document(
        source=Source(name=f"{number}.pdf", sha256=f"{number:064x}", pages=len(sheet.pages()), kind="scan"),
        title=Bilingual(zh=title),
        front=(front,),
        sections=tuple(sections),
        references=tuple(_references(chance, texts)),
        pages=sheet.pages(),
    )
    return document, truths


def name_of(number: int) -> str:
    """A paper's folder."""
    return f"{number % 20:02d}/paper-{number:04d}"


def write_paper(folder: Path, number: int, document: Document) -> None:
    """Put a paper in its folder."""
    place = folder / name_of(number)
    place.mkdir(parents=True, exist_ok=True)
    (place / "document.json").write_bytes(render(document, place))


def _references(chance: random.Random, texts: Sequence[tuple[str, str]]) -> Iterator[Reference]:
    for number in range(1, REFERENCES + 1):
        title, year = chance.choice(texts)[0], chance.randint(1990, 2024)
        csl = CslItem(title=title, author=(CslName(literal="李明"),), issued=CslDate(date_parts=((year,),)))
        yield Reference(number=number, raw=f"[{number}] 李明. {title}[J]. 某学报, {year}.", csl=csl)


class _Sheet:
    """Lines set one under the other, page after page; letters are half as wide as Chinese characters."""

    def __init__(self) -> None:
        self._lines: list[list[PageLine]] = [[]]

    def paragraph(self, text: str, plant: Plant | None = None) -> tuple[Paragraph, Truth | None]:
        spans, at = [], 0
        begin = text.rfind(plant.read) if plant else -1
        boxes: list[tuple[int, Box]] = []
        while at < len(text):
            end = _line_end(text, at)
            doubt = (begin + plant.doubt[0] - at, plant.doubt[1]) if plant and plant.doubt else None
            line, box, edges = self._set(text[at:end], doubt)
            page = len(self._lines) - 1
            spans.append(
                Span(start=at, end=end, page=page, box=box, origin="ppocr", confidence=0.98, line=line.id, at=0)
            )
            if plant and begin < end and at < begin + len(plant.read):
                first, last = max(begin, at) - at, min(begin + len(plant.read), end) - at
                boxes.append((page, Box(edges[first], box.y0, edges[last], box.y1)))
            at = end
        paragraph = Paragraph(text=text, lang=language(text), confidence=0.98, spans=tuple(spans))
        truth = Truth(paper="", page=boxes[0][0], boxes=tuple(box for _, box in boxes)) if boxes else None
        return paragraph, truth

    def _set(self, text: str, doubt: tuple[int, str] | None) -> tuple[PageLine, Box, list[float]]:
        if len(self._lines[-1]) == LINES_A_PAGE:
            self._lines.append([])
        y = TOP + STEP * len(self._lines[-1])
        places = [LEFT]
        for char in text:
            places.append(places[-1] + (SIZE if is_wide(char) else SIZE / 2))
        box = Box(LEFT, y, places[-1], y + SIZE)
        length = places[-1] - LEFT
        edges = tuple(
            round(1000 * (x - LEFT) / length) for at in range(len(text)) for x in (places[at], places[at + 1])
        )
        is_here = doubt is not None and 0 <= doubt[0] < len(text)
        line = PageLine(
            id=f"p{len(self._lines)}.l{len(self._lines[-1]) + 1}",
            text=text,
            quad=(box.x0, box.y0, box.x1, box.y0, box.x1, box.y1, box.x0, box.y1),
            edges=edges,
            confidences=(980,) * len(text),
            origin="ppocr",
            doubts=((doubt[0], ((doubt[1], 240),)),) if doubt and is_here else (),
        )
        self._lines[-1].append(line)
        return line, box, places

    def pages(self) -> tuple[PageRecord, ...]:
        return tuple(
            PageRecord(
                number=number,
                width=WIDTH,
                height=HEIGHT,
                dpi=200,
                regions=(
                    PageRegion(
                        id=f"p{number + 1}.r1",
                        kind="text",
                        box=Box(LEFT, TOP, WIDTH - LEFT, HEIGHT - TOP),
                        order=0,
                        lines=tuple(lines),
                    ),
                ),
            )
            for number, lines in enumerate(self._lines)
        )


def _line_end(text: str, at: int) -> int:
    cells = 0.0
    for end in range(at, len(text)):
        cells += 1 if is_wide(text[end]) else 0.5
        if cells > LINE_CELLS:
            return end
    return len(text)
