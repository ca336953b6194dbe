"""All measures of one recovered document."""

from __future__ import annotations

import msgspec

from bench.accuracy.fold import fold
from bench.accuracy.measures.calibration import expected_calibration_error, judge_characters
from bench.accuracy.measures.layers import score_layers
from bench.accuracy.measures.leaks import count_leaks
from bench.accuracy.measures.paragraphs import Placed, paragraph_error, paragraph_order, place_paragraphs
from bench.accuracy.measures.references import score_references
from bench.accuracy.measures.structure import (
    score_cells,
    score_citations,
    score_headings,
    share_captions,
    share_titles,
)
from bench.accuracy.measures.terms import missing_terms, precision_of_terms, recall_terms, wrong_terms
from bench.accuracy.recovered import abstract_texts, body_texts, text_pieces
from recover.model.document import Document
from samples.truths import Truth
from samples.wear import TextLayer


class WorstParagraph(msgspec.Struct, frozen=True, kw_only=True):
    """A true paragraph that was not read whole."""

    distance: int
    true: str
    found: str


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """Shares are from 0 to 1; ``details`` are for the person who mends what is wrong."""

    paragraph_error: float
    order: float
    leaks: int
    headings: float
    references: float
    fields: float
    citations: float
    cells: float
    captions: float
    title: float
    term_recall: float
    term_precision: float
    calibration: float | None
    garbled_reread: float
    good_kept: float
    worst: tuple[WorstParagraph, ...] = ()
    wrong_fields: tuple[tuple[int, str, str, str], ...] = ()
    missing_terms: tuple[str, ...] = ()
    wrong_terms: tuple[str, ...] = ()


def judge(document: Document, truth: Truth, text_layer: TextLayer = "none") -> Judgement:
    true = true_paragraphs(truth)
    recovered = text_pieces(document)
    placed = place_paragraphs(true, recovered)
    references = score_references(document, truth)
    characters = judge_characters(document, true)
    layers = score_layers(document, text_layer)
    everything = (*body_texts(document), *abstract_texts(document))
    printed = (*true, *(note.text for note in truth.notes))
    return Judgement(
        paragraph_error=paragraph_error(placed).value,
        order=paragraph_order(placed).value,
        leaks=count_leaks(truth.furniture, everything, printed),
        headings=score_headings(document, truth).value,
        references=references.found.value,
        fields=references.fields.value,
        citations=score_citations(document, truth).value,
        cells=score_cells(document, truth).value,
        captions=share_captions(document, truth).value,
        title=share_titles(document, truth).value,
        term_recall=recall_terms(document, truth).value,
        term_precision=precision_of_terms(document, truth).value,
        calibration=expected_calibration_error(characters) if characters else None,
        garbled_reread=layers.garbled_reread.value,
        good_kept=layers.good_kept.value,
        worst=_worst(placed, recovered),
        wrong_fields=references.wrong,
        missing_terms=missing_terms(document, truth),
        wrong_terms=wrong_terms(document, truth),
    )


def true_paragraphs(truth: Truth) -> tuple[str, ...]:
    """Abstracts, body and back matter, in reading order."""
    body = (paragraph.text for section in truth.sections for paragraph in section.paragraphs)
    back = (note.text for note in truth.notes if note.place == "back")
    return (*truth.abstracts.zh, *truth.abstracts.en, *body, *back)


def _worst(placed: tuple[Placed, ...], recovered: tuple[str, ...]) -> tuple[WorstParagraph, ...]:
    target = "".join(map(fold, recovered))
    wrong = sorted((one for one in placed if one.infix.distance), key=lambda one: -one.infix.distance)
    return tuple(
        WorstParagraph(distance=one.infix.distance, true=one.text, found=target[one.infix.start : one.infix.end])
        for one in wrong[:8]
    )
