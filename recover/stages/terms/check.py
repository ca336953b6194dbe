"""What two languages tell of each other: the abstracts sentence to sentence, and the doubts about terms."""

from __future__ import annotations

from msgspec import structs

from recover.model.document import Document
from recover.stages.terms.align import align_abstracts
from recover.stages.terms.consistency import Forbidden, term_doubts


def check_terms(document: Document, is_forbidden: Forbidden) -> Document:
    """The document, whose terms are found, with its abstracts aligned and what is doubtful about the terms."""
    pairs = align_abstracts(document)
    return structs.replace(document, abstract_pairs=pairs, term_doubts=term_doubts(document, pairs, is_forbidden))
