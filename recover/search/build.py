"""The index of a folder, brought up to date: documents that are new, changed or gone since it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from recover.errors import RecoverError, UnreadableInput
from recover.export.content import publication
from recover.glossary.concept import Glossary
from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import Document, Mention
from recover.search.passages import (
    Cited,
    Content,
    Named,
    Passage,
    Variant,
    lines_by_id,
    pack,
    passages,
    sentence_around,
    variants,
    window,
)
from recover.search.query import Token, characters, cutter_with, words
from recover.search.store import Row, Store
from recover.stages.terms.mine import passages as term_passages

# Full-text rows of changed documents stay behind; the index is written anew when this share of them is dead.
WORN_OUT = 0.3
# Tidying up takes as long as entering a few documents: done when more than this share was entered.
MANY = 0.2
# Parts the windows of other readings, so that no phrase runs over from one into the next.
BREAK = "zzzbreakzzz"
# Sentences kept of a term: a concordance shows a few of each paper.
KEPT_SENTENCES = 3

Load = Callable[[Path], Document]
Progress = Callable[[int, int], None]


class Indexed(msgspec.Struct, frozen=True, kw_only=True):
    """What an update did; ``failed`` names documents that can't be read, with the reason."""

    documents: int
    entered: int
    removed: int
    failed: tuple[tuple[str, str], ...] = ()


def index_folder(folder: Path, load: Load, glossary: Glossary, progress: Progress | None = None) -> Indexed:
    """Bring the index of ``folder`` up to date; ``load`` gives the document of one recovered folder.

    Raises UnreadableInput where there is no recovered document, UnwritableOutput where the index can't be written.
    """
    found = {path.relative_to(folder).as_posix(): path for path in _recovered(folder)}
    if not found:
        raise UnreadableInput(str(folder), "holds no recovered document", "name a folder that recover has written")
    with Store(folder, writes=True) as store:
        if store.dead_share() > WORN_OUT:
            store.clear()
        known = store.stamps()
        gone = [path for path in known if path not in found]
        store.remove(gone)
        stale = [(name, path, _stamp(path)) for name, path in found.items()]
        stale = [(name, path, stamp) for name, path, stamp in stale if known.get(name) != stamp]
        failed = tuple(_enter(store, stale, load, glossary, progress))
        if len(stale) > MANY * len(found):
            store.tidy()
    return Indexed(documents=len(found), entered=len(stale) - len(failed), removed=len(gone), failed=failed)


def _recovered(folder: Path) -> Iterator[Path]:
    """The recovered folders at and below ``folder``, hidden ones (drafts) left out."""
    for path in sorted(folder.rglob("document.json")):
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path.parent


def _stamp(path: Path) -> str:
    """Changes when the document or its review does."""
    stamps = []
    for name in ("document.json", "review.jsonl"):
        file = path / name
        if file.is_file():
            state = file.stat()
            stamps.append(f"{state.st_size}.{state.st_mtime_ns}")
    return "/".join(stamps)


def _enter(
    store: Store,
    stale: Sequence[tuple[str, Path, str]],
    load: Load,
    glossary: Glossary,
    progress: Progress | None,
) -> Iterator[tuple[str, str]]:
    """Enter documents one by one; yields those that can't be read."""
    if not stale:
        return
    cut = Cutter(glossary)
    for done, (name, path, stamp) in enumerate(stale, 1):
        try:
            store.enter(row_of(load(path), name, stamp, cut))
        except UnreadableInput as error:
            store.remove([name])
            yield name, error.cause
        except RecoverError:
            raise
        if progress:
            progress(done, len(stale))


class Cutter:
    """Cuts passages into tokens; jieba's dictionary is loaded once."""

    def __init__(self, glossary: Glossary) -> None:
        self._jieba = cutter_with(form for concept in glossary.concepts for form in concept.zh_forms)

    def tokens(self, passage: Passage, others: Sequence[Variant]) -> tuple[str, str, str]:
        """A passage's characters, its other readings and its words, each parted by spaces."""
        windows = [_spaced(characters(window(passage.text, one))) for one in others]
        return (
            _spaced(characters(passage.text)),
            f" {BREAK} ".join(windows),
            " ".join(dict.fromkeys(token.text for token in words(passage.text, self._jieba))),
        )


def _spaced(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)


def row_of(document: Document, path: str, stamp: str, cut: Cutter) -> Row:
    """A document as the index holds it."""
    texts = passages(document)
    lines = lines_by_id(document)
    others = tuple(variants(passage, lines) for passage in texts)
    paper = csl_of(document)
    issued = paper.issued.date_parts[0][0] if paper.issued and paper.issued.date_parts else None
    return Row(
        path=path,
        stamp=stamp,
        title=msgspec.json.encode([document.title.zh, document.title.en]).decode(),
        authors="\n".join(name for author in document.authors for name in (author.name, author.name_en) if name),
        journal=paper.container_title,
        year=issued,
        csl=msgspec.json.encode(paper).decode(),
        content=pack(Content(texts, others, _cited(document, texts), _named(document))),
        passages=tuple((text.kind, text.section_kind, text.lang, text.confidence) for text in texts),
        tokens=tuple(cut.tokens(text, other) for text, other in zip(texts, others, strict=True)),
    )


def csl_of(document: Document) -> CslItem:
    """The paper itself as an item of a reference list, as far as its front matter tells."""
    told = publication(document)
    year = int(told.year) if told.year.isdecimal() else None
    return CslItem(
        id="",
        type="article-journal",
        title=document.title.zh or document.title.en or document.source.name,
        author=tuple(CslName(literal=author.name) for author in document.authors),
        container_title=told.journal,
        issued=CslDate(date_parts=((year,),)) if year else None,
        volume=told.volume,
        issue=told.issue,
        page=told.pages,
        DOI=told.doi,
    )


def _cited(document: Document, texts: Sequence[Passage]) -> tuple[Cited, ...]:
    """The reference list, each entry with its citation marks."""
    address = {(text.section_id, text.paragraph): number for number, text in enumerate(texts) if text.kind == "text"}
    marks: dict[int, list[tuple[int, int, int]]] = {}
    for section in document.sections:
        for at, paragraph in enumerate(section.paragraphs):
            passage = address.get((section.id, at))
            for citation in paragraph.citations if passage is not None else ():
                for number in citation.numbers:
                    marks.setdefault(number, []).append((passage or 0, citation.start, citation.end))
    return tuple(
        Cited(entry.number, entry.raw, entry.csl, entry.confidence, tuple(marks.get(entry.number, ())))
        for entry in document.references
    )


def _named(document: Document) -> tuple[Named, ...]:
    texts = {(text.section, text.paragraph): text.text for text in term_passages(document)}
    pages = {section.id: section.page for section in document.sections}
    named = []
    for term in document.terms:
        seen = (_sentence(mention, texts, pages) for mention in term.mentions)
        sentences = tuple(dict.fromkeys(filter(None, seen)))[:KEPT_SENTENCES]
        named.append(Named(term.zh, term.en, term.abbreviation, term.count, term.aligned, sentences))
    return tuple(named)


def _sentence(mention: Mention, texts: dict[tuple[str, int], str], pages: dict[str, int]) -> tuple[str, int] | None:
    text = texts.get((mention.section, mention.paragraph), "")
    start, end = sentence_around(text, mention.start, mention.end)
    return (text[start:end], pages.get(mention.section, 0)) if text else None
