"""All measures of one recovered document."""

from __future__ import annotations

import msgspec
from rapidfuzz.distance import Levenshtein

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

# How much of a paragraph, and of what stands around an edit, is shown.
_SHOWN, _CONTEXT = 30, 6


class Flaw(msgspec.Struct, frozen=True, kw_only=True):
    """A true paragraph that was not read whole; each edit is ``before[true→found]after``, folded."""

    distance: int
    begins: str
    edits: tuple[str, ...]


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
    flaws: tuple[Flaw, ...] = ()
    wrong_fields: tuple[tuple[int, str, str, str], ...] = ()
    missing_terms: tuple[str, ...] = ()
    wrong_terms: tuple[str, ...] = ()


def judge(document: Document, truth: Truth, text_layer: TextLayer = "none") -> Judgement:
    true = true_paragraphs(truth)
    recovered = text_pieces(document)
    placed = place_paragraphs(true, recovered)
    references = score_references(document, truth)
    characters = judge_characters(document, true)
    layers = score_layers(document, text_layer, truth)
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
        flaws=_flaws(placed, recovered),
        wrong_fields=references.wrong,
        missing_terms=missing_terms(document, truth),
        wrong_terms=wrong_terms(document, truth),
    )


def true_paragraphs(truth: Truth) -> tuple[str, ...]:
    """Abstracts, body and back matter, in reading order."""
    body = (paragraph.text for section in truth.sections for paragraph in section.paragraphs)
    back = (note.text for note in truth.notes if note.place == "back")
    return (*truth.abstracts.zh, *truth.abstracts.en, *body, *back)


def _flaws(placed: tuple[Placed, ...], recovered: tuple[str, ...]) -> tuple[Flaw, ...]:
    """The worst first."""
    target = "".join(map(fold, recovered))
    wrong = sorted((one for one in placed if one.infix.distance), key=lambda one: -one.infix.distance)
    return tuple(
        Flaw(distance=one.infix.distance, begins=one.text[:_SHOWN], edits=_edits(one, target)) for one in wrong
    )


def _edits(placed: Placed, target: str) -> tuple[str, ...]:
    true, found = placed.text, target[placed.infix.start : placed.infix.end]
    return tuple(
        f"{true[max(0, code.src_start - _CONTEXT) : code.src_start]}"
        f"[{true[code.src_start : code.src_end]}→{found[code.dest_start : code.dest_end]}]"
        f"{true[code.src_end : code.src_end + _CONTEXT]}"
        for code in Levenshtein.opcodes(true, found)
        if code.tag != "equal"
    )
