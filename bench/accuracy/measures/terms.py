"""Terms: recall of the true pairs, and whether what was reported is really there."""

from __future__ import annotations

from bench.accuracy.fold import fold
from bench.accuracy.measures.score import Share
from recover.model.document import Document, Term
from samples.truths import Truth


def recall_terms(document: Document, truth: Truth) -> Share:
    """The true (zh, en) pairs that were reported."""
    found = {_pair(term.zh, term.en) for term in document.terms}
    right = sum(_pair(term.zh, term.en) in found for term in truth.terms)
    return Share(right=right, true=len(truth.terms))


def missing_terms(document: Document, truth: Truth) -> tuple[str, ...]:
    found = {_pair(term.zh, term.en) for term in document.terms}
    return tuple(f"{term.zh} = {term.en}" for term in truth.terms if _pair(term.zh, term.en) not in found)


def precision_of_terms(document: Document, truth: Truth) -> Share:
    """The reported terms that stand in the true text and are not paired against the truth."""
    wrong = wrong_terms(document, truth)
    return Share(right=len(document.terms) - len(wrong), true=len(document.terms))


def wrong_terms(document: Document, truth: Truth) -> tuple[str, ...]:
    """The terms that aren't printed at all or that pair the halves of two different true pairs."""
    text = _key(true_text(truth))
    return tuple(f"{term.zh} = {term.en}" for term in document.terms if _is_wrong(term, text, truth))


def true_text(truth: Truth) -> str:
    """Everything that is printed in the article apart from the furniture."""
    sections = [piece for s in truth.sections for piece in (s.title, s.title_en, *(p.text for p in s.paragraphs))]
    notes = [note.text for note in truth.notes]
    things = [text for table in truth.tables for row in table.rows for text in row]
    things += [text for figure in truth.figures for text in figure.text]
    things += [piece for table in truth.tables for piece in (table.caption, table.caption_en)]
    things += [piece for figure in truth.figures for piece in (figure.caption, figure.caption_en)]
    front = (truth.title.zh, truth.title.en, *truth.abstracts.zh, *truth.abstracts.en)
    keywords = (*truth.keywords.zh, *truth.keywords.en)
    references = [reference.raw for reference in truth.references]
    return "\n".join((*front, *keywords, *sections, *notes, *things, *references))


def _is_wrong(term: Term, text: str, truth: Truth) -> bool:
    zh, en = _pair(term.zh, term.en)
    if _crosses(zh, en, truth):
        return True
    # A glossary reports a printed variant under its preferred name: only what was mined must stand there itself.
    return term.source != "glossary" and zh not in text and en not in text


def _crosses(zh: str, en: str, truth: Truth) -> bool:
    """Both sides are of true pairs, of different ones."""
    return (
        any(zh == _key(pair.zh) for pair in truth.terms)
        and any(en == _key(pair.en) for pair in truth.terms)
        and not any(_pair(pair.zh, pair.en) == (zh, en) for pair in truth.terms)
    )


def _pair(zh: str, en: str) -> tuple[str, str]:
    return _key(zh), _key(en)


def _key(text: str) -> str:
    """Hyphens, case and a plural's s are no difference between terms."""
    return fold(text).casefold().replace("-", "").rstrip("s")
