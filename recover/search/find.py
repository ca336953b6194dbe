"""A search: from what a person asks to papers with sentences, pages and boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec

from recover.glossary.concept import Glossary
from recover.model.csl import CslItem
from recover.search.expand import Expanded, Wording, expand, match_expression, merged, word_expression
from recover.search.locate import PageOutlines, PagePlace, Spot, page_places, spots
from recover.search.passages import Content, Passage, Variant, sentence_around, unpack
from recover.search.query import And, Filters, Near, Node, Term, parse, terms_of
from recover.search.store import Store

# What is printed weighs more than what a doubtful character may have been.
WEIGHTS = "2.0, 0.4"
# A hit in a title says more of the paper than one in its text, one in a reference less.
KIND_WEIGHTS = {"title": 2.0, "keywords": 1.5, "abstract": 1.4, "heading": 1.3, "front": 0.6, "reference": 0.5}
# Characters that make a word of their own count more than the same ones that stand in two words.
WHOLE_WORD = 1.5
# So many passages are ranked for every paper that is shown: one paper may have many.
RANKED = 40
HITS_A_PAPER = 3


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with what was found in it; ``spots`` are offsets into ``sentence``.

    ``is_doubtful``: the words are only what misread characters may have been.
    """

    kind: str
    section: str
    section_id: str
    paragraph: int
    sentence: str
    spots: tuple[Spot, ...]
    page: int | None
    boxes: tuple[PagePlace, ...]
    is_doubtful: bool = False


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of the folder with its best hits; ``path`` is its recovered folder below the searched one."""

    path: str
    title: tuple[str, str]
    authors: tuple[str, ...]
    journal: str
    year: int | None
    score: float
    hits: tuple[Hit, ...]
    csl: CslItem


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The papers found, best first; ``added`` tells for every term of the query what else was looked for."""

    query: str
    papers: tuple[Paper, ...]
    added: tuple[tuple[str, tuple[str, ...]], ...]
    is_spread: bool = False


def search_folder(
    folder: Path, query: str, glossary: Glossary, filters: Filters | None = None, limit: int = 10
) -> Found:
    """The best papers for ``query``; raises UsageError for a query without a meaning, UnreadableInput without index.

    Where no passage holds all that is asked for, papers that hold it in several passages are given (``is_spread``).
    """
    chosen = filters or Filters()
    node = merged(parse(query), glossary)
    expanded = {term: expand(term, glossary, chosen.lang) for term in _every_term(node)}
    with Store(folder, writes=False) as store:
        words = word_expression([expanded[term] for term in terms_of(node)])
        ranked = _ranked(store, match_expression(node, expanded), words, chosen, limit * RANKED)
        is_spread = not ranked and isinstance(node, And) and not node.without
        if is_spread and isinstance(node, And):
            ranked = _in_all_parts(store, node, expanded, words, chosen, limit * RANKED)
        wanted = [wording for term in terms_of(node) for wording in expanded[term].wordings]
        papers = tuple(_papers(store, folder, ranked, wanted, limit))
    added = tuple((term.text, expanded[term].added) for term in terms_of(node) if expanded[term].added)
    return Found(query=query, papers=papers, added=added, is_spread=bool(papers) and is_spread)


