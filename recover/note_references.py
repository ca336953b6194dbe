"""Works that notes cite: in papers without a list of references, the notes are the list."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.document import Citation, Note, Paragraph, Reference, Section
from recover.stages.references.assemble import to_reference
from recover.stages.references.entries import Entry
from recover.text.entry_shape import cites_work
from recover.text.note_marks import leading_mark
from recover.text.vocabulary import Vocabulary


def notes_as_list(notes: Sequence[Note], words: Vocabulary) -> tuple[tuple[Note, ...], tuple[Reference, ...]]:
    """The notes, each with its place in the list, and the list that those of them make which cite works."""
    references: list[Reference] = []
    linked = []
    is_numbered = _are_numbered_through(notes)
    for note in notes:
        if cites_work(note.text):
            linked.append(msgspec.structs.replace(note, references=(len(references),)))
            references.append(_reference(note, words, is_numbered=is_numbered))
        else:
            linked.append(note)
    return tuple(linked), tuple(references)


def cite_notes(sections: Sequence[Section], notes: Sequence[Note]) -> tuple[Section, ...]:
    """The sections, the marks of notes that cite works being citations of them."""
    marks: dict[tuple[str, int], list[Citation]] = {}
    for note in notes:
        if note.anchor is not None and note.references:
            at = note.anchor.at
            citation = Citation(start=at, end=at + len(note.mark), numbers=(), references=note.references)
            marks.setdefault((note.anchor.section, note.anchor.paragraph), []).append(citation)
    return tuple(
        msgspec.structs.replace(
            section,
            paragraphs=tuple(
                _cited(paragraph, marks.get((section.id, index), []))
                for index, paragraph in enumerate(section.paragraphs)
            ),
        )
        for section in sections
    )


def _cited(paragraph: Paragraph, added: Sequence[Citation]) -> Paragraph:
    places = {citation.start for citation in added}
    kept = [citation for citation in paragraph.citations if citation.start not in places]
    ordered = sorted((*kept, *added), key=lambda citation: citation.start)
    return msgspec.structs.replace(paragraph, citations=tuple(ordered)) if added else paragraph


def _are_numbered_through(notes: Sequence[Note]) -> bool:
    """Whether no number occurs twice: numbers that begin anew on each page name no entry of a list."""
    values = [mark.value for note in notes if (mark := leading_mark(note.mark + " 甲")) is not None]
    return len(set(values)) == len(values) and 0 not in values


def _reference(note: Note, words: Vocabulary, *, is_numbered: bool) -> Reference:
    mark = leading_mark(note.mark + " 甲")
    number = mark.value if mark is not None and is_numbered else 0
    reference = to_reference(Entry(number=number, printed=note.mark, text=note.text, pieces=()), note.page, words)
    lead = len(reference.raw) - len(note.text)
    spans = tuple(msgspec.structs.replace(span, start=span.start + lead, end=span.end + lead) for span in note.spans)
    return msgspec.structs.replace(reference, page=note.page, box=note.box, spans=spans)
