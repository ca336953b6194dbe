"""Books, chapters and theses the Vancouver way: ``Authors. Title. Edition. Place: Publisher; year. p. 1-20.``"""

from __future__ import annotations

import re

from recover.stages.references.draft import Draft
from recover.stages.references.grammar.authors import cut_authors
from recover.stages.references.grammar.imprint import read_imprint
from recover.stages.references.normalise.name_list import likeness

_IN = re.compile(r"[.．?!]?\s+In\s?[:：]\s*|见[:：]\s*")
_EDITORS = re.compile(r"[,，.]?\s*(?:\(?\b[Ee]ds?\b\.?\)?|\b[Ee]ditors?\b|主编|编)\s*[.．,，:：。]\s*")
_THESIS = re.compile(
    r"[\[(（]\s*((?:Ph\.?\s?D\.?|[Mm]aster'?s?|[Dd]octoral|MD|MSc)[^\])）]{0,30}(?:[Tt]hesis"
    r"|[Dd]issertation)?|[Dd]issertation|[Tt]hesis|博士|硕士)[^\])）]{0,12}[\])）]"
)
_MEETING = re.compile(r"\b(?:Proceedings|Conference|Symposium|Congress|Workshop|Meeting)\b|会议|年会|研讨会")
_TRIM = ' .,;:，．。；：\t"“”'


def read(text: str) -> Draft | None:
    """A draft when a place and a publisher, an "In:" or a thesis note stand in the string; None otherwise."""
    cut = cut_authors(text)
    rest = text[cut.begin :]
    chapter = _IN.search(rest)
    imprint = read_imprint(rest[chapter.end() :] if chapter else rest)
    names_publisher = any(map(str.isalpha, imprint.publisher))
    if not (names_publisher and (chapter or imprint.place)) and not (chapter and imprint.date):
        return None
    thesis = _THESIS.search(rest)
    title, editors, host = imprint.before, "", ""
    if chapter:
        title, editors, host = rest[: chapter.start()], *_host(imprint.before)
    if thesis:
        title = title.replace(thesis[0], "")
    return Draft(
        style="book",
        score=0.25 + 0.3 * cut.likeness + 0.15 * bool(imprint.place) + 0.15 * bool(imprint.date) + 0.1 * bool(chapter),
        authors=text[: cut.end],
        title=title.strip(_TRIM),
        mark="D" if thesis else "C" if _MEETING.search(host) else "M",
        host_authors=editors,
        host=host.strip(_TRIM),
        place=imprint.place,
        publisher=imprint.publisher,
        edition=imprint.edition,
        translator=imprint.translator,
        date=imprint.date,
        pages=imprint.pages,
    )


def _host(text: str) -> tuple[str, str]:
    hit = _EDITORS.search(text)
    if hit:
        return text[: hit.start()], text[hit.end() :]
    cut = cut_authors(text, least=0.85)
    return text[: cut.end], text[cut.begin :] if cut.begin and likeness(text[: cut.end]) > 0 else text