def _every_term(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    elif isinstance(node, Near):
        yield from node.terms
    else:
        for part in (*node.parts, *(node.without if isinstance(node, And) else ())):
            yield from _every_term(part)


class Ranked(msgspec.Struct, frozen=True, array_like=True):
    """A passage that fits: the document, the passage's number in it, and its score, higher being better."""

    document: int
    number: int
    score: float


def _ranked(store: Store, expression: str, words: str, filters: Filters, limit: int) -> list[Ranked]:
    condition, values = filters.condition()
    codes = store.codes()
    kinds = " ".join(f"WHEN {codes[kind]} THEN {weight}" for kind, weight in KIND_WEIGHTS.items() if kind in codes)
    weight = f"CASE p.kind {kinds} ELSE 1.0 END" if kinds else "1.0"
    whole = f"1 + {WHOLE_WORD - 1} * (p.id IN (SELECT rowid FROM words WHERE words MATCH ?))" if words else "1"  # noqa: S608
    rows = store.rows(
        f"SELECT p.document, p.id - d.first, -bm25(tokens, {WEIGHTS}) * {weight} * ({whole}) AS score"  # noqa: S608
        " FROM tokens JOIN passages p ON p.id = tokens.rowid JOIN documents d ON d.id = p.document"
        f" WHERE tokens MATCH ? {condition} ORDER BY score DESC, p.id LIMIT ?",
        (*((words,) if words else ()), expression, *values, limit),
    )
    return [msgspec.convert(row, Ranked, strict=False) for row in rows]


def _in_all_parts(
    store: Store, node: And, expanded: Mapping[Term, Expanded], words: str, filters: Filters, limit: int
) -> list[Ranked]:
    """The passages of papers that hold every part somewhere."""
    parts = [_ranked(store, match_expression(part, expanded), words, filters, 50 * limit) for part in node.parts]
    shared = set.intersection(*({one.document for one in part} for part in parts))
    kept = [one for part in parts for one in part if one.document in shared]
    return sorted(kept, key=lambda one: -one.score)[:limit]


def _papers(
    store: Store, folder: Path, ranked: Sequence[Ranked], wanted: Sequence[Wording], limit: int
) -> Iterator[Paper]:
    by_document: dict[int, list[Ranked]] = {}
    for one in ranked:
        by_document.setdefault(one.document, []).append(one)
    best = sorted(by_document.items(), key=lambda item: -_paper_score(item[1]))[:limit]
    for document, fitting in best:
        yield _paper(store, folder, document, fitting, wanted)


def _paper_score(fitting: Sequence[Ranked]) -> float:
    """The best passage counts whole, further ones less and less."""
    scores = sorted((one.score for one in fitting), reverse=True)
    return sum(score * 0.5**place for place, score in enumerate(scores[:5]))


def _paper(store: Store, folder: Path, document: int, fitting: Sequence[Ranked], wanted: Sequence[Wording]) -> Paper:
    columns = "path, title, authors, journal, year, csl, content"
    (row,) = store.rows(f"SELECT {columns} FROM documents WHERE id = ?", (document,))  # noqa: S608 constants
    path, title, authors, journal, year, csl, content = row
    outlines = PageOutlines(folder / str(path))
    hits = _hits(unpack(cast("bytes", content)), fitting, wanted, outlines)
    return Paper(
        path=str(path),
        title=msgspec.json.decode(str(title), type=tuple[str, str]),
        authors=tuple(str(authors).split("\n")) if authors else (),
        journal=str(journal),
        year=year if isinstance(year, int) else None,
        score=round(_paper_score(fitting), 3),
        hits=tuple(hits)[:HITS_A_PAPER],
        csl=msgspec.json.decode(str(csl), type=CslItem),
    )


def _hits(
    content: Content, fitting: Sequence[Ranked], wanted: Sequence[Wording], outlines: PageOutlines
) -> Iterator[Hit]:
    for one in sorted(fitting, key=lambda one: -one.score)[: HITS_A_PAPER + 2]:
        hit = hit_in(content.passages[one.number], wanted, content.variants[one.number], outlines)
        if hit is not None:
            yield hit


def hit_in(
    passage: Passage, wanted: Sequence[Wording], others: Sequence[Variant], outlines: PageOutlines
) -> Hit | None:
    """The sentence of a passage with most of what is wanted, and the places of that on the page."""
    seen = spots(passage, wanted, others)
    if not seen:
        return None
    sentences = [sentence_around(passage.text, spot.start, spot.end) for spot in seen]
    start, end = max(sentences, key=lambda bounds: (sum(_inside(spot, bounds) for spot in seen), -bounds[0]))
    inside = [spot for spot in seen if _inside(spot, (start, end))]
    pages = [place.page for place in passage.places if place.start < end and start < place.end]
    lines = outlines.lines(pages)
    boxes = tuple(place for spot in inside for place in page_places(passage, spot.start, spot.end, lines))
    return Hit(
        kind=passage.kind,
        section=passage.section,
        section_id=passage.section_id,
        paragraph=passage.paragraph,
        sentence=passage.text[start:end],
        spots=tuple(Spot(spot.start - start, spot.end - start, spot.read_as) for spot in inside),
        page=boxes[0].page if boxes else pages[0] if pages else None,
        boxes=boxes,
        is_doubtful=all(spot.read_as for spot in inside),
    )


def _inside(spot: Spot, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= spot.start and spot.end <= bounds[1]
