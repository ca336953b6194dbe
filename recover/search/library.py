"""A folder of recovered documents as a library: indexed, searched, its references and terms brought together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

import msgspec

from recover.errors import MALFORMED, UnreadableInput
from recover.glossary import places
from recover.glossary.concept import Glossary
from recover.glossary.load import load_stack
from recover.model.document import Document
from recover.search.build import Indexed, index_folder
from recover.search.find import Found, search_folder
from recover.search.passages import Cited, Content, Named, sentence_around, unpack
from recover.search.query import Filters, characters
from recover.search.store import Store
from recover.search.works import Copy, Work, letters, merge
from recover.settings import DEFAULT_GLOSSARY

# Sentences shown of a term, the first ones of different papers.
SENTENCES = 5


class Concordance(msgspec.Struct, frozen=True, kw_only=True):
    """A term over all papers; ``sentences`` are (paper, page, sentence)."""

    zh: str
    en: str
    abbreviation: str
    papers: int
    count: int
    aligned: int
    sentences: tuple[tuple[str, int, str], ...]


def cited_works(folder: Path) -> tuple[Work, ...]:
    """The works that the papers of an indexed folder cite, the most cited first; raises UnreadableInput."""
    return merge([copy for path, content in contents(folder) for copy in _copies(path, content)])


def citing(folder: Path, wanted: str) -> tuple[Work, ...]:
    """The cited works that ``wanted`` means: words of names and title, a year, a DOI, in any order."""
    parts = [letters(part) for part in wanted.split()]
    return tuple(work for work in cited_works(folder) if all(_says(work, part) for part in parts if part))


def concordance(folder: Path, wanted: str = "") -> tuple[Concordance, ...]:
    """The terms of an indexed folder (those with ``wanted`` in them), the most spread first; raises UnreadableInput."""
    groups: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    named = {path: content.terms for path, content in contents(folder)}
    for path, terms in named.items():
        for at, term in enumerate(terms):
            groups[term.zh, term.en.casefold()].append((path, at))
    found = [_concordance([(path, named[path][at]) for path, at in places]) for places in groups.values()]
    asked = [token.text for token in characters(wanted)]
    kept = [one for one in found if _holds(f"{one.zh} | {one.en} | {one.abbreviation}", asked)]
    return tuple(sorted(kept, key=lambda one: (-one.papers, -one.count, one.zh, one.en)))


def contents(folder: Path) -> Iterator[tuple[str, Content]]:
    """The content of every paper by its path below ``folder``; raises UnreadableInput where there is no index."""
    with Store(folder, writes=False) as store:
        for path, packed in store.rows("SELECT path, content FROM documents ORDER BY path"):
            try:
                yield str(path), unpack(cast("bytes", packed))
            except (*MALFORMED, ValueError) as error:
                cause, remedy = f"is damaged ({error})", "delete the file and run 'recover index' again"
                raise UnreadableInput(str(store.path), cause, remedy) from error


def _holds(text: str, asked: Sequence[str]) -> bool:
    """Whether the words (Chinese characters) ``asked`` follow each other in ``text``."""
    tokens = [token.text for token in characters(text)]
    return any(tokens[at : at + len(asked)] == list(asked) for at in range(len(tokens) - len(asked) + 1))


def _copies(path: str, content: Content) -> Iterator[Copy]:
    for entry in content.references:
        yield Copy(
            paper=path,
            number=entry.number,
            raw=entry.raw,
            csl=entry.csl,
            confidence=entry.confidence,
            sentences=tuple(dict.fromkeys(_citing_sentences(entry, content))),
        )


def _citing_sentences(entry: Cited, content: Content) -> Iterator[tuple[str, int | None]]:
    for number, start, end in entry.marks:
        passage = content.passages[number]
        first, last = sentence_around(passage.text, start, end)
        page = next((place.page for place in passage.places if place.start <= start < place.end), None)
        yield passage.text[first:last], page


def _says(work: Work, part: str) -> bool:
    texts = [letters(copy.raw) for copy in work.copies]
    csl = work.csl
    names = "".join(name.family + name.given + name.literal for name in csl.author)
    year = str(csl.issued.date_parts[0][0]) if csl.issued and csl.issued.date_parts else ""
    return any(part in text for text in (*texts, letters(f"{names}{csl.title}{csl.container_title}{year}{csl.DOI}")))


def _concordance(terms: Sequence[tuple[str, Named]]) -> Concordance:
    first = max((term for _, term in terms), key=lambda term: term.count)
    sentences = [(path, page, text) for path, term in terms for text, page in term.sentences[:1]]
    more = [(path, page, text) for path, term in terms for text, page in term.sentences[1:]]
    return Concordance(
        zh=first.zh,
        en=first.en,
        abbreviation=next((term.abbreviation for _, term in terms if term.abbreviation), ""),
        papers=len({path for path, _ in terms}),
        count=sum(term.count for _, term in terms),
        aligned=sum(term.aligned for _, term in terms),
        sentences=tuple((*sentences, *more)[:SENTENCES]),
    )


def index_library(
    folder: Path,
    load: Callable[[Path], Document],
    glossaries: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Indexed:
    """Bring the index of ``folder`` up to date; raises RecoverError."""
    return index_folder(_existing(folder), load, glossary_of(glossaries), progress)


def search_library(
    folder: Path, query: str, glossaries: Sequence[str] = (), filters: Filters | None = None, limit: int = 10
) -> Found:
    """The papers of an indexed folder that answer ``query``; raises RecoverError."""
    return search_folder(_existing(folder), query, glossary_of(glossaries), filters, limit)


def glossary_of(names: Sequence[str]) -> Glossary:
    """The shipped glossary, the user's own ones and those named; raises UnreadableInput."""
    return load_stack(tuple(dict.fromkeys((DEFAULT_GLOSSARY, *places.names(), *names))))


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise UnreadableInput(str(folder), "is not a folder", "name a folder that recover has written")
    return folder
