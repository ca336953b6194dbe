"""Candidates for a glossary: pairs that recovered documents give and the glossary lacks, the surest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from recover.errors import MALFORMED, UnreadableInput
from recover.glossary.concept import Concept, Glossary, squashed
from recover.glossary.matcher import matcher_for
from recover.model.document import Document
from recover.stages.terms.find import everything, known_as, surroundings
from recover.stages.terms.mine import Mined, Passage, mine, passages

CONTEXTS = 3
AROUND = 24


class Context(msgspec.Struct, frozen=True):
    """A place a candidate was seen: the document, and the text around."""

    document: str
    text: str


class Candidate(msgspec.Struct, frozen=True):
    """A pair; ``given`` counts where a text pairs it, ``count`` where the Chinese stands at all."""

    zh: str
    en: str
    abbreviation: str
    given: int
    documents: int
    count: int
    contexts: tuple[Context, ...]
    clash: str = ""

    @property
    def concept(self) -> Concept:
        seen = self.contexts[0].document if self.contexts else ""
        return Concept(self.zh, self.en, self.abbreviation, source=seen)


class Sighting(msgspec.Struct, frozen=True):
    """A pair given in one document."""

    pair: Mined
    count: int
    context: Context


def suggest(documents: Iterable[tuple[str, Document]], glossary: Glossary) -> tuple[Candidate, ...]:
    """The candidates of named documents: given in more of them first, then the more often seen."""
    groups: dict[tuple[str, str], list[Sighting]] = {}
    for name, document in documents:
        for sighting in _sightings(name, document, glossary):
            key = squashed(sighting.pair.zh), squashed(sighting.pair.en).removesuffix("s")
            groups.setdefault(key, []).append(sighting)
    found = [_candidate(sightings, glossary) for sightings in groups.values()]
    return tuple(sorted(found, key=lambda c: (-c.documents, -c.given, -c.count, c.zh)))


def _sightings(name: str, document: Document, glossary: Glossary) -> Iterator[Sighting]:
    texts = passages(document)
    matcher = matcher_for(glossary)
    for pair in mine(document, texts, surroundings(texts, glossary)):
        if known_as(pair, glossary, matcher, everything(texts)) is None:
            count = sum(passage.text.count(pair.zh) for passage in texts)
            yield Sighting(pair, count, Context(name, _context(pair, texts)))


def _context(pair: Mined, texts: Sequence[Passage]) -> str:
    """The text around the first place, the body before the keyword list."""
    for passage in sorted(texts, key=lambda passage: passage.section.startswith(("keywords", "title"))):
        at = passage.text.find(pair.zh)
        if at >= 0:
            start, end = max(0, at - AROUND), at + len(pair.zh) + AROUND
            return ("…" if start else "") + passage.text[start:end] + ("…" if end < len(passage.text) else "")
    return pair.zh


def _candidate(sightings: Sequence[Sighting], glossary: Glossary) -> Candidate:
    zh = Counter(sighting.pair.zh for sighting in sightings).most_common(1)[0][0]
    en = Counter(sighting.pair.en for sighting in sightings).most_common(1)[0][0]
    short = Counter(s.pair.abbreviation for s in sightings if s.pair.abbreviation).most_common(1)
    other = [form.concept for form in matcher_for(glossary).forms(zh) if form.kind == "zh"]
    return Candidate(
        zh=zh,
        en=en,
        abbreviation=short[0][0] if short else "",
        given=len(sightings),
        documents=len({sighting.context.document for sighting in sightings}),
        count=sum(sighting.count for sighting in sightings),
        contexts=tuple(sighting.context for sighting in sightings[:CONTEXTS]),
        clash=glossary.concepts[other[0]].en if other else "",
    )


def recovered(folders: Iterable[Path]) -> Iterator[Path]:
    """Every ``document.json`` in and below folders; raises UnreadableInput for a folder without one."""
    for folder in folders:
        found = sorted(folder.rglob("document.json")) if folder.is_dir() else []
        if not found:
            raise UnreadableInput(str(folder), "holds no recovered document", "name a folder that recover pdf wrote")
        yield from found


def read_document(path: Path) -> Document:
    """A recovered document; raises UnreadableInput."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Document)
    except (OSError, *MALFORMED) as error:
        raise UnreadableInput(str(path), f"is not a recovered document ({error})", "recover it again") from error
