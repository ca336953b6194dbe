"""Whether the order of doubt is worth following: errors left when a person looks at the first doubts alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from rapidfuzz.distance import Levenshtein

from bench.accuracy.cases import Case, make_scan
from bench.accuracy.fold import fold, fold_with_origin
from bench.accuracy.infix import find_infix
from bench.accuracy.judge import true_paragraphs
from recover import Settings, recover_pdf
from recover.export.document_json import read
from recover.model.document import Document
from recover.review.from_document import unfold
from recover.review.ranking import LONGEST, Ranking
from recover.review.working_copy import Block, WorkingCopy
from samples.article import FOLDER
from samples.truths import load_truth

# A paragraph further off than this was lost or torn apart: its characters can't be told right from wrong.
LOST = 0.35


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Errors are edits between the body's text and the truth; looking at a doubt mends those in it and beside it.

    ``misplaced`` are runs longer than any doubt: text that stands elsewhere, which no look at a character finds.
    """

    characters: int
    errors: int
    misplaced: int
    looked_at: int
    decisions: int
    mended: int

    @property
    def share(self) -> float:
        """Of all errors, those that the looks removed."""
        return self.mended / max(1, self.errors)


class Place(msgspec.Struct, frozen=True):
    """An error: the characters of a block it covers, or the gap it stands at when ``start`` is ``end``."""

    block: str
    start: int
    end: int
    edits: int


def measure_order(sample: str, folder: Path | None, dpi: int, share: float) -> str:
    """The measure in a line; without a folder a heavily worn scan of the sample is recovered first."""
    if folder is not None:
        return _told(judge_order(read(folder / "document.json"), sample, share))
    scan = make_scan(Case(folder=FOLDER, sample=sample, dpi=dpi, wear="heavy", text_layer="none"))
    with tempfile.TemporaryDirectory() as place:
        document = recover_pdf(scan, Path(place) / sample, Settings(formats=("json",)))
    return _told(judge_order(document, sample, share))


def _told(order: Order) -> str:
    return (
        f"{order.characters} characters, {order.errors} errors (and {order.misplaced} misplaced); "
        f"{order.looked_at} characters looked at in {order.decisions} doubts: "
        f"{order.mended} errors mended, {order.share:.0%}"
    )


def judge_order(document: Document, sample: str, share: float) -> Order:
    """Look at doubts, worst first, until ``share`` of all characters was looked at."""
    sheet = unfold(document)
    blocks = [sheet.blocks[key] for key in sheet.order if _is_text(sheet.blocks[key])]
    found, judged = find_errors(blocks, list(filter(None, map(fold, true_paragraphs(load_truth(sample))))))
    characters = sum(len(block.text) for block in judged)
    looks = _looks(sheet, judged, int(share * characters))
    misread = [error for error in found if error.edits <= LONGEST]
    mended = sum(error.edits for error in misread if any(_covers(look, error) for look in looks))
    return Order(
        characters=characters,
        errors=sum(error.edits for error in misread),
        misplaced=sum(error.edits for error in found if error.edits > LONGEST),
        looked_at=sum(end - start for _, start, end in looks),
        decisions=len(looks),
        mended=mended,
    )


def _is_text(block: Block) -> bool:
    """Paragraphs and abstracts: what the truth holds as running text."""
    return block.kind == "paragraph" or block.role.startswith("abstract")


def find_errors(blocks: Sequence[Block], true: Iterable[str]) -> tuple[list[Place], list[Block]]:
    """Where blocks differ from the truth, and the blocks that could be judged."""
    everything = "".join(true)
    found, judged = [], []
    for block in blocks:
        folded = fold_with_origin(block.text)
        if not folded.text:
            continue
        infix = find_infix(folded.text, everything)
        if infix.distance > LOST * len(folded.text):
            continue
        judged.append(block)
        for code in Levenshtein.opcodes(folded.text, everything[infix.start : infix.end]):
            if code.tag == "equal":
                continue
            start = folded.origin[code.src_start] if code.src_start < len(folded.origin) else len(block.text)
            end = folded.origin[code.src_end - 1] + 1 if code.src_end > code.src_start else start
            edits = max(code.src_end - code.src_start, code.dest_end - code.dest_start)
            found.append(Place(block.id, start, end, edits))
    return found, judged


def _looks(sheet: WorkingCopy, blocks: Sequence[Block], budget: int) -> list[tuple[str, int, int]]:
    """The first doubts' places in the judged blocks, until the budget is spent."""
    judged = {block.id for block in blocks}
    looks: list[tuple[str, int, int]] = []
    for doubt in Ranking(sheet).doubts:
        for key in sheet.users.get(doubt.line, ()):
            place = _shown(sheet.blocks[key], doubt.line, doubt.at, doubt.end) if key in judged else None
            if place and budget > 0:
                looks.append((key, *place))
                budget -= place[1] - place[0]
    return looks


def _shown(block: Block, line: str, start: int, end: int) -> tuple[int, int] | None:
    for span in block.spans:
        if span.line == line and span.at <= start and end <= span.at + span.end - span.start:
            return span.start + start - span.at, span.start + end - span.at
    return None


def _covers(look: tuple[str, int, int], error: Place) -> bool:
    """Whoever looks at characters sees what is wrong with them, and what is missing right beside them."""
    key, start, end = look
    if key != error.block:
        return False
    if error.start == error.end:
        return start <= error.start <= end
    return start < error.end and error.start < end
